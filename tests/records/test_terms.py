"""Ids, difficulties and levels."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mi_problems.errors import did_you_mean, nearest
from mi_problems.records.terms import LETTERS, WORD, Difficulty, Level, id_key
from mi_problems.records.typed import read_id

IDS = st.builds(
    lambda major, minor, suffix: f"{major}.{minor}{suffix}",
    st.integers(0, 999),
    st.integers(0, 999_999),
    st.sampled_from(["", "a", "b", "z"]),
)
OWN_IDS = st.builds(
    lambda word, minor, suffix: f"{word}.{minor}{suffix}",
    st.from_regex(WORD, fullmatch=True),
    st.integers(0, 999_999),
    st.sampled_from(["", "a", "b", "z"]),
)


def test_ids_sort_naturally() -> None:
    assert sorted(["2.26", "4.10", "2.25b", "4.2", "2.25"], key=id_key) == ["2.25", "2.25b", "2.26", "4.2", "4.10"]


@pytest.mark.parametrize(
    "text", ["", "2", "2.", ".2", "2.x", "2.1.3", "2a.1", "lab", "lab-.1", "-lab.1", "LAB.1", "2.25bb", "1234.5"]
)
def test_what_is_no_id_has_no_order(text: str) -> None:
    with pytest.raises(ValueError, match="not a problem id"):
        id_key(text)


@pytest.mark.parametrize(
    "typed",
    [
        "2.17",
        "#2.17",
        "2.17.",
        "problem 2.17",
        "Problem #2.17",
        " 2.17 ",
        "p2.17",
        "2-17",
        "2_17",
        "02.017",
        "no. 2.17",
    ],
)
def test_ids_are_forgiving_on_input(typed: str) -> None:
    assert read_id(typed) == "2.17"


@pytest.mark.parametrize("typed", ["2.25b", "2.25B", "2.25-b", "#2.25b.", " 2.25b. "])
def test_the_second_2_25_keeps_its_letter(typed: str) -> None:
    assert read_id(typed) == "2.25b"


@pytest.mark.parametrize("typed", ["", "two", "2", "217", "2.17 or 2.18", "gpt 2.17x9", "2.17bc"])
def test_what_names_no_problem_is_no_id(typed: str) -> None:
    assert read_id(typed) is None


@given(st.one_of(IDS, OWN_IDS))
def test_every_id_reads_back_as_itself(identifier: str) -> None:
    assert read_id(identifier) == identifier
    assert id_key(identifier)[3] in {"", "a", "b", "z"}


@given(st.one_of(IDS, OWN_IDS))
def test_an_id_reads_back_from_how_people_write_it(identifier: str) -> None:
    for typed in (f"#{identifier}", f" {identifier}. ", identifier.upper(), f"problem {identifier}"):
        assert read_id(typed) == identifier


@given(st.lists(IDS, min_size=2, max_size=6))
def test_the_order_of_ids_is_that_of_their_numbers(ids: list[str]) -> None:
    keys = [id_key(identifier)[0::2] for identifier in sorted(ids, key=id_key)]
    assert keys == sorted(keys)
    assert keys == [tuple(map(int, re.findall(r"\d+", identifier))) for identifier in sorted(ids, key=id_key)]


@given(st.lists(st.one_of(IDS, OWN_IDS), unique=True, max_size=8))
def test_ids_with_words_come_after_all_numbers_and_in_one_order_alone(ids: list[str]) -> None:
    ordered = sorted(ids, key=id_key)
    assert [identifier[0].isdigit() for identifier in ordered] == sorted(
        (identifier[0].isdigit() for identifier in ids), reverse=True
    )
    assert len({id_key(identifier) for identifier in ids}) == len({_plain(identifier) for identifier in ids})
    assert sorted(reversed(ids), key=id_key) == ordered  # noqa: C414  # from the other end


def _plain(identifier: str) -> tuple[str, int, str]:
    word, _, number = identifier.partition(".")
    return word, int(number.rstrip("abz")), number.lstrip("0123456789")


@given(st.text(max_size=30))
def test_no_text_makes_reading_an_id_fail(text: str) -> None:
    found = read_id(text)
    assert found is None or id_key(found)


def test_a_range_belongs_to_every_level_it_spans() -> None:
    assert Difficulty.parse("A-C").levels == (Level.BEGINNER, Level.INTERMEDIATE, Level.ADVANCED)
    assert Difficulty.parse("D").levels == (Level.EXPERT,)


@pytest.mark.parametrize(
    ("typed", "shown"), [("b", "B"), ("~B", "B"), ("b-c", "B-C"), ("B\u2013C", "B-C"), ("A-A", "A")]
)
def test_difficulties_are_read_in_any_case(typed: str, shown: str) -> None:
    assert str(Difficulty.parse(typed)) == shown


@pytest.mark.parametrize("typed", ["", "E", "C-B", "AB", "B-", "1", "A-B-C"])
def test_what_is_no_difficulty_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"letter|upside down"):
        Difficulty.parse(typed)


@given(st.integers(0, 3), st.integers(0, 3))
def test_a_difficulty_reads_back_from_its_text(one: int, other: int) -> None:
    difficulty = Difficulty(min(one, other), max(one, other))
    assert Difficulty.parse(str(difficulty)) == difficulty


def test_each_level_has_its_letter() -> None:
    assert [level.letter for level in Level] == list(LETTERS)


def test_the_nearest_choices_come_first_and_few() -> None:
    assert nearest("circ", ["vision", "circuits", "rl"])[0] == "circuits"
    assert nearest("", ["a", "b"]) == []
    assert len(nearest("2.9", [f"2.9{digit}" for digit in range(10)])) == 3


def test_a_hint_lists_all_choices_when_none_is_near_and_they_are_few() -> None:
    assert did_you_mean("zzz", ["open", "active"]) == "choose from open, active"
    assert did_you_mean("opne", ["open", "active"]) == "did you mean open?"
    assert did_you_mean("zzz", [str(number) for number in range(99)]) == ""
