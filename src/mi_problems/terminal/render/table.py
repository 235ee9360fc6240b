"""The list on a terminal: columns that fit, titles cut with an ellipsis. Its own formatter, for the sake of speed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from mi_problems.records.problem import Problem
from mi_problems.records.terms import plural
from mi_problems.registry.registry import Registry
from mi_problems.registry.words import origin
from mi_problems.terminal.render.cells import cells, fit, pad
from mi_problems.terminal.render.lines import STATUS_STYLE
from mi_problems.terminal.render.screen import Screen

if TYPE_CHECKING:
    from mi_problems.records.beside import Category, Skill, SourceList

_GAP = "  "
_WITH_RATING = 28
_WITH_STATUS = 48
_WITH_LEVELS = 64
_WITH_CATEGORY = 100
_WITH_REACH = 120
_WIDEST_SLUG = 24


def table(problems: Sequence[Problem], screen: Screen, own: Mapping[str, str] = {}) -> str:
    """A row a problem under a header; on a narrower terminal machine and weeks go, then category, status, rating.

    The category stands only where there is more than one, `own`, the words for marks by id, where there are any.
    """
    columns = columns_for(problems, screen, own)
    slugs = {problem.category for problem in problems}
    if screen.width >= _WITH_CATEGORY and len(slugs) > 1:
        columns["category"] = max(8, min(max(map(cells, slugs)), _WIDEST_SLUG))
    if screen.width >= _WITH_REACH:
        columns |= {"machine": 7, "weeks": max(5, *(len(_weeks(problem)) for problem in problems))}
    header = _GAP.join([*(pad(name, width) for name, width in columns.items()), "title"])
    rows = (row(problem, columns, screen, own=own) for problem in problems)
    return "".join(f"{line}\n" for line in (screen.style(header, "dim"), *rows))


def _weeks(problem: Problem) -> str:
    """`2-4`, which has the room that the words have not."""
    return "-".join(map(str, dict.fromkeys(problem.weeks or ())))


def legend(problems: Sequence[Problem], count: int) -> str:
    """What stands below a table: how many of `count` it shows, what its signs mean, what to type next."""
    signs = ["~ estimated"] if any(problem.estimated for problem in problems) else []
    signs += ["\u2605 starred by the author"] if any(problem.starred for problem in problems) else []
    shown = plural(count, "problem")
    shown = f"{len(problems)} of {shown}" if len(problems) < count else shown
    return "; ".join([shown, *signs, "`mip show ID` shows a card"])


def columns_for(problems: Sequence[Problem], screen: Screen, own: Mapping[str, str] = {}) -> dict[str, int]:
    """The columns before the title, each with its width."""
    columns = {"id": max(len(problem.id) for problem in problems)}
    if screen.width >= _WITH_RATING:
        columns["rating"] = 6
    if screen.width >= _WITH_STATUS:
        columns["status"] = 9
        words = {own[problem.id] for problem in problems if problem.id in own} if own else set()
        columns |= {"mine": max(4, *map(len, words))} if words else {}
    return columns


def row(
    problem: Problem,
    columns: Mapping[str, int],
    screen: Screen,
    mark: Callable[[str], str] = str,
    own: Mapping[str, str] = {},
) -> str:
    """A problem on one line: these columns, then its title, cut to what is left and styled by `mark`, and its star."""
    slug = fit(problem.category, columns.get("category", 0), screen.ellipsis)
    parts = {
        "id": screen.style(pad(problem.id, columns["id"]), "bold"),
        "rating": pad(problem.rating, 6),
        "status": screen.style(pad(problem.status, 9), STATUS_STYLE[problem.status]),
        "mine": screen.style(pad(own.get(problem.id, ""), columns.get("mine", 0)), "cyan"),
        "category": screen.style(pad(slug, columns.get("category", 0)), "dim"),
        "machine": pad(problem.compute or "", 7),
        "weeks": pad(_weeks(problem), columns.get("weeks", 0)),
    }
    star = " \u2605" if problem.starred else ""
    left = screen.width - sum(width + len(_GAP) for width in columns.values()) - len(star)
    title = mark(fit(problem.title, left, screen.ellipsis)) + screen.style(star, "yellow")
    return _GAP.join([*(parts[name] for name in columns), title])


def category_table(categories: Sequence[Category], registry: Registry, screen: Screen) -> str:
    """A row a category: number, slug, problems; where there is room how many each level finds, and its title.

    Where they come from different lists, each group has a heading.
    """
    names = {one.slug: "" if one.number is None else str(one.number) for one in categories}
    number = max(map(len, names.values()))
    room = screen.width - number - len(_GAP)
    slug = min(max(cells(category.slug) for category in categories), room)
    counts = {category.slug: len(registry.in_category(category)) for category in categories}
    digits = max(3, *(len(str(count)) for count in counts.values()))
    counted = room - slug >= len(_GAP) + len("problems")
    left = room - slug - 2 * len(_GAP) - len("problems") - 4 * (digits + 1) - 1
    roomy = screen.width >= _WITH_LEVELS and left >= len("title")
    head = f"{'':{number}}  {pad('slug', slug)}" + ("  problems" if counted else "")
    head += "  " + " ".join(f"{letter:>{digits}}" for letter in "ABCD") + "  title" if roomy else ""
    rows = {}
    for one in categories:
        line = screen.style(f"{names[one.slug]:>{number}}", "bold") + _GAP
        line += screen.style(pad(fit(one.slug, slug, screen.ellipsis), slug), "cyan")
        line += f"  {counts[one.slug]:>8}" if counted else ""
        if roomy:
            levels = " ".join(f"{count:>{digits}}" for count in registry.level_counts(one).values())
            line += f"  {levels}  {fit(one.title, left, screen.ellipsis)}"
        rows[one] = line
    groups = [(heading, list(group)) for heading, group in groupby(categories, lambda one: origin(one, registry))]
    lines = [screen.style(head.rstrip(), "dim")]
    for heading, group in groups:
        lines += ["", screen.style(fit(heading, screen.width, screen.ellipsis), "bold")] if len(groups) > 1 else []
        lines += [rows[one] for one in group]
    return "\n".join(lines) + "\n"


def source_table(sources: Sequence[SourceList], registry: Registry, screen: Screen) -> str:
    """A row a list: slug, year, how many of its problems are here; where there is room its author and name."""
    counted = screen.width >= _WITH_RATING
    taken = len("  year") + (len("  problems") if counted else 0)
    slug = min(max(cells(one.slug) for one in sources), screen.width - taken)
    left = screen.width - slug - taken - len(_GAP)
    roomy = left >= len("name, author") and screen.width >= _WITH_STATUS
    head = f"{pad('slug', slug)}  year" + ("  problems" if counted else "") + ("  name, author" if roomy else "")
    lines = [screen.style(head, "dim")]
    for one in sources:
        line = screen.style(pad(fit(one.slug, slug, screen.ellipsis), slug), "cyan") + f"  {one.year}"
        line += f"  {len(registry.stated_by(one)):>8}" if counted else ""
        line += f"  {fit(f'{one.name}, {one.author}', left, screen.ellipsis)}" if roomy else ""
        lines.append(line)
    return "\n".join(lines) + "\n"


def skill_table(skills: Sequence[Skill], registry: Registry, screen: Screen) -> str:
    """A row a skill: its name, how many problems use it and, where there is room, what it means."""
    name = min(max(cells(one.id) for one in skills), max(8, screen.width - len("  problems")))
    left = screen.width - name - len("  problems") - len(_GAP)
    roomy = left >= len("what it means") and screen.width >= _WITH_STATUS
    head = f"{pad('skill', name)}  problems" + ("  what it means" if roomy else "")
    lines = [screen.style(head, "dim")]
    for one in skills:
        line = screen.style(pad(fit(one.id, name, screen.ellipsis), name), "cyan")
        line += f"  {len(registry.using(one)):>8}"
        lines.append(line + (f"  {fit(one.meaning, left, screen.ellipsis)}" if roomy else ""))
    return "\n".join(lines) + "\n"
