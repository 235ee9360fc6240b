"""Registry files to checked plain data, with every fault of every file by line and column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from mi_problems.records.terms import SCRATCH, id_key
from mi_problems.registry.faults import Enough, Fault, Report
from mi_problems.registry.fields import CATEGORY, PROBLEM
from mi_problems.registry.limits import MAX_ALL_VALUES
from mi_problems.registry.rules import Field, Rule, many, record
from mi_problems.registry.yaml_tree import Node, read_tree

Entries = Mapping[str, tuple[Node, Node]]


def read_one(file: str, content: bytes, fields: Mapping[str, Field]) -> tuple[dict[str, Any], list[Fault]]:
    """One mapping of these fields, such as `collection.yaml`."""
    tree = read_tree(file, content)
    report = Report(file, tree.faults)
    values = None
    with suppress(Enough):
        values = record(fields)(tree.root, report) if tree.root else None
    return values or {}, report.faults


def read_list(file: str, content: bytes, key: str, rule: Rule) -> tuple[list[Any], list[Fault]]:
    """A list under one key, such as `skills:`; what breaks the rule is a fault and left out."""
    whole_file, faults = read_one(file, content, {key: Field(rule)})
    return [row for row in whole_file.get(key) or [] if row is not None], faults


@dataclass
class Vocabulary:
    """What a card may refer to besides the problems of its own registry."""

    skills: frozenset[str]
    models: frozenset[str]
    ids: frozenset[str] = frozenset()

    @cached_property
    def choices(self) -> dict[str, list[str]]:
        """The words of each kind in order, for a hint."""
        return {"skill": sorted(self.skills), "model": sorted(self.models)}


@dataclass(slots=True)
class _Reader:
    """Reads problem files one by one; references are judged at the end, when all ids are known."""

    vocabulary: Vocabulary
    faults: list[Fault] = field(default_factory=list)
    categories: list[dict[str, Any]] = field(default_factory=list)
    problems: list[dict[str, Any]] = field(default_factory=list)
    first_seen: dict[str, Fault] = field(default_factory=dict)
    references: list[tuple[str, Report, str, Node]] = field(default_factory=list)
    values: int = 0

    def file(self, file: str, content: bytes) -> None:
        root, faults, values = read_tree(file, content)
        report = Report(file, self.faults)
        for fault in faults:
            report.at(fault.line, fault.column, fault.message)
        self.values += values
        if self.values > MAX_ALL_VALUES:
            report.at(1, 1, f"more than {MAX_ALL_VALUES} values in the files up to this one; split the registry")
            raise Enough
        if root is not None and root.kind != "map":
            report.add(root, f"expected a mapping with `category:` and `problems:`, got {root.called}")
        elif root is not None:
            self.top(root, report)

    def top(self, root: Node, report: Report) -> None:
        shell = {"category": Field(lambda node, _: node), "problems": Field(many(lambda node, _: node, 1))}
        found = record(shell)(root, report)
        category = None
        if found["category"]:
            report.where.append("category")
            category = record(CATEGORY)(found["category"], report)
            if category:
                self.skills(category, found["category"].entries, report)
                self.unlike_the_others(category, found["category"].entries, report)
                self.categories.append(category)
            report.where.pop()
        for node in found["problems"] or []:
            self.problem(node, category or {}, report)

    def unlike_the_others(self, category: Mapping[str, Any], entries: Any, report: Report) -> None:
        for name in ("number", "slug"):
            if category[name] is not None and category[name] in [other[name] for other in self.categories]:
                report.add(entries[name][1], f"{name}: another file has the category {category[name]!r} already")

    def problem(self, node: Node, category: Mapping[str, Any], report: Report) -> None:
        entries = node.entries
        name = entries["id"][1].text if "id" in entries else ""
        report.where.append(f"problem {name}" if name else "problem without id")
        row = record(PROBLEM)(node, report)
        if row:
            self.identity(row, entries, category, report)
            self.skills(row, entries, report)
            self.models(row, entries, report)
            self.keywords(row, entries, report)
            place = Report(report.file, self.faults, [*report.where, "related"])
            self.references += [(row["id"], place, *item) for item in _items("related", row, entries)]
            self.problems.append({**row, "category": category.get("slug"), "url": category.get("url")})
        report.where.pop()

    def identity(self, row: Any, entries: Any, category: Mapping[str, Any], report: Report) -> None:
        if row["id"] is None:
            return
        node = entries["id"][1]
        here = Fault(report.file, node.line, node.column, "")
        first = self.first_seen.setdefault(row["id"], here)
        if first is not here:
            report.add(node, f"id: duplicate id {row['id']}; it stands first at {first.file}:{first.line}")
        if category.get("number") is not None and id_key(row["id"])[0] != category["number"]:
            report.add(node, f"id: {row['id']} does not belong to category {category['number']}")

    def skills(self, row: Mapping[str, Any], entries: Entries, report: Report) -> None:
        for value, node in _items("skills", row, entries):
            if value not in self.vocabulary.skills:
                report.unknown(node, f"skills: unknown skill {value!r}", value, self.vocabulary.choices["skill"])

    def models(self, row: Mapping[str, Any], entries: Entries, report: Report) -> None:
        known = self.vocabulary.models
        for value, node in _items("models", row, entries):
            if value != SCRATCH and value not in known:
                report.unknown(node, f"models: unknown model {value!r}", value, self.vocabulary.choices["model"])

    def keywords(self, row: Mapping[str, Any], entries: Entries, report: Report) -> None:
        for value, node in _items("keywords", row, entries):
            if row["title"] and value.casefold() == row["title"].casefold():
                report.add(node, f"keywords: {value!r} repeats the title; keywords are words that the card lacks")

    def finish(self) -> None:
        known = self.vocabulary.ids | self.first_seen.keys()
        choices = sorted(known)
        for own, report, name, node in self.references:
            if name not in known:
                report.unknown(node, f"no problem {name}", name, choices)
            elif name == own:
                report.add(node, "a problem is not related to itself")


def _items(name: str, row: Mapping[str, Any], entries: Entries) -> list[tuple[Any, Node]]:
    """The sound items of a list field, each with its node."""
    if not row[name]:
        return []
    return [(value, node) for value, node in zip(row[name], entries[name][1].items, strict=True) if value is not None]


def read_problems(
    files: Sequence[tuple[str, bytes]], vocabulary: Vocabulary
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[Fault]]:
    """Categories and problems of all files, and every fault by place; the rows are sound only if there is none."""
    reader = _Reader(vocabulary)
    with suppress(Enough):
        for file, content in files:
            reader.file(file, content)
        reader.finish()
    if not reader.faults:
        reader.problems.sort(key=lambda row: id_key(row["id"]))
        reader.categories.sort(key=lambda row: row["number"])
    return reader.categories, reader.problems, sorted(reader.faults)
