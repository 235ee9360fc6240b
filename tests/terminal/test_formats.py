"""CSV and Markdown: a reader of the format gets the text back, and nothing in it runs or breaks out."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mi_problems.errors import UsageFault
from mi_problems.terminal.formats import chosen, delimited, markdown

CELLS = st.lists(st.lists(st.text(), min_size=2, max_size=2), max_size=4)
FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\tx",
    "\r=1",
    " =1+1",
    "\uff1d1",
    '=HYPERLINK("https://evil.example")',
    "\n=1",
]


@given(CELLS)
def test_a_reader_of_csv_gets_every_cell_back(rows: list[list[str]]) -> None:
    text = delimited(["a", "b"], rows)
    read = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert [[cell.removeprefix("'") for cell in row] for row in read[1:]] == [
        [cell.removeprefix("'") for cell in row] for row in rows
    ]
    assert text.endswith("\r\n")


@pytest.mark.parametrize("cell", FORMULAS)
def test_no_cell_is_a_formula(cell: str) -> None:
    ((_, shown),) = list(csv.reader(io.StringIO(delimited(["a", "b"], [["x", cell]]), newline="")))[1:]
    assert shown == f"'{cell}"


def test_plain_cells_stay_plain() -> None:
    assert delimited(["id", "t"], [["4.10", "GPT-2 = small"], ["x", 'a, "b"']]) == (
        'id,t\r\n4.10,GPT-2 = small\r\nx,"a, ""b"""\r\n'
    )


@given(CELLS)
def test_markdown_has_a_line_a_row_and_a_bar_a_cell(rows: list[list[str]]) -> None:
    lines = markdown(["a", "b"], rows).split("\n")
    assert len(lines) == len(rows) + 3
    assert all(len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) == 3 for line in lines[:-1])


@pytest.mark.parametrize(
    "text", ["a | b", "[x](javascript:1)", "<img onerror=1>", "*a* _b_ `c`", "a\\|b", "&lt;", "$x$"]
)
def test_markdown_holds_text_as_text(text: str) -> None:
    cell = markdown(["a"], [[text]]).split("\n")[2][2:-2]
    assert re.sub(r"\\(.)", r"\1", cell) == text
    assert not re.search(r"(?<!\\)(?:\\\\)*[|<\[`*_&$]", cell)


def test_a_line_break_in_a_cell_is_a_space() -> None:
    assert markdown(["a"], [["one\r\ntwo"]]).split("\n")[2] in {"| one two |", "| one  two |"}


def test_json_has_a_short_name_and_both_together_are_told() -> None:
    assert [chosen(True, None), chosen(False, None), chosen(False, "c"), chosen(False, "markdown")] == [
        "json",
        "",
        "csv",
        "md",
    ]
    with pytest.raises(UsageFault, match="exclude each other"):
        chosen(True, "csv")
    with pytest.raises(UsageFault, match="unknown format 'xlsx'"):
        chosen(False, "xlsx")
