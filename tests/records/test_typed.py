"""What somebody typed: numbers of lists, and words of closed lists by their beginnings."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mi_problems.errors import UsageFault
from mi_problems.records.typed import dashed, list_number, match_word, read_id

SLUGS = st.text("abxyz", min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("apollo:17", ("apollo", "17")),
        (" Apollo : 17 ", ("apollo", "17")),
        ("coda:2.25B", ("coda", "2.25b")),
        ("mats12:", ("mats12", "")),
        ("a:b:c", ("a", "b:c")),
        ("apollo", None),
        (":17", None),
        ("17:apollo", None),
        ("two words:17", None),
        ("lab-:17", None),
    ],
)
def test_a_list_and_its_number_stand_beside_a_colon(text: str, found: tuple[str, str] | None) -> None:
    assert list_number(text) == found


@settings(max_examples=25)
@given(SLUGS, st.integers(0, 999))
def test_every_slug_of_a_list_can_be_typed_with_a_number(slug: str, number: int) -> None:
    assert list_number(f"{slug}:{number}") == (slug, str(number))


@pytest.mark.parametrize(("length", "read"), [(80, True), (81, False)])
def test_a_text_longer_than_a_line_names_nothing(length: int, read: bool) -> None:
    assert (list_number("apollo:" + "1" * (length - 7)) is not None) == read
    assert (read_id("2.17".rjust(length - 1, "0") + ".") == "2.17") == read


@pytest.mark.parametrize("typed", ["lab.1", "LAB.1", "#lab.01", "problem lab.1", "p lab.1.", " lab.1 "])
def test_an_own_id_is_read_as_forgivingly(typed: str) -> None:
    assert read_id(typed) == "lab.1"


@pytest.mark.parametrize("typed", ["labx.", "lab-.1", "-lab.1", "plab .1", "lab.1234567", "1234.5", "2.1234567"])
def test_what_has_not_the_form_of_an_id_is_none(typed: str) -> None:
    assert read_id(typed) is None


@pytest.mark.parametrize("typed", ["\u0662.\u0661\u0667", "\uff12.17", "2.25\u017f", "\u212aa.1"])
def test_digits_and_letters_beyond_ascii_are_no_id(typed: str) -> None:
    assert read_id(typed) is None


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("open", "open"),
        ("OPEN ", "open"),
        ("open-e", "open-ended"),
        ("Opera H", "opera-house"),
        ("opera_", "opera-house"),
    ],
)
def test_a_whole_word_comes_before_those_that_it_begins(word: str, found: str) -> None:
    assert match_word(word, ["open-ended", "open", "opera-house"], "status") == found


def test_a_beginning_of_two_choices_is_neither() -> None:
    with pytest.raises(UsageFault, match="unknown status 'op'; did you mean open or opera"):
        match_word("op", ["open", "opera"], "status")


def test_a_beginning_of_two_names_of_one_choice_is_that_choice() -> None:
    assert match_word("note", ["laptop", "gpu"], "machine", {"notebook": "laptop", "notepad": "laptop"}) == "laptop"
    with pytest.raises(UsageFault):
        match_word("note", ["laptop", "gpu"], "machine", {"notebook": "laptop", "notepad": "gpu"})


@pytest.mark.parametrize("word", ["", " "])
def test_nothing_begins_no_word_even_where_there_is_one_choice(word: str) -> None:
    with pytest.raises(UsageFault, match="unknown status"):
        match_word(word, ["open"], "status")


def test_a_choice_is_given_back_as_it_is_written() -> None:
    assert match_word("gelu", ["GELU-1L"], "model") == "GELU-1L"


@settings(max_examples=25)
@given(st.lists(SLUGS, min_size=1, max_size=6, unique=True))
def test_every_choice_is_found_by_its_own_name(choices: list[str]) -> None:
    assert [match_word(choice.upper(), choices, "word") for choice in choices] == choices


@pytest.mark.parametrize(("text", "found"), [(" Toy Models ", "toy-models"), ("no_gpu", "no-gpu"), ("a b_c", "a-b-c")])
def test_blanks_and_strokes_are_dashes(text: str, found: str) -> None:
    assert dashed(text) == found
