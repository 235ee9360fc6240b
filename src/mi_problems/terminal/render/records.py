"""The JSON documents of the contract. Fields are only ever added."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from mi_problems.clean import json_text
from mi_problems.records.beside import Category, SourceList
from mi_problems.records.problem import Problem
from mi_problems.registry.registry import Registry
from mi_problems.terminal.render.screen import Screen


def problems(found: Sequence[Problem], screen: Screen, more: Sequence[dict[str, Any]] = ()) -> str:
    """An array of problem records, each with what `more` adds to it: one a line, or indented on a terminal."""
    texts = [problem.record for problem in found]
    if more:
        texts = [text[:-1] + b", " + json.dumps(extra).encode()[1:] for text, extra in zip(texts, more, strict=True)]
    if screen.terminal or not screen.utf8:
        return document([json.loads(text) for text in texts], screen)
    return "[\n" + b",\n".join(texts).decode() + "\n]\n" if texts else "[]\n"


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


def check_record(file: str, count: int, faults: Sequence[Any]) -> dict[str, Any]:
    """What `mip check` found; a fault has file, line, column and message."""
    return {"file": file, "problems": count, "faults": [fault._asdict() for fault in faults]}


def init_record(path: str, actions: Sequence[Any], commands: list[str]) -> dict[str, Any]:
    """What `mip init` did: the folder, each file with create, keep or replace, and what to type next."""
    return {"path": path, "files": [action._asdict() for action in actions], "commands": commands}


def document(value: Any, screen: Screen) -> str:
    """One JSON document, indented."""
    return (json_text(value, indent=2) if screen.utf8 else json.dumps(value, indent=2)) + "\n"
