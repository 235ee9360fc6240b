"""What a person brings and wants, and what no pick may break."""

from collections.abc import Mapping
from typing import NamedTuple

from mi_problems.records.problem import Problem
from mi_problems.records.terms import Compute, Level, Status
from mi_problems.registry.filters import Criterion, flags, within

MACHINES = tuple(Compute)
ANSWERED = "with --include-addressed"  # what brings those that are answered


class Wishes(NamedTuple):
    """What a person brings and wants; several `levels` mean any of them, none every one.

    `relevance` gives ids a weight above 0 to 1 where interests were named, `named` says what of the interest they meet,
    `likeness` weighs where the problem `like` was named. `saved` are the ids that the person has marked so, `own` those
    of the person's own list.
    """

    levels: tuple[Level, ...] = ()
    compute: Compute | None = None
    weeks: int | None = None
    know: frozenset[str] = frozenset()
    exclude: frozenset[str] = frozenset()
    include_addressed: bool = False
    relevance: Mapping[str, float] = {}
    named: Mapping[str, str] = {}
    like: str = ""
    likeness: Mapping[str, float] = {}
    saved: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()

    @property
    def early(self) -> bool:
        """Whether it is somebody who starts, a beginner or intermediate."""
        return bool(self.levels) and set(self.levels) <= {Level.BEGINNER, Level.INTERMEDIATE}

    def uses(self, problem: Problem) -> int:
        """How much of the machine that was named a problem makes use of: 0 for a laptop, or where none was named."""
        return MACHINES.index(problem.compute) if self.compute and problem.compute else 0


def constraints(wishes: Wishes) -> list[Criterion]:
    """What no pick may break: the levels, the machine and the weeks at hand, and what is addressed."""
    found = []
    if levels := wishes.levels:
        found.append(Criterion(flags("--level", levels), lambda p: not set(levels).isdisjoint(p.levels)))
    if machine := wishes.compute:
        found.append(Criterion(f"--compute {machine}", lambda p: not beyond(p.compute, machine)))
    if wishes.weeks is not None:
        found.append(within(wishes.weeks))
    if not wishes.include_addressed:
        found.append(Criterion("", lambda p: p.status is not Status.ADDRESSED, ANSWERED))
    return found


def beyond(needed: Compute | None, at_hand: Compute | None) -> bool:
    """Whether a machine is more than the one at hand; more than a laptop where none was named."""
    return needed is not None and MACHINES.index(needed) > MACHINES.index(at_hand or Compute.LAPTOP)
