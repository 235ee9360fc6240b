"""The lines of the file of marks: one JSON object each, read one by one, so that a broken one spoils no other."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from mi_problems.clean import clean, cleaned, json_text

SAVED, STARTED, DONE, DROPPED, NONE = "saved", "started", "done", "dropped", "none"
STATES = (SAVED, STARTED, DONE, DROPPED)
_BOM = b"\xef\xbb\xbf"
_NAMES = ("id", "state", "at", "who", "note", "folder", "title")
_FOLDER = _NAMES.index("folder")
_KNOWN = frozenset(_NAMES)


class Entry(NamedTuple):
    """One line: what was said of a problem, when, and of whom (`who` is empty for the owner of the file).

    `state` is empty where there is only a note. `at` is ISO 8601, empty where somebody wrote the line by hand without
    it. `other` are the fields that this version does not know. Text is clean, except for `folder`, which is a path.
    """

    id: str
    state: str = ""
    at: str = ""
    who: str = ""
    note: str = ""
    folder: str = ""
    title: str = ""
    other: Mapping[str, Any] = {}


class Broken(NamedTuple):
    """A line that cannot be read: its number, from 1, and why."""

    line: int
    why: str


def read_lines(content: bytes) -> tuple[list[Entry], list[Broken]]:
    """The entries in the order of their lines, and the lines that are none."""
    entries: list[Entry] = []
    broken: list[Broken] = []
    for number, line in enumerate(content.removeprefix(_BOM).split(b"\n"), 1):
        if line and not line.isspace():
            try:
                entries.append(_entry(json.loads(line.decode())))
            except (ValueError, RecursionError) as error:
                broken.append(Broken(number, _why(error)))
    return entries, broken


def _entry(row: Any) -> Entry:
    if type(row) is not dict:
        raise TypeFault("no JSON object")
    texts = [row.get(name) or "" for name in _NAMES]
    for place, text in enumerate(texts):
        if type(text) is not str:
            raise TypeFault(f'"{_NAMES[place]}" is no text: put it into quotes')
        if place != _FOLDER:
            texts[place] = clean(text).strip()
    if not texts[0]:
        raise TypeFault("no id")
    identifier, state, at, who, note, folder, title = texts
    return Entry(identifier, state, at, who, note, folder, title, {} if _KNOWN.issuperset(row) else _others(row))


def _others(row: Mapping[str, Any]) -> dict[str, Any]:
    return {clean(name): cleaned(value) for name, value in row.items() if name not in _KNOWN}


class TypeFault(ValueError):
    """JSON that is no entry; it says so itself."""


def _why(error: Exception) -> str:
    if isinstance(error, TypeFault):
        return str(error)
    return "not UTF-8" if isinstance(error, UnicodeDecodeError) else "not JSON"


def written(entries: Sequence[Entry]) -> bytes:
    """The lines of these entries, without the fields that are empty."""
    rows = ({name: value for name in _NAMES if (value := getattr(entry, name))} for entry in entries)
    return b"".join(json_text(row).encode() + b"\n" for row in rows)
