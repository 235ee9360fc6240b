"""YAML as a tree: what is refused at which place, and how much is too much."""

from __future__ import annotations

import pytest
import yaml

from mi_problems.reading import yaml_tree as tree
from mi_problems.reading.limits import MAX_TEXT
from mi_problems.reading.yaml_tree import read_tree


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("a: b\nc: !x d\n", 2, 4, "the tag !x is not allowed"),
        ("a:\n  - !x [b]\n", 2, 5, "the tag !x is not allowed"),
        ("a: &n b\nc:  *n\n", 2, 5, "the alias *n is not allowed"),
        ("a: b\n  c: d\n", 2, 4, "not YAML: mapping values are not allowed in this context"),
        ("a: b\n---\nc: d\n", 2, 1, "a second document starts here"),
        ("b:\n  [c]: d\n", 2, 3, "a key must be a word"),
        ("a: 1\nb: 2\n\na: 3\n", 4, 1, "duplicate key 'a'; it stands first in line 1"),
        ("a: b\nc: \x0bd\n", 2, 4, "the control character U+000B is not allowed"),
        ("%TAG ! x\n---\na: b\n", 1, 1, "%TAG is not allowed"),
    ],
)
def test_what_is_refused_is_told_at_its_place(text: str, line: int, column: int, message: str) -> None:
    (fault,) = read_tree("f", text.encode()).faults
    assert (fault.file, fault.line, fault.column) == ("f", line, column)
    assert fault.message.startswith(message)


def test_a_value_of_the_greatest_length_is_taken_and_a_longer_one_cut() -> None:
    assert read_tree("f", b"t" * MAX_TEXT).faults == []
    root, faults, _ = read_tree("f", b"a: " + b"t" * (MAX_TEXT + 1))
    assert root is not None
    assert root.entries["a"][1].text == "t" * MAX_TEXT
    assert [(fault.line, fault.column) for fault in faults] == [(1, 4)]


def test_as_many_values_and_bytes_as_are_allowed_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "MAX_VALUES", 4)
    monkeypatch.setattr(tree, "MAX_BYTES", 11)
    assert read_tree("f", b"[a, b, c]").faults == []
    (many,) = read_tree("f", b"[a,b,c,d,e]").faults
    assert (many.line, many.column) == (1, 8)
    assert many.message.startswith("more than 4 values in one file")
    assert read_tree("f", b"[a, b, c]   ").root is None


