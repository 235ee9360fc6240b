"""Tables for other programs: CSV for spreadsheets, Markdown for pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from mi_problems.escapes import markdown_cell

# What a spreadsheet calculates: a cell that begins so, be it behind blanks or a sign at which one might part the cell.
_BEGINS = re.compile(r"[^\S\t\r]*(?=[=+\-@\t\r\uff1d\uff0b\uff0d\uff20])")
_PART = re.compile(r"""([;\t\r\n][\s"]*)([=+\-@\uff1d\uff0b\uff0d\uff20]?)""")
_QUOTED = re.compile(r'[",\r\n]|^\s|\s$')
_EMPTY = '""'  # a record of one empty cell, which would be no record
_ADDRESS = re.compile(r"https?://[^\s<>|\\`]+")


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """RFC 4180: a header, then a record a row. Before what a spreadsheet would calculate stands an apostrophe."""
    lines = (",".join(map(_csv_cell, row)) for row in (columns, *rows))
    return "".join(f"{line or _EMPTY}\r\n" for line in lines)


def _csv_cell(text: str) -> str:
    safe = _PART.sub(lambda part: f"{part[1]}'{part[2]}" if part[2] else part[0], text)
    if begins := _BEGINS.match(safe):
        safe = f"{begins[0]}'{safe[begins.end() :]}"
    return '"' + safe.replace('"', '""') + '"' if _QUOTED.search(safe) else safe


def markdown_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of GitHub's Markdown: every cell is text on one line, and a whole address is a link."""
    lines = [list(map(markdown_cell, columns)), ["---"] * len(columns), *(map(_markdown_cell, row) for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _markdown_cell(text: str) -> str:
    return f"<{text}>" if _ADDRESS.fullmatch(text) else markdown_cell(text)


WRITERS = {"csv": csv_text, "md": markdown_table}
