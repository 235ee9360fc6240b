"""Search results on a terminal: the words that matched stand out, and a line says where they were found."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from mi_problems.finding.ranking import Hit
from mi_problems.finding.reasons import why
from mi_problems.finding.words import pieces, stem
from mi_problems.records.problem import Problem
from mi_problems.terminal.render.cells import cells, fit
from mi_problems.terminal.render.screen import Screen
from mi_problems.terminal.render.table import columns_for, row

_QUOTED = 40  # cells of a query that are repeated


def hit_list(hits: Sequence[Hit], screen: Screen, own: Mapping[str, str] = {}) -> str:
    """Two lines a hit: what a list shows, and why it is here. `own` are words for marks, by id."""
    columns = columns_for([hit.problem for hit in hits], screen, own)
    return "".join(_hit(hit, columns, screen, own) for hit in hits)


def near_ones(query: str, near: Sequence[Problem], screen: Screen) -> str:
    """That nothing answers a query, the problems that come nearest, and where to look on; a line each on a terminal."""
    head = f'nothing is about "{fit(query, _QUOTED, screen.ellipsis)}"; nearest:'
    on = f"`mip categories {near[0].category}` shows the page of that part, `mip sources` the lists"
    named = [f"{problem.id} {problem.title}" for problem in near]
    if not screen.terminal:
        return f"{head} {'; '.join(named)}; {on}"
    return "\n".join([head, *(f"  {fit(line, screen.width - 2, screen.ellipsis)}" for line in named), on])


def _hit(hit: Hit, columns: Mapping[str, int], screen: Screen, own: Mapping[str, str]) -> str:
    indent = " " * (columns["id"] + 2)
    reason = _reason(hit, screen.width - len(indent), screen.ellipsis)
    line = row(hit.problem, columns, screen, lambda title: marked(title, hit.matched, screen), own)
    return f"{line}\n{indent}{marked(reason, hit.matched, screen, 'dim')}\n"


def _reason(hit: Hit, width: int, mark: str) -> str:
    """Where the words were found; for those of the title, which stands above, where the problem belongs."""
    field, text = why(hit)
    if field == "title":
        return fit(f"{hit.problem.category}: {hit.problem.section}", width, mark)
    return fit(f"{field}: {_seen_from(text, hit.matched, width - len(field) - 2, mark)}", width, mark)


def _seen_from(text: str, words: Sequence[str], width: int, mark: str) -> str:
    """The text, without its beginning where the first of the words would be cut off."""
    stems = _stems(words)
    begin = 0
    for piece, held in pieces(text):
        if held & stems:
            if cells(text[: begin + len(piece)]) <= width - len(mark):
                break
            return mark + text[text.rfind(" ", 0, max(0, begin - width // 3)) + 1 :]
        begin += len(piece)
    return text


def _stems(words: Sequence[str]) -> set[str]:
    return {stem(word) for word in words}


def marked(text: str, words: Sequence[str], screen: Screen, *style: str) -> str:
    """The text with the forms of these words underlined, the rest in a style."""
    if not screen.color:
        return text
    stems = _stems(words)
    runs = groupby(pieces(text), lambda piece: not stems.isdisjoint(piece[1]))
    return "".join(
        screen.style("".join(piece for piece, _ in run), *style, *(["underline"] if found else []))
        for found, run in runs
    )
