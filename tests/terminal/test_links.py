"""Hyperlinks: only where a terminal shows them, only to the web, and never a way to drive the terminal."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mi_problems.registry.registry import Registry
from mi_problems.terminal.pages.beside import category_page
from mi_problems.terminal.pages.card import card, printed
from mi_problems.terminal.render.links import takes_links, target, unlinked
from mi_problems.terminal.render.screen import Screen
from tests.pseudo_terminal import mip_seen

LINK = re.compile(r"\x1b\]8;[^;]*;([^\x1b]*)\x1b\\")
ON = Screen(io.StringIO(), True, True, 80, True)


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, False),
        ({"TERM": "xterm-256color"}, False),
        ({"TERM": "xterm-256color", "VTE_VERSION": "7600"}, True),
        ({"TERM": "xterm-256color", "VTE_VERSION": "5000"}, False),
        ({"TERM": "xterm-256color", "VTE_VERSION": "new"}, False),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"}, True),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "vscode"}, True),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"}, False),
        ({"TERM": "xterm-kitty"}, True),
        ({"TERM": "xterm-256color", "KONSOLE_VERSION": "230804"}, True),
        ({"WT_SESSION": "0b"}, True),
        ({"TERM": "dumb", "VTE_VERSION": "7600"}, False),
        ({"TERM": "screen-256color", "VTE_VERSION": "7600"}, False),
        ({"TERM": "tmux-256color", "TERM_PROGRAM": "tmux", "KONSOLE_VERSION": "230804"}, False),
        ({"TERM": "xterm-256color", "FORCE_HYPERLINK": "1"}, True),
        ({"TERM": "xterm-kitty", "FORCE_HYPERLINK": "0"}, False),
        ({"TERM": "xterm-kitty", "FORCE_HYPERLINK": ""}, True),
    ],
)
def test_only_a_terminal_known_for_links_gets_them(environment: dict[str, str], expected: bool) -> None:
    assert takes_links(ON, environment) is expected


@pytest.mark.parametrize("without", [ON._replace(terminal=False), ON._replace(color=False)])
def test_a_pipe_and_a_stream_without_colour_never_get_links(without: Screen) -> None:
    assert not takes_links(without, {"FORCE_HYPERLINK": "1", "TERM": "xterm-kitty"})


def test_a_card_and_a_page_link_to_the_addresses_of_their_data(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_HYPERLINK", "1")
    problem, category = registry.problem("2.17"), registry.category("circuits")
    wanted = {work.url for work in problem.card.follow_ups} | {problem.card.url}
    wanted |= {source.url for source, _ in registry.sources_of(problem)}
    assert set(LINK.findall(printed([card(problem, registry)], ON))) - {""} == wanted
    wanted = {item.url for item in category.resources} | {category.url or ""}
    wanted |= {skill.url for skill in registry.skills_of(category)}
    assert set(LINK.findall(printed([category_page(category, registry)], ON))) - {""} == wanted


def test_links_change_nothing_else(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_HYPERLINK", "1")
    linked = printed([card(registry.problem("2.17"), registry)], ON)
    monkeypatch.setenv("FORCE_HYPERLINK", "0")
    assert unlinked(linked) == printed([card(registry.problem("2.17"), registry)], ON)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", "file:///etc/passwd", "ssh://host", "https:///", "//example.org", "", "https://",
        "https://a.org/\x1b]8;;evil", "https://a.org/\x07", "https://a.org/\x9c", "https://a.org/ b", "https://a.org/é",
        "https://a.org/\n", " https://a.org", "https://a.org/\u202e",
    ],
)  # fmt: skip
def test_a_link_points_at_nothing_but_a_clean_address_of_the_web(address: str) -> None:
    assert target(address) == ""


@given(st.text())
def test_whatever_an_address_holds_no_control_character_comes_out(address: str) -> None:
    assert re.fullmatch(r"[!-~]*", target(address))
    assert re.fullmatch(r"[!-~]*", target("https://" + address))


@pytest.mark.parametrize(("forced", "linked"), [("1", True), ("0", False), ("", False)])
def test_the_override_reaches_a_real_terminal(forced: str, linked: bool) -> None:
    code, text = mip_seen("show", "2.17", raw=True, FORCE_HYPERLINK=forced, TERM="xterm-256color", VTE_VERSION="")
    assert code == 0
    assert ("\x1b]8;" in text) == linked
