"""A list in another format is one fault that says what it is and what to do; YAML with a slip is told of its slip."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mi_problems.reading.other_formats import other_format
from mi_problems.reading.parse import read_problems
from mi_problems.reading.vocabulary import Vocabulary

KINDS = {
    "Markdown": [
        "# Open problems\n\n* Does X hold?\n* Is **Y** true?\n", "Some words.\n\n1. Does X hold?\n2. Is Y true?\n",
        "## Problem one\n\nStatement of it.\n\n## Problem two\n\nAnother.\n", "- [ ] Does X hold?\n- [x] Is Y true?\n",
        "| title | summary |\n|---|---|\n| A | B |\n",
    ],
    "CSV": ['title,summary,difficulty\nX,"Is there c, k?",hard\n', "name;statement\nA;B\n", '"id"\t"title"\n1\tA\n'],
    "TOML": ['[[problems]]\ntitle = "X"\n', 'title = "X"\n\n[problem]\nsummary = "Y"\n'],
    "a list of words alone": ["- Does X hold?\n- Is Y true?\n"],
}  # fmt: skip


def told(content: bytes, file: str = "list.txt") -> list[str]:
    return [fault.message for fault in read_problems([(file, content)], Vocabulary({}, frozenset())).faults]


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in KINDS.items() for text in texts])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_list_in_another_format_is_one_fault_that_says_what_to_do(kind: str, text: str, ends: str) -> None:
    (message,) = told(text.replace("\n", ends).encode())
    assert message.startswith(
        f"this is {kind}, and no list of problems in YAML; write each problem as `- title: ...` with "
    )
    assert message.endswith("`mip check --template` prints an example")


@pytest.mark.parametrize(
    ("file", "content", "kind"),
    [
        ("a.pdf", b"%PDF-1.7\n\x00\xff", "a PDF"),
        ("a.xlsx", b"PK\x03\x04\x00\xff", "a document or spreadsheet of an office program"),
        ("a.csv", "Frage;Größe\nA;B\n".encode("latin-1"), "CSV"),
        ("a.bib", b"@article{a, title = {X}}\n", "BibTeX"),
        ("notes.md", b"Note: what follows: is all\n", "Markdown"),
    ],
)
def test_the_name_or_the_first_bytes_of_a_file_tell_what_it_is(file: str, content: bytes, kind: str) -> None:
    (message,) = told(content, file)
    assert message.startswith(f"this is {kind}, and no list of problems in YAML; ")


def test_json_lines_are_told_to_be_a_list() -> None:
    content = b'{"title": "X", "summary": "Y"}\n{"title": "Z", "summary": "W"}\n'
    assert told(content) == ["these are JSON lines, not one document; put the records between [ and ], with commas"]


@pytest.mark.parametrize(
    "content",
    [
        '[{"title": "X", "summary": "Y\\/\\u00e9"}]',
        '{\n\t"problems": [\n\t\t{"title": "X",\n\t\t"summary": "Y"}\n\t]\n}',
    ],
)
def test_a_list_of_records_in_json_is_read(content: str) -> None:
    assert told(content.encode(), "a.json") == []


def test_a_character_of_json_that_yaml_cannot_read_comes_with_the_cure() -> None:
    (message,) = told(rb'[{"title": "\ud835\udd3d", "summary": "Y"}]', "a.json")
    assert message.endswith("write the character itself; Python's json does with ensure_ascii=False")


@pytest.mark.parametrize(
    "text",
    [
        "# My problems\n- title: Weekdays: one circle?\n  summary: Y\n", "problems:\n  - title: X\n summary: Y\n",
        "- title: [X\n  summary: Y\n", "", "# only a comment\n", "- title: a = b\n  - c\n",
    ],
)  # fmt: skip
def test_yaml_with_a_slip_is_taken_for_yaml(text: str) -> None:
    assert other_format("own.yaml", text.encode()) == ""
    assert told(text.encode(), "own.yaml")


@given(st.binary(max_size=200), st.sampled_from(["a.yaml", "a.md", "a", "-"]))
def test_any_bytes_are_looked_at(content: bytes, file: str) -> None:
    assert "\n" not in other_format(file, content)
