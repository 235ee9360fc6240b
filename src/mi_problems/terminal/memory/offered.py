"""What Tab offers of the memory: states, people, and the ids that the user has marked before all others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mi_problems.errors import MipError
from mi_problems.progress.entries import DONE, DROPPED, NONE, SAVED, STARTED, STATES, read_lines
from mi_problems.progress.kept import content
from mi_problems.progress.marks import ANY, Mark, applied, marks
from mi_problems.registry.registry import Registry

Words = Iterable[tuple[str, str]]
_MEANING = {
    SAVED: "to come back to", STARTED: "at work on it", DONE: "finished", DROPPED: "given up",
    NONE: "takes the mark back", ANY: "marked at all",
}  # fmt: skip


def _remembered() -> list[Mark]:
    """All marks; none where they cannot be read."""
    try:
        return marks(read_lines(content())[0])
    except MipError:
        return []


def ids(registry: Registry) -> Words:
    """The user's own first, the one that was marked last before all."""
    own = applied(_remembered(), registry)
    first = [registry.problem(identifier) for identifier in own]
    rest = (problem for problem in registry.problems if problem.id not in own)
    return ((problem.id, problem.title) for problem in (*first, *rest))


def states() -> Words:
    """The states that a problem can be given."""
    return ((state, _MEANING[state]) for state in (*STATES, NONE))


def wanted_states() -> Iterator[tuple[str, str]]:
    """The states that can be asked for, and those that can be excluded."""
    yield from ((state, _MEANING[state]) for state in (*STATES, ANY))
    yield from ((f"!{state}", f"not {_MEANING[state]}") for state in (*STATES, ANY))


def states_and_ids(registry: Registry) -> Words:
    return (*wanted_states(), *ids(registry))


def people() -> Words:
    """Everybody of whom something is kept."""
    return ((who, "") for who in dict.fromkeys(mark.who for mark in _remembered() if mark.who))