QUOTED = "put the whole text in quotes"
CURES = [
    ("title: Weekdays: is there one circle?", 1, 16, QUOTED),
    ("title: *emphasis* first", 1, 17, f"may not begin with *: {QUOTED}"),
    ("title: **bold** first", 1, 9, f"may not begin with *: {QUOTED}"),
    ("title: & text", 1, 9, f"may not begin with &: {QUOTED}"),
    ("title: &and text", 1, 8, "put a text that begins with & in quotes"),
    ("title: !important text", 1, 8, "put a text that begins with ! in quotes"),
    ("title: ! text", 1, 8, "put a text that begins with ! in quotes"),
    ("title: !<x", 1, 11, QUOTED),
    ("title: @someone said", 1, 8, f"may not begin with @: {QUOTED}"),
    ("title: `code` first", 1, 8, f"may not begin with `: {QUOTED}"),
    ("title: %5 of heads", 1, 8, f"may not begin with %: {QUOTED}"),
    ("%foo\ntitle: x", 1, 5, QUOTED),
    ("title: [probing] of heads", 1, 18, QUOTED),
    ("title: {curly} text", 1, 16, QUOTED),
    ("title: [open", 2, 1, QUOTED),
    ("title: {open", 2, 1, QUOTED),
    ("a: [b, c\nd: e", 2, 2, "the [ or { in line 1 is not closed, or a comma is missing"),
    ("title: , x", 1, 8, f"may not begin with , ] or }}: {QUOTED}"),
    ("title: - dash", 1, 8, QUOTED),
    ("title: ? why", 1, 8, f"may not begin with ?: {QUOTED}"),
    ("title: 'tis a model", 2, 1, "the quote that opens in line 1 is never closed"),
    ('a: x\nb: "c\nd: e', 4, 1, "the quote that opens in line 2 is never closed"),
    ('title: "say "hi" now"', 1, 14, "goes on after its closing quote"),
    ("title: 'it's'", 1, 12, "goes on after its closing quote"),
    ('title: "a\\qb"', 1, 10, "a backslash is written twice"),
    ('title: "\\xzz"', 1, 11, "a backslash is written twice"),
    ("title: >- text", 1, 11, "the text begins on the line below"),
    ("title: | text", 1, 10, "the text begins on the line below"),
    ("a:\n\tb: c", 2, 1, "indent with spaces"),
    ("a: b\n\tc: d", 2, 1, "indent with spaces"),
    ("a:\n  - x\n  -y", 3, 3, "write a space after the -"),
    ("a:\n  - x\n -y", 3, 2, "write a space after the -"),
    ("a: x\nb:y\nc: z", 2, 1, "write a space after the colon"),
    ("b:y\nc: z", 2, 2, "write a space after the colon in the line above"),
    ("a: x\njust words", 2, 1, "write a field as `name: text`"),
    ("a:\n  b: 1\n c: 2", 3, 2, "in the column of the fields or items beside it"),
    ("a: b\n  c: d", 2, 4, "a field begins in the column of the fields beside it"),
    ("- a\n- b\nc: d", 3, 1, "in the column of the fields or items beside it"),
    ("a: b\n  and # more\n  words", 3, 3, "what follows # in the line above is a comment"),
    ("k: [a, b #c, d]", 2, 1, "what follows # in line 1 is a comment"),
    ("a: b\n<<<<<<< HEAD\nc: d\n", 2, 1, "version control left a conflict in line 2"),
    ("a: b\n...\nc: d", 3, 1, "the one value of this file has ended"),
]


@pytest.mark.parametrize(("text", "line", "column", "told"), CURES)
def test_what_yaml_complains_of_comes_with_what_to_do(text: str, line: int, column: int, told: str) -> None:
    if not yaml.__with_libyaml__:
        pytest.skip("the places are those of libyaml")
    (fault,) = read_tree("f", f"{text}\n".encode()).faults
    assert (fault.line, fault.column) == (line, column)
    assert told in fault.message


@pytest.mark.parametrize("text", [text for text, *_ in CURES])
def test_the_other_reader_of_the_library_says_what_to_do_too(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(tree, "_Loader", yaml.SafeLoader)
    for fault in read_tree("f", f"{text}\n".encode()).faults:
        assert "; " in fault.message


def test_an_anchor_that_an_alias_names_is_told_once() -> None:
    faults = read_tree("f", b"a: &id001 [x]\nb: *id001\nc: *id001\n").faults
    assert [fault.line for fault in faults] == [2, 3]


@pytest.mark.parametrize(
    ("text", "column", "comment"),
    [
        ("a: Replicate issue #12", 20, "12"),
        ("a: \xe9\u4e00\U0001f600 # x", 8, " x"),
        ("a: b\t #", 7, ""),
        ("a: #12 is wrong", 4, "12 is wrong"),
        ("a:\n  b\n  c #d", 5, "d"),
    ],
)
@pytest.mark.parametrize("start", ["", "\ufeff", "# first\r\n"])
def test_what_stands_behind_a_text_without_quotes_is_kept_with_its_place(
    start: str, text: str, column: int, comment: str
) -> None:
    root, faults, _ = read_tree("f", (start + text).encode())
    assert root is not None
    node = root.entries["a"][1].comment
    assert node is not None
    assert (faults, node.column, node.text) == ([], column, comment)


@pytest.mark.parametrize(
    "text", ["a: 'b' #c", 'a: "b" #c', "a: >- #c\n  b", "a: b#c", "a: b\n#c", "a: [b] #c", "a: '#'"]
)
def test_what_can_be_no_part_of_a_text_is_no_such_thing(text: str) -> None:
    root, faults, _ = read_tree("f", text.encode())
    assert root is not None
    assert (faults, root.entries["a"][1].comment) == ([], None)
