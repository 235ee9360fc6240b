"""All problems of a registry: looked up by id, by category, by skill and by neighbours."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from mi_problems.errors import UnknownProblem, nearest
from mi_problems.records.beside import Category, Collection, Model, Skill, category_of, model_of
from mi_problems.records.problem import Problem, problem_of
from mi_problems.records.terms import Level
from mi_problems.records.typed import catalogued, dashed, match_word, read_id

_LONGEST_ID = 20


class Registry:
    """All problems with their categories, in natural order of ids."""

    def __init__(self, key: str, heads: Sequence[Any], lines: Sequence[bytes]) -> None:
        """From what the cache keeps: the heads of the problems; then all that stands beside them, and their records."""
        self.key = key
        self._beside, *records = lines
        self.problems = tuple(problem_of(head, record) for head, record in zip(heads, records, strict=True))
        self._by_id = {problem.id: problem for problem in self.problems}

    @cached_property
    def _plain(self) -> Any:
        return json.loads(self._beside)

    @cached_property
    def collection(self) -> Collection:
        return Collection(**self._plain["collection"])

    @cached_property
    def categories(self) -> tuple[Category, ...]:
        return tuple(category_of(row) for row in self._plain["categories"])

    @cached_property
    def glossary(self) -> tuple[tuple[str, ...], ...]:
        """Phrases that mean the same, for search."""
        return tuple(tuple(entry) for entry in self._plain["glossary"])

    @cached_property
    def skills(self) -> tuple[Skill, ...]:
        return tuple(Skill(**row) for row in self._plain["skills"])

    @cached_property
    def models(self) -> tuple[Model, ...]:
        return tuple(model_of(row) for row in self._plain["models"])

    def find(self, identifier: str) -> Problem | None:
        """The problem with exactly this id."""
        return self._by_id.get(identifier)

    def problem(self, text: str) -> Problem:
        """The problem that somebody means by `text`; UnknownProblem names the nearest ids otherwise.

        `coda:9.60` takes the number of the Coda catalogue, which differs for some problems.
        """
        number = catalogued(text)
        if number is not None:
            return self._catalogued(text, read_id(number))
        identifier = read_id(text)
        if identifier in self._by_id:
            return self._by_id[identifier]
        close = self._near(identifier) if identifier else nearest(text[:_LONGEST_ID].strip(), list(self._by_id))
        hint = f"nearest: {', '.join(close)}" if close else "an id looks like 2.17; `mip search` finds one by words"
        raise UnknownProblem(f"no problem {text!r}", hint)

    def _catalogued(self, text: str, number: str | None) -> Problem:
        by_number = {problem.catalogue or problem.id: problem for problem in reversed(self.problems)}
        if number in by_number:
            return by_number[number]
        close = nearest(number, list(by_number)) if number else []
        hint = f"nearest: {', '.join(f'coda:{near}' for near in close)}" if close else "such as coda:9.60"
        raise UnknownProblem(f"no problem {text!r}", hint)

    def _near(self, identifier: str) -> list[str]:
        letters = "abcdefghijklmnopqrstuvwxyz"
        stem = identifier.rstrip(letters)
        same_stem = [known for known in self._by_id if known.rstrip(letters) == stem]
        in_category = [known for known in self._by_id if known.startswith(identifier.partition(".")[0] + ".")]
        return list(dict.fromkeys([*same_stem, *nearest(identifier, in_category or list(self._by_id))]))[:3]

    def related(self, problem: Problem) -> list[tuple[str, str]]:
        """The ids of the problems that a card calls related, each with its title."""
        others = [(name, self.find(name)) for name in problem.card.related]
        return [(name, other.title if other else "(of the bundled list)") for name, other in others]

    def category(self, word: str) -> Category:
        """The category with this slug, number, title or unique beginning of one; UsageFault otherwise."""
        by_slug = {category.slug: category for category in self.categories}
        by_number = {str(category.number): category for category in self.categories}
        titles = {dashed(category.title): category.slug for category in self.categories}
        return by_number.get(word.strip()) or by_slug[match_word(word, list(by_slug), "category", titles)]

    def category_of(self, problem: Problem) -> Category:
        return next(category for category in self.categories if category.slug == problem.category)

    def in_category(self, category: Category) -> list[Problem]:
        return [problem for problem in self.problems if problem.category == category.slug]

    def level_counts(self, category: Category) -> dict[str, int]:
        """How many problems of a category each level finds; a range counts for every level it spans."""
        problems = self.in_category(category)
        return {level.value: sum(level in problem.levels for problem in problems) for level in Level}

    def skill(self, word: str) -> str:
        """The id of a skill by its name or unique beginning; UsageFault otherwise."""
        return match_word(word, [skill.id for skill in self.skills], "skill")

    def skills_of(self, one: Problem | Category) -> list[Skill]:
        """The skills that a problem or a category names, with what they mean and where to learn them."""
        known = {skill.id: skill for skill in self.skills}
        return [known[name] for name in one.skills]

    def model(self, name: str) -> Model | None:
        """The model of this name or alias."""
        return next((model for model in self.models if name == model.name or name in model.aliases), None)
