"""Picks for a person: what fits the constraints, in the order of the wishes, else by weight and seed alone."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from mi_problems.cache import blake2b
from mi_problems.picking.likeness import place
from mi_problems.picking.reasons import catch, reasons
from mi_problems.picking.weights import weight
from mi_problems.picking.wishes import MACHINES, Wishes
from mi_problems.records.problem import Problem
from mi_problems.registry.filters import Criterion, select
from mi_problems.registry.registry import Registry

_GOLDEN = 0x9E3779B97F4A7C15  # 2^64 over the golden ratio: its multiples spread evenly over the circle
_CIRCLE = 2**64
_NEAREST = 0.8  # of the best hit of an interest
_OF_ONE_SECTION = 2  # where others as near to the wishes fit
_USUAL = 3  # points that a seed uses, unless more picks are asked for
_HEAVIEST = 10**8  # above all weights


class Pick(NamedTuple):
    """A problem with its reasons, what speaks against it, and a number of which the order means something."""

    problem: Problem
    reasons: tuple[str, ...]
    catch: str
    score: int


class Group(NamedTuple):
    """Problems that one wish puts before all others, and how many seats they may take."""

    problems: Sequence[Problem]
    seats: int


def choose(registry: Registry, wanted: Sequence[Criterion], wishes: Wishes, seed: int, count: int) -> list[Pick]:
    """Up to `count` problems that meet every criterion, best first, of different sections where the wishes allow.

    What is excluded leaves its place to the next: the other picks stay. The same arguments give the same picks on every
    machine: the arithmetic is in whole numbers, and no order depends on hashes.
    """
    drawn: list[Problem] = []
    for group in _groups(select(registry.problems, wanted), wishes, count):
        for most in (_OF_ONE_SECTION, count + len(wishes.exclude)):
            drawn += _draw(group, wishes, seed, count, drawn, most)
    chosen = [problem for problem in drawn if problem.id not in wishes.exclude]
    picks = [
        Pick(p, reasons(p, wishes, registry.collection_of(p).dated), catch(p, wishes), score(p, wishes)) for p in chosen
    ]
    return sorted(picks, key=lambda pick: (-pick.score, pick.problem.key))


def _groups(fitting: Sequence[Problem], wishes: Wishes, count: int) -> list[Group]:
    """What fits in the order of the wishes; in each part what makes use of the machine at hand is before the rest.

    One of the nearest to an interest, one saved problem and one own problem come before the rest; all others of them
    stand among it.
    """
    by_wish = [
        Group([p for p in fitting if wishes.relevance.get(p.id, 0) >= _NEAREST], 1),
        Group([p for p in fitting if p.id in wishes.relevance], count),
        Group([p for p in fitting if p.id in wishes.likeness], count),
        Group([p for p in fitting if p.id in wishes.saved], 1),
        Group([p for p in fitting if p.id in wishes.own], 1),
        Group(fitting, count),
    ]
    used = range(len(MACHINES) - 1, -1, -1)
    return [
        Group([p for p in group.problems if wishes.uses(p) == much], group.seats) for group in by_wish for much in used
    ]


def score(problem: Problem, wishes: Wishes) -> int:
    """The order of the wishes as one number: interest, likeness, use of the machine, saved, then the weight."""
    near, like = wishes.relevance.get(problem.id, 0.0), wishes.likeness.get(problem.id, 0.0)
    found = 0
    for size, value in (
        (2, near > 0), (2, like > 0), (len(MACHINES), wishes.uses(problem)), (101, round(100 * max(near, like))),
        (2, problem.id in wishes.saved), (_HEAVIEST, weight(problem, wishes)),
    ):  # fmt: skip
        found = found * size + value
    return found


def _draw(group: Group, wishes: Wishes, seed: int, count: int, taken: Sequence[Problem], most: int) -> list[Problem]:
    """Problems until, with those taken, `count` are not excluded; at most so many of one section.

    Points spread evenly over a circle on which every problem has an arc as long as its weight: over successive seeds
    each arc is hit about in proportion to its length, so every problem gets its turn. Where the section has been had,
    the next problem of another one is taken.
    """
    had = list(taken)
    free = count - sum(problem.id not in wishes.exclude for problem in taken)
    seated = sum(problem in group.problems and problem.id not in wishes.exclude for problem in taken)
    wanted = min(free, group.seats - seated)
    if wanted <= 0 or not group.problems:
        return []
    circle = sorted(group.problems, key=lambda p: blake2b(p.id.encode(), digest_size=8).digest())
    ends = list(accumulate(weight(problem, wishes) for problem in circle))
    while wanted > 0:
        point = ((_USUAL * seed + len(had)) * _GOLDEN % _CIRCLE) * ends[-1] // _CIRCLE
        start = bisect_right(ends, point)
        ids, sections = {problem.id for problem in had}, Counter(map(place, had))
        ahead = [p for p in circle[start:] + circle[:start] if p.id not in ids and sections[place(p)] < most]
        if not ahead:
            break
        had.append(next((p for p in ahead if not sections[place(p)]), ahead[0]))
        wanted -= had[-1].id not in wishes.exclude
    return had[len(taken) :]
