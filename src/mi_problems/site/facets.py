"""What the script of the index works on: the values that problems can be filtered by, and the words of each problem."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from mi_problems.clean import json_text
from mi_problems.progress.marks import Mark
from mi_problems.records.problem import Problem
from mi_problems.records.terms import Compute, Level, Status, plural
from mi_problems.site.catalogue import Catalogue

_WEEKS = (1, 2, 4, 8, 12)


class Facet(NamedTuple):
    """A filter: its name, which is that of the option of `mip list`, its title, and what can be chosen, with labels.

    `values` are those that a problem has; of a `single` one only one can be chosen at a time.
    """

    name: str
    title: str
    options: dict[str, str]
    values: Callable[[Problem], Iterable[str]]
    single: bool = False


def facets(catalogue: Catalogue) -> list[Facet]:
    """The filters that have something to choose among these problems."""
    marks = catalogue.marks
    categories = {one.slug: f"{one.number or ''} {one.title}".strip() for one, _ in catalogue.categories}
    every = [
        Facet("level", "Level", _same(Level), lambda problem: problem.levels),
        Facet("status", "Status", _same(Status), lambda problem: [problem.status]),
        Facet("compute", "Machine", _same(Compute), lambda problem: [problem.compute] if problem.compute else Compute),
        Facet("weeks", "Time", {str(n): f"up to {plural(n, 'week')}" for n in _WEEKS}, _fitting, single=True),
        Facet("starred", "Stars", {"yes": "starred by the author"}, lambda problem: ["yes"] if problem.starred else []),
        Facet("mine", "Yours", _same(_states(marks.values())), lambda p: [marks[p.id].state] if p.id in marks else []),
        Facet("category", "Category", categories, lambda problem: [problem.category]),
        Facet("source", "Source", {one.slug: one.name for one, _ in catalogue.sources}, _lists),
        Facet("skill", "Skill", {one.id: one.title for one, _ in catalogue.skills}, lambda problem: problem.skills),
    ]
    return [facet for facet in every if facet.options]


def _same(words: Iterable[str]) -> dict[str, str]:
    return {str(word): str(word) for word in words}


def _states(marks: Iterable[Mark]) -> list[str]:
    """The states that are there; a problem with notes alone has none, as in `mip list --mine`."""
    return sorted({mark.state for mark in marks} - {""})


def _fitting(problem: Problem) -> list[str]:
    """Every time within which it can be done; one without an estimate fits all, as in `mip list --weeks`."""
    return [str(weeks) for weeks in _WEEKS if not problem.weeks or problem.weeks[1] <= weeks]


def _lists(problem: Problem) -> list[str]:
    return [stated.list for stated in problem.sources]


def script_data(catalogue: Catalogue) -> str:
    """A script that only holds data: a page opened from a disk may fetch none. `<` cannot end anything in it.

    Of each problem, in the order of the index: which options of each facet it has, by their places, its words by field,
    and what the columns are sorted by.
    """
    found = facets(catalogue)
    places = [{value: place for place, value in enumerate(facet.options)} for facet in found]
    data = {
        "whole": catalogue.whole,  # only then `mip list` with the same options lists the same
        "facets": [
            {"name": one.name, "title": one.title, "single": one.single, "options": list(one.options.items())}
            for one in found
        ],
        "problems": [_row(problem, found, places) for problem in catalogue.problems],
    }
    return f'"use strict";\nconst catalogue = {json_text(data)};\n'.replace("<", "\\u003c")


def _row(problem: Problem, found: Sequence[Facet], places: Sequence[dict[str, int]]) -> dict[str, Any]:
    return {
        "has": [
            [known[value] for value in facet.values(problem) if value in known]
            for facet, known in zip(found, places, strict=True)
        ],
        "words": _words_by_field(problem),
        "sort": [
            problem.difficulty or None, list(Status).index(problem.status),
            list(Compute).index(problem.compute) if problem.compute else None, problem.weeks, problem.newest,
        ],
    }  # fmt: skip


def _words_by_field(problem: Problem) -> list[str]:
    """The words of title, keywords, questions and gist, each once, in the first field that has it."""
    card, seen = problem.card, set[str]()
    fields = []
    for text in (problem.title, " ".join(card.keywords), " ".join(card.questions), card.gist or card.summary):
        new = [word for word in dict.fromkeys(_plain_words(text)) if word not in seen]
        seen.update(new)
        fields.append(" ".join(new))
    return fields


def _plain_words(text: str) -> list[str]:
    """Letters and digits in lower case without accents; the script makes the same of what is typed."""
    apart = unicodedata.normalize("NFKD", text.lower())
    return re.findall(r"[^\W_]+", "".join(char for char in apart if not unicodedata.category(char).startswith("M")))
