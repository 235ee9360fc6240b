"""Picks on a terminal: the title, a few lines of why, and what to type next."""

from __future__ import annotations

from collections.abc import Sequence

from mi_problems.picking.recommend import Pick
from mi_problems.terminal.render.cells import cells, fit, wrap
from mi_problems.terminal.render.lines import STATUS_STYLE
from mi_problems.terminal.render.screen import Screen

_WIDEST = 100


def pick_list(picks: Sequence[Pick], screen: Screen, numbered: bool = False) -> str:
    """Each pick as a heading with its facts, its reasons and its catch."""
    return "\n".join(_pick(pick, screen, f"{number}  " if numbered else "") for number, pick in enumerate(picks, 1))


def _pick(pick: Pick, screen: Screen, number: str) -> str:
    problem = pick.problem
    star = screen.style("  \u2605", "yellow") if problem.starred else ""
    indent = " " * len(number) + "  "
    room = screen.width - len(indent) - 2
    title = fit(problem.title, room - len(problem.id) - (3 if star else 0), screen.ellipsis)
    facts = f"{problem.rating}  {problem.category}: {problem.section}"
    facts = fit(facts, room - len(problem.status), screen.ellipsis)
    out = [
        f"{number}{screen.style(problem.id, 'bold', 'cyan')}  {screen.style(title, 'bold')}{star}",
        f"{indent}{screen.style(problem.status, STATUS_STYLE[problem.status])}  {screen.style(facts, 'dim')}",
    ]
    for reason in pick.reasons:
        out += _bulleted(reason, f"{indent}+ ", screen)
    out += [screen.style(line, "yellow") for line in _bulleted(pick.catch, f"{indent}- ", screen)]
    out += [screen.style(line, "dim") for line in _commands(problem.id, indent, screen)]
    return "\n".join(out) + "\n"


def _bulleted(text: str, bullet: str, screen: Screen) -> list[str]:
    return wrap(text, min(screen.width, _WIDEST), bullet, " " * len(bullet))


def _commands(identifier: str, indent: str, screen: Screen) -> list[str]:
    """What to type next, beside each other where they fit."""
    both = f"{indent}mip show {identifier}    mip init {identifier}"
    if cells(both) <= screen.width:
        return [both]
    return [
        line for verb in ("show", "init") for line in wrap(f"mip {verb} {identifier}", screen.width, indent, indent)
    ]
