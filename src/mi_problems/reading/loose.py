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
from mi_problems.records.terms import Difficulty
from mi_problems.records.typed import dashed

FIELDS = {
    "name": "title", "problem": "title", "statement": "summary", "description": "summary", "question": "summary",
    "abstract": "summary", "text": "summary", "body": "summary", "details": "summary", "content": "summary",
    "tags": "keywords", "tag": "keywords", "topics": "keywords", "labels": "keywords", "state": "status",
    "number": "id", "level": "difficulty", "rating": "difficulty", "steps": "first_steps", "done": "done_when",
    "machine": "compute", "time": "weeks", "duration": "weeks", "papers": "follow_ups", "references": "follow_ups",
    "works": "follow_ups", "refs": "follow_ups", "source": "sources", "see_also": "related", "link": "url",
    "website": "url",
}  # fmt: skip
OF_CATEGORY = {"name": "title", "description": "motivation"}
OF_WORK = {"name": "title", "link": "url", "notes": "note", "comment": "note"}
OF_TOP = dict.fromkeys(("items", "entries", "records", "questions", "open_problems"), "problems")
LEVELS = {
    "easy": "A", "beginner": "A", "simple": "A", "low": "A", "starter": "A", "medium": "B", "intermediate": "B",
    "moderate": "B", "hard": "C", "difficult": "C", "advanced": "C", "high": "C", "expert": "D", "very hard": "D",
    "open-ended": "D", "research": "D", "extreme": "D",
}  # fmt: skip
STATUS = {
    "done": "addressed", "solved": "addressed", "closed": "addressed", "answered": "addressed", "resolved": "addressed",
    "finished": "addressed", "complete": "addressed", "completed": "addressed", "proved": "addressed",
    "proven": "addressed", "disproved": "addressed", "refuted": "addressed", "settled": "addressed",
    "partial": "active", "partially solved": "active", "partly solved": "active", "in progress": "active",
    "in-progress": "active", "ongoing": "active", "wip": "active", "started": "active", "unsolved": "open",
    "unanswered": "open", "unresolved": "open", "todo": "open", "new": "open", "unknown": "open", "available": "open",
    "free": "open",
}  # fmt: skip
COMPUTE = {
    "cpu": "laptop", "none": "laptop", "no gpu": "laptop", "no-gpu": "laptop", "local": "laptop", "pc": "laptop",
    "desktop": "laptop", "colab": "gpu", "one gpu": "gpu", "single gpu": "gpu", "cuda": "gpu", "a100": "gpu",
    "h100": "gpu", "multi-gpu": "cluster", "gpus": "cluster", "several gpus": "cluster", "hpc": "cluster",
    "slurm": "cluster",
}  # fmt: skip
_WEEKS = re.compile(r"([0-9]{1,3})(?:\s{0,3}(?:-|\u2013|to)\s{0,3}([0-9]{1,3}))?\s{0,3}(?:weeks?|w)?")
_RANGE = re.compile(r"\s{0,3}(?:-|\u2013|/|,|\bto\b)\s{0,3}")
_ARXIV = re.compile(r"(?i)(?:arxiv:\s?)?([0-9]{4}\.[0-9]{4,5})(?:v[0-9]{1,2})?")
_LONGEST_WORD = 40


def alike_inside(word: str, known: Mapping[str, str]) -> list[str]:
    """The names that hold a form of the word, in themselves or in their titles: `probing` is in `linear-probes`."""
    beginning = word.casefold()[:_LONGEST_WORD].rstrip("s")
    beginning = beginning[: max(4, len(beginning) - 3)]
    pattern = re.compile(rf"(?<![a-z]){re.escape(beginning)}")
    return [name for name, title in known.items() if len(word) > 3 and pattern.search(f"{name} {title}".casefold())][:3]


def meaning(rule: Rule, words: Mapping[str, str]) -> Rule:
    """The rule for a word in small letters, with these words read by what they mean."""

    def read(node: Node, report: Report) -> Any:
        word = node.text.strip().casefold()
        if node.kind in {"list", "map"} or len(word) > _LONGEST_WORD:
            return rule(node, report)
        return rule(Node("str", node.line, node.column, words.get(word, word)), report)

    return read


