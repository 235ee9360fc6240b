"""A glance at the file says what a close look says, or that it takes one."""

from __future__ import annotations

import json
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mi_problems.progress.entries import Entry, read_lines, written
from mi_problems.progress.kept import glance
from mi_problems.progress.marks import applied, marks
from mi_problems.registry.load import load
from mi_problems.registry.registry import Registry

_STATES = st.sampled_from(["", "saved", "started", "done", "dropped", "none"])
_NOTES = st.sampled_from(["", "a note", "\u00e4", "\n"])
_ODD = st.sampled_from(
    ['{"id": "2.17"}', '{"id": "2.17 ", "state": "done"}', '{"id": "2.17", "state": "paused"}', "rubbish", "", "[1, 2]",
     '{"id": ["2.17"]}', '{"id": "2.17", "state": 1}', '{"id": "2.17", "title": "Old", "state": "done"}', "{}", "1, 2",
     '{"id": "2.17", "state": "done", "who": " anna"}', '{"id": "9.99", "state": "done", "title": "x"}', "[1", "2]"]
)  # fmt: skip


@cache
def _bundled() -> Registry:
    return load()


def closely(content: bytes, registry: Registry, who: str) -> dict[str, str]:
    return {name: mark.word for name, mark in applied(marks(read_lines(content)[0]), registry, who).items()}


@st.composite
def _lines(draw: st.DrawFn) -> list[str]:
    identifier = draw(st.sampled_from(["2.17", "2.18"]))
    title = _bundled().problem(identifier).title
    entry = Entry(identifier, draw(_STATES), "", draw(st.sampled_from(["", "anna"])), draw(_NOTES), "", title)
    return [written([entry]).decode().rstrip("\n"), *([draw(_ODD)] if draw(st.integers(0, 9)) == 0 else [])]


@given(st.lists(_lines(), max_size=8), st.sampled_from(["", "anna"]))
def test_a_glance_and_a_close_look_agree(registry: Registry, lines: list[list[str]], who: str) -> None:
    content = "".join(f"{line}\n" for some in lines for line in some).encode()
    found = glance(content, registry, who)
    assert found is None or found == closely(content, registry, who)


def test_what_mip_writes_needs_no_close_look(registry: Registry) -> None:
    entries = [Entry(p.id, "saved", "2026-11-30T12:00:00Z", "", "a", "/b", p.title) for p in registry.problems]
    assert glance(written(entries), registry, "") == dict.fromkeys((p.id for p in registry.problems), "saved")


@pytest.mark.parametrize("line", ["rubbish", '{"id": "2.17", "state": "done"}', '{"id": "2.17", "title": "Old"}'])
def test_what_is_unusual_takes_a_close_look(registry: Registry, line: str) -> None:
    row = json.dumps({"id": "2.18", "state": "done", "title": registry.problem("2.18").title})
    assert glance(f"{row}\n{line}\n".encode(), registry, "") is None
