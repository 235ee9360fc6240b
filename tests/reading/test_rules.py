"""The rules of the fields: what each takes at its bounds, what it gives, and the one fault it makes beyond them."""

from __future__ import annotations

from typing import Any

import pytest

from mi_problems.reading.fields import MODELS
from mi_problems.reading.parse import read_list, read_problems
from mi_problems.reading.vocabulary import Vocabulary
from mi_problems.records.terms import word_count
from tests.conftest import GOOD_FILE

GIST = "gist: A card for tests says in eight words or more what is asked."


def read(old: str, new: str) -> tuple[dict[str, Any], list[str]]:
    """The first problem of the good file after an exchange, with its category, and the faults."""
    assert old in GOOD_FILE
    vocabulary = Vocabulary({"activation-patching": "Activation patching"}, frozenset({"gpt2"}))
    categories, problems, faults, *_ = read_problems([("f", GOOD_FILE.replace(old, new, 1).encode())], vocabulary)
    return {**categories[0], **problems[0]}, [fault.message for fault in faults]


def word(count: int) -> str:
    return " ".join(["word"] * count)


@pytest.mark.parametrize(
    ("old", "new", "name", "value"),
    [
        ("title: A card for tests", f"title: {'t' * 80}", "title", "t" * 80),
        ("title: A card for tests", 'title: "  A card  "', "title", "A card"),
        ("section: tests", 'section: " two   words "', "section", "two   words"),
        (GIST, f"gist: {word(8)}", "gist", word(8)),
        (GIST, f'gist: " {word(25)}   "', "gist", word(25)),
        (GIST, f"gist: a  b\n      {word(6)}", "gist", f"a b {word(6)}"),
        ("weeks: [1, 2]", "weeks: [1, 104]", "weeks", [1, 104]),
        ("weeks: [1, 2]", "weeks: [3, 3]", "weeks", [3, 3]),
        ("starred: true", "starred: True", "starred", True),
        ("starred: true", "starred: FALSE", "starred", False),
        ("starred: true", "starred: null", "starred", None),
        ("    starred: true\n", "", "starred", None),
        ("    follow_ups: []\n", "", "follow_ups", []),
        ("https://example.org/post", "http://example.org", "url", "http://example.org"),
        ("https://example.org/post", "HTTPS://example.org", "url", "HTTPS://example.org"),
    ],
)
def test_a_value_at_its_bounds_is_taken_without_the_space_around_it(old: str, new: str, name: str, value: Any) -> None:
    row, faults = read(old, new)
    assert (row[name], faults) == (value, [])


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("title: A card for tests", f"title: {'t' * 81}", "title: 81 characters; wanted 1 to 80"),
        (GIST, f"gist: {word(26)}", "gist: 26 words; wanted 8 to 25"),
        (GIST, f"gist: {word(7)}", "gist: 7 words; wanted 8 to 25"),
        (GIST, "gist: one", "gist: 1 word; wanted 8 to 25"),
        (f"    {GIST}\n", "", "missing field 'gist'"),
        (
            "section: tests",
            "section: [a, b]",
            "section: expected text, got a list; a text that begins with [ or - stands in quotes",
        ),
        ("section: tests", "section:", "section: expected text, got nothing"),
        ("section: tests", "section: null", 'section: expected text, got nothing; put it in quotes: "null"'),
        ("difficulty: A", "difficulty: [A]", "difficulty: expected text, got a list"),
        ("status: open", "status: {open: 1}", "status: unknown value a mapping; choose from open, active, addressed"),
        ("weeks: [1, 2]", "weeks: [0, 2]", "weeks: 0 is not within 1 to 104"),
        ("weeks: [1, 2]", "weeks: [1, 105]", "weeks: 105 is not within 1 to 104"),
        ("weeks: [1, 2]", 'weeks: [1, "2"]', "weeks: expected a whole number, got text"),
        ("weeks: [1, 2]", "weeks: [1, 1e3]", "weeks: expected a whole number, got text"),
        ("weeks: [1, 2]", "weeks: [1, 2.5]", "weeks: expected a whole number, got a number"),
        ("weeks: [1, 2]", "weeks: 2", "weeks: expected a list, got a whole number"),
        ("starred: true", 'starred: "true"', "starred: expected true or false, got text"),
        ("skills: [activation-patching]\n    models", "skills: []\n    models", "skills: 0 items; wanted 1 to 5"),
        ("follow_ups: []", "follow_ups: [x]", "follow_ups: expected a mapping, got text"),
    ],
)
def test_a_value_beyond_them_is_one_fault_that_says_what_is_wanted(old: str, new: str, fault: str) -> None:
    assert read(old, new)[1] == [f"problem 2.1: {fault}"]


def test_items_that_are_faults_already_are_not_said_to_stand_twice() -> None:
    _, faults = read("weeks: [1, 2]", "weeks: [1, 2]\n    questions: [a, b]")
    assert faults == ["problem 2.1: questions: 1 word; wanted 3 to 20"] * 2


