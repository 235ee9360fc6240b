"""Tables for other programs: what a reader of the format gets back is what went in, and nothing of it runs."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from mi_problems.clean import clean
from mi_problems.escapes import one_line
from mi_problems.terminal.render.formats import csv_text, markdown_table
from tests.hostile import BREAKOUTS, MARKDOWN, nasty
from tests.markdown import read_alike, seen

SIGNS = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
FORMULAS = [f"{sign}cmd|' /C calc'!A0" for sign in SIGNS] + ["=1+1;", ";=1+1", '"', ",", "\n", "\r\n", ";", " ", ""]
WIDTH = 3
CSV_CELLS = nasty([*FORMULAS, *BREAKOUTS], 60).map(lambda text: text.replace("\0", ""))
MD_CELLS = nasty([*MARKDOWN, *BREAKOUTS, "a\nb", "\\|"], 60).map(clean)


def tables(cells: st.SearchStrategy[str]) -> st.SearchStrategy[list[list[str]]]:
    return st.lists(st.lists(cells, min_size=WIDTH, max_size=WIDTH), min_size=1, max_size=4)


def read_csv(text: str, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


@given(table=tables(CSV_CELLS))
def test_a_reader_of_csv_gets_what_went_in_but_for_apostrophes(table: list[list[str]]) -> None:
    head, *rows = read_csv(csv_text(["a", "b", "c"], table))
    assert head == ["a", "b", "c"]
    for row, cells in zip(rows, table, strict=True):
        for got, cell in zip(row, cells, strict=True):
            assert got.replace("'", "") == cell.replace("'", "")
            assert got == cell or any(sign in cell for sign in SIGNS)


@given(table=tables(st.text(st.characters(codec="utf-8", exclude_characters="\0" + "".join(SIGNS)), max_size=20)))
def test_a_reader_of_csv_gets_text_without_signs_of_formulas_unchanged(table: list[list[str]]) -> None:
    assert read_csv(csv_text(["a", "b", "c"], table))[1:] == table


@given(table=tables(CSV_CELLS))
def test_no_cell_begins_as_a_formula_does(table: list[list[str]]) -> None:
    for row in read_csv(csv_text(["a", "b", "c"], table)):
        assert not any(cell.startswith(SIGNS) for cell in row)


@pytest.mark.parametrize("delimiter", [";", "\t"])
@pytest.mark.parametrize("before", ["a", 'a"', 'a""'])
@pytest.mark.parametrize("between", ["", " ", '"', '""'])
def test_no_formula_runs_where_a_spreadsheet_parts_cells_by_another_sign(
    delimiter: str, before: str, between: str
) -> None:
    text = csv_text(["a", "b"], [[f"{before}{delimiter}{between}=1+1{delimiter}b", "x"]])
    for row in read_csv(text, delimiter):
        assert not any(cell.strip(' "').startswith(SIGNS) for cell in row)


@pytest.mark.parametrize(
    "cell", [*(f"{sign}1" for sign in SIGNS), " =1+1", "\n=1", '=HYPERLINK("https://evil.example")', "\r=1"]
)
def test_no_cell_is_a_formula_be_it_behind_blanks(cell: str) -> None:
    ((_, shown),) = read_csv(csv_text(["a", "b"], [["x", cell]]))[1:]
    assert shown.strip().startswith("'")
    assert shown.replace("'", "") == cell


def test_plain_cells_stay_plain() -> None:
    assert csv_text(["id", "t"], [["4.10", "GPT-2 = small"]]) == "id,t\r\n4.10,GPT-2 = small\r\n"


def test_a_line_of_csv_ends_as_the_standard_says() -> None:
    assert csv_text(["a", "b"], [["1,2", 'say "x"'], ["", " y"]]) == 'a,b\r\n"1,2","say ""x"""\r\n," y"\r\n'


def test_a_record_of_one_empty_cell_is_a_record() -> None:
    assert read_csv(csv_text(["a"], [[""], ["b"]])) == [["a"], [""], ["b"]]


@settings(deadline=None)
@given(table=tables(MD_CELLS))
def test_a_reader_of_markdown_gets_what_went_in(table: list[list[str]]) -> None:
    found = seen(markdown_table(["a", "b", "c"], table))
    said = [one_line(cell) for row in table for cell in row]
    assert [*map(read_alike, found.texts)] == [*map(read_alike, ["a", "b", "c", *said])]


@settings(deadline=None)
@given(table=tables(MD_CELLS))
def test_no_bar_and_no_line_break_makes_or_ends_a_cell(table: list[list[str]]) -> None:
    kinds = [token.type for token in MarkdownIt("gfm-like").parse(markdown_table(["a", "b", "c"], table))]
    assert kinds.count("table_open") == 1
    assert kinds.count("td_open") == WIDTH * len(table)
    assert kinds[-1] == "table_close"


@pytest.mark.parametrize(
    "text", ["a | b", "[x](javascript:1)", "<img onerror=1>", "*a* _b_ `c`", "a\\|b", "&lt;", "$x$"]
)
def test_markdown_holds_text_as_text(text: str) -> None:
    found = seen(markdown_table(["a"], [[text]]))
    assert [*map(read_alike, found.texts)] == ["a", read_alike(text)]
    assert not re.search("link|html|image|em_|strong", str(found.form))


def test_a_line_break_in_a_cell_is_a_blank() -> None:
    assert markdown_table(["a"], [["one\r\ntwo"]]).split("\n")[2] == "| one two |"


@pytest.mark.parametrize("address", ["https://a.example/x_y_z?q=*&r=1#s", "http://a.example/(x)"])
def test_an_address_alone_in_a_cell_is_a_link(address: str) -> None:
    leads = [token for token in seen(markdown_table(["url"], [[address]])).form if token[0] == "link_open"]
    assert [token[3] for token in leads] == [address]


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "https://a.example/|", "https://a.example/><b>", "see https://a.example"]
)
def test_what_is_no_plain_address_is_no_link(text: str) -> None:
    found = seen(markdown_table(["url", "b"], [[text, "end"]]))
    assert not re.search("link_open|html", str(found.form))
    assert found.texts[2:] == [text, "end"]
