"""YAML as a tree: what is refused at which place, and how much is too much."""

from __future__ import annotations

import pytest

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