def test_a_model_stands_once_in_its_list() -> None:
    _, faults = read_list("m", b"models: [{name: a}, {name: b, aliases: [a]}, {name: A}, x, x]", "models", MODELS)
    assert [(fault.column, fault.message) for fault in faults] == [
        (46, "models: 'A' stands twice"),
        (57, "models: expected a mapping, got text"),
        (60, "models: expected a mapping, got text"),
    ]


@pytest.mark.parametrize("address", ["ftp://example.org", "https://localhost", "https:example.org", "2024", "[a.b]"])
def test_an_address_without_a_host_on_the_web_is_one_fault(address: str) -> None:
    (fault,) = read("https://example.org/post", address)[1]
    assert fault.startswith("category: url: ")


@pytest.mark.parametrize(("typed", "value"), [("124", 124.0), ("25.3", 25.3), ("0", 0.0), ("null", None)])
def test_a_size_is_a_number_or_unknown(typed: str, value: float | None) -> None:
    rows, faults = read_list("m", f"models: [{{name: a, parameters: {typed}}}]".encode(), "models", MODELS)
    assert (rows[0]["parameters"], faults) == (value, [])


@pytest.mark.parametrize(
    ("typed", "got"),
    [("-1", "'-1'"), ("1_000", "'1_000'"), (".inf", "'.inf'"), ('"124"', "text"), ("124M", "text"), ("[1]", "a list")],
)
def test_a_size_in_another_form_is_a_fault_that_shows_it(typed: str, got: str) -> None:
    _, faults = read_list("m", f"models: [{{name: a, parameters: {typed}}}]".encode(), "models", MODELS)
    assert [fault.message for fault in faults] == [f"models: parameters: expected a number of zero or more, got {got}"]


PROSE = "what follows # is a comment"


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("title: A card for tests", "title: Replicate issue #12 on weekdays", "title"),
        ("title: A card for tests", "title: What is the # of heads?", "title"),
        ("title: A card for tests", "title: #12 is wrong", "title"),
        ("section: tests", "section: tests # of ours", "section"),
        ("look.\n      - Then", "look. #1\n      - Then", "first_steps"),
        (GIST, "gist: a text of some words and then more #5 yes", "gist"),
        ("follow_ups: []", "follow_ups:\n      - {title: A #1\n         , url: 'https://a.b', year: 2024, "
         "relation: background, confidence: seen, note: five words or so here}", "follow_ups"),
    ],
)  # fmt: skip
def test_a_comment_that_cuts_a_text_is_a_fault_that_says_so(old: str, new: str, field: str) -> None:
    (fault,) = read(old, new)[1]
    assert f"{field}: " in fault
    assert PROSE in fault
    assert "put the text in quotes, or the comment on a line of its own" in fault


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("status: open", "status: open # as of today"),
        ("difficulty: A", "difficulty: A # easy"),
        ("starred: true", "starred: true # yes"),
        ("weeks: [1, 2]", "weeks: # short\n      - 1 # at least\n      - 2 # at most"),
        ("skills: [activation-patching]\n    models", "skills:\n      - activation-patching # what else\n    models"),
        ("models: [gpt2]", "models:\n      - gpt2 # small\n      - trained from scratch # or so"),
        ('related: ["2.2"]', "related: # near\n      - '2.2' # this one"),
        ("starter: ioi", "starter: ioi # the nearest"),
        ("title: A card for tests", "title: 'Replicate issue #12' # on weekdays"),
        ("title: A card for tests", 'title: "A card" # for tests'),
        ("title: A card for tests", "title: C#12 and F#"),
        ("title: A card for tests", "# a line of its own\n    title: A card for tests\n    # and another"),
        ("summary: >-", "summary: >- # folded"),
        ("follow_ups: []", "follow_ups: # none yet\n      []"),
    ],
)
def test_a_comment_that_is_no_part_of_a_text_may_stand_behind_it(old: str, new: str) -> None:
    assert read(old, new)[1] == []


@pytest.mark.parametrize("value", ["[probing] ", "{probing}", "- probing"])
def test_a_text_that_reads_as_a_list_or_mapping_is_told_to_stand_in_quotes(value: str) -> None:
    value = f"\n      {value}" if value.startswith("-") else value
    assert "stands in quotes" in read("title: A card for tests", f"title: {value}")[1][0]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("one two", 2),
        ("\u4e00" * 60, 30),
        ("\u4e00", 1),
        ("\u30e2\u30c7\u30eb GPT", 3),
        ("\u043a\u0440\u0443\u0433 x", 2),
        ("", 0),
    ],
)
def test_characters_of_scripts_without_blanks_count_two_to_a_word(text: str, count: int) -> None:
    assert word_count(text.split()) == count
