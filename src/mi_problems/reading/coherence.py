"""Whether what strict cards say hangs together: status, relations, years, addresses, numbers and names in text."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping
from typing import Any

from mi_problems.reading.faults import Report
from mi_problems.reading.vocabulary import Code
from mi_problems.reading.yaml_tree import Node
from mi_problems.records.terms import ANSWERING, STARTERS, Reach

UNDATED = "No date was seen."
# Packages that steps may install: on the package index their home page is the project's own. Compared in November 2026.
COMPARED = {
    "gymnasium": "https://github.com/Farama-Foundation/Gymnasium",
    "lczerolens": "https://github.com/Xmaster6y/lczerolens",
    "torch-lucent": "https://github.com/greentfrapp/lucent",
}
_ARXIV = re.compile(r"\d{4}(?<![\d.]\d{4})\.\d{4,5}(?!\d)")
_INSTALL = re.compile(r"pip install ((?:-[-\w]+ )*)['\"]?([A-Za-z][\w-]*)")
_SAME = ("title", "year", "confidence")
Codes = Callable[[str, str | None], Code]
_TICKED = re.compile(r"`([^`]+)`")
_QUOTED = re.compile(r"r?\"[^\"]*\"")
_PATH = re.compile(r"[\w-]+/[\w./-]+|[\w-]+\.(?:csv|py|txt|md)")
_NAME = re.compile(r"(?<![\w/=-])(?:[A-Za-z_]\w*(?=\()|[a-z]+(?:_[a-z0-9]+)+|[A-Z]{2,}|[A-Z]+(?:_[A-Z]+)+)(?![\w-])")


def _kind(source: str) -> str | None:
    """What kind of literal it is; None for what is worked out."""
    try:
        return type(ast.literal_eval(source)).__name__
    except ValueError:
        return None


def names_in(step: str) -> list[str]:
    """The functions, constants and arguments that a step names in backticks; paths and quoted text are none."""
    return [name for ticked in _TICKED.findall(step) for name in _NAME.findall(_PATH.sub("", _QUOTED.sub("", ticked)))]


class Coherence:
    """Judges the cards of strict files one by one; remembers what was said of each address.

    `code` gives what stands in a starter; without it names and settings are not judged.
    """

    def __init__(self, code: Codes | None = None) -> None:
        self.code = code
        self.works: dict[tuple[str, str], tuple[Any, str]] = {}

    def judge(self, row: Mapping[str, Any], node: Node, report: Report) -> None:
        """Adds the faults of a card to the report; `row` is sound in itself."""
        works = [work for work in row["follow_ups"] or [] if work and work["url"]]
        items = node.entries["follow_ups"][1].items if "follow_ups" in node.entries else ()
        self.status(row, works, node, report)
        for work, item in zip(works, items, strict=False):
            self.year(work, item, report)
            self.address(row["id"], work, item, report)
        self.prose(row, works, node, report)
        if self.code and row["starter"] and row["settings"]:
            self.settings(row, node, self.code, report)
        if self.code and row["starter"] and row["reach"] != Reach.WARM_UP:
            self.named(row, node, self.code, report)

    def named(self, row: Mapping[str, Any], node: Node, code: Codes, report: Report) -> None:
        """A step names what is in the code of a starter, or was seen in a library; warm-ups speak of other code."""
        steps = [step or "" for step in row["first_steps"]]
        others = [one for one in STARTERS if f"{one} starter" in " ".join(steps)]
        task = (row["settings"] or {}).get("task")
        known = code(row["starter"], task).words.union(*(code(starter, None).words for starter in others))
        for step, item in zip(steps, node.entries["first_steps"][1].items, strict=True):
            for name in names_in(step):
                if name not in known:
                    report.add(
                        item,
                        f"first_steps: no {name!r} in the starter {row['starter']}; a name of a library goes into "
                        "data/library_names.tsv, with the file in which it was seen",
                    )

    def settings(self, row: Mapping[str, Any], node: Node, code: Codes, report: Report) -> None:
        """A card gives its starter a task that it takes, and sets constants that it has to values of their type."""
        given, task = node.entries["settings"][1].entries, row["settings"]["task"]
        tasks = code(row["starter"], None).tasks
        if task and task not in tasks:
            report.unknown(given["task"][1], f"settings: the starter takes no task {task!r}", task, tasks)
            return
        known = code(row["starter"], task).constants
        entries = given["set"][1].entries if "set" in given else {}
        for name, source in (row["settings"]["set"] or {}).items():
            if name not in known:
                report.unknown(entries[name][0], f"settings: no constant {name!r} in the starter", name, sorted(known))
            elif source and (was := _kind(known[name])) not in {_kind(source), None}:
                report.add(entries[name][1], f"settings: {name} is {was} in the starter, got {source}")

    def status(self, row: Mapping[str, Any], works: list[Any], node: Node, report: Report) -> None:
        relations = {work["relation"] for work in works}
        wanted = {
            "active": (relations & {*ANSWERING}, "a work that answers, extends or replicates"),
            "addressed": (relations & {"answers", "replicates"}, "a work that answers or replicates"),
            "open": (not relations & {*ANSWERING}, "no work that answers, extends or replicates"),
        }.get(row["status"])
        if wanted and not wanted[0]:
            report.add(node.entries["status"][1], f"status: {row['status']} needs {wanted[1]}")

    def year(self, work: Mapping[str, Any], item: Node, report: Report) -> None:
        if work["year"] is None and not (work["note"] or "").endswith(UNDATED):
            report.add(item, f"follow_ups: year is missing; where none can be seen, the note ends with {UNDATED!r}")

    def address(self, identifier: str, work: Mapping[str, Any], item: Node, report: Report) -> None:
        """One address has one title, one year and one confidence over all cards."""
        for name in _SAME:
            said, where = self.works.setdefault((work["url"], name), (work[name], identifier))
            if said != work[name]:
                report.add(item, f"follow_ups: {name} {work[name]!r} of {work['url']}; on {where} it is {said!r}")

    def prose(self, row: Mapping[str, Any], works: list[Any], node: Node, report: Report) -> None:
        """A number of arXiv in the text is an entry of the card; a package in a step was compared with its project."""
        texts = {"summary": [row["summary"]], "first_steps": row["first_steps"], "done_when": [row["done_when"]]}
        texts["follow_ups"] = [work["note"] for work in works]
        for name, values in texts.items():
            text = " ".join(value for value in values or () if value)
            for number in dict.fromkeys(_ARXIV.findall(text)):
                if not any(number in work["url"] for work in works):
                    report.add(node.entries[name][1], f"{name}: {number} is no entry of follow_ups; add it")
            for _, package in _INSTALL.findall(text):
                if package.casefold() not in COMPARED:
                    report.add(
                        node.entries[name][1],
                        f"{name}: the home page of the package {package!r} was not compared with its project's; "
                        "see COMPARED in reading/coherence.py",
                    )
