"""Problem files to checked plain data, with every fault of every file by line and column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from mi_problems.reading import fields
from mi_problems.reading.coherence import Coherence
from mi_problems.reading.faults import Enough, Fault, Report
from mi_problems.reading.identity import Identities, Vocabulary, word_of
from mi_problems.reading.limits import MAX_ALL_VALUES
from mi_problems.reading.loose import FIELDS, alike_inside
from mi_problems.reading.rules import Field, Rule, boolean, many, record
from mi_problems.reading.yaml_tree import Node, read_tree
from mi_problems.records.terms import SCRATCH, id_key

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
    """What problem files hold: categories, problems, every fault by place, and how many ids were given by order."""

    categories: list[dict[str, Any]]
    problems: list[dict[str, Any]]
    faults: list[Fault]
    numbered: int


@dataclass(slots=True)
class Reader:
    """Reads problem files one by one; references are judged at the end, when all ids are known."""

    vocabulary: Vocabulary
    faults: list[Fault] = field(default_factory=list)
    categories: list[dict[str, Any]] = field(default_factory=list)
    problems: list[dict[str, Any]] = field(default_factory=list)
    identities: Identities = field(init=False)
    references: list[tuple[str, Report, str, Node]] = field(default_factory=list)
    coherence: Coherence = field(default_factory=Coherence)
    values: int = 0

    def __post_init__(self) -> None:
        self.identities = Identities(self.vocabulary)

    def file(self, file: str, content: bytes) -> None:
        root, faults, values = read_tree(file, content)
        report = Report(file, self.faults)
        for fault in faults:
            report.at(fault.line, fault.column, fault.message)
        self.values += values
        if self.values > MAX_ALL_VALUES:
            report.at(1, 1, f"more than {MAX_ALL_VALUES} values in the files up to this one; split the registry")
            raise Enough
        if root is None:
            return
        if root.kind == "list":  # problems alone, as people have them
            whole = Node("map", root.line, root.column)
            whole.entries["problems"] = (root, root)
            root = whole
        if root.kind != "map":
            report.add(
                root, f"expected a list of problems, or `problems:`, got {root.called}; see `mip check --template`"
            )
        else:
            self.top(root, report)

    def top(self, root: Node, report: Report) -> None:
        shell = {
            "strict": Field(boolean, required=False, default=False),
            "category": Field(lambda node, _: node, required=False),
            "problems": Field(many(lambda node, _: node, 1)),
        }
        found = record(shell)(root, report)
        strict = found["strict"] is True
        category = self.category(found["category"], strict, report)
        nodes = found["problems"] or []
        if not strict:
            for node in nodes:
                self.renamed(node, report)
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
        if node or not strict:
            row = record(rules)(node or Node("map", 1, 1), report)
        if row and node:
            self.skills(row, node.entries, report)
        report.where.pop()
        if row is None:
            return dict.fromkeys(("number", "slug", "title", "url", "source"))
        row["slug"] = row["slug"] or word_of(row["title"] or report.file)
        row["title"] = row["title"] or row["slug"].replace("-", " ").capitalize()
        if self.identities.category(row, node, report):
            self.categories.append(row)
        return row

    def renamed(self, node: Node, report: Report) -> None:
        """Other names of fields become ours; one that then stands twice is a fault."""
        for name in [name for name in node.entries if name in FIELDS]:
            key, value = node.entries.pop(name)
            if FIELDS[name] in node.entries:
                report.add(key, f"{name!r} means {FIELDS[name]!r}, which stands there, too; keep one")
            else:
                node.entries[FIELDS[name]] = (key, value)

    def problem(
        self, node: Node, identifier: str | None, category: Mapping[str, Any], strict: bool, report: Report
    ) -> None:
        report.where.append(_called(node, identifier if "id" in node.entries else None))
        row = record(fields.PROBLEM if strict else fields.LOOSE_PROBLEM)(node, report)
        if row:
            row["id"] = identifier or row["id"]
            row["difficulty_basis"] = row["difficulty_basis"] or ("estimated" if row["difficulty"] else None)
            self.identities.problem(row, node, category, report)
            self.skills(row, node.entries, report)
            self.models(row, node.entries, report)
            self.keywords(row, node.entries, report)
            self.starter(row, node, report)
            if strict and all(row[name] is not None for name in _JUDGED):
                self.coherence.judge(row, node, report)
            place = Report(report.file, self.faults, [*report.where, "related"])
            self.references += [(row["id"], place, *item) for item in _items("related", row, node.entries)]
            row["sources"], row["year"] = self.sources(row, node.entries, category, report)
            url = category.get("url") or self.vocabulary.address(row["sources"])
            self.problems.append({**row, "category": category.get("slug"), "url": url})
        report.where.pop()

    def sources(
        self, row: Mapping[str, Any], entries: Entries, category: Mapping[str, Any], report: Report
    ) -> tuple[list[tuple[str, str | None]], int | None]:
        """The lists that state a problem, each with its number there, and the first year in which one did."""
        known = self.vocabulary.lists
        stated: list[tuple[str, str | None]] = []
        if not row["sources"] and category.get("source") in known:
            slug = category["source"]
            stated.append((slug, row["id"] if known[slug].numbered else None))
        for value, node in _items("sources", row, entries):
            slug, _, number = value.partition(":")
            if slug not in known:
                report.unknown(node, f"sources: unknown list {slug!r}", slug, sorted(known))
            elif number and not known[slug].numbered:
                report.add(node, f"sources: {slug} prints no numbers; write {slug!r} alone")
            else:
                stated.append((slug, number or None))
        return stated, min((known[slug].year for slug, _ in stated), default=None)

    def skills(self, row: Mapping[str, Any], entries: Entries, report: Report) -> None:
        for value, node in _items("skills", row, entries):
            if value not in self.vocabulary.skills:
                self.unknown_skill(node, value, report)

    def unknown_skill(self, node: Node, value: str, report: Report) -> None:
        known = self.vocabulary.skills
        inside = alike_inside(value, known)
        own = "a skills.yaml beside the problems may list your own"
        if inside:
            report.add(node, f"skills: unknown skill {value!r}; did you mean {' or '.join(inside)}? {own}")
        else:
            report.unknown(node, f"skills: unknown skill {value!r}, {own}", value, list(known))

    def models(self, row: Mapping[str, Any], entries: Entries, report: Report) -> None:
        known = self.vocabulary.models
        for value, node in _items("models", row, entries):
            if value.casefold() in {"none", "no", "n/a", "scratch", "-"}:
                report.add(node, f"models: write '{SCRATCH}', or leave `models` out")
            elif value != SCRATCH and value not in known:
                report.unknown(node, f"models: unknown model {value!r}", value, self.vocabulary.model_names)

    def keywords(self, row: Mapping[str, Any], entries: Entries, report: Report) -> None:
        for value, node in _items("keywords", row, entries):
            if row["title"] and value.casefold() == row["title"].casefold():
                report.add(node, f"keywords: {value!r} repeats the title; keywords are words that the card lacks")

    def starter(self, row: Mapping[str, Any], node: Node, report: Report) -> None:
        present = {"starter", "reach"} & node.entries.keys()
        if len(present) == 1:
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


def _called(node: Node, identifier: str | None) -> str:
    """How a fault names a problem: by the id that stands in the file, else by its title."""
    if identifier:
        return f"problem {identifier}"
    title = node.entries["title"][1].text if "title" in node.entries else ""
    return f"problem {title[:40]!r}" if title else "problem without id"


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
    return Found(reader.categories, reader.problems, sorted(reader.faults), reader.identities.given)
