"""What is wrong with a registry: faults with their places, collected up to a limit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from mi_problems.errors import did_you_mean
from mi_problems.reading.limits import MAX_FAULTS, MAX_HINTS

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

    def unknown(self, node: Placed, message: str, word: str, choices: Sequence[str]) -> None:
        """Adds that `word` is none of the choices; the first faults name the nearest, which takes long to find."""
        hint = did_you_mean(word, choices) if len(self.faults) < MAX_HINTS else ""
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
