"""Which id a problem has and whether it may have it: numbers by order, words before the dot, names that are taken."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from mi_problems.reading.faults import Fault, Report
from mi_problems.reading.vocabulary import Vocabulary
from mi_problems.reading.yaml_tree import Node
from mi_problems.records.terms import FIRST_OWN, ID, id_key

_CURE = "or leave the bundled problems out with --only"


def word_of(name: str) -> str:
    """What ids begin with, made from a title or the name of a file; `own` where nothing is left of it."""
    stem = Path(name).stem if name.endswith((".yaml", ".yml")) else name
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain[:200])
    while words and not words[0][0].isalpha():
        words.pop(0)
    return "-".join(words)[:40].strip("-") or "own"


class Identities:
    """Gives and judges the ids of the problems of all files."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.first_seen: dict[str, Fault] = {}
        self.slugs: dict[str, str] = {}
        self.numbers: dict[int, str] = {}
        self.known = {*vocabulary.ids}  # and those of the files so far, with what faults have named as free
        self.given = 0

    def category(self, row: Mapping[str, Any], node: Node | None, report: Report) -> bool:
        """Whether a category is like no other; a fault names the free number or slug otherwise."""
        entries = node.entries if node else {}
        place = (entries.get("slug") or entries.get("number") or (Node("map", 1, 1),) * 2)[1]
        number, slug = row["number"], row["slug"]
        beside = bool(self.vocabulary.slugs)
        if number is not None and beside and number < FIRST_OWN:
            whose = f" is the bundled {self.vocabulary.numbers[number]}" if number in self.vocabulary.numbers else ""
            free = next(n for n in range(FIRST_OWN, 2000) if n not in self.numbers)
            report.add(
                entries["number"][1], f"category {number}{whose}: own numbers begin at {free}; write {free}, {_CURE}"
            )
            return False
        if slug in self.vocabulary.slugs:
            report.add(place, f"category: {slug!r} is a bundled category; write `slug: own-{slug}`, {_CURE}")
            return False
        for name, value, seen in (("number", number, self.numbers), ("slug", slug, self.slugs)):
            if value is not None and value in seen:
                cure = f"`category: {{slug: {slug}-2}}`" if name == "slug" else f"another {name}"
                report.add(place, f"category: {seen[value]} has the {name} {value!r} already; give this file {cure}")
                return False
        self.slugs[slug] = report.file
        if number is not None:
            self.numbers[number] = report.file
        return True

    def number(self, nodes: Sequence[Node], category: Mapping[str, Any]) -> list[str | None]:
        """The ids of a file's problems as they stand, with a number by order for those that have none."""
        prefix = self.prefix(category)
        written = [node.entries["id"][1].text.strip() if "id" in node.entries else "" for node in nodes]
        made = [f"{prefix}.{text}" if text.isdecimal() and len(text) < 7 else text for text in written]
        taken = {*made}
        count = 0
        for place, text in enumerate(written):
            if not text:
                count += 1
                while f"{prefix}.{count}" in taken:
                    count += 1
                made[place] = f"{prefix}.{count}"
                self.given += 1
        self.known.update(made)
        return [text if re.fullmatch(ID, text) else None for text in made]

    def prefix(self, category: Mapping[str, Any]) -> str:
        """What ids of a category begin with: its number, else its slug."""
        return str(category["number"]) if category.get("number") is not None else str(category.get("slug") or "own")

    def problem(self, row: Mapping[str, Any], node: Node, category: Mapping[str, Any], report: Report) -> None:
        """Adds the faults of a problem's id: it stands twice, it is taken, or it is of another category."""
        identifier = row["id"]
        if identifier is None or not re.fullmatch(ID, identifier):
            return
        place = node.entries["id"][1] if "id" in node.entries else node
        here = Fault(report.file, place.line, place.column, "")
        first = self.first_seen.setdefault(identifier, here)
        if first is not here:
            report.add(place, f"id: duplicate id {identifier}; it stands first at {first.file}:{first.line}")
        elif identifier in self.vocabulary.ids and category.get("slug") in self.slugs and self.vocabulary.slugs:
            free = self.free(identifier, self.prefix(category))
            report.add(place, f"id: {identifier} is a bundled problem; write {free}, {_CURE}")
        elif category.get("slug") in self.slugs:
            self.fitting(identifier, category, place, report)

    def fitting(self, identifier: str, category: Mapping[str, Any], place: Node, report: Report) -> None:
        prefix = self.prefix(category)
        if identifier.rpartition(".")[0] != prefix:
            named = f"category {prefix}" if category.get("number") is not None else f"the category {prefix!r}"
            free = self.free(identifier, prefix)
            report.add(place, f"id: {identifier} does not belong to {named}; write {free}, or leave the id out")

    def free(self, identifier: str, prefix: str) -> str:
        """An id with this prefix that nobody has: with the number of the other if that is free, else a higher one."""
        number = id_key(identifier)[2]
        while f"{prefix}.{number}" in self.known:
            number += 1
        self.known.add(f"{prefix}.{number}")
        return f"{prefix}.{number}"
