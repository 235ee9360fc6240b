"""One line for a user's error: the reason in the system's words, and the nearest of what could have been meant."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mi_problems.errors import (
    MAX_CHOICES,
    MAX_WORD,
    BadRegistry,
    Conflict,
    MipError,
    UnknownProblem,
    UsageFault,
    did_you_mean,
    nearest,
    why_failed,
)


@pytest.mark.parametrize(
    ("error", "reason"),
    [(OSError(28, "No space left on device"), "No space left on device"), (ValueError("closed file"), "closed file")],
)
def test_a_failure_is_told_in_the_words_of_the_system(error: Exception, reason: str) -> None:
    assert why_failed(error) == reason


@pytest.mark.parametrize(
    ("word", "choices", "found"),
    [
        ("cir", ["rl", "circuits", "circus"], ["circuits", "circus"]),
        ("CIR", ["Circuits", "rl"], ["Circuits"]),
        ("circuts", ["circus", "circuits", "rl"], ["circuits", "circus"]),
        ("cat", ["cot", "bat", "category"], ["category", "cot", "bat"]),
        ("a", ["a1", "a2", "a3", "a4"], ["a1", "a2", "a3"]),
        ("patching", ["auditing", "activation-patching"], ["activation-patching", "auditing"]),
        ("", ["a1", "a2"], []),
        ("xyz", ["circuits"], []),
    ],
)
def test_what_a_word_begins_or_ends_is_nearer_than_what_it_looks_like(
    word: str, choices: list[str], found: list[str]
) -> None:
    assert sorted(nearest(word, choices)) == sorted(found)
    assert nearest(word, choices)[:1] == found[:1]


def test_nothing_near_names_all_choices_unless_they_are_many() -> None:
    few = [f"w{number}" for number in range(50)]
    assert did_you_mean("xyz", few) == f"choose from {', '.join(few)}"
    assert did_you_mean("xyz", [*few, "w50"]) == ""
    assert did_you_mean("xyz", []) == ""


@pytest.mark.parametrize(("length", "count"), [(192, 3_000), (80, 60_000)])
def test_neither_whole_texts_nor_thousands_of_choices_are_compared_at_length(length: int, count: int) -> None:
    choices = [f"{number}-{'bacdfehg' * (length // 8)}" for number in range(count)]
    begun = time.perf_counter()
    assert nearest("abcdefgh" * (length // 8), choices) == []
    assert nearest("17-", choices) == [choices[17]]
    assert time.perf_counter() - begun < 2


def test_a_word_is_compared_in_no_time_with_thousands() -> None:
    choices = [f"{'ab' * 38}{number:04}" for number in range(3_000)]
    begun = time.perf_counter()
    for _ in range(20):
        nearest("ba" * 40, choices)
    assert time.perf_counter() - begun < 2


@pytest.mark.parametrize(
    ("kind", "code"), [(MipError, 1), (UnknownProblem, 1), (BadRegistry, 1), (Conflict, 1), (UsageFault, 2)]
)
def test_wrong_usage_alone_ends_with_2(kind: type[MipError], code: int) -> None:
    assert kind("what").exit_code == code
    assert issubclass(kind, MipError)


@pytest.mark.parametrize(("hint", "line"), [("", "what is wrong"), ("do this", "what is wrong; do this")])
def test_an_error_is_one_line_with_its_hint_if_it_has_one(hint: str, line: str) -> None:
    error = MipError("what is wrong", hint)
    assert str(error) == line
    assert (error.message, error.hint, error.args) == ("what is wrong", hint, ("what is wrong",))


def test_an_error_of_the_system_without_words_of_its_own_speaks_for_itself() -> None:
    assert why_failed(OSError("just so")) == "just so"


def test_choices_come_back_as_they_are_written() -> None:
    assert nearest("gpt2", ["GPT2-Small", "Pythia"]) == ["GPT2-Small"]
    assert nearest("PYTHA", ["GPT2-Small", "Pythia"]) == ["Pythia"]


def test_as_many_are_named_as_are_asked_for() -> None:
    choices = [f"probe{number}" for number in range(6)]
    assert [len(nearest("probe", choices, count)) for count in (1, 3, 5)] == [1, 3, 5]
    assert [len(nearest("prohe", choices, count)) for count in (1, 3, 5)] == [1, 3, 5]


def test_the_likeness_that_is_asked_for_decides() -> None:
    assert nearest("abcd", ["abxy"], like=0.5) == ["abxy"]
    assert nearest("abcd", ["abxy"], like=0.51) == []
    assert did_you_mean("abcd", ["abxy"], like=0.51) == "choose from abxy"


@pytest.mark.parametrize(("length", "found"), [(MAX_WORD, 1), (MAX_WORD + 1, 0)])
def test_a_text_longer_than_a_word_is_not_compared(length: int, found: int) -> None:
    assert len(nearest("a" * (length - 1) + "x", ["a" * MAX_WORD])) == found


@pytest.mark.parametrize(("count", "found"), [(MAX_CHOICES, ["probing"]), (MAX_CHOICES + 1, [])])
def test_a_lookalike_is_sought_among_so_many_choices_and_no_more(count: int, found: list[str]) -> None:
    choices = ["probing", *(f"{number:06}" for number in range(count - 1))]
    assert nearest("probong", choices) == found


def test_what_is_near_is_named_before_what_to_do_otherwise() -> None:
    assert did_you_mean("circuts", ["circuits"], otherwise="see the list") == "did you mean circuits?"
    assert did_you_mean("xyz", ["circuits"], otherwise="see the list") == "see the list"
    assert did_you_mean("ab", ["abc", "abd"]) == "did you mean abc or abd?"


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=12), st.lists(st.text(max_size=12), max_size=8), st.integers(1, 4))
def test_the_nearest_are_different_choices_and_no_more_than_were_asked_for(
    word: str, choices: list[str], count: int
) -> None:
    found = nearest(word, choices, count)
    assert len(found) == len(set(found)) <= count
    assert set(found) <= set(choices)
