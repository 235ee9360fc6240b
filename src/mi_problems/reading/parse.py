"""Problem files to checked plain data, with every fault of every file by line and column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from mi_problems.reading import fields
from mi_problems.reading.coherence import Coherence
from mi_problems.reading.faults import Enough, Fault, Report
from mi_problems.reading.identity import Identities, word_of
from mi_problems.reading.limits import MAX_ALL_VALUES
from mi_problems.reading.loose import FIELDS, OF_TOP, named, renamed
from mi_problems.reading.other_formats import other_format
from mi_problems.reading.rules import Field, Rule, boolean, many, record
from mi_problems.reading.vocabulary import Vocabulary
from mi_problems.reading.yaml_tree import Node, read_tree
from mi_problems.records.terms import Reach, id_key

_SHOWN = 5  # fields that a fault names
_PROBLEMS = "a list of problems, each as `- title: ...` with `summary: ...` below it"
_AT_TOP = "at the top stand `category` and `problems`; `category` says what the list is"


def _problems(node: Node, report: Report) -> Any:
    """The nodes of the problems of a file."""
    if node.kind != "list":
        return report.add(node, f"expected {_PROBLEMS}, got {node.called}")
    return many(lambda item, _: item, 1)(node, report)


_TOP = record(
    {
        "strict": Field(boolean, required=False, default=False),
        "category": Field(lambda node, _: node, required=False),
        "problems": Field(_problems),
    },
    _AT_TOP,
)
_STRICT, _LOOSE = record(fields.PROBLEM), record(fields.LOOSE_PROBLEM, fields.OTHERWISE)
_JUDGED = ("id", "status", "summary", "first_steps", "done_when", "follow_ups")
Entries = Mapping[str, tuple[Node, Node]]


def read_one(file: str, content: bytes, wanted: Mapping[str, Field]) -> tuple[dict[str, Any], list[Fault]]:
    """One mapping of these fields, such as `collection.yaml`."""
    tree = read_tree(file, content)
    report = Report(file, tree.faults)
    values = None
    with suppress(Enough):
        values = record(wanted)(tree.root, report) if tree.root else None
    return values or {}, report.faults


def read_list(file: str, content: bytes, key: str, rule: Rule) -> tuple[list[Any], list[Fault]]:
    """A list under one key, such as `skills:`; what breaks the rule is a fault and left out."""
    whole_file, faults = read_one(file, content, {key: Field(rule)})
    return [row for row in whole_file.get(key) or [] if row is not None], faults


class Found(NamedTuple):
    """What problem files hold; `numbered` counts ids given by order, `files` has the file of each category's slug."""

    categories: list[dict[str, Any]]
    problems: list[dict[str, Any]]
    faults: list[Fault]
    numbered: int
    files: dict[str, str]


