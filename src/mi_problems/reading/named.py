"""Whether what the steps of a card name in backticks is there: in the code of its starter, or in a library."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from mi_problems.reading.faults import Report
from mi_problems.reading.yaml_tree import Node
from mi_problems.records.terms import STARTERS, Reach

Names = Callable[[str], Iterable[str]]
_TICKED = re.compile(r"`([^`]+)`")
_QUOTED = re.compile(r"r?\"[^\"]*\"")
_PATH = re.compile(r"[\w-]+/[\w./-]+|[\w-]+\.(?:csv|py|txt|md)")
_NAME = re.compile(r"(?<![\w/-])(?:[A-Za-z_]\w*(?=\()|[a-z]+(?:_[a-z0-9]+)+|[A-Z]{2,}|[A-Z]+(?:_[A-Z]+)+)(?![\w-])")


def names_in(step: str) -> list[str]:
    """The functions, constants and arguments that a step names in backticks; paths and quoted text are none."""
    return [name for ticked in _TICKED.findall(step) for name in _NAME.findall(_PATH.sub("", _QUOTED.sub("", ticked)))]


def judge(row: Mapping[str, Any], node: Node, names: Names, report: Report) -> None:
    """A fault at each step that names what is nowhere; a warm-up's steps speak of other code, and are not asked.

    `names` gives the names that the steps of a starter may use.
    """
    if not row["starter"] or row["reach"] == Reach.WARM_UP or not row["first_steps"]:
        return
    said = " ".join(step or "" for step in row["first_steps"])
    others = [one for one in STARTERS if f"{one} starter" in said]
    known = {name for starter in (row["starter"], *others) for name in names(starter)}
    for step, item in zip(row["first_steps"], node.entries["first_steps"][1].items, strict=True):
        for name in names_in(step or ""):
            if name not in known:
                report.add(
                    item,
                    f"first_steps: no {name!r} in the starter {row['starter']}; where a library has it, "
                    "data/library_names.tsv says in which file",
                )
