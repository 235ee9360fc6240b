"""Names that a step may put in backticks: those in the code of its starter, and those seen in a library."""

from __future__ import annotations

import json
import re
from functools import lru_cache

from mi_problems.reading.vocabulary import Code
from mi_problems.registry.bundle import data_text

LIBRARY = "library_names.tsv"
_PARTS = re.compile(r"^# \{\{ include (\w+) \}\}$", re.MULTILINE)
_TASK = re.compile(r"^# \{\{ task (\w+) \}\}$", re.MULTILINE)
_BASE = ("lab", "figures", "tinylens")
_CONSTANT = re.compile(r"^([A-Z][A-Z_]*) = (.*?)(?:  #.*)?$", re.MULTILINE)
_WORD = re.compile(r"\w+")


@lru_cache
def code_of(starter: str, task: str | None = None) -> Code:
    """What stands in the modules of a starter's repository, with its own task or another that it takes.

    BadRegistry if the installation lacks a template.
    """
    text = data_text(f"templates/starters/{starter}/experiment.py.tmpl")
    tasks = tuple(json.loads(data_text(f"templates/starters/{starter}/starter.json.tmpl")).get("tasks", ()))
    data = [data_text(f"templates/tasks/{task if task in tasks else own}.py.tmpl") for own in _TASK.findall(text)]
    parts = [part for one in (text, *data) for part in _PARTS.findall(one)]
    inside = "\n".join([text, *data, *(data_text(f"templates/base/parts/{name}.py.tmpl") for name in parts)])
    base = "\n".join(data_text(f"templates/base/{name}.py.tmpl") for name in _BASE)
    words = frozenset(_WORD.findall(base + inside)) | library_names().keys()
    return Code(words, dict(_CONSTANT.findall(inside)), tasks)


@lru_cache
def library_names() -> dict[str, str]:
    """{name: release and file of the library in which it was seen}."""
    rows = data_text(LIBRARY).splitlines()[1:]
    return dict(row.split("\t") for row in rows)
