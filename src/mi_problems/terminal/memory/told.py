"""How marks look: sentences and a table on a terminal, lines in a pipe, rows of a sheet, records in JSON."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from mi_problems.clean import clean, json_text
from mi_problems.errors import MipError
from mi_problems.progress import clock, kept
from mi_problems.progress.entries import NONE
from mi_problems.progress.marks import Mark, standing
from mi_problems.records.problem import RECORD, Problem
from mi_problems.registry.registry import Registry
from mi_problems.terminal.memory.marks import place
from mi_problems.terminal.render.cells import cells, fit, pad, wrap
from mi_problems.terminal.render.records import document
from mi_problems.terminal.render.screen import Screen
from mi_problems.terminal.render.texts import card

HEAD = ("id", "state", "since", "who", "folder", "note", "title")
STYLE = {"saved": "cyan", "started": "yellow", "done": "green", "dropped": "dim"}
_WITH_TITLE = 56


def row(mark: Mark, registry: Registry) -> tuple[str, ...]:
    """The cells of a mark, as `HEAD` names them; all notes are one."""
    notes = "; ".join(mark.notes)
    return (mark.id, mark.state, mark.since, mark.who, clean(mark.folder), notes, title_of(mark, registry))


def title_of(mark: Mark, registry: Registry) -> str:
    """The title that was kept, else that of the id in use, if there is one."""
    problem = registry.find(mark.id)
    return mark.title or (problem.title if problem else "")


def lines(found: Sequence[Mark], registry: Registry) -> str:
    return "".join("\t".join(row(mark, registry)) + "\n" for mark in found)


def records(found: Sequence[Mark], registry: Registry, screen: Screen) -> str:
    """A JSON array: the record of the problem, null but for id and title where it is not in use, and the mark."""
    return document([_record(mark, registry) for mark in found], screen) if found else "[]\n"


def _record(mark: Mark, registry: Registry) -> dict[str, Any]:
    problem = None if standing(mark, registry) else registry.find(mark.id)
    remembered = {**dict.fromkeys(RECORD), "id": mark.id, "title": mark.title or None}
    card = json.loads(problem.record) if problem else remembered
    said = {"state": mark.state, "since": mark.since, "who": mark.who, "folder": mark.folder}
    other = {"other": mark.other} if mark.other else {}
    return {**card, **{name: text or None for name, text in said.items()}, "notes": list(mark.notes), **other}


def table(found: Sequence[Mark], registry: Registry, screen: Screen) -> str:
    """A row a mark; below it its folder, its notes and what this version does not know.

    On a narrow terminal the title stands below, too.
    """
    rows = [(mark, (mark.id, mark.word, clock.ago(mark.since), mark.who)) for mark in found]
    heads = HEAD[:4] if any(mark.who for mark in found) else HEAD[:3]
    widths = [max(cells(text) for text in (head, *(texts[n] for _, texts in rows))) for n, head in enumerate(heads)]
    room = screen.width - sum(widths) - 2 * len(widths)
    beside = screen.width >= _WITH_TITLE and room >= 16
    head = "  ".join(pad(text, width) for text, width in zip(heads, widths, strict=True))
    out = [screen.style(fit(head + ("  title" if beside else ""), screen.width, screen.ellipsis).rstrip(), "dim")]
    for mark, texts in rows:
        title, why = title_of(mark, registry), standing(mark, registry)
        whole = f"{title} {why}".strip()
        apart = [why] if why and beside and cells(whole) > room else []
        shown = [pad(text, width) for text, width in zip(texts, widths, strict=False)]
        named = [title if apart else whole] if beside else []
        line = fit("  ".join([*shown, *named]), screen.width, screen.ellipsis).rstrip()
        out.append(_styled(line, mark, shown, screen))
        for text in apart + ([] if beside else [whole]) + below(mark):
            out += [screen.style(part, "dim") for part in wrap(text, screen.width, "    ", "      ")]
    return "".join(f"{line}\n" for line in out)


def _styled(line: str, mark: Mark, shown: Sequence[str], screen: Screen) -> str:
    """The line with its id and state styled, where both are whole."""
    start, state = "  ".join(shown[:2]), mark.word
    if not line.startswith(start.rstrip()):
        return line
    marked = screen.style(shown[0], "bold") + "  " + screen.style(state, *([STYLE[state]] if state in STYLE else []))
    return marked + line[len(shown[0]) + 2 + len(state) :]


def below(mark: Mark) -> list[str]:
    """The folder, the notes and the fields that this version does not know, each in a line."""
    folder = [f"folder: {clean(place(mark))}"] if mark.folder else []
    other = [f"{name}: {value if isinstance(value, str) else json_text(value)}" for name, value in mark.other.items()]
    return [*folder, *(f"note: {note}" for note in mark.notes), *other]


def sentence(mark: Mark, stated: bool) -> str:
    """What was just marked, in words."""
    by, title = f" for {mark.who}" if mark.who else "", f": {mark.title}" if mark.title else ""
    if not stated:
        return f"{mark.id}: noted{by}"
    return f"{mark.id} is no longer marked{by}" if mark.state == NONE else f"{mark.id} is {mark.state}{by}{title}"


def why_nothing(every: Sequence[Mark]) -> str:
    """Why nothing is shown, and what brings something."""
    counts = Counter(mark.word for mark in every if mark.state != NONE)
    if counts:
        told = ", ".join(f"{count} {name}" for name, count in counts.items())
        return f"nothing of that kind is marked; there are {told}"
    return "nothing is marked; `mip mark 2.17 saved` keeps a problem, `mip init 2.17` marks it started"


def folders(found: Sequence[Mark], ids: Iterable[str], registry: Registry, tell: Callable[[str], None]) -> str:
    """The folders, one a line: of each id that was named, or of all marks. MipError for an id without one, or gone.

    The user's own goes before that of others.
    """
    if not ids:
        for mark in found:
            if mark.folder and not os.path.isdir(mark.folder):
                tell(f"mip: {mark.id}: {place(mark)}")
        return "".join(f"{clean(mark.folder)}\n" for mark in found if os.path.isdir(mark.folder))
    out = []
    for identifier in ids:
        having = [mark for mark in found if mark.id == identifier and mark.folder]
        if not having:
            raise MipError(f"no folder is known for {identifier}", f"`mip init {identifier}` makes one")
        mark = min(having, key=lambda mark: (bool(standing(mark, registry)), bool(mark.who)))
        if not os.path.isdir(mark.folder):
            raise MipError(f"{identifier}: {place(mark)}", f"if it was moved, correct it in {kept.where()}")
        out.append(f"{clean(mark.folder)}\n")
    return "".join(out)


def yours(mark: Mark) -> list[tuple[str, str]]:
    """What stands at the end of a card, as label and text."""
    by = f" for {mark.who}" if mark.who else ""
    since = f", {clock.ago(mark.since)}" if mark.since else ""
    parts = (line.partition(": ") for line in below(mark))
    return [("mark", f"{mark.word}{by}{since}"), *((label, text) for label, _, text in parts)]


def card_with(problem: Problem, registry: Registry, screen: Screen, mark: Mark | None) -> str:
    """The whole card as plain text, and below it the mark, the folder and the notes, if there are any."""
    own = "".join(f"{label}: {text}\n" for label, text in yours(mark)) if mark else ""
    return card(problem, registry, screen) + (f"\n{own}" if own else "")
