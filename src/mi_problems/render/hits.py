"""Search results on a terminal: the words that matched stand out, and a line says where they were found."""

import re
from collections.abc import Sequence

from mi_problems.render.cells import fit, pad
from mi_problems.render.lines import STATUS_STYLE
from mi_problems.render.screen import Screen, clean
from mi_problems.render.table import WITH_RATING, WITH_STATUS
from mi_problems.search import Hit, why
from mi_problems.words import stem, tokens


def hit_list(hits: Sequence[Hit], screen: Screen) -> str:
    """Two lines a hit: what a list shows, and why it is here."""
    widest = max(len(hit.problem.id) for hit in hits)
    return "".join(_hit(hit, widest, screen) for hit in hits)


def _hit(hit: Hit, widest: int, screen: Screen) -> str:
    problem = hit.problem
    head = screen.style(pad(problem.id, widest), "bold") + "  "
    left = screen.width - widest - 2
    if screen.width >= WITH_RATING:
        head += pad(problem.rating, 8)
        left -= 8
    if screen.width >= WITH_STATUS:
        head += screen.style(pad(problem.status, 9), STATUS_STYLE[problem.status]) + "  "
        left -= 11
    title = fit(clean(problem.title), left - (2 if problem.starred else 0), screen.ellipsis)
    star = screen.style(" \u2605", "yellow") if problem.starred else ""
    field, text = why(hit)
    indent = " " * (widest + 2)
    reason = fit(f"{field}: {clean(text)}", screen.width - len(indent), screen.ellipsis)
    head += marked(title, hit.matched, screen) + star
    return f"{head}\n{indent}{marked(reason, hit.matched, screen, 'dim')}\n"


def marked(text: str, words: Sequence[str], screen: Screen, *style: str) -> str:
    """The text with the forms of these words underlined, the rest in a style."""
    if not screen.color:
        return text
    stems = {stem(token) for word in words for token in tokens(word)}
    pieces = re.split(r"([A-Za-z0-9]+)", text)
    return "".join(
        screen.style(piece, *style, "underline")
        if piece.isalnum() and stem(piece.casefold()) in stems
        else screen.style(piece, *style)
        for piece in pieces
        if piece
    )
