"""Why a problem was picked, and what speaks against it: phrases that read after "because it" and after "but"."""

from collections.abc import Sequence

from mi_problems.picking.wishes import Wishes, beyond
from mi_problems.records.problem import Problem
from mi_problems.records.terms import ANSWERING, Basis, Level, Reach, Status, plural

_LONGEST = 23  # characters of a title of a work: with what stands around it, one line of 80 columns
_CARRIES = {
    Reach.SMALL: " to edit",
    Reach.PRETRAINED: " that carries over to the real model",
    Reach.WARM_UP: " as a warm-up",
}


def reasons(problem: Problem, wishes: Wishes, dated: str) -> tuple[str, ...]:
    """Why this one, each reason a phrase of which the problem is the subject; what was wished comes first."""
    known = ", ".join(sorted(wishes.know.intersection(problem.skills)))
    used = wishes.uses(problem)
    found = {
        wishes.named.get(problem.id, ""): True,
        f"is much like {wishes.like}": problem.id in wishes.likeness,
        "is one that you saved": problem.id in wishes.saved,
        "is of your own list": problem.id in wishes.own,
        f"makes use of your {problem.compute}": bool(used),
        f"uses what you know: {known}": bool(known),
        "is starred by the author": problem.starred is True,
        _standing(problem, dated): True,
        f"has a running {problem.starter} experiment{_CARRIES.get(problem.reach, '') if problem.reach else ''}": bool(
            problem.starter
        ),
        _rating(problem, "you" if problem.id in wishes.own else "our estimate"): True,
        f"runs on a {problem.compute}": bool(problem.compute) and not used,
        f"takes {problem.span}": bool(problem.span),
    }
    return tuple(text for text, holds in found.items() if text and holds)


def _rating(problem: Problem, estimated: str) -> str:
    by = "the author" if problem.difficulty_basis is Basis.PUBLISHED else estimated
    return f"is rated {problem.rating} by {by}" if problem.difficulty else "has no rating and so fits every level"


def _standing(problem: Problem, dated: str) -> str:
    if problem.status is Status.OPEN:
        return f"is open ({problem.standing}{dated})"
    works = problem.card.newest_first
    if problem.status is Status.ACTIVE and works:
        answering = [work for work in works if work.relation in ANSWERING]
        latest, how = (answering[0], "last by") if answering else (works[0], "nearest is")
        return f'is partly addressed, {how} "{_brief(latest.title)}" ({latest.year or "n.d."})'
    known = f"{plural(len(works), 'follow-up')} known"
    return f"is {problem.status}, {known}" + (", to replicate or extend" if problem.status is Status.ADDRESSED else "")


def _brief(title: str) -> str:
    """A title as people say it: up to its colon or bracket, and not longer than `_LONGEST`."""
    short = title.partition(": ")[0].partition(" (")[0]
    if len(short) <= _LONGEST:
        return short
    room = _LONGEST - len("...")
    return f"{short[: room + 1].rpartition(' ')[0] or short[:room]}..."


def shared(reasons: Sequence[Sequence[str]]) -> list[str]:
    """The reasons that all of several picks have, in the order of the first; none where there is one pick."""
    first, *others = reasons
    return [reason for reason in first if others and all(reason in other for other in others)]


def sentence(reasons: Sequence[str]) -> str:
    """`a, b and c`."""
    return f"{', '.join(reasons[:-1])} and {reasons[-1]}" if len(reasons) > 1 else "".join(reasons)


def catch(problem: Problem, wishes: Wishes) -> str:
    """What speaks against it, or what to look out for: one line."""
    recent = sum((work.year or 0) >= 2025 and work.relation in ANSWERING for work in problem.card.follow_ups)
    highest, lowest = (wishes.levels or (None,))[-1], (wishes.levels or (None,))[0]
    hard_b = problem.category == "rl" and Level.INTERMEDIATE in problem.levels
    concerns = {
        "it is already answered: the work is to replicate or to extend": problem.status is Status.ADDRESSED,
        "it is not near the interest you named": bool(wishes.relevance) and problem.id not in wishes.relevance,
        "its card is not written yet: a title and a summary": not problem.written,
        f"it has no {_unknown(problem)}: nobody has estimated that": bool(_unknown(problem)),
        f"it needs a {problem.compute} for the real model": beyond(problem.compute, wishes.compute),
        "the author warns that a B in rl is harder than a B elsewhere": hard_b,
        f"rated {problem.rating}, it can grow beyond {highest}": _spans(problem, highest, 1),
        f"rated {problem.rating}, it can turn out easier than {lowest}": _spans(problem, lowest, -1),
        f"others are at it: {recent} works since 2025": recent >= 3,
        "its starter is only a warm-up: the real set-up is yours to build": problem.reach is Reach.WARM_UP,
        "no starter fits it: the experiment is yours to write": not problem.starter,
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
