"""Cards side by side on a terminal, or under one another where it is narrow."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from mi_problems.records.problem import Problem
from mi_problems.registry.registry import Registry
from mi_problems.terminal.pages.card import grid, printed, styled
from mi_problems.terminal.render.lines import STATUS_STYLE
from mi_problems.terminal.render.screen import Screen
from mi_problems.terminal.render.texts import compared

_LABELS = 15  # columns of the labels, with what parts them from the cards
_LEAST, _MOST = 24, 60  # columns of a card beside others


def side_by_side(found: Sequence[Problem], registry: Registry, screen: Screen) -> str:
    """What one weighs when choosing between these problems."""
    cards = [compared(problem, registry) for problem in found]
    if (screen.width - _LABELS) // len(found) < _LEAST:
        parts = [_alone(problem, card) for problem, card in zip(found, cards, strict=True)]
        return printed(parts, screen)
    table = Table.grid(padding=(0, 2, 1, 0), pad_edge=False)
    table.add_column(width=_LABELS - 2, overflow="fold")
    for _ in found:
        table.add_column(ratio=1, overflow="fold")
    table.add_row(Text(), *map(_heading, found))
    for label in cards[0]:
        values = [_value(label, card[label], problem) for problem, card in zip(found, cards, strict=True)]
        table.add_row(Text(label, style="dim"), *values)
    return printed([table], screen, _LABELS + _MOST * len(found)).rstrip("\n") + "\n"


def _heading(problem: Problem) -> Text:
    title = Text.assemble((problem.id, "bold cyan"), "  ", (problem.title, "bold"))
    return title.append("  \u2605", style="yellow") if problem.starred else title


def _value(label: str, value: str, problem: Problem) -> Text:
    text = styled(value)
    if label == "status":
        text.stylize(STATUS_STYLE[problem.status], 0, len(problem.status))
    return text


def _alone(problem: Problem, card: dict[str, str]) -> RenderableType:
    rows = ((Text(label, style="dim"), _value(label, value, problem)) for label, value in card.items())
    return Group(_heading(problem), Rule(style="dim"), grid(rows))
