"""Picks on a terminal: what all share said once; of each the problem in a sentence, why, and what speaks against it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import NamedTuple

from mi_problems.picking.reasons import sentence, shared
from mi_problems.picking.recommend import Pick
from mi_problems.terminal.render.cells import cells, fit, wrap
from mi_problems.terminal.render.screen import Screen

_WIDEST = 100
_MEASURED, _FEW = 80, 4  # columns, and picks, that are shortened to fit the lines of a terminal
_WHOLE = 99


class Lines(NamedTuple):
    """The most lines that a pick may take for what it is and for why."""

    gist: int = _WHOLE
    why: int = _WHOLE


def pick_list(picks: Sequence[Pick], screen: Screen, numbered: bool = False, room: int = 0) -> str:
    """Each pick under a heading; where they take more than `room` lines, if that is given, the last are shortened."""
    common = shared([pick.reasons for pick in picks]) if picks else []
    above = wrap(f"each {sentence(common)}", min(screen.width, _WIDEST)) if common else []
    blocks = [above] if above else []
    blocks += [_pick(pick, common, screen, _label(at, numbered), Lines()) for at, pick in enumerate(picks)]
    if room and len(picks) <= _FEW and screen.width >= _MEASURED:
        for lines, at in product((Lines(2), Lines(2, 2), Lines(2, 1), Lines(1, 1)), reversed(range(len(picks)))):
            if sum(map(len, blocks)) + len(blocks) - 1 > room:
                place = at - len(picks)
                blocks[place] = _pick(picks[at], common, screen, _label(at, numbered), lines)
    return "\n\n".join("\n".join(block) for block in blocks) + "\n" if picks else ""


def _label(at: int, numbered: bool) -> str:
    return f"{at + 1}  " if numbered else ""


def _pick(pick: Pick, common: Sequence[str], screen: Screen, number: str, most: Lines) -> list[str]:
    problem, indent = pick.problem, " " * len(number) + "  "
    star = "  \u2605" if problem.starred else ""
    title = fit(problem.title, screen.width - cells(f"{number}{problem.id}  {star}"), screen.ellipsis)
    facts = f"  {problem.rating}  {problem.category}"
    facts = facts if cells(f"{number}{problem.id}  {title}{star}{facts}") <= screen.width else ""
    head = f"{number}{screen.style(problem.id, 'bold', 'cyan')}  {screen.style(title, 'bold')}"
    head += f"{screen.style(star, 'yellow') if star else ''}{screen.style(facts, 'dim') if facts else ''}"
    width = min(screen.width, _WIDEST)
    own = [reason for reason in pick.reasons if reason not in common]
    why = _because(own, width, indent, most.why, screen) if own else []
    gist = _cut(problem.card.gist, width, indent, most.gist, screen)
    return [
        head,
        *gist,
        *why,
        *(screen.style(line, "yellow") for line in wrap(f"but {pick.catch}", width, indent, indent)),
    ]


def _because(reasons: Sequence[str], width: int, indent: str, most: int, screen: Screen) -> list[str]:
    """As many of the reasons, the first ones, as `most` lines take."""
    for count in range(len(reasons), 1, -1):
        lines = wrap(f"because it {sentence(reasons[:count])}", width, indent, indent)
        if len(lines) <= most:
            return lines
    return _cut(f"because it {reasons[0]}", width, indent, most, screen)


def _cut(text: str, width: int, indent: str, most: int, screen: Screen) -> list[str]:
    """The text on at most so many lines, the cut shown."""
    lines = wrap(text, width, indent, indent) if text else []
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], fit(f"{lines[most - 1]} {screen.ellipsis}", width, screen.ellipsis)]
