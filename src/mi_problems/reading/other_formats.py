"""What a file is that holds no YAML of ours: a list in Markdown, a table, TOML, a document; and what to do with it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePath

from mi_problems.reading.loose import FIELDS

_LOOKED_AT = 20_000  # characters
_CURE = (
    "write each problem as `- title: ...` with `summary: ...` below it; a list of records in JSON is read as it is; "
    "`mip check --template` prints an example"
)
_BY_ENDING = {
    ".md": "Markdown", ".markdown": "Markdown", ".csv": "CSV", ".tsv": "a table", ".toml": "TOML", ".bib": "BibTeX",
    ".tex": "LaTeX", ".html": "HTML", ".htm": "HTML", ".org": "an Org file", ".rst": "reStructuredText",
    ".ini": "an INI file", ".xml": "XML",
}  # fmt: skip
_BY_BEGINNING = {
    b"%PDF": "a PDF", b"PK\x03\x04": "a document or spreadsheet of an office program", b"\xd0\xcf\x11\xe0": "a "
    "document or spreadsheet of an office program", b"SQLite format 3": "a database",
}  # fmt: skip
_FIELD = re.compile(r"^ *(?:- +)?\w{1,40}:(?: |$)", re.MULTILINE)
_TABLE = re.compile(r"^\|.{1,400}\|[ \t]*\n\|[ :|-]{1,400}\|", re.MULTILINE)
_TASK = re.compile(r"^ *[-*] \[[ xX]\] ", re.MULTILINE)
_HEADING = re.compile(r"^##{1,5} \S", re.MULTILINE)
_ITEM = re.compile(r"^ *(?:[*+]|[0-9]{1,4}[.)]) +\S", re.MULTILINE)
_SETTING = re.compile(r"^(?:\[\[?[\w.-]{1,80}\]\]?|[\w-]{1,80} *= *\S.*)$", re.MULTILINE)
_COLUMNS = {*FIELDS, *FIELDS.values(), "title", "summary", "id"}


def other_format(file: str, content: bytes) -> str:
    """What is amiss, in a line, with a file that is no list of problems in YAML; empty where it is meant to be YAML."""
    begun = next((kind for beginning, kind in _BY_BEGINNING.items() if content.startswith(beginning)), "")
    text = content[:_LOOKED_AT].decode("utf-8-sig", "replace").replace("\r\n", "\n")
    if not begun and _is_json_lines(text):
        return "these are JSON lines, not one document; put the records between [ and ], with commas"
    looks = (kind for kind, looks_so in _KINDS.items() if looks_so(text))
    kind = begun or _BY_ENDING.get(PurePath(file).suffix.lower()) or next(looks, "")
    return f"this is {kind}, and no list of problems in YAML; {_CURE}" if kind else ""


def _is_json_lines(text: str) -> bool:
    lines = text.strip().split("\n", 2)
    return len(lines) > 1 and all(line.startswith("{") and line.rstrip().endswith("}") for line in lines[:2])


def _is_markdown(text: str) -> bool:
    """A table or tasks; or headings and items where nothing is a field."""
    if _TABLE.search(text) or _TASK.search(text):
        return True
    return not _FIELD.search(text) and bool(_ITEM.search(text) or _HEADING.search(text))


def _is_table(text: str) -> bool:
    """Whether the first line names columns."""
    first = text.lstrip().partition("\n")[0].casefold()
    columns = [cell.strip().strip("\"'") for cell in re.split(r"[,;\t]", first[:2000])]
    return len(columns) > 1 and not _COLUMNS.isdisjoint(columns)


def _is_toml(text: str) -> bool:
    return not _FIELD.search(text) and bool(_SETTING.search(text))


def _is_words(text: str) -> bool:
    """Nothing but items of text."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return not _FIELD.search(text) and bool(lines) and all(line.startswith("- ") for line in lines)


_KINDS: dict[str, Callable[[str], bool]] = {
    "TOML": _is_toml, "CSV": _is_table, "Markdown": _is_markdown, "a list of words alone": _is_words,
}  # fmt: skip
