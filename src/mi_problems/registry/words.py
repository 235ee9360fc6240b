"""What records say of themselves in words, the same at a terminal, in a pipe and on a page."""

from __future__ import annotations

from collections import Counter

from mi_problems.errors import MipError
from mi_problems.records.beside import Category, Skill, SourceList, Superseded
from mi_problems.records.problem import Problem
from mi_problems.records.terms import Level, Reach, Status, plural
from mi_problems.registry.registry import Registry

NOT_WRITTEN = "card not written yet: a title and a summary only"
REACH_WORDS = {
    Reach.SMALL: "editing it is a small version of the problem",
    Reach.PRETRAINED: "runs offline on a small model, and with --model on the real one",
    Reach.WARM_UP: "teaches the method only",
}


def rating_in_words(problem: Problem) -> str:
    """`A (beginner)`, `~B (intermediate), estimated`."""
    if not problem.difficulty:
        return "not rated: it fits every level"
    levels = problem.levels
    named = levels[0] if len(levels) == 1 else f"{levels[0]} to {levels[-1]}"
    return f"{problem.rating} ({named})" + (", estimated" if problem.estimated else "")


def starter_in_words(problem: Problem) -> str:
    if not (problem.starter and problem.reach):
        return "none: `mip init` writes question, log and references"
    return f"{problem.starter}: {REACH_WORDS[problem.reach]}"


def status_in_words(problem: Problem, registry: Registry) -> str:
    return f"{problem.status}{registry.collection_of(problem).dated}: {problem.standing}"


def origin(category: Category, registry: Registry) -> str:
    """Where the problems of a category come from: a sequence of posts, many lists since a year, or the user."""
    problems = registry.in_category(category)
    if problems and registry.is_own(problems[0]):
        return registry.collection_of(problems[0]).name
    if category.post:
        whole = next((one for one in registry.lists if one.slug == category.source), None)
        return f"the sequence ({whole.dated})" if whole else registry.collection.name
    posts = {one.slug for one in registry.categories if one.post}
    years = [p.year for p in registry.problems if p.year and p.category not in posts and not registry.is_own(p)]
    return f"since {min(years)}" if years else registry.collection.name


def works_heading(problem: Problem) -> str:
    """What the follow-ups are: works near an open problem do not answer it."""
    return "Nearby since" if problem.status is Status.OPEN else "Known since"


def for_beginners(skill: Skill, registry: Registry) -> list[Problem]:
    """The problems with this skill that a beginner can take on."""
    return [problem for problem in registry.using(skill) if Level.BEGINNER in problem.levels]


def levels_in_words(category: Category, registry: Registry) -> str:
    levels = ", ".join(f"{count} {level}" for level, count in registry.level_counts(category).items() if count)
    return f"{levels}; a range counts for each level it spans"


def share_in_words(source: SourceList, registry: Registry) -> str:
    """`70 of its 70 items, as 68 problems`."""
    count = len(registry.stated_by(source))
    if source.here is None or source.items == "unknown":
        return f"{plural(count, 'problem')}; how many it has in all is not known"
    return f"{source.here} of its {source.items} items" + (f", as {count} problems" if count != source.here else "")


def categories_of(source: SourceList, registry: Registry) -> dict[str, int]:
    """How many problems of a list each category holds."""
    return dict(Counter(problem.category for problem in registry.stated_by(source)))


def overtaken_line(item: Superseded) -> str:
    """A framing of 2022 and what has taken its place."""
    return f"{item.framing}{'' if item.framing.endswith(('.', '?')) else '.'} Now: {item.now}"


def address(registry: Registry, problem: Problem, work: int | None = None) -> str:
    """Where a problem is stated, on its card or by its list, or the address of a work: 1 is the newest.

    MipError where there is none.
    """
    works = problem.card.newest_first
    if work is not None and work > len(works):
        many = plural(len(works), "work")
        raise MipError(f"{problem.id} has no work {work}", f"it has {many}" + ("; 1 is the newest" if works else ""))
    stated = [problem.card.url, *(source.url for source, _ in registry.sources_of(problem))]
    found = next(filter(None, stated), "") if work is None else works[work - 1].url
    if not found:
        raise MipError(f"{problem.id} has no address", "neither its card nor a list says where it is stated")
    return found
