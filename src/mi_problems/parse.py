"""Registry files to checked plain data, with every fault of every file by line and column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from mi_problems.limits import MAX_ALL_VALUES, MAX_FAULTS
from mi_problems.schema import (
    Field,
    Rule,
    boolean,
    many,
    matching,
    number,
    one_of,
    optional,
    parsed,
    record,
    span,
    text,
    url,
    whole,
)
from mi_problems.terms import ID, RELATIONS, SCRATCH, STARTERS, Basis, Compute, Difficulty, Reach, Status, id_key
from mi_problems.tree import Enough, Fault, Node, Report, read_tree

Entries = Mapping[str, tuple[Node, Node]]
_ID = matching(ID, "an id such as 2.17 or 2.25b")
_SLUG = matching(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", "a slug of lower-case words joined by dashes")
_MODEL_NAME = matching(r"[A-Za-z0-9][A-Za-z0-9._/-]*", "a model's name: letters, digits and . _ / - only")


FOLLOW_UP = {
    "title": Field(text()),
    "url": Field(url),
    "year": Field(optional(whole(1950, 2100)), required=False),
    "relation": Field(one_of(RELATIONS)),
    "confidence": Field(one_of(("seen", "title"))),
    "note": Field(text(5, 60)),
}

PROBLEM = {
    "id": Field(_ID),
    "title": Field(text(1, 80, "characters")),
    "section": Field(text(1, 60, "characters")),
    "difficulty": Field(parsed(Difficulty.parse)),
    "difficulty_basis": Field(one_of(tuple(Basis))),
    "starred": Field(optional(boolean), required=False),
    "status": Field(one_of(tuple(Status))),
    "listed": Field(text(1, 14), required=False, default=""),
    "gist": Field(text(4, 70), required=False, default=""),
    "summary": Field(text(30, 110)),
    "first_steps": Field(many(text(8, 60), 3, 6, distinct=True)),
    "done_when": Field(text(12, 80)),
    "skills": Field(many(_SLUG, 1, 5, distinct=True)),
    "models": Field(many(text(), 1, 8, distinct=True)),
    "compute": Field(one_of(tuple(Compute))),
    "weeks": Field(span),
    "keywords": Field(many(text(1, 60, "characters"), 6, 15, distinct=True)),
    "questions": Field(many(text(3, 20), 0, 30, distinct=True), required=False, default=[]),
    "related": Field(many(_ID, 1, 5, distinct=True)),
    "starter": Field(one_of(STARTERS)),
    "reach": Field(one_of(tuple(Reach))),
    "catalogue": Field(optional(_ID), required=False),
    "follow_ups": Field(many(record(FOLLOW_UP)), required=False, default=[]),
}

RESOURCE = {"kind": Field(text()), "title": Field(text()), "url": Field(url), "why": Field(text(3, 60))}
SUPERSEDED = {"framing": Field(text()), "now": Field(text()), "url": Field(optional(url), required=False)}

CATEGORY = {
    "number": Field(whole(1, 999)),
    "slug": Field(_SLUG),
    "title": Field(text()),
    "post": Field(text()),
    "url": Field(url),
    "motivation": Field(text(80, 150)),
    "progress": Field(text(40, 150)),
    "begin": Field(text(40, 110)),
    "skills": Field(many(_SLUG, 1, 8, distinct=True)),
    "resources": Field(many(record(RESOURCE), 0, 8)),
    "superseded": Field(many(record(SUPERSEDED)), required=False, default=[]),
}

COLLECTION = {name: Field(text()) for name in ("name", "author", "published", "caveat", "version", "as_of")}
COLLECTION["url"] = Field(url)

SKILL = {
    "id": Field(_SLUG),
    "title": Field(text()),
    "meaning": Field(text()),
    "learn": Field(text()),
    "url": Field(url),
}
MODEL = {
    "name": Field(_MODEL_NAME),
    "aliases": Field(many(_MODEL_NAME), required=False, default=[]),
    "parameters": Field(optional(number), required=False),
    "download_mb": Field(optional(whole(0, 999_999_999)), required=False),
    "url": Field(optional(url), required=False),
}


SKILLS = many(record(SKILL), 1)
MODELS = many(record(MODEL), 1)
GLOSSARY = many(many(text(), 2))


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


@dataclass(slots=True)
class Vocabulary:
    """What a card may refer to besides the problems of its own registry."""

    skills: Sequence[str]
    models: frozenset[str]
    ids: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Reader:
    """Reads problem files one by one; references are judged at the end, when all ids are known."""

    vocabulary: Vocabulary
    faults: list[Fault] = field(default_factory=list)
    categories: list[dict[str, Any]] = field(default_factory=list)
    problems: list[dict[str, Any]] = field(default_factory=list)
    first_seen: dict[str, Fault] = field(default_factory=dict)
    references: list[tuple[str, Report, Node]] = field(default_factory=list)
    values: int = 0

    def file(self, file: str, content: bytes) -> None:
        root, faults, values = read_tree(file, content)
        self.faults += faults
        self.values += values
        report = Report(file, self.faults)
        if self.values > MAX_ALL_VALUES:
            report.at(1, 1, f"more than {MAX_ALL_VALUES} values in the files up to this one; split the registry")
        if self.values > MAX_ALL_VALUES or len(self.faults) > MAX_FAULTS:
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
                self.categories.append(category)
            report.where.pop()
        for node in found["problems"] or []:
            self.problem(node, category or {}, report)

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
            if row["related"]:
                place = Report(report.file, self.faults, [*report.where, "related"])
                self.references += [(row["id"], place, item) for item in entries["related"][1].items]
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
                report.unknown(node, f"skills: unknown skill {value!r}", value, self.vocabulary.skills)

    def models(self, row: Mapping[str, Any], entries: Entries, report: Report) -> None:
        known = self.vocabulary.models
        for value, node in _items("models", row, entries):
            if value != SCRATCH and value not in known:
                report.unknown(node, f"models: unknown model {value!r}", value, sorted(known))

    def keywords(self, row: Mapping[str, Any], entries: Entries, report: Report) -> None:
        for value, node in _items("keywords", row, entries):
            if row["title"] and value.casefold() == row["title"].casefold():
                report.add(node, f"keywords: {value!r} repeats the title; keywords are words that the card lacks")

    def finish(self) -> None:
        known = self.vocabulary.ids | self.first_seen.keys()
        choices = sorted(known)
        for own, report, node in self.references:
            if node.text not in known:
                report.unknown(node, f"no problem {node.text}", node.text, choices)
            elif node.text == own:
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