def rating(node: Node, report: Report) -> Any:
    """A letter or a range of letters, or the same in words: `easy`, `medium to hard`, `[beginner, intermediate]`."""
    written = ", ".join(item.text for item in node.items) if node.kind == "list" else node.text
    word = written.strip().casefold()[:_LONGEST_WORD]
    ends = [LEVELS.get(end, end) for end in ([word] if word in LEVELS else _RANGE.split(word))]
    try:
        return Difficulty.parse("-".join(sorted(ends)))
    except ValueError:
        got = repr(written[:_LONGEST_WORD]) if written else node.called
        return report.add(node, f"{got} is not a letter A to D, a range such as B-C, or easy, medium, hard, expert")


def at_ease(rule: Rule) -> Rule:
    """The rule for an id, where a whole number alone stands for the number after the dot."""

    def read(node: Node, report: Report) -> Any:
        if node.kind in {"int", "str"} and re.fullmatch(r"[1-9][0-9]{0,5}", node.text):
            return node.text
        return rule(node, report)

    return read


def slugged(rule: Rule) -> Rule:
    """The rule for a slug, where capitals and blanks may stand."""
    return lambda node, report: rule(
        node if node.kind in {"list", "map"} else Node("str", node.line, node.column, dashed(node.text)), report
    )


def loosely(rule: Rule) -> Rule:
    """The rule for a list, where one text stands for a list of it."""

    def read(node: Node, report: Report) -> Any:
        return rule(node if node.kind == "list" else _listed(node, [node]), report)

    return read


def commas(rule: Rule) -> Rule:
    """The rule for a list, where a text stands for its parts between commas."""

    def read(node: Node, report: Report) -> Any:
        if node.kind in {"list", "map"}:
            return rule(node, report)
        parts = [part.strip() for part in node.text.split(",") if part.strip()]
        return rule(_listed(node, [Node("str", node.line, node.column, part) for part in parts]), report)

    return read


def _listed(node: Node, items: list[Node]) -> Node:
    whole_list = Node("list", node.line, node.column)
    whole_list.items = items
    return whole_list


def weeks(node: Node, report: Report) -> Any:
    """`2`, `1-2`, `2 to 4 weeks` or `[1, 2]`."""
    if node.kind in {"list", "map"}:
        return span(node, report)
    match = _WEEKS.fullmatch(node.text.strip()) if len(node.text) <= _LONGEST_WORD else None
    if match is None:
        return report.add(node, f"{node.text[:_LONGEST_WORD]!r} is not a number of weeks; write 2, 1-2 or [1, 2]")
    ends = [Node("int", node.line, node.column, end) for end in (match[1], match[2] or match[1])]
    return span(_listed(node, ends), report)


def work(rule: Rule) -> Rule:
    """The rule for a later work, where an address or a number of arXiv stands for one of which no more is known."""

    def read(node: Node, report: Report) -> Any:
        if node.kind == "map":
            renamed(node, OF_WORK, report)
            return rule(node, report)
        arxiv = _ARXIV.fullmatch(node.text.strip()[:_LONGEST_WORD])
        address = f"https://arxiv.org/abs/{arxiv[1]}" if arxiv else node.text
        if not address.startswith(("http://", "https://")):
            return report.add(node, "a work is an address, a number of arXiv, or a mapping with `title` and `url`")
        made = Node("map", node.line, node.column)
        for name in ("title", "url"):
            name_node, value = (Node("str", node.line, node.column, text) for text in (name, address))
            made.entries[name] = (name_node, value)
        return rule(made, report)

    return read


def named(node: Node, report: Report) -> Node:
    """A category as it is meant: a text alone is its title."""
    if node.kind == "map":
        renamed(node, OF_CATEGORY, report)
        return node
    if node.kind == "list":
        return node
    made = Node("map", node.line, node.column)
    made.entries["title"] = (node, node)
    return made


def renamed(node: Node, others: Mapping[str, str], report: Report) -> None:
    """Other names of fields become ours, and a field left empty is left out; one that then stands twice is a fault."""
    for name, (key, value) in list(node.entries.items()):
        if value.kind == "null":
            del node.entries[name]
        elif name in others:
            del node.entries[name]
            if others[name] in node.entries:
                report.add(key, f"{name!r} means {others[name]!r}, which stands there, too; keep one")
            else:
                node.entries[others[name]] = (key, value)
