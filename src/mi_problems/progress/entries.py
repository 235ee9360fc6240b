"""The lines of the file of marks: one JSON object each, read one by one, so that a broken one spoils no other."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from mi_problems.clean import clean, cleaned, json_text

SAVED, STARTED, DONE, DROPPED, NONE = "saved", "started", "done", "dropped", "none"
STATES = (SAVED, STARTED, DONE, DROPPED)
IN_WORDS = f"{', '.join(STATES)}; {NONE} takes a mark back"
_BOM = b"\xef\xbb\xbf"
_NAMES = ("id", "state", "at", "who", "note", "folder", "title")
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
    lines = content.removeprefix(_BOM).split(b"\n")
    try:
        return _all_at_once(lines), []
    except (ValueError, RecursionError):
        return _one_by_one(lines)


def _all_at_once(lines: Sequence[bytes]) -> list[Entry]:
    """The entries of a file without a fault, in a third of the time; ValueError where there is one."""
    full = [line for line in lines if line and not line.isspace()]
    rows = json.loads((b"[" + b",".join(full) + b"]").decode())
    if len(rows) != len(full):
        raise TypeFault("lines that hold more or less than one value")
    return [_entry(row) for row in rows]


def _one_by_one(lines: Sequence[bytes]) -> tuple[list[Entry], list[Broken]]:
    entries: list[Entry] = []
    broken: list[Broken] = []
    for number, line in enumerate(lines, 1):
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
    try:
        usual = "".join(texts).isprintable()  # and they are texts: one look at all of them
    except TypeError:
        wrong = next(name for name, text in zip(_NAMES, texts, strict=True) if type(text) is not str)
        raise TypeFault(f'"{wrong}" is no text: put it into quotes') from None
    identifier, state, at, who, note, folder, title = texts
    if not usual:
        identifier, state, at, who, note, title = map(clean, (identifier, state, at, who, note, title))
    identifier = identifier.strip()
    if not identifier:
        raise TypeFault("no id")
    other = {} if _KNOWN.issuperset(row) else _others(row)
    return Entry(identifier, state.strip(), at, who.strip(), note, folder, title, other)


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
