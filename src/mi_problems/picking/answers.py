"""From a person's answers, in words, to picks: the one way for the command and for the interview."""

import os
import shlex
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from mi_problems.picking.interests import Near, near_to
from mi_problems.picking.likeness import neighbours
from mi_problems.picking.recommend import Pick, choose
from mi_problems.picking.wishes import ANSWERED, Wishes, constraints
from mi_problems.progress.entries import DONE, DROPPED, SAVED, STARTED
from mi_problems.progress.marks import Mark, criterion
from mi_problems.records.problem import Problem
from mi_problems.records.terms import Level, Status
from mi_problems.registry.filters import Criterion, criteria, flags, read_compute, read_level, select, ways_out
from mi_problems.registry.registry import Registry

BEHIND = (STARTED, DONE, DROPPED)
AT_ALL = "with --no-marks"  # what brings back those that are left out for their marks
_MANY = 10  # answered problems that are worth a word


def any_seed() -> int:
    """A seed of few digits that nobody chose."""
    return 1 + int.from_bytes(os.urandom(8), "big") % (10**6 - 1)


class Answers(NamedTuple):
    """What was asked for, as it was typed; several `levels` mean any, `shown` are ids of earlier draws."""

    levels: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    compute: str | None = None
    weeks: int | None = None
    know: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    like: str | None = None
    number: int = 3
    seed: int = 0
    include_addressed: bool = False
    shown: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    starred: bool = False
    mine: tuple[str, ...] = ()
    who: str = ""
    no_marks: bool = False

    def command(self) -> str:
        """The command line that gives the same picks again."""
        words = ["mip", "pick"]
        for level in self.levels:
            words += ["--level", level]
        single = {"--like": self.like, "--compute": self.compute, "--weeks": self.weeks, "--who": self.who or None}
        for flag, value in single.items():
            words += [flag, str(value)] if value is not None else []
        lists = {
            "--interest": self.interests,
            "--category": self.categories,
            "--status": self.statuses,
            "--know": self.know,
            "--mine": self.mine,
            "--not": (*self.exclude, *self.shown),
        }
        for flag, values in lists.items():
            for value in values:
                words += [flag, value]
        words += ["--starred"] if self.starred else []
        words += ["--count", str(self.number)] if self.number != 3 else []
        words += ["--seed", str(self.seed)]
        words += ["--include-addressed"] if self.include_addressed else []
        words += ["--no-marks"] if self.no_marks else []
        return shlex.join(words)


class Drawn(NamedTuple):
    """Picks, the criteria that they meet, and what is to be said of them.

    `missed` are the problems near to the interests where none of them fits, else None; `answered` is how many more fit
    that are answered already, where those are many.
    """

    picks: list[Pick]
    wanted: list[Criterion]
    missed: list[Problem] | None = None
    answered: int = 0

    def ways_out(self, spoken: bool = False) -> list[str]:
        """What to relax for something near to the interest to fit, with how many that brings."""
        return ways_out(self.missed or (), self.wanted, spoken)


def draw(registry: Registry, answers: Answers, own: Mapping[str, Mark] = {}) -> Drawn:
    """The picks for these answers.

    `own` are the marks of the person, by id. What is started, done or dropped is left out, unless `answers.mine` says
    which marks are wanted. UsageFault or UnknownProblem for an answer that names nothing.
    """
    liked = registry.problem(answers.like) if answers.like is not None else None
    near = neighbours(registry, liked, 40) if liked else []
    meant = near_to(registry, answers.interests)
    wishes = _wishes(registry, answers, own, meant, liked, near[:12])
    asked = criteria(registry, answers.categories, statuses=answers.statuses, starred=answers.starred)
    wanted = [*asked, *constraints(wishes), *by_marks(answers, own)]
    if liked:
        ids = {problem.id for problem in near}
        wanted.append(Criterion(f"--like {liked.id}", lambda p: p.id in ids))
    picks = choose(registry, wanted, wishes, answers.seed, answers.number)
    answered = 0 if wishes.include_addressed else _answered(registry, wanted, meant)
    if wishes.exclude:
        wanted.append(Criterion(flags("--not", sorted(wishes.exclude)), lambda p: p.id not in wishes.exclude))
    close = [p for p in registry.problems if p.id in meant.shares and p.id not in answers.shown]
    missed = close if picks and answers.interests and not select(close, wanted) else None
    return Drawn(picks, wanted, missed, answered)


def _wishes(
    registry: Registry,
    answers: Answers,
    own: Mapping[str, Mark],
    meant: Near,
    liked: Problem | None,
    nearest: Sequence[Problem],
) -> Wishes:
    """The answers, read; UsageFault or UnknownProblem for one that names nothing."""
    levels = {read_level(level) for level in answers.levels}
    return Wishes(
        levels=tuple(level for level in Level if level in levels),
        compute=read_compute(answers.compute) if answers.compute is not None else None,
        weeks=answers.weeks,
        know=frozenset(registry.skill(word) for word in answers.know),
        exclude=frozenset(registry.problem(text).id for text in (*answers.exclude, *answers.shown)),
        include_addressed=answers.include_addressed or bool(answers.statuses),
        relevance=meant.shares,
        named=meant.said,
        like=liked.id if liked else "",
        likeness={problem.id: 1 - place / len(nearest) for place, problem in enumerate(nearest)},
        saved=frozenset(identifier for identifier, mark in own.items() if mark.state == SAVED),
        own=frozenset(problem.id for problem in registry.problems if registry.is_own(problem)),
    )


def _answered(registry: Registry, wanted: Sequence[Criterion], meant: Near) -> int:
    """How many problems fit, and are near to the interests if any, but are answered already; 0 where they are few."""
    others = [one for one in wanted if one.relaxed != ANSWERED]
    about = [problem for problem in registry.problems if problem.id in meant.shares or not meant.shares]
    count = sum(problem.status is Status.ADDRESSED for problem in select(about, others))
    return count if count >= _MANY else 0


def by_marks(answers: Answers, own: Mapping[str, Mark]) -> list[Criterion]:
    """What marks ask of a pick."""
    if answers.mine:
        return [criterion(answers.mine, own)]
    behind = {identifier for identifier, mark in own.items() if mark.state in BEHIND}
    return [Criterion("", lambda p: p.id not in behind, AT_ALL)] if behind else []


def touched(registry: Registry, wanted: Sequence[Criterion], own: Mapping[str, Mark]) -> list[Mark]:
    """The marks on problems that meet every other criterion: those that had a part in the picks."""
    if not own:
        return []
    others = [one for one in wanted if one.relaxed != AT_ALL]
    return [own[p.id] for p in select(registry.problems, others) if p.id in own and own[p.id].state]


def recommend(registry: Registry, answers: Answers) -> list[Pick]:
    """Picks for a person, best first, each with its reasons and its catch; the same seed gives the same picks.

    Fewer than `answers.number`, or none, where no more fit. UsageFault for a word that names nothing, such as a level
    or a category, UnknownProblem for an id that the registry does not hold.
    """
    return draw(registry, answers).picks
