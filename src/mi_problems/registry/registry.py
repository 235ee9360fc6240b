"""The registry: loads a source through the cache, looks problems up, turns words into ids, categories and skills."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mi_problems import cache, sources
from mi_problems.clean import cleaned, json_text
from mi_problems.errors import BadRegistry, UnknownProblem, UsageFault, did_you_mean, nearest
from mi_problems.model import (
    Category,
    Collection,
    Model,
    Problem,
    Skill,
    category_of,
    head_of,
    model_of,
    problem_of,
    record_of,
)
from mi_problems.terms import Level

if TYPE_CHECKING:
    from mi_problems.faults import Fault
    from mi_problems.schema import Rule

_TYPED_ID = r"(?i)(?:problem|no\.?|p)?\s*#?\s*0*(\d{1,3})\s*[.\-_]\s*0*(\d{1,6})\s*-?([a-z]?)\.?"
_LONGEST_ID = 20


def read_id(text: str) -> str | None:
    """The id in what somebody typed (`#2.17`, `2.17.`, `problem 2.17`), or None where there is none."""
    match = re.fullmatch(_TYPED_ID, text.strip())
    return f"{match[1]}.{match[2]}{match[3].lower()}" if match else None


def catalogued(text: str) -> str | None:
    """What stands behind `coda:`, or None where that does not stand first."""
    prefix, colon, rest = text.partition(":")
    return rest if colon and prefix.strip().casefold() == "coda" else None


def match_word(word: str, choices: Sequence[str], what: str, others: Mapping[str, str] = {}) -> str:
    """The choice that `word` is or uniquely begins, whatever its case; UsageFault with the nearest ones otherwise.

    `others` are further names of choices, in lower case, for words that match no choice by its own.
    """
    key = dashed(word)
    for names in ({choice.casefold(): choice for choice in choices}, others):
        if key in names:
            return names[key]
        starts = {choice for name, choice in names.items() if key and name.startswith(key)}
        if len(starts) == 1:
            return starts.pop()
    raise UsageFault(f"unknown {what} {word!r}", did_you_mean(key, choices))


def dashed(text: str) -> str:
    """Lower case with dashes for spaces, as words from lists are written."""
    return text.strip().casefold().replace(" ", "-").replace("_", "-")


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


def load(path: Path | None = None) -> Registry:
    """The bundled registry, or the user's own at `path`; BadRegistry names its first fault and counts the others."""
    base = sources.bundled()
    source = sources.own(path) if path else base
    key = cache.key_of([*source.files, *(base.files if path else [])])
    registry = _revive(key)
    if registry is None:
        beside, problems, faults = _parse(source, base)
        if faults:
            others = f"and {len(faults) - 1} more; " if len(faults) > 1 else ""
            command = f"mip check {shlex.quote(str(path))}" if path else "mip check"
            raise BadRegistry(str(faults[0]), f"{others}see them all with `{command}`")
        heads = [head_of(row) for row in problems]
        lines = [json_text(cleaned(beside)).encode(), *map(record_of, problems)]
        cache.keep(key, heads, lines)
        registry = Registry(key, heads, lines)
    return registry


def examine(path: Path | None = None) -> tuple[int, list[Fault]]:
    """The number of problems at `path` (`-` is standard input, None the bundled registry) and every fault there."""
    base = sources.bundled()
    source = base
    if path is not None:
        source = sources.standard_input() if str(path) == "-" else sources.own(path)
    _, problems, faults = _parse(source, base)
    return len(problems), faults


def _revive(key: str) -> Registry | None:
    """The registry that the cache keeps under this key, if it is whole."""
    kept = cache.fetch(key)
    try:
        return Registry(key, *kept) if kept else None
    except (KeyError, TypeError, ValueError):
        return None


def _parse(source: sources.Source, base: sources.Source) -> tuple[dict[str, Any], list[Any], list[Fault]]:
    """What stands beside the problems, the problems, and every fault."""
    from mi_problems import fields, parse  # yaml, and only when the cache cannot answer

    shared = base.shared | source.shared
    if "collection.yaml" in source.shared:
        collection, faults = parse.read_one(*shared["collection.yaml"], fields.COLLECTION)
    else:
        collection, faults = dict.fromkeys(fields.COLLECTION, "") | {"name": source.name, "version": "own"}, []

    def rows(name: str, rule: Rule) -> list[Any]:
        found, faulty = parse.read_list(*shared[f"{name}.yaml"], name, rule)
        faults.extend(faulty)
        return found

    skills = rows("skills", fields.SKILLS)
    models = rows("models", fields.MODELS)
    glossary = rows("glossary", fields.GLOSSARY)
    vocabulary = parse.Vocabulary(
        [row["id"] for row in skills if row["id"]],
        frozenset(name for row in models for name in (row["name"], *(row["aliases"] or ())) if name),
        frozenset() if source is base else frozenset(problem.id for problem in load().problems),
    )
    categories, problems, found = parse.read_problems(source.problems, vocabulary)
    beside = {
        "collection": collection,
        "categories": categories,
        "skills": skills,
        "models": models,
        "glossary": glossary,
    }
    return beside, problems, sorted({*faults, *found})
