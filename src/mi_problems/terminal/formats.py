"""Tables for other programs: CSV that runs no formula in a spreadsheet, and Markdown that holds text as text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from mi_problems.clean import clean
from mi_problems.errors import UsageFault
from mi_problems.records.typed import match_word

JSON, CSV, MD = FORMATS = ("json", "csv", "md")
_FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r]")
_TO_QUOTE = re.compile(r'[",\r\n]|^\s|\s$')
_MARKUP = re.compile(r"[\\`*_\[\]<>|~&$]")


def chosen(as_json: bool, format_: str | None) -> str:
    """The format that was asked for, empty for none; UsageFault for an unknown one, or for `--json` beside it."""
    if format_ is None:
        return JSON if as_json else ""
    if as_json:
        raise UsageFault("--json and --format exclude each other", "--json is short for --format json")
    return match_word(format_, FORMATS, "format", {"markdown": MD})


def delimited(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """CSV after RFC 4180. A cell that a spreadsheet would take for a formula gets an apostrophe before it."""
    return "".join(",".join(map(_cell, row)) + "\r\n" for row in (head, *rows))


def _cell(text: str) -> str:
    text = f"'{text}" if _FORMULA.match(text) else text
    return '"' + text.replace('"', '""') + '"' if _TO_QUOTE.search(text) else text


def markdown(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table. What a reader would take for markup or for the end of a cell or line is escaped."""
    lines = [head, ["---"] * len(head), *([_MARKUP.sub(r"\\\g<0>", clean(cell)) for cell in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def tabled(format_: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The rows under their head as `csv` or `md`."""
    return delimited(head, rows) if format_ == CSV else markdown(head, rows)
