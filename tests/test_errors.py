"""One line for a user's error: the reason in the system's words, and the nearest of what could have been meant."""

from __future__ import annotations

import time

import pytest

from mi_problems.errors import did_you_mean, nearest, why_failed


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
