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


def lines(registry: Registry, *rows: dict[str, str]) -> bytes:
    """The file with these lines on 2.17, each under its title."""
    whole = {"id": "2.17", "title": registry.problem("2.17").title}
    return "".join(json.dumps(whole | row) + "\n" for row in rows).encode()


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([], {}),
        ([{"state": "saved"}, {"state": "done"}], {"2.17": "done"}),
        ([{"state": "saved"}, {"state": "none"}], {}),
        ([{"state": "saved"}, {"note": "a"}], {"2.17": "saved"}),
        ([{"note": "a"}], {"2.17": "noted"}),
        ([{"note": "a"}, {"state": "none"}], {}),
        ([{"state": "none"}, {"note": "a"}], {"2.17": "noted"}),
        ([{"state": "none"}, {"note": "a"}, {"state": "done"}], {"2.17": "done"}),
        ([{"state": "done", "who": "anna"}], {}),
        ([{"state": "saved"}, {"state": "done", "who": "anna"}], {"2.17": "saved"}),
    ],
)
def test_the_last_state_of_a_problem_is_seen_at_a_glance(
    registry: Registry, rows: list[dict[str, str]], found: dict[str, str]
) -> None:
    content = lines(registry, *rows)
    assert glance(content, registry, "") == found == closely(content, registry, "")


@pytest.mark.parametrize(
    ("row", "usual"),
    [
        ({"who": " anna"}, False), ({"who": "an\u200bna"}, False), ({"who": "ben"}, True), ({"who": ""}, True),
        ({"id": "99.9"}, True), ({"id": " 99.9"}, False), ({"id": "99.9\u200b"}, False), ({"title": "Old"}, False),
        ({"state": "paused"}, False),
    ],
)  # fmt: skip
def test_what_a_close_look_would_clean_is_not_told_at_a_glance(
    registry: Registry, row: dict[str, str], usual: bool
) -> None:
    who = "anna" if "who" in row else ""
    content = lines(registry, {"state": "done", "who": who} | row)
    assert (glance(content, registry, who) is not None) == usual


def test_of_a_title_that_changed_only_the_newest_line_is_looked_at(registry: Registry) -> None:
    content = lines(registry, {"state": "done", "title": "Old"}, {"state": "saved"})
    assert glance(content, registry, "") == {"2.17": "saved"} == closely(content, registry, "")


@pytest.mark.parametrize(
    ("tail", "usual"), [(b"", True), (b"\n", False), (b'{"id": "2.17"}', False), (b"\xff\n", False)]
)
def test_a_line_that_is_blank_or_cut_off_takes_a_close_look(registry: Registry, tail: bytes, usual: bool) -> None:
    assert (glance(lines(registry, {"state": "done"}) + tail, registry, "") is not None) == usual
