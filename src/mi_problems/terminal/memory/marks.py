"""Reads marks for a command and adds them: what is amiss in the file is told on standard error."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from mi_problems.clean import clean
from mi_problems.errors import MipError, UsageFault
from mi_problems.progress import clock, kept, store
from mi_problems.progress.entries import SAVED, STARTED, Broken, Entry, read_lines, written
from mi_problems.progress.marks import Mark, applied, entry_for, marks
from mi_problems.records.problem import Problem
from mi_problems.records.terms import plural
from mi_problems.registry.registry import Registry
from mi_problems.terminal.session import Session

if TYPE_CHECKING:
    from mi_problems.scaffold.start import Request, Started

_MOST_TOLD = 3  # broken lines that are named
_LONGEST_NAME = 80
_LONGEST_NOTE = 10_000


def entries(session: Session) -> list[Entry]:
    """All lines of the file; those that cannot be read are told. MipError where the file cannot be."""
    found, broken = read_lines(kept.content())
    for line, why in broken[:_MOST_TOLD]:
        session.note(f"mip: {kept.where()}:{line}: {why}; the line is passed over, and kept")
    if len(broken) > _MOST_TOLD:
        session.note(f"mip: {kept.where()}: {_more(broken)}")
    return found


def _more(broken: Sequence[Broken]) -> str:
    count = len(broken) - _MOST_TOLD
    return f"{plural(count, 'more line')} cannot be read, the last is line {broken[-1].line}"


def own(session: Session, registry: Registry, who: str | None, asked: bool = False) -> dict[str, Mark]:
    """By id, the marks of a person, without a name the user's own, on problems of this registry.

    Where the file cannot be read: MipError if marks were asked for, else a line.
    """
    name = read_who(who)
    try:
        return applied(marks(entries(session)), registry, name)
    except MipError as error:
        if asked:
            raise
        session.note(f"mip: {error}")
        return {}


def read_who(who: str | None) -> str:
    """A person's name as it is kept; empty for the user. UsageFault for one that is no name."""
    name = " ".join(clean(who or "").split())
    if len(name) > _LONGEST_NAME:
        raise UsageFault(f"--who takes a name of at most {_LONGEST_NAME} characters")
    return name


def read_note(note: str | None) -> str:
    """A note as it is kept; UsageFault for one that is empty or a whole book."""
    if note is None:
        return ""
    if not note.strip():
        raise UsageFault("--note is empty", "write a few words, or leave it out")
    if len(note) > _LONGEST_NOTE:
        raise UsageFault(f"--note takes at most {_LONGEST_NOTE:,} characters", "name a file instead")
    return note.strip()


def add(problems: Iterable[Problem | Mark], state: str, who: str = "", note: str = "", folder: str = "") -> list[Entry]:
    """Marks problems at once, all or none of them, and gives the new lines as they will be read.

    MipError where they cannot be written.
    """
    at = clock.stamp()
    lines = written([entry_for(problem, state, at, who, note, folder) for problem in problems])
    store.append(lines)
    return read_lines(lines)[0]


def save(session: Session, problems: Sequence[Problem], who: str) -> None:
    """Marks picks as saved, and says so."""
    from shlex import quote

    add(problems, SAVED, who)
    by, flag = (f" for {who}", f" --who {quote(who)}") if who else ("", "")
    session.note(f"saved{by}: {', '.join(one.id for one in problems)} (`mip mine{flag}`)")


def begin(session: Session, registry: Registry, request: Request, mark: bool = True) -> Started:
    """Starts a problem, names first the folder where it was started before, and marks it started.

    Only a run that makes the repository marks. A memory that cannot be written is told, and is no failure.
    """
    from mi_problems.scaffold.start import start

    problem = registry.problem(request.identifier)
    with contextlib.suppress(MipError):  # told below, where it cannot be written either
        before = own(session, registry, None, asked=True).get(problem.id)
        if before and before.state == STARTED and before.folder:
            since = f" {clock.ago(before.since)}" if before.since else ""
            session.note(f"mip: you started {problem.id}{since} in {place(before)}")
    started = start(registry, request)
    if mark and not request.dry_run and request.mode in {"new", "force"}:
        try:
            add([problem], STARTED, folder=os.path.abspath(started.target))
        except MipError as error:
            session._replace(quiet=False).note(f"mip: {problem.id} is not marked as started: {error}")
    return started


def place(mark: Mark) -> str:
    """The folder in words, with whether it is gone."""
    return mark.folder if os.path.isdir(mark.folder) else f"{mark.folder}, which is gone"
