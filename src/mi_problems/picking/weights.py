"""How much each problem deserves a turn. docs/picking.md has the same table, with the order of wishes."""

from collections.abc import Callable
from typing import NamedTuple

from mi_problems.picking.wishes import Wishes
from mi_problems.records.problem import Problem
from mi_problems.records.terms import Basis, Reach, Status

PLAIN = 100  # points of a problem for or against which nothing speaks
LEAST = 60  # points that every problem keeps
RECENT = 2024  # the first year of the newer lists


class Weight(NamedTuple):
    """Points for what is so of a problem, as often as `times` says, and the reason."""

    what: str
    points: int
    why: str
    times: Callable[[Problem, Wishes], int]


WEIGHTS = (
    Weight(
        "starred by the author", 70, "the one judgement of promise that comes from the author",
        lambda p, w: p.starred is True,
    ),
    Weight(
        "stated since 2024", 200, "the author of the sequence no longer recommends it as a source of problems",
        lambda p, w: (p.year or 0) >= RECENT,
    ),
    Weight("of your own list", 200, "you wrote it down because it matters to you", lambda p, w: p.id in w.own),
    Weight("open", 20, "nobody is known to be ahead of you", lambda p, w: p.status is Status.OPEN),
    Weight(
        "rating published", 20, "an author's rating is surer than our estimate",
        lambda p, w: p.difficulty_basis is Basis.PUBLISHED,
    ),
    Weight(
        "done by editing its starter", 15, "the first result comes this afternoon",
        lambda p, w: p.reach is Reach.SMALL,
    ),
    Weight(
        "each skill that you know", 10, "what you know carries you further",
        lambda p, w: len(w.know.intersection(p.skills)),
    ),
    Weight(
        "each level of its rating beyond the first", -20, "what spans levels may not be what you came for",
        lambda p, w: len(p.levels) - 1,
    ),
    Weight(
        "each skill to learn beyond two, up to intermediate", -5, "a start should not need much learning first",
        lambda p, w: max(0, len(set(p.skills) - w.know) - 2) * w.early,
    ),
    Weight(
        "reinforcement learning, up to intermediate", -25, "the author warns that its letters are harder there",
        lambda p, w: p.category == "rl" and w.early,
    ),
)  # fmt: skip


def weight(problem: Problem, wishes: Wishes) -> int:
    """How much a problem deserves a turn, as a whole number; 100 is plain. Nearness to a wish multiplies it."""
    points = max(LEAST, PLAIN + sum(one.points * one.times(problem, wishes) for one in WEIGHTS))
    near = max(wishes.relevance.get(problem.id, 0.0), wishes.likeness.get(problem.id, 0.0))
    return points * round(100 * near * near) if near else points
