"""The end of a card on a terminal, by rich: what the user has marked and noted."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.text import Text

from mi_problems.progress.marks import Mark
from mi_problems.records.problem import Problem
from mi_problems.registry.registry import Registry
from mi_problems.terminal.memory.told import yours
from mi_problems.terminal.pages.card import card, grid, section, styled


def card_with(problem: Problem, registry: Registry, mark: Mark | None) -> RenderableType:
    """The whole card, and below it the mark, the folder and the notes, if there are any."""
    whole = card(problem, registry)
    if mark is None:
        return whole
    return Group(whole, section("Yours", grid((Text(label, style="dim"), styled(text)) for label, text in yours(mark))))
