"""What a site shows: problems that were chosen, what stands beside those, and the marks that may be on them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from mi_problems.progress.marks import Mark
from mi_problems.records.beside import Category, Skill, SourceList
from mi_problems.records.problem import Problem
from mi_problems.registry.registry import Registry

BUNDLED = "Research problems in mechanistic interpretability"


class Catalogue:
    """Problems of a registry, in its order, as they are to be shown.

    `title` is the name of the whole; `chosen` the options of `mip list` that chose the problems, empty where all are
    there or a mark had a part in it. `marks` are those of the person at this machine: for a page of one's own alone.
    """

    def __init__(
        self,
        registry: Registry,
        problems: tuple[Problem, ...],
        title: str = BUNDLED,
        chosen: str = "",
        marks: Mapping[str, Mark] = {},
    ) -> None:
        self.registry = registry
        self.problems = problems
        self.title = title
        self.chosen = chosen
        self.marks = marks
        self._places = {problem.id: place for place, problem in enumerate(problems)}

    @property
    def whole(self) -> bool:
        """Whether every problem of the registry is there."""
        return len(self.problems) == len(self.registry.problems)

    @property
    def caveat(self) -> str:
        """What speaks against trusting the collection today, where it has a problem here."""
        about = self.registry.collection
        lists = [one for one in self.registry.lists if one.url == about.url]
        return about.caveat if not lists or any(one in lists for one, _ in self.sources) else ""

    def has(self, identifier: str) -> bool:
        """Whether this problem has a page here."""
        return identifier in self._places

    def beside(self, problem: Problem, step: int) -> Problem | None:
        """The problem so many places after this one, if there is one."""
        place = self._places[problem.id] + step
        return self.problems[place] if 0 <= place < len(self.problems) else None

    @cached_property
    def categories(self) -> list[tuple[Category, list[Problem]]]:
        """The categories that have a problem here, each with those."""
        found = _by(self.problems, lambda problem: [problem.category])
        return [(one, found[one.slug]) for one in self.registry.categories if one.slug in found]

    @cached_property
    def sources(self) -> list[tuple[SourceList, list[Problem]]]:
        """The lists that state a problem here, each with those."""
        found = _by(self.problems, lambda problem: [stated.list for stated in problem.sources])
        return [(one, found[one.slug]) for one in self.registry.lists if one.slug in found]

    @cached_property
    def skills(self) -> list[tuple[Skill, list[Problem]]]:
        """The skills that a problem here uses, each with those."""
        found = _by(self.problems, lambda problem: problem.skills)
        return [(one, found[one.id]) for one in self.registry.skills if one.id in found]

    def used(self, skill: Skill) -> bool:
        """Whether a problem here uses it, so that it has a page."""
        return any(skill == one for one, _ in self.skills)


def _by(problems: Iterable[Problem], names: Callable[[Problem], Iterable[str]]) -> dict[str, list[Problem]]:
    """The problems by each of the names that they have, once under each."""
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        for name in dict.fromkeys(names(problem)):
            found.setdefault(name, []).append(problem)
    return found
