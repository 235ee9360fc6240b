"""Picks for a person: what fits the constraints, weighed by wishes, in an order that depends on the seed alone."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from mi_problems.cache import blake2b
from mi_problems.records.problem import Problem
from mi_problems.records.terms import ANSWERING, Basis, Compute, Level, Reach, Status, plural
from mi_problems.registry.filters import Criterion, select, within
from mi_problems.registry.registry import Registry

_GOLDEN = 0x9E3779B97F4A7C15  # 2^64 over the golden ratio: its multiples spread evenly over the circle
_CIRCLE = 2**64
_OF_ONE_SECTION = 2  # where others fit
_USUAL = 3  # points that a seed uses, unless more picks are asked for
_NAMED = 30  # times a problem counts more that is what was named
_SAVED = 6  # and one that the person has saved: a wish, too, but an older one
INTEREST = "matches the interest you named"
_CARRIES = {
    Reach.SMALL: " to edit",
    Reach.PRETRAINED: " whose analysis carries over to the real model",
    Reach.WARM_UP: " as a warm-up",
}


class Wishes(NamedTuple):
    """What a person brings and wants.

    `relevance` gives ids a weight above 0 to 1 where interests were named, `likeness` where the problem `like` was.
    `saved` are the ids that the person has marked so.
    """

    level: Level | None = None
    compute: Compute | None = None
    weeks: int | None = None
    know: frozenset[str] = frozenset()
    exclude: frozenset[str] = frozenset()
    include_addressed: bool = False
    relevance: Mapping[str, float] = {}
    like: str = ""
    likeness: Mapping[str, float] = {}
    saved: frozenset[str] = frozenset()

    def nearness(self, problem: Problem) -> float:
        """How near a problem is to anything that was named; 0 for far."""
        return max(self.relevance.get(problem.id, 0.0), self.likeness.get(problem.id, 0.0))


class Pick(NamedTuple):
    """A problem with two to five reasons for it, the catch, and the weight it was drawn with."""

    problem: Problem
    reasons: tuple[str, ...]
    catch: str
    score: int


def constraints(wishes: Wishes) -> list[Criterion]:
    """What no pick may break: the level, the machine and the weeks at hand, and what is addressed."""
    found = []
    if wishes.level is not None:
        found.append(Criterion(f"--level {wishes.level}", lambda p: wishes.level in p.levels))
    if wishes.compute is not None:
        found.append(Criterion(f"--compute {wishes.compute}", lambda p: not _beyond(p.compute, wishes.compute)))
    if wishes.weeks is not None:
        found.append(within(wishes.weeks))
    if not wishes.include_addressed:
        found.append(Criterion("", lambda p: p.status is not Status.ADDRESSED, "with --include-addressed"))
    return found


def choose(registry: Registry, wanted: Sequence[Criterion], wishes: Wishes, seed: int, count: int) -> list[Pick]:
    """Up to `count` problems that meet every criterion, of different sections where possible, best first.

    Problems near to what was named come before all others. What is excluded leaves its place to the next: the other
    picks stay. The same arguments give the same picks on every machine: the arithmetic is in whole numbers, and no
    order depends on hashes.
    """
    fitting = select(registry.problems, wanted)
    liked = [problem for problem in fitting if wishes.nearness(problem)]
    rest = [problem for problem in fitting if not wishes.nearness(problem)]
    drawn: list[Problem] = []
    for most in (_OF_ONE_SECTION, count + len(wishes.exclude)):
        for group in (liked, rest):
            drawn += _draw(group, wishes, seed, count, drawn, most)
    chosen = [problem for problem in drawn if problem.id not in wishes.exclude]
    return [
        Pick(p, reasons(p, wishes, registry.collection_of(p).dated), catch(p, wishes), weight(p, wishes))
        for p in chosen
    ]


def weight(problem: Problem, wishes: Wishes) -> int:
    """How much a problem deserves a turn, as a whole number; 100 is plain."""
    early = wishes.level in {Level.BEGINNER, Level.INTERMEDIATE}
    points = 100
    points += 70 if problem.starred else 0
    points += 20 if problem.status is Status.OPEN else 0
    points += 20 if problem.difficulty_basis is Basis.PUBLISHED else 0
    points += 15 if problem.reach is Reach.SMALL else 0
    points += 10 * len(wishes.know.intersection(problem.skills))
    points -= 20 * (len(problem.levels) - 1)
    points -= 5 * max(0, len(set(problem.skills) - wishes.know) - 2) if early else 0
    points -= 25 if problem.category == "rl" and early else 0
    saved = _SAVED if problem.id in wishes.saved else 0
    return max(60, points) * (1 + saved + round(_NAMED * wishes.nearness(problem)))


def _draw(
    problems: Sequence[Problem], wishes: Wishes, seed: int, count: int, taken: Sequence[Problem], most: int
) -> list[Problem]:
    """Problems until, with those taken, `count` are not excluded; at most so many of one section.

    Points spread evenly over a circle on which every problem has an arc as long as its weight: over successive seeds
    each arc is hit about in proportion to its length, so every problem gets its turn. Where the section has been had,
    the next problem of another one is taken.
    """
    had = list(taken)
    wanted = count - sum(problem.id not in wishes.exclude for problem in taken)
    if wanted <= 0 or not problems:
        return []
    circle = sorted(problems, key=lambda p: blake2b(p.id.encode(), digest_size=8).digest())
    weights = {problem.id: weight(problem, wishes) for problem in circle}
    ends = list(accumulate(weights.values()))
    while wanted > 0:
        point = ((_USUAL * seed + len(had)) * _GOLDEN % _CIRCLE) * ends[-1] // _CIRCLE
        start = bisect_right(ends, point)
        ids, sections = {problem.id for problem in had}, Counter(map(_place, had))
        ahead = [p for p in circle[start:] + circle[:start] if p.id not in ids and sections[_place(p)] < most]
        if not ahead:
            break
        had.append(next((p for p in ahead if not sections[_place(p)]), ahead[0]))
        wanted -= had[-1].id not in wishes.exclude
    chosen = had[len(taken) :]
    return sorted(chosen, key=lambda p: (-weights[p.id], p.key))


def _place(problem: Problem) -> tuple[str, str]:
    return problem.category, problem.section


def reasons(problem: Problem, wishes: Wishes, dated: str) -> tuple[str, ...]:
    """Why this one, in two to five concrete reasons."""
    by = "the author" if problem.difficulty_basis is Basis.PUBLISHED else "our estimate"
    found = [f"rated {problem.rating} by {by}" if problem.difficulty else "not rated: it fits every level"]
    if problem.starred:
        found[0] += ", and starred as especially promising"
    known = ", ".join(sorted(wishes.know.intersection(problem.skills)))
    named = {
        INTEREST: problem.id in wishes.relevance,
        f"much like {wishes.like}": problem.id in wishes.likeness,
        f"uses what you know: {known}": bool(known),
        "you saved it": problem.id in wishes.saved,
    }
    found += ["; ".join(reason for reason, holds in named.items() if holds)] if any(named.values()) else []
    found.append(_standing(problem, dated))
    found += [needs] if (needs := needs_in_words(problem)) else []
    if problem.starter and problem.reach:
        found.append(f"`mip init {problem.id}` gives a running {problem.starter} experiment{_CARRIES[problem.reach]}")
    return tuple(found)


def needs_in_words(problem: Problem) -> str:
    """`runs on a laptop, 1 to 2 weeks`, as far as known."""
    machine = f"runs on a {problem.compute}" if problem.compute else ""
    return ", ".join(part for part in (machine, problem.span) if part)


def _standing(problem: Problem, dated: str) -> str:
    if problem.status is Status.OPEN:
        return f"{problem.standing}{dated}"
    works = problem.card.newest_first
    if problem.status is Status.ACTIVE and works:
        answering = [work for work in works if work.relation in ANSWERING]
        latest, what = (answering[0], "latest work known") if answering else (works[0], "nearest work known")
        return f'only partly addressed; the {what} is "{latest.title}" ({latest.year or "n.d."})'
    known = f"{plural(len(works), 'follow-up')} known"
    return f"{problem.status}: {known}" + ("; replicate or extend" if problem.status is Status.ADDRESSED else "")


def catch(problem: Problem, wishes: Wishes) -> str:
    """What speaks against it, or what to look out for: one line."""
    recent = sum((work.year or 0) >= 2025 for work in problem.card.follow_ups)
    concerns = {
        "already answered: the work is to replicate or to extend": problem.status is Status.ADDRESSED,
        "it is not near the interest you named": bool(wishes.relevance) and problem.id not in wishes.relevance,
        "the card is not written yet: a title and a summary": not problem.written,
        f"it has no {_unknown(problem)}: nobody has estimated that": bool(_unknown(problem)),
        f"needs a {problem.compute} for the real model": _beyond(problem.compute, wishes.compute),
        "the author warns that a B in reinforcement learning is harder than a B elsewhere": problem.category == "rl",
        f"rated {problem.rating}: it can grow beyond {wishes.level}": _spans(problem, wishes.level, 1),
        f"rated {problem.rating}: it can turn out easier than {wishes.level}": _spans(problem, wishes.level, -1),
        f"others are at it: {recent} works since 2025": recent >= 3,
        "the starter is only a warm-up: the real set-up is yours to build": problem.reach is Reach.WARM_UP,
        "the difficulty is our estimate, not the author's": problem.difficulty_basis is Basis.ESTIMATED,
        "the real model must be downloaded first": problem.reach is Reach.PRETRAINED,
        "search for newer work before you start": True,
    }
    return next(text for text, holds in concerns.items() if holds)


def _unknown(problem: Problem) -> str:
    """What an own problem leaves open of rating, machine and weeks."""
    known = {"rating": problem.difficulty, "machine": problem.compute, "weeks": problem.weeks}
    return " or ".join(name for name, value in known.items() if value is None)


def _spans(problem: Problem, level: Level | None, step: int) -> bool:
    """Whether a rating goes on beyond a level, upwards (1) or downwards (-1)."""
    return bool(problem.difficulty) and level in problem.levels[::step][:-1]


def _beyond(needed: Compute | None, at_hand: Compute | None) -> bool:
    """Whether a machine is more than the one at hand; more than a laptop where none was named."""
    machines = list(Compute)
    return needed is not None and machines.index(needed) > machines.index(at_hand or Compute.LAPTOP)


def neighbours(registry: Registry, problem: Problem, count: int) -> list[Problem]:
    """The problems most like one: named as related, of one section, with the same skills and starter; best first."""
    named = problem.card.related
    skills = set(problem.skills)

    def likeness(other: Problem) -> int:
        shared = 12 * len(skills.intersection(other.skills)) // max(1, len(skills.union(other.skills)))
        same = _place(other) == _place(problem)
        return shared + 12 * (other.id in named) + 6 * same + 2 * (other.starter == problem.starter is not None)

    others = [other for other in registry.problems if other.id != problem.id]
    return sorted(others, key=lambda other: (-likeness(other), other.key))[:count]


def more_like(registry: Registry, problem: Problem) -> list[Problem]:
    """A few of the problems most like one that its card does not name itself."""
    return [other for other in neighbours(registry, problem, 8) if other.id not in problem.card.related][:3]