@dataclass(slots=True)
class Reader:
    """Reads problem files one by one; references are judged at the end, when all ids are known."""

    vocabulary: Vocabulary
    faults: list[Fault] = field(default_factory=list)
    categories: list[dict[str, Any]] = field(default_factory=list)
    problems: list[dict[str, Any]] = field(default_factory=list)
    identities: Identities = field(init=False)
    references: list[tuple[str, Report, str, Node]] = field(default_factory=list)
    coherence: Coherence = field(init=False)
    values: int = 0

    def __post_init__(self) -> None:
        self.identities, self.coherence = Identities(self.vocabulary), Coherence(self.vocabulary.code)

    def file(self, file: str, content: bytes) -> None:
        root, faults, values = read_tree(file, content)
        report = Report(file, self.faults)
        if (root is None or root.kind not in {"list", "map"} or _of_words(root)) and (
            other := other_format(file, content)
        ):
            report.at(1, 1, other)
            return
        for fault in faults:
            report.at(fault.line, fault.column, fault.message)
        self.values += values
        if self.values > MAX_ALL_VALUES:
            report.at(1, 1, f"more than {MAX_ALL_VALUES} values in the files up to this one; split the registry")
            raise Enough
        if root is not None:
            self.top(root, report)

    def top(self, root: Node, report: Report) -> None:
        if root.kind == "list":  # problems alone, as people have them
            entries = {"problems": (root, root)}
            root = Node("map", root.line, root.column)
            root.entries = entries
        renamed(root, OF_TOP, report)
        if "problems" not in root.entries:
            report.add(root, f"expected {_PROBLEMS}, or `problems:` above such a list, got {_shown(root)}")
            return
        found = _TOP(root, report)
        strict = found["strict"] is True
        category = self.category(found["category"], strict, report)
        nodes = [node for node in found["problems"] or [] if node]
        for node in nodes if not strict else ():
            renamed(node, FIELDS, report)
        given = self.identities.number(nodes, category)
        for node, identifier in zip(nodes, given, strict=True):
            self.problem(node, identifier, category, strict, report)

    def category(self, node: Node | None, strict: bool, report: Report) -> dict[str, Any]:
        """The category of a file; where it says nothing, one is made from the file's name."""
        if node is None and strict:
            report.at(1, 1, "missing field 'category'")
        rules = fields.CATEGORY if strict else fields.LOOSE_CATEGORY
        report.where.append("category")
        row: dict[str, Any] | None = None
        if node and not strict:
            node = named(node, report)
        if node or not strict:
            row = record(rules)(node or Node("map", 1, 1), report)
        if row and node:
            for value, item in _items("skills", row, node.entries):
                self.vocabulary.skill(value, item, report)
        report.where.pop()
        if row is None:
            return dict.fromkeys(("number", "slug", "title", "url", "source"))
        row["slug"] = row["slug"] or word_of(row["title"] or report.file)
        row["title"] = row["title"] or row["slug"].replace("-", " ").capitalize()
        if self.identities.category(row, node, report):
            self.categories.append(row)
        return row

    def problem(
        self, node: Node, identifier: str | None, category: Mapping[str, Any], strict: bool, report: Report
    ) -> None:
        report.where.append(_called(node, identifier if "id" in node.entries else None))
        row = _STRICT(node, report) if strict else _LOOSE(node, report)
        if row:
            row["id"] = identifier or row["id"]
            row["difficulty_basis"] = row["difficulty_basis"] or ("estimated" if row["difficulty"] else None)
            self.identities.problem(row, node, category, report)
            for value, item in _items("skills", row, node.entries):
                self.vocabulary.skill(value, item, report)
            for value, item in _items("models", row, node.entries):
                self.vocabulary.model(value, item, report)
            self.starter(row, node, strict, report)
            if strict:
                self.keywords(row, node.entries, report)
            if strict and all(row[name] is not None for name in _JUDGED):
                self.coherence.judge(row, node, report)
            place = Report(report.file, self.faults, [*report.where, "related"])
            self.references += [(row["id"], place, *item) for item in _items("related", row, node.entries)]
            row["sources"], row["year"] = self.sources(row, node.entries, category, report)
            url = row["url"] or category.get("url") or self.vocabulary.address(row["sources"])
            self.problems.append({**row, "category": category.get("slug"), "url": url})
        report.where.pop()

    def sources(
        self, row: Mapping[str, Any], entries: Entries, category: Mapping[str, Any], report: Report
    ) -> tuple[list[tuple[str, str | None]], int | None]:
        """The lists that state a problem, each with its number there, and the first year in which one did."""
        stated: list[tuple[str, str | None]] = []
        known, whole = self.vocabulary.lists, str(category.get("source"))
        if not row["sources"] and whole in known:
            stated.append((whole, row["id"] if known[whole].numbered else None))
        for value, node in _items("sources", row, entries):
            if found := self.vocabulary.stated(value, node, report):
                stated.append(found)
        return stated, min((known[slug].year for slug, _ in stated), default=None)

    def keywords(self, row: Mapping[str, Any], entries: Entries, report: Report) -> None:
        for value, node in _items("keywords", row, entries):
            if row["title"] and value.casefold() == row["title"].casefold():
                report.add(node, f"keywords: {value!r} repeats the title; keywords are words that the card lacks")

    def starter(self, row: dict[str, Any], node: Node, strict: bool, report: Report) -> None:
        """A starter has a reach; where an own card names none, the starter is a warm-up."""
        present = {"starter", "reach"} & node.entries.keys()
        if present == {"starter"} and not strict:
            row["reach"] = Reach.WARM_UP.value
        elif len(present) == 1:
            missing = "reach" if "starter" in present else "starter"
            report.add(node, f"missing field {missing!r}: `starter` and `reach` go together")

    def finish(self) -> None:
        known = self.vocabulary.ids | self.identities.first_seen.keys()
        choices = sorted(known)
        for own, report, name, node in self.references:
            if name == own:
                report.add(node, "a problem is not related to itself")
            elif name not in known and self.vocabulary.closed:
                report.unknown(node, f"no problem {name}", name, choices)


def _of_words(root: Node) -> bool:
    """Whether it is a list without any problem, such as one of Markdown."""
    return root.kind == "list" and bool(root.items) and not any(item.kind == "map" for item in root.items)


def _shown(root: Node) -> str:
    """What stands at the top of a file, in words."""
    return ", ".join(map(repr, [*root.entries][:_SHOWN])) or root.called


def _called(node: Node, identifier: str | None) -> str:
    """How a fault names a problem: by the id that stands in the file, else by its title."""
    if identifier:
        return f"problem {identifier}"
    title = node.entries["title"][1].text if "title" in node.entries else ""
    return f"problem {title[:40]!r}" if title else "problem without title"


def _items(name: str, row: Mapping[str, Any], entries: Entries) -> list[tuple[Any, Node]]:
    """The sound items of a list field, each with its node."""
    if not row[name]:
        return []
    node = entries[name][1]
    if node.kind != "list":  # one text in place of a list
        return [(value, node) for value in row[name] if value is not None]
    return [(value, item) for value, item in zip(row[name], node.items, strict=True) if value is not None]


def read_problems(files: Sequence[tuple[str, bytes]], vocabulary: Vocabulary) -> Found:
    """Categories and problems of all files, and every fault by place; the rows are sound only if there is none."""
    reader = Reader(vocabulary)
    with suppress(Enough):
        for file, content in files:
            reader.file(file, content)
        reader.finish()
    if not reader.faults:
        reader.problems.sort(key=lambda row: id_key(row["id"]))
        reader.categories.sort(key=lambda row: (row["number"] is None, row["number"] or 0, row["slug"]))
    identities = reader.identities
    return Found(reader.categories, reader.problems, sorted(reader.faults), identities.given, identities.slugs)
