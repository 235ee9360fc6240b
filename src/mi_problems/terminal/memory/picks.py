"""What marks have to do with picks, in words: what was left out, and whether the picks depend on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from mi_problems.picking.answers import BEHIND, Answers, touched
from mi_problems.progress.clock import ago
from mi_problems.progress.entries import STARTED
from mi_problems.progress.marks import Mark
from mi_problems.registry.filters import Criterion
from mi_problems.registry.registry import Registry
from mi_problems.terminal.memory.marks import own
from mi_problems.terminal.session import Session

_MOST_NAMED = 3


class Part(NamedTuple):
    """The part that marks had in picks: those that were left out, in words, and whether they had any at all."""

    left_out: str
    had: bool


def marks_for(session: Session, registry: Registry, answers: Answers) -> dict[str, Mark]:
    """The marks that picks look at: none with `--no-marks`."""
    return {} if answers.no_marks else own(session, registry, answers.who, asked=bool(answers.mine))


def part(registry: Registry, answers: Answers, wanted: Sequence[Criterion], found: Mapping[str, Mark]) -> Part:
    """What part the marks had in picks with these criteria."""
    marks = touched(registry, wanted, found)
    passed = [] if answers.mine else [mark for mark in marks if mark.state in BEHIND]
    if len(passed) > _MOST_NAMED:
        told = f"left out: {len(passed)} that {answers.who or 'you'} started, finished or dropped"
    else:
        told = f"left out: {', '.join(f'{mark.id} ({mark.state})' for mark in passed)}" if passed else ""
    return Part(told, bool(marks or answers.mine))


def welcome(found: Mapping[str, Mark], who: str) -> str:
    """`you started 2.17 a week ago`, of what was started last; empty where nothing is."""
    started = [mark for mark in found.values() if mark.state == STARTED]
    if not started:
        return ""
    first, more = started[0], f", and {len(started) - 1} more" if len(started) > 1 else ""
    return f"{who or 'you'} started {' '.join([first.id, ago(first.since)]).strip()}{more} (`mip mine`)"
