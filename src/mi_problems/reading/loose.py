"""What people write in a list of their own, and what it means: other names of fields, words for ratings and states.

Used for files that are not `strict`. Meaning comes before spelling: `done` is addressed, `CPU` is a laptop.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mi_problems.reading.faults import Report
from mi_problems.reading.rules import Rule, span
from mi_problems.reading.yaml_tree import Node

FIELDS = {
    "name": "title", "statement": "summary", "description": "summary", "question": "summary", "abstract": "summary",
    "text": "summary", "body": "summary", "tags": "keywords", "tag": "keywords", "topics": "keywords",
    "labels": "keywords", "state": "status", "number": "id", "level": "difficulty", "rating": "difficulty",
    "steps": "first_steps", "done": "done_when", "machine": "compute", "time": "weeks", "duration": "weeks",
    "papers": "follow_ups", "references": "follow_ups", "works": "follow_ups", "refs": "follow_ups",
    "source": "sources", "see_also": "related",
}  # fmt: skip
LEVELS = {
    "easy": "A", "beginner": "A", "simple": "A", "low": "A", "starter": "A", "medium": "B", "intermediate": "B",
    "moderate": "B", "hard": "C", "difficult": "C", "advanced": "C", "high": "C", "expert": "D", "very hard": "D",
    "open-ended": "D", "research": "D", "extreme": "D",
}  # fmt: skip
STATUS = {
    "done": "addressed", "solved": "addressed", "closed": "addressed", "answered": "addressed", "resolved": "addressed",
    "finished": "addressed", "proved": "addressed", "proven": "addressed", "settled": "addressed",
    "partial": "active", "partially solved": "active", "partly solved": "active", "in progress": "active",
    "ongoing": "active", "wip": "active", "started": "active", "unsolved": "open", "todo": "open", "new": "open",
    "unknown": "open", "available": "open", "free": "open",
}  # fmt: skip
COMPUTE = {
    "cpu": "laptop", "none": "laptop", "no gpu": "laptop", "no-gpu": "laptop", "local": "laptop", "pc": "laptop",
    "desktop": "laptop", "colab": "gpu", "one gpu": "gpu", "single gpu": "gpu", "cuda": "gpu", "a100": "gpu",
    "h100": "gpu", "multi-gpu": "cluster", "gpus": "cluster", "several gpus": "cluster", "hpc": "cluster",
    "slurm": "cluster",
}  # fmt: skip
_WEEKS = re.compile(r"([0-9]{1,3})(?:\s{0,3}(?:-|\u2013|to)\s{0,3}([0-9]{1,3}))?\s{0,3}(?:weeks?|w)?")
_LONGEST_WORD = 40


def alike_inside(word: str, known: Mapping[str, str]) -> list[str]:
    """The names that hold a form of the word, in themselves or in their titles: `probing` is in `linear-probes`."""
    beginning = word.casefold()[:_LONGEST_WORD].rstrip("s")
    beginning = beginning[: max(4, len(beginning) - 3)]
    pattern = re.compile(rf"(?<![a-z]){re.escape(beginning)}")
    return [name for name, title in known.items() if len(word) > 3 and pattern.search(f"{name} {title}".casefold())][:3]


def meaning(rule: Rule, words: Mapping[str, str]) -> Rule:
    """The rule, with these words read by what they mean."""

    def read(node: Node, report: Report) -> Any:
        known = words.get(node.text.strip().casefold()) if len(node.text) <= _LONGEST_WORD else None
        if node.kind in {"list", "map"} or known is None:
            return rule(node, report)
        return rule(Node("str", node.line, node.column, known), report)

    return read


def at_ease(rule: Rule) -> Rule:
    """The rule for an id, where a whole number alone stands for the number after the dot."""

    def read(node: Node, report: Report) -> Any:
        if node.kind in {"int", "str"} and re.fullmatch(r"[1-9][0-9]{0,5}", node.text):
            return node.text
        return rule(node, report)

    return read


def loosely(rule: Rule) -> Rule:
    """The rule for a list, where one text stands for a list of it."""

    def read(node: Node, report: Report) -> Any:
        return rule(_listed(node, [node]) if node.kind in {"str", "int", "float", "map"} else node, report)

    return read


def commas(rule: Rule) -> Rule:
    """The rule for a list, where a text stands for its parts between commas."""

    def read(node: Node, report: Report) -> Any:
        if node.kind != "str":
            return loosely(rule)(node, report)
        parts = [part.strip() for part in node.text.split(",") if part.strip()]
        return rule(_listed(node, [Node("str", node.line, node.column, part) for part in parts]), report)

    return read


def _listed(node: Node, items: list[Node]) -> Node:
    whole_list = Node("list", node.line, node.column)
    whole_list.items = items
    return whole_list


def weeks(node: Node, report: Report) -> Any:
    """`2`, `1-2`, `2 to 4 weeks` or `[1, 2]`."""
    match = _WEEKS.fullmatch(node.text.strip()) if len(node.text) <= _LONGEST_WORD else None
    if node.kind in {"list", "map"} or match is None:
        return span(node, report)
    ends = [Node("int", node.line, node.column, end) for end in (match[1], match[2] or match[1])]
    return span(_listed(node, ends), report)


def work(rule: Rule) -> Rule:
    """The rule for a later work, where an address alone stands for a work of which nothing else is known."""

    def read(node: Node, report: Report) -> Any:
        if node.kind != "str":
            return rule(node, report)
        if not node.text.startswith(("http://", "https://")):
            return report.add(node, "a work is an address, or a mapping with `title` and `url`")
        made = Node("map", node.line, node.column)
        for name in ("title", "url"):
            made.entries[name] = (Node("str", node.line, node.column, name), node)
        return rule(made, report)

    return read
