"""All problems of a registry: looked up by id, by category, by skill and by neighbours."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cached_property
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from mi_problems.errors import UnknownProblem, did_you_mean, nearest
from mi_problems.records.problem import Problem, problem_of
from mi_problems.records.terms import Level
from mi_problems.records.typed import CATALOGUE, dashed, list_number, match_word, read_id

if TYPE_CHECKING:
    from mi_problems.records.beside import Category, Collection, Model, Skill, SourceList

_LONGEST_ID = 20
_RELATED = rb'"related": (\[[^\]]*\])'  # no text holds it: there a quote is escaped
_ABSENT = "(not in this registry)"


def _beside() -> Any:
    """The module of what stands beside problems: a list of them alone has no use for it."""
    from mi_problems.records import beside

    return beside


BESIDE = ("collection", "origins", "categories", "lists", "skills", "models", "glossary", "elsewhere")


class Part(NamedTuple):
    """What the cache keeps of some files: heads of problems, then lines of JSON, `BESIDE` and a record a problem."""

    key: str
    heads: Sequence[Any]
    lines: Sequence[bytes | memoryview]

    @property
    def records(self) -> Sequence[bytes | memoryview]:
        return self.lines[len(BESIDE) :]

    def beside(self, name: str) -> Any:
        """What stands beside the problems under this name, as plain data."""
        return json.loads(bytes(self.lines[BESIDE.index(name)]))


class Registry:
    """All problems in use with their categories, in natural order of ids: the bundled ones and own ones."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.key = "+".join(part.key for part in parts)
        self.parts = parts
        made = [
            [problem_of(head, record) for head, record in zip(part.heads, part.records, strict=True)] for part in parts
        ]
        self.problems = tuple(made[0]) if len(made) == 1 else tuple(sorted(chain(*made), key=attrgetter("key")))
        self._by_id = {problem.id: problem for problem in self.problems}
        self._own = {problem.id: problem for problem in made[1]} if len(made) > 1 else {}

    def rows(self, name: str) -> list[Any]:
        """What stands beside the problems under this name, such as `skills`, as plain data."""
        return [row for part in self.parts for row in part.beside(name)]

    @cached_property
    def collections(self) -> tuple[Collection, ...]:
        """What each part says of itself: the bundled one first."""
        return tuple(_beside().Collection(**part.beside("collection")) for part in self.parts)

    @property
    def collection(self) -> Collection:
        """What the first part says of itself: the bundled problems, unless they are left out."""
        return self.collections[0]

    @cached_property
    def _origins(self) -> dict[str, Collection]:
        """Of own registries beside one another, what that of each category says of itself."""
        return {slug: _beside().Collection(**row) for slug, row in self.parts[-1].beside("origins").items()}

    def collection_of(self, problem: Problem) -> Collection:
        """What the registry that a problem is of says of itself."""
        whole = self.collections[-1] if self.is_own(problem) else self.collections[0]
        return self._origins.get(problem.category, whole)

    def is_own(self, problem: Problem) -> bool:
        """Whether it stands beside the bundled problems."""
        return problem.id in self._own

    @cached_property
    def categories(self) -> tuple[Category, ...]:
        return tuple(_beside().category_of(row) for row in self.rows("categories"))

    @cached_property
    def lists(self) -> tuple[SourceList, ...]:
        """The lists that state problems."""
        return tuple(_beside().SourceList(**row) for row in self.rows("lists"))

    @cached_property
    def glossary(self) -> tuple[tuple[str, ...], ...]:
        """Phrases that mean the same, for search."""
        return tuple(tuple(entry) for entry in self.rows("glossary"))

    @cached_property
    def elsewhere(self) -> tuple[str, ...]:
        """Phrases of those who look for something that no problem is about, for search."""
        return tuple(self.rows("elsewhere"))

    @cached_property
    def skills(self) -> tuple[Skill, ...]:
        return tuple(_beside().Skill(**row) for row in self.rows("skills"))

    @cached_property
    def _models(self) -> list[Any]:
        return self.rows("models")

    def find(self, identifier: str) -> Problem | None:
        """The problem with exactly this id."""
        return self._by_id.get(identifier)

    def problem(self, text: str) -> Problem:
        """The problem that somebody means by `text`; UnknownProblem names the nearest ids otherwise.

        `coda:9.60` takes the number of the Coda catalogue, which differs for some problems, `apollo:17` that of a list
        which prints numbers, `mip-2-17-some-words` the beginning of a folder's name.
        """
        if text in self._by_id:
            return self._by_id[text]
        numbered = list_number(text)
        if numbered is not None:
            return self._stated(text, *numbered)
        identifier = read_id(text)
        if identifier in self._by_id:
            return self._by_id[identifier]
        folder = max(self._in_folder(text), key=len, default=None)
        if folder is not None:
            return self._by_id[folder]
        if identifier and not identifier[0].isdigit() and all(known[0].isdigit() for known in self._by_id):
            raise UnknownProblem(f"no problem {text!r}", "such an id is of a list of one's own: --data or MIP_DATA")
        close = self._near(identifier) if identifier else nearest(text[:_LONGEST_ID].strip(), list(self._by_id))
        hint = f"nearest: {', '.join(close)}" if close else "an id looks like 2.17; `mip search` finds one by words"
        raise UnknownProblem(f"no problem {text!r}", hint)

    def _in_folder(self, text: str) -> list[str]:
        """The ids that a folder's name such as mip-4-10-some-words can begin with."""
        name = text.strip().casefold().rstrip("/") + "-"
        if not name.startswith("mip-"):
            return []
        return [known for known, problem in self._by_id.items() if name.startswith(f"{problem.name}-")]

    def _stated(self, text: str, slug: str, number: str) -> Problem:
        """The problem that a list gives this number."""
        if slug == CATALOGUE:
            found = {problem.catalogue or problem.id: problem for problem in reversed(self.problems) if problem.sources}
            number, example = read_id(number) or "", "9.60"
        else:
            known = next((one for one in self.lists if one.slug == slug), None)
            numbered = [one.slug for one in self.lists if one.numbered]
            if known is None:
                raise UnknownProblem(f"no problem {text!r}", did_you_mean(slug, [CATALOGUE, *numbered]))
            if not known.numbered:
                hint = f"`mip list --source {slug}` has its problems"
                raise UnknownProblem(f"no problem {text!r}: {slug} prints no numbers", hint)
            found = {
                stated.number: problem
                for problem in reversed(self.problems) for stated in problem.sources
                if stated.list == slug and stated.number
            }  # fmt: skip
            number, example = number.lstrip("0") or number, next(iter(found), "1")
        if number in found:
            return found[number]
        close = nearest(number, list(found)) if number else []
        hint = f"nearest: {', '.join(f'{slug}:{near}' for near in close)}" if close else f"such as {slug}:{example}"
        raise UnknownProblem(f"no problem {text!r}", hint)

    def _near(self, identifier: str) -> list[str]:
        letters = "abcdefghijklmnopqrstuvwxyz"
        stem = identifier.rstrip(letters)
        same_stem = [known for known in self._by_id if known.rstrip(letters) == stem]
        in_category = [known for known in self._by_id if known.startswith(identifier.partition(".")[0] + ".")]
        return list(dict.fromkeys([*same_stem, *nearest(identifier, in_category or list(self._by_id))]))[:3]

    def related(self, problem: Problem) -> list[tuple[str, str]]:
        """The ids of the problems that a card calls related, and of own ones that call it so, each with its title."""
        names = [*problem.card.related, *self._named_by_own.get(problem.id, ())]
        others = [(name, self.find(name)) for name in dict.fromkeys(names) if name != problem.id]
        return [(name, other.title if other else _ABSENT) for name, other in others]

    @cached_property
    def _named_by_own(self) -> dict[str, list[str]]:
        """By id, the own problems that call it related; of their records only that list is read."""
        found: dict[str, list[str]] = {}
        for own in self._own.values():
            listed = re.search(_RELATED, own.record)
            for name in json.loads(listed[1]) if listed else ():
                found.setdefault(name, []).append(own.id)
        return found

    def category(self, word: str) -> Category:
        """The category with this slug, number, title or unique beginning of one; UsageFault otherwise."""
        by_slug = {category.slug: category for category in self.categories}
        by_number = {str(category.number): category for category in self.categories if category.number is not None}
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

    def source(self, word: str) -> SourceList:
        """The list with this slug, name or unique beginning of one; UsageFault otherwise."""
        by_slug = {one.slug: one for one in self.lists}
        return by_slug[match_word(word, list(by_slug), "list", {dashed(one.name): one.slug for one in self.lists})]

    def stated_by(self, source: SourceList) -> list[Problem]:
        """The problems that a list states."""
        return [one for one in self.problems if any(stated.list == source.slug for stated in one.sources)]

    def sources_of(self, problem: Problem) -> list[tuple[SourceList, str | None]]:
        """The lists that state a problem, each with its number there."""
        known = {one.slug: one for one in self.lists}
        return [(known[stated.list], stated.number) for stated in problem.sources if stated.list in known]

    def skill(self, word: str) -> str:
        """The id of a skill by its name or unique beginning; UsageFault otherwise."""
        return match_word(word, [skill.id for skill in self.skills], "skill")

    def using(self, skill: Skill) -> list[Problem]:
        """The problems that use a skill."""
        return [problem for problem in self.problems if skill.id in problem.skills]

    def skills_of(self, one: Problem | Category) -> list[Skill]:
        """The skills that a problem or a category names, with what they mean and where to learn them."""
        known = {skill.id: skill for skill in self.skills}
        return [known[name] for name in one.skills]

    def model(self, name: str) -> Model | None:
        """The model of this name or alias."""
        rows = (row for row in self._models if name == row["name"] or name in row["aliases"])
        return next(map(_beside().model_of, rows), None)
