"""What scripts and spreadsheets read: JSON documents, and rows of tables. Fields and columns are only ever added."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from mi_problems.clean import json_text
from mi_problems.records.problem import Problem
from mi_problems.records.terms import Level
from mi_problems.registry.registry import Registry
from mi_problems.terminal.render.screen import Screen

if TYPE_CHECKING:
    from mi_problems.records.beside import Category, Skill, SourceList

PROBLEM = (
    "id", "title", "category", "difficulty", "difficulty_basis", "status", "starred", "compute", "weeks", "source",
    "newest", "url", "name",
)  # fmt: skip
CATEGORY = ("number", "slug", "problems", *map(str, Level), "title", "url")
SOURCE = ("slug", "year", "problems", "author", "name", "published", "url")
SKILL = ("id", "title", "problems", "beginners", "meaning", "learn", "url")


def problem_row(problem: Problem) -> list[str]:
    """A problem under the columns of `PROBLEM`; what is not known is empty."""
    sources = ", ".join(dict.fromkeys(stated.list for stated in problem.sources))
    weeks = " to ".join(map(str, dict.fromkeys(problem.weeks or ())))
    starred = "" if problem.starred is None else str(problem.starred).lower()
    values = (
        problem.id, problem.title, problem.category, problem.difficulty, problem.difficulty_basis, problem.status,
        starred, problem.compute, weeks, sources, problem.newest, problem.card.url, problem.name,
    )  # fmt: skip
    return ["" if value is None else str(value) for value in values]


def row(record: dict[str, Any], columns: Sequence[str]) -> list[str]:
    """A record under these columns; of what is counted by levels, each level is a column, of a list the length."""
    values = {**record, **record.get("levels", {})}
    cells = (len(values[name]) if isinstance(values[name], list) else values[name] for name in columns)
    return ["" if value is None else str(value) for value in cells]


def problems(found: Sequence[Problem], screen: Screen, more: Sequence[dict[str, Any]] = ()) -> str | bytes:
    """An array of problem records, each with what `more` adds to it: indented on a terminal, else one a line.

    The latter is large, and goes from the cache into the pipe as the bytes that it is.
    """
    texts = [problem.stored for problem in found]
    if more:
        texts = [
            b"".join((text[:-1], b", ", json.dumps(extra).encode()[1:]))
            for text, extra in zip(texts, more, strict=True)
        ]
    if screen.terminal or not screen.utf8:
        return document([json.loads(bytes(text)) for text in texts], screen)
    return b"".join((b"[\n", b",\n".join(texts), b"\n]\n")) if texts else b"[]\n"


def category_record(category: Category, registry: Registry) -> dict[str, Any]:
    """One category as plain data; `levels` counts the problems that each level finds in it."""
    return {
        **category._asdict(),
        "resources": [item._asdict() for item in category.resources],
        "superseded": [item._asdict() for item in category.superseded],
        "contested_links": [item._asdict() for item in category.contested_links],
        "problems": len(registry.in_category(category)),
        "levels": registry.level_counts(category),
    }


def source_record(source: SourceList, registry: Registry) -> dict[str, Any]:
    """One list as plain data, with the number of its problems that are here."""
    return {**source._asdict(), "problems": len(registry.stated_by(source))}


def skill_record(skill: Skill, registry: Registry) -> dict[str, Any]:
    """One skill as plain data, with the number of problems that use it, and which of them are for beginners."""
    found = registry.using(skill)
    beginners = [problem.id for problem in found if Level.BEGINNER in problem.levels]
    return {**skill._asdict(), "problems": len(found), "beginners": beginners}


def check_record(file: str, count: int, faults: Sequence[Any]) -> dict[str, Any]:
    """What `mip check` found; a fault has file, line, column and message."""
    return {"file": file, "problems": count, "faults": [fault._asdict() for fault in faults]}


def init_record(path: str, actions: Sequence[Any], commands: list[str], news: Sequence[str]) -> dict[str, Any]:
    """What `mip init` did: the folder, each file with create, keep or replace, what to type next, what is new."""
    return {"path": path, "files": [action._asdict() for action in actions], "commands": commands, "news": list(news)}


def document(value: Any, screen: Screen) -> str:
    """One JSON document, indented."""
    return (json_text(value, indent=2) if screen.utf8 else json.dumps(value, indent=2)) + "\n"
