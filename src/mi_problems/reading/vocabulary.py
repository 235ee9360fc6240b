"""What a card may refer to besides other problems: skills, models, lists; and whether what it names is one of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from mi_problems.reading.faults import LIKE_A_NAME, Report
from mi_problems.reading.loose import alike_inside
from mi_problems.reading.yaml_tree import Node
from mi_problems.records.terms import SCRATCH

_NO_MODEL = {"none", "no", "n/a", "scratch", "-"}
_OWN = "a {}.yaml beside the problems may list your own"


class Listed(NamedTuple):
    """What is known of a list when problems are read."""

    numbered: bool
    year: int
    url: str


class Code(NamedTuple):
    """The code of a starter with a task: every word that steps may name, each constant with its source, all tasks."""

    words: frozenset[str]
    constants: Mapping[str, str]
    tasks: tuple[str, ...] = ()


@dataclass
class Vocabulary:
    """What a card may refer to besides the problems of its own registry.

    `skills` gives each skill its title. `numbers` and `slugs` are those of the categories that the problems stand
    beside. `closed` says that no other id is known to anybody, so that an unknown one is a fault. `code` gives the
    words and constants of a starter; without it what cards say of them is not judged.
    """

    skills: Mapping[str, str]
    models: frozenset[str]
    lists: Mapping[str, Listed] = field(default_factory=dict)
    ids: frozenset[str] = frozenset()
    numbers: Mapping[int, str] = field(default_factory=dict)
    slugs: frozenset[str] = frozenset()
    closed: bool = False
    code: Callable[[str, str | None], Code] | None = None

    @cached_property
    def model_names(self) -> list[str]:
        """The names of models in order, for a hint."""
        return sorted(self.models)

    def address(self, stated: Sequence[tuple[str, str | None]]) -> str | None:
        """Where the first of the lists is that state a problem."""
        return self.lists[stated[0][0]].url if stated else None

    def skill(self, name: str, node: Node, report: Report) -> None:
        """A fault where there is no such skill: those that hold a form of the word come before lookalikes."""
        if name in self.skills:
            return
        inside = alike_inside(name, self.skills)
        message = f"skills: unknown skill {name!r}, {_OWN.format('skills')}"
        if inside:
            report.add(node, f"{message}; did you mean {' or '.join(inside)}?")
        else:
            report.unknown(node, message, name, list(self.skills), LIKE_A_NAME, "`mip skills` shows those known")

    def model(self, name: str, node: Node, report: Report) -> None:
        """A fault where there is no such model."""
        if name.casefold() in _NO_MODEL:
            report.add(node, f"models: write '{SCRATCH}', or leave `models` out")
        elif name != SCRATCH and name not in self.models:
            message = f"models: unknown model {name!r}, {_OWN.format('models')}"
            report.unknown(node, message, name, self.model_names)

    def stated(self, text: str, node: Node, report: Report) -> tuple[str, str | None] | None:
        """The list and the number in `apollo:17`; a fault and None where there is none of either."""
        slug, _, number = text.partition(":")
        if slug not in self.lists:
            message = f"sources: unknown list {slug!r}, {_OWN.format('lists')}"
            report.unknown(node, message, slug, sorted(self.lists), LIKE_A_NAME)
        elif number and not self.lists[slug].numbered:
            report.add(node, f"sources: {slug} prints no numbers; write {slug!r} alone")
        else:
            return slug, number or None
        return None
