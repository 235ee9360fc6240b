"""Search results on a terminal: the words that matched stand out, and a line says where they were found."""

import re
from collections.abc import Sequence
from itertools import groupby

from mi_problems.render.cells import cells, fit, pad
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
    indent = " " * (widest + 2)
    reason = _reason(hit, screen.width - len(indent), screen.ellipsis)
    head += marked(title, hit.matched, screen) + star
    return f"{head}\n{indent}{marked(reason, hit.matched, screen, 'dim')}\n"


def _reason(hit: Hit, width: int, mark: str) -> str:
    """Where the words were found; for those of the title, which stands above, where the problem belongs."""
    field, text = why(hit)
    if field == "title":
        return fit(clean(f"{hit.problem.category}: {hit.problem.section}"), width, mark)
    return fit(f"{field}: {_seen_from(clean(text), hit.matched, width - len(field) - 2, mark)}", width, mark)


def _seen_from(text: str, words: Sequence[str], width: int, mark: str) -> str:
    """The text, without its beginning where the first of the words would be cut off."""
    stems = _stems(words)
    for match in re.finditer(r"[A-Za-z0-9]+", text):
        if stem(match[0].casefold()) in stems:
            if cells(text[: match.end()]) <= width - len(mark):
                break
            return mark + text[text.rfind(" ", 0, max(0, match.start() - width // 3)) + 1 :]
    return text


def _stems(words: Sequence[str]) -> set[str]:
    return {stem(token) for word in words for token in tokens(word)}


def marked(text: str, words: Sequence[str], screen: Screen, *style: str) -> str:
    """The text with the forms of these words underlined, the rest in a style."""
    if not screen.color:
        return text
    stems = _stems(words)
    runs = groupby(re.split(r"([A-Za-z0-9]+)", text), lambda piece: piece.isalnum() and stem(piece.casefold()) in stems)
    return "".join(screen.style("".join(run), *style, *(["underline"] if found else [])) for found, run in runs)
