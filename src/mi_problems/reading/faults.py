"""What is wrong with a registry: faults with their places, collected up to a limit; and what YAML's own words mean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from mi_problems.errors import LIKE, did_you_mean
from mi_problems.reading.limits import MAX_COMPARED, MAX_FAULTS

LIKE_A_NAME = 0.75  # least likeness where what is written is more often a name of its own than a slip
_LONGEST_MESSAGE = 400


class Placed(Protocol):
    """Anything that stands at a line and column of a file, counted from 1."""

    line: int
    column: int


class Enough(Exception):
    """A limit is met, the fault that says so is told, and reading stops."""


class Fault(NamedTuple):
    """One thing wrong with a file, at a line and column counted from 1."""

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


@dataclass(slots=True)
class Report:
    """Collects the faults of one file, each with its message on one line; `where` is the path to the field at hand."""

    file: str
    faults: list[Fault] = field(default_factory=list)
    where: list[str] = field(default_factory=list)

    def add(self, node: Placed, message: str) -> None:
        self.at(node.line, node.column, "".join(f"{part}: " for part in self.where) + message)

    def unknown(
        self, node: Placed, message: str, word: str, choices: Sequence[str], like: float = LIKE, otherwise: str = ""
    ) -> None:
        """Adds that `word` is none of the choices and names the nearest, while comparing is within its budget.

        That is for all faults of a run together: the words of closed lists are always named. Where none is near,
        `otherwise` is told.
        """
        within = (len(self.faults) + 1) * len(choices) <= MAX_COMPARED
        hint = did_you_mean(word, choices, like, otherwise) if within else otherwise
        self.add(node, f"{message}; {hint}" if hint else message)

    def at(self, line: int, column: int, message: str) -> None:
        """Adds a fault at this place; the one that makes them too many says so and raises Enough."""
        full = len(self.faults) >= MAX_FAULTS
        if full:
            message = f"more than {MAX_FAULTS} faults; mend the others first"
        elif len(message) > _LONGEST_MESSAGE:
            message = f"{message[: _LONGEST_MESSAGE // 2]} ... {message[-_LONGEST_MESSAGE // 2 :]}"
        self.faults.append(Fault(self.file, line, column, " ".join(message.split())))
        if full:
            raise Enough


_QUOTES = "put the whole text in quotes"
_CURES = (
    ("mapping keys", f"a text may not begin with ?: {_QUOTES}"),
    ("sequence entries", f"a list begins on the line below its field; where the - belongs to a text, {_QUOTES}"),
    ("comment or", "the text begins on the line below the > or |, indented"),
    ("indicators", "the text begins on the line below the > or |, indented"),
    ("indentation indicator", "the number behind > or | is 1 to 9; it may be left out"),
    ("Unicode character escape", "write the character itself; Python's json does with ensure_ascii=False"),
    ("escape", "in double quotes a backslash is written twice; in single quotes it stands for itself"),
    ("hex", "in double quotes a backslash is written twice; in single quotes it stands for itself"),
    ("end of stream", "the quote that opens in line {line} is never closed; an apostrophe or quote that begins a text "
     "stands with it in quotes of the other kind"),
    ("document indicator", "the quote that opens in line {line} is never closed"),
    ("directive", f"a line that begins with % is for YAML itself: {_QUOTES}"),
    ("incompatible", "leave out the line that begins with %"),
    ("tag", f"the ! begins a tag: {_QUOTES}"),
    ("'>'", f"the ! begins a tag: {_QUOTES}"),
    ("URI", f"the ! begins a tag: {_QUOTES}"),
    ("node content", f"a text may not begin with , ] or }}: {_QUOTES}"),
    ("document start", "the one value of this file has ended; write fields as `name: text`, all from the first column"),
)  # fmt: skip
_CONFLICT = re.compile(r"^(?:<{7}|>{7}) ", re.MULTILINE)
_WIDTH = 400  # characters of a line that are looked at
_GLUED = re.compile(r"\s*(?:- {1,9})?\w{1,40}:[^\s/]")
_DASHED = re.compile(r"\s*-[^\s-]")
_ITEM = re.compile(r"\s*(?:- +)*")


class _Spot(NamedTuple):
    """What a complaint is about: its line before and from the place on, the line above, and where the thing began."""

    before: str
    here: str
    above: str
    first: str
    begun: int


def cure(problem: str, text: str, at: int, begun: int) -> str:
    """What to do about a complaint of the YAML library at this offset; what it was reading had begun at the other."""
    if conflict := _CONFLICT.search(text):
        number = text.count("\n", 0, conflict.start()) + 1
        return f"version control left a conflict in line {number}; keep one of its two sides"
    before, here = _line(text, at)
    above = text[max(0, at - len(before) - _WIDTH) : at - len(before)].rstrip().rpartition("\n")[2]
    spot = _Spot(before, here, above, "".join(_line(text, begun)), text.count("\n", 0, begun) + 1)
    if here[:1] == "\t" or "tab character" in problem:
        return "a tab stands where only spaces may; indent with spaces"
    if "any token" in problem or "alphabetic" in problem:
        return f"a text may not begin with {text[begun : begun + 1]}: {_QUOTES}"
    for part, told in _LOOKED_INTO:
        if part in problem:
            return told(spot)
    found = next((words for part, words in _CURES if part in problem), f"where a text holds signs of YAML, {_QUOTES}")
    return found.replace("{line}", str(spot.begun))


def _line(text: str, at: int) -> tuple[str, str]:
    """The line at this offset, as much of it as is looked at: what stands before it and what from it on."""
    near = text[max(0, at - _WIDTH) : at].replace("\r", "\n").rpartition("\n")[2]
    return near, text[at : at + _WIDTH].replace("\r", "\n").partition("\n")[0]


def _colon(spot: _Spot) -> str:
    """A colon where no field can be: in a text, or after a field that is indented unlike the others."""
    if ":" in _ITEM.sub("", spot.before, count=1):
        return f"a colon with a space after it would begin a value: {_QUOTES}"
    if _GLUED.match(spot.above):
        return "write a space after the colon in the line above"
    return (
        "a field begins in the column of the fields beside it; a text of several lines that holds a colon "
        "stands in quotes, or below >-"
    )


def _bracket(spot: _Spot) -> str:
    """A list or mapping on a line that does not end, or goes on without a comma."""
    if " #" in spot.first or " #" in spot.before:
        place = f"in line {spot.begun} " if " #" in spot.first else ""
        return f"what follows # {place}is a comment: put the text in quotes"
    return (
        f"the [ or {{ in line {spot.begun} is not closed, or a comma is missing; where it belongs to a text, {_QUOTES}"
    )


def _no_field(spot: _Spot) -> str:
    """A line that is neither a field nor an item."""
    if _DASHED.match(spot.first):
        return "write a space after the -"
    if _GLUED.match(spot.first):
        return "write a space after the colon"
    return "write a field as `name: text`; a further line of a text is indented more than its field"


def _out_of_place(spot: _Spot) -> str:
    """Something where a field or an item should begin: the rest of a line, or a line indented unlike its neighbours."""
    if _ITEM.sub("", spot.before, count=1).strip():
        return (
            "the text goes on after its closing quote or bracket: put the whole text in quotes, of the other kind "
            "where it holds some"
        )
    if " #" in spot.above:
        return "what follows # in the line above is a comment: put the text in quotes"
    if _DASHED.match(spot.here):
        return "write a space after the -"
    return "begin this line, with spaces, in the column of the fields or items beside it"


_LOOKED_INTO = (
    ("mapping values", _colon), ("expected ','", _bracket), ("expected ':'", _no_field),
    ("expected key", _out_of_place), ("'-' indicator", _out_of_place), ("<block end>", _out_of_place),
)  # fmt: skip
