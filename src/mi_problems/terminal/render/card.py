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

from mi_problems.picking.recommend import more_like
from mi_problems.records.beside import Category
from mi_problems.records.problem import FollowUp, Problem
from mi_problems.records.terms import plural
from mi_problems.registry.registry import Registry
from mi_problems.terminal.render.lines import STATUS_STYLE, facts, overtaken_line, works_heading
from mi_problems.terminal.render.links import takes_links, target, unlinked
from mi_problems.terminal.render.screen import Screen

_WIDEST = 100
_WIDEST_LABEL = 12


def _text(value: str, style: str = "", link: str = "") -> Text:
    text = Text(value)
    text.stylize(style)  # the words alone, not the room that is left of a line
    if address := target(link):
        text.stylize(Style(link=address))
    return text


def _address(url: str) -> Text:
    return _text(url, "cyan", url)


def _grid(rows: Iterable[tuple[Text, RenderableType]]) -> Table:
    """Labels, each with what it stands for; a very wide label is wrapped."""
    rows = list(rows)
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(overflow="fold", width=min(_WIDEST_LABEL, max(left.cell_len for left, _ in rows)))
    grid.add_column(overflow="fold", ratio=1)
    for left, right in rows:
        grid.add_row(left, right)
    return grid


def _section(title: str, body: RenderableType) -> RenderableType:
    return Group(Text(), Text(title, style="bold"), Padding(body, (0, 0, 0, 2)))


def _work(work: FollowUp) -> tuple[Text, RenderableType]:
    head = _text(work.title, "bold", work.url)
    head.append(f"  {work.relation}", style="dim not bold")
    return Text(str(work.year or "n.d."), style="dim"), Group(head, _text(work.note), _address(work.url))


def _fact(label: str, value: str, problem: Problem) -> tuple[Text, Text]:
    text = _text(value)
    if label == "status":
        text.stylize(STATUS_STYLE[problem.status], 0, len(problem.status))
    return Text(label, style="dim"), text


def card(problem: Problem, registry: Registry) -> RenderableType:
    """The whole card of a problem."""
    title = Text.assemble((problem.id, "bold cyan"), "  ", (problem.title, "bold"))
    if problem.starred:
        title.append("  \u2605", style="yellow")
    steps = _grid((Text(f"{n}.", style="dim"), _text(step)) for n, step in enumerate(problem.card.first_steps, 1))
    related = ((Text(name, style="bold"), _text(title)) for name, title in registry.related(problem))
    parts: list[RenderableType] = [
        title,
        Rule(style="dim"),
        _grid(_fact(label, value, problem) for label, value in facts(problem, registry)),
        Text(),
        _text(problem.card.summary),
        _section("First steps", steps),
        _section("Done when", _text(problem.card.done_when)),
    ]
    if problem.card.follow_ups:
        parts.append(_section(works_heading(problem), _grid(_work(work) for work in problem.card.newest_first)))
    parts.append(_section("Related", _grid(related)))
    others = more_like(registry, problem)
    if others:
        parts.append(_section("More like it", _grid((Text(p.id, style="bold"), _text(p.title)) for p in others)))
    parts.append(_section("Source", _address(problem.card.url)))
    parts += [Text(), _text(f"mip categories {problem.category}: background, resources, overtaken since 2022", "dim")]
    parts.append(Text.assemble(("start it:  ", "dim"), (f"mip init {problem.id}", "bold")))
    return Group(*parts)


def page(category: Category, registry: Registry) -> RenderableType:
    """A category: why, what has happened, how to begin, what to read."""
    levels = ", ".join(f"{count} {level}" for level, count in registry.level_counts(category).items() if count)
    count = len(registry.in_category(category))
    title = Text.assemble((str(category.number), "bold cyan"), "  ", (category.title, "bold"))
    resources = [
        (
            Text(item.kind, style="dim"),
            Group(_text(item.title, "bold", item.url), _text(item.why), _address(item.url)),
        )
        for item in category.resources
    ]
    skills = [
        (
            Text("\u2022", style="dim"),
            Group(
                Text.assemble((skill.id, "bold"), f": {skill.meaning}"),
                Text.assemble(skill.learn, "  ", _address(skill.url)),
            ),
        )
        for skill in registry.skills_of(category)
    ]
    overtaken = [(Text("\u2022", style="dim"), _text(overtaken_line(item))) for item in category.superseded]
    parts: list[RenderableType] = [
        title,
        Rule(style="dim"),
        _text(f"{plural(count, 'problem')}: {levels}; a range counts for each level it spans", "dim"),
        Text(),
        _text(category.motivation),
        _section("Since the list was written", _text(category.progress)),
        _section("How to begin", _text(category.begin)),
        _section("Skills that help most", _grid(skills)),
    ]
    if overtaken:
        parts.append(_section("Overtaken since 2022", _grid(overtaken)))
    if resources:
        parts.append(_section("Resources", _grid(resources)))
    parts.append(_section("Source", _text(f"{category.post}: {category.url}", "", category.url)))
    parts += [Text(), Text.assemble(("its problems:  ", "dim"), (f"mip list -c {category.slug}", "bold"))]
    return Group(*parts)


def printed(parts: Iterable[RenderableType], screen: Screen) -> str:
    """What rich makes of the parts for this screen, as text."""
    out = StringIO()
    console = Console(
        file=out,
        force_terminal=screen.color,
        color_system="standard" if screen.color else None,
        width=max(20, min(screen.width, _WIDEST)),
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
