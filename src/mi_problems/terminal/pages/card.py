"""Cards and pages on a terminal, by rich: wrapped text, links, and no markup read from data."""

from __future__ import annotations

import os
from collections.abc import Iterable
from io import StringIO

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.style import Style
from rich.table import Table
from rich.text import Text

from mi_problems.picking.likeness import more_like
from mi_problems.records.problem import FollowUp, Problem
from mi_problems.registry.registry import Registry
from mi_problems.registry.words import works_heading
from mi_problems.terminal.render.lines import STATUS_STYLE
from mi_problems.terminal.render.links import takes_links, target, unlinked
from mi_problems.terminal.render.screen import Screen
from mi_problems.terminal.render.texts import facts

_WIDEST = 100
_WIDEST_LABEL = 12


def styled(value: str, style: str = "", link: str = "") -> Text:
    text = Text(value)
    text.stylize(style)  # the words alone, not the room that is left of a line
    if address := target(link):
        text.stylize(Style(link=address))
    return text


def address(url: str) -> Text:
    return styled(url, "cyan", url)


def grid(rows: Iterable[tuple[Text, RenderableType]]) -> Table:
    """Labels, each with what it stands for; a very wide label is wrapped."""
    rows = list(rows)
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(overflow="fold", width=min(_WIDEST_LABEL, max(left.cell_len for left, _ in rows)))
    grid.add_column(overflow="fold", ratio=1)
    for left, right in rows:
        grid.add_row(left, right)
    return grid


def section(title: str, body: RenderableType) -> RenderableType:
    return Group(Text(), Text(title, style="bold"), Padding(body, (0, 0, 0, 2)))


def _work(work: FollowUp) -> tuple[Text, RenderableType]:
    head = styled(work.title, "bold", work.url)
    head.append(f"  {work.relation}", style="dim not bold")
    return Text(str(work.year or "n.d."), style="dim"), Group(head, styled(work.note), address(work.url))


def _fact(label: str, value: str, problem: Problem) -> tuple[Text, Text]:
    text = styled(value)
    if label == "status":
        text.stylize(STATUS_STYLE[problem.status], 0, len(problem.status))
    return Text(label, style="dim"), text


def card(problem: Problem, registry: Registry) -> RenderableType:
    """The whole card of a problem."""
    title = Text.assemble((problem.id, "bold cyan"), "  ", (problem.title, "bold"))
    if problem.starred:
        title.append("  \u2605", style="yellow")
    steps = grid((Text(f"{n}.", style="dim"), styled(step)) for n, step in enumerate(problem.card.first_steps, 1))
    related = [(Text(name, style="bold"), styled(title)) for name, title in registry.related(problem)]
    parts: list[RenderableType] = [
        title,
        Rule(style="dim"),
        grid(_fact(label, value, problem) for label, value in facts(problem, registry)),
        Text(),
        styled(problem.card.summary),
    ]
    if problem.written:
        parts.append(section("First steps", steps))
    if problem.card.done_when:
        parts.append(section("Done when", styled(problem.card.done_when)))
    if problem.card.follow_ups:
        parts.append(section(works_heading(problem), grid(_work(work) for work in problem.card.newest_first)))
    if related:
        parts.append(section("Related", grid(related)))
    others = more_like(registry, problem)
    if others:
        parts.append(section("More like it", grid((Text(p.id, style="bold"), styled(p.title)) for p in others)))
    parts.append(section("Source", _source(problem, registry)))
    parts += [Text(), styled(f"mip categories {problem.category}: background, resources, what is contested", "dim")]
    parts.append(Text.assemble(("start it:  ", "dim"), (f"mip init {problem.id}", "bold")))
    return Group(*parts)


def _source(problem: Problem, registry: Registry) -> RenderableType:
    """Who states the problem and when, each with what speaks against trusting it; the post where there is one."""
    lines: list[Text] = []
    for source, number in registry.sources_of(problem):
        lines.append(
            Text.assemble((source.name, "bold"), f"  {source.dated}" + (f", number {number}" if number else ""))
        )
        lines += [styled(source.caveat)] if source.caveat else []
        lines.append(address(source.url))
    if not lines and registry.is_own(problem):
        lines.append(styled(f"{registry.collection_of(problem).name}, beside the bundled problems"))
    if problem.card.url and not any(str(line) == problem.card.url for line in lines):
        lines.append(address(problem.card.url))
    return Group(*lines)


def printed(parts: Iterable[RenderableType], screen: Screen, widest: int = _WIDEST) -> str:
    """What rich makes of the parts for this screen, as text of at most `widest` columns."""
    out = StringIO()
    console = Console(
        file=out,
        force_terminal=screen.color,
        color_system="standard" if screen.color else None,
        width=max(20, min(screen.width, widest)),
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
        _environ={},
    )
    for number, part in enumerate(parts):
        if number:
            console.print()
        console.print(part)
    text = out.getvalue() if takes_links(screen, os.environ) else unlinked(out.getvalue())
    return "\n".join(line.rstrip() for line in text.split("\n"))
