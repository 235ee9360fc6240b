"""No line is wider than its terminal, at any width from 20 to 400 cells, whatever the data are written in."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mi_problems.clean import clean
from mi_problems.finding.ranking import Hit, search
from mi_problems.picking.recommend import choose as recommend
from mi_problems.picking.wishes import Wishes
from mi_problems.records.beside import Category, Collection
from mi_problems.records.problem import Problem, head_of, record_of
from mi_problems.records.terms import Basis, Level, Reach, Status
from mi_problems.registry.registry import BESIDE, Part, Registry
from mi_problems.terminal.pages import beside
from mi_problems.terminal.pages import card as cards
from mi_problems.terminal.render.cells import cells, fit, wrap
from mi_problems.terminal.render.hits import hit_list
from mi_problems.terminal.render.picks import pick_list
from mi_problems.terminal.render.screen import Screen
from mi_problems.terminal.render.table import category_table, source_table, table

WIDTHS = st.integers(20, 400)
LETTERS = st.sampled_from(
    [
        *"abcdefghXYZ019-_[]/:.,é★…‽中文字日本語のにほんご한국어ＡＢ！\u0301\u0308\u0323\u20dd\u0e34",
        "\u0645\u06cc\u200c\u062e", "\u0600\u0661", "\u182a\u180e\u1820", "\U0001f469\u200d\U0001f4bb", "\u2764\ufe0f",
        "\u2764\ufe0f\u200d\U0001f525",
    ]
)  # fmt: skip
WORDS = st.lists(LETTERS, min_size=1, max_size=30).map("".join).filter(cells)

SHORT = st.lists(LETTERS, min_size=1, max_size=4).map("".join).filter(cells)


def texts(low: int, high: int) -> st.SearchStrategy[str]:
    return st.lists(WORDS, min_size=low, max_size=high).map(" ".join)


def screen(width: int, utf8: bool = True) -> Screen:
    return Screen(io.StringIO(), True, False, width, utf8)


def follow_up(draw: st.DrawFn) -> dict[str, Any]:
    return {
        "title": draw(texts(1, 12)),
        "url": "https://example.org/" + "x" * draw(st.integers(0, 90)),
        "year": draw(st.sampled_from([2024, None])),
        "relation": "extends",
        "note": draw(texts(5, 20)),
        "confidence": "seen",
    }


def problem_row(draw: st.DrawFn, identifier: str, slug: str) -> tuple[list[Any], bytes]:
    """A problem of a registry of the user's own, as the cache keeps it."""
    row: dict[str, Any] = {
        "id": identifier,
        "title": draw(texts(1, 9))[:80].strip(),
        "category": slug,
        "section": draw(texts(1, 6))[:60].strip(),
        "difficulty": draw(st.sampled_from([[0, 0], [1, 2], [0, 3]])),
        "difficulty_basis": draw(st.sampled_from(tuple(Basis))),
        "starred": draw(st.sampled_from([True, None])),
        "status": draw(st.sampled_from(tuple(Status))),
        "listed": "",
        "gist": "",
        "summary": draw(texts(10, 40)),
        "first_steps": [draw(texts(3, 20)), "one " * 30],
        "done_when": draw(texts(5, 20)),
        "skills": ["activation-patching"],
        "models": [draw(texts(1, 3)), "gpt2"],
        "compute": "laptop",
        "weeks": [1, 2],
        "keywords": ["alpha"],
        "questions": [],
        "related": ["1.1", identifier],
        "starter": "ioi",
        "reach": draw(st.sampled_from(tuple(Reach))),
        "catalogue": None,
        "settings": None,
        "sources": [["made", "7"]],
        "year": 2024,
        "url": "https://example.org/post",
        "follow_ups": [follow_up(draw)],
    }
    return head_of(row), record_of(row)


@st.composite
def registries(draw: st.DrawFn) -> Registry:
    """A registry of two problems with long names, in several scripts."""
    number = draw(st.sampled_from([1, 999]))
    slug = draw(st.sampled_from(["c", "circuits", "circuits-of-a-very-long-name-in-one-slug-of-words"]))
    category = {
        "number": number,
        "slug": slug,
        "title": draw(texts(1, 9)),
        "post": draw(texts(1, 9)),
        "url": "https://example.org/post",
        "source": "made",
        **{name: draw(texts(5, 20)) for name in ("motivation", "progress", "begin", "contested")},
        "contested_links": [{"title": draw(texts(1, 9)), "url": "https://example.org/other"}],
        "skills": ["activation-patching"],
        "resources": [{"kind": draw(SHORT), "title": draw(texts(1, 9)), "url": "https://e.org", "why": "a b c"}],
        "superseded": [{"framing": draw(texts(1, 9)), "now": draw(texts(1, 9)), "url": None}],
    }
    skill = {"id": "activation-patching", "url": "https://example.org/" + "x" * draw(st.integers(0, 90))}
    skill |= {name: draw(texts(1, 9)) for name in ("title", "meaning", "learn")}
    others = {
        "collection": dict.fromkeys(Collection._fields, "x"),
        "categories": [category],
        "skills": [skill],
        "models": [],
        "glossary": [],
        "elsewhere": [],
        "origins": {},
        "lists": [source_list(draw)],
    }
    rows = [problem_row(draw, identifier, slug) for identifier in (f"{number}.1", f"{number}.123456a")]
    lines = [*(json.dumps(others[name]).encode() for name in BESIDE), *(record for _, record in rows)]
    return Registry([Part("key", [head for head, _ in rows], lines)])


def source_list(draw: st.DrawFn) -> dict[str, Any]:
    """A list with long names that states the problems."""
    made = {name: draw(texts(1, 9)) for name in ("name", "author", "published", "items", "caveat")}
    return made | {"slug": "made", "year": 2024, "url": "https://example.org/list", "here": 2, "numbered": True}


def outputs(registry: Registry, on: Screen) -> Iterator[tuple[str, str]]:
    """What each verb shows on a terminal."""
    problems = registry.problems[:6]
    yield "list", table(problems, on)
    yield "search", hit_list([Hit(problem, 1, ("one", "alpha")) for problem in problems], on)
    picks = recommend(registry, [], Wishes((Level.BEGINNER,), include_addressed=True), 1, 3)
    yield "pick", pick_list(picks, on)
    yield "interview", pick_list(picks, on, numbered=True)
    yield "categories", category_table(registry.categories, registry, on)
    yield "page", cards.printed([beside.category_page(registry.categories[0], registry)], on)
    yield "sources", source_table(registry.lists, registry, on)
    yield "list as a page", cards.printed([beside.source_page(registry.lists[0], registry)], on)
    yield "show", cards.printed([cards.card(problem, registry) for problem in problems[:2]], on)


@settings(max_examples=50, deadline=None)
@given(own=registries(), width=st.integers(20, 60) | WIDTHS)
def test_no_line_is_wider_than_the_terminal(own: Registry, width: int) -> None:
    for verb, text in outputs(own, screen(width)):
        for line in text.splitlines():
            assert cells(line) <= width, (verb, line)


@pytest.mark.parametrize("width", [*range(20, 50), 63, 64, 79, 80, 99, 100, 101, 120, 200, 400])
def test_the_bundled_registry_fits(registry: Registry, width: int) -> None:
    for verb, text in outputs(registry, screen(width)):
        assert max(map(cells, text.splitlines())) <= width, verb
    assert max(map(cells, hit_list(search(registry, "induction heads"), screen(width)).splitlines())) <= width


def squeezed(text: str) -> str:
    """The text without spaces: a word may be broken over lines, but all of it is there."""
    return "".join(text.split())


def of_card(problem: Problem, registry: Registry) -> Iterator[str]:
    """Every text that a card holds."""
    yield from (problem.title, problem.section, problem.rating, problem.span, problem.card.summary)
    yield from (problem.card.done_when, problem.card.url, *problem.card.first_steps)
    yield from (", ".join(problem.skills), ", ".join(problem.card.models), problem.starter or "")
    for work in problem.card.follow_ups:
        yield from (f"{work.title} {work.relation}", work.note, work.url, str(work.year or "n.d."))
    for identifier in problem.card.related:
        other = registry.find(identifier)
        yield f"{identifier} {other.title if other else ''}"


def of_page(category: Category, own: Registry) -> Iterator[str]:
    yield from (category.title, category.motivation, category.progress, category.begin, category.contested)
    yield from (category.post or "", category.url or "")
    for item in category.resources:
        yield from (item.kind, item.title, item.why, item.url)
    for skill in own.skills_of(category):
        yield from (f"{skill.id}: {skill.meaning}", skill.learn, skill.url)


@settings(max_examples=40, deadline=None)
@given(own=registries(), width=st.integers(20, 60) | WIDTHS)
def test_show_loses_no_word_at_any_width(own: Registry, width: int) -> None:
    problem, category = own.problems[1], own.categories[0]
    shown = squeezed(cards.printed([cards.card(problem, own)], screen(width)))
    for text in of_card(problem, own):
        assert squeezed(clean(text)) in shown
    shown = squeezed(cards.printed([beside.category_page(category, own)], screen(width)))
    for text in of_page(category, own):
        assert squeezed(clean(text)) in shown


def test_a_long_label_is_wrapped_beside_its_text(registry: Registry) -> None:
    category = registry.category("circuits")
    item = category.resources[0]._replace(kind="a peer-reviewed publication in several volumes", title="short", why="x")
    text = cards.printed([beside.category_page(category._replace(resources=(item,)), registry)], screen(40))
    assert max(map(cells, text.splitlines())) <= 40
    assert all(word in text for word in ("peer-reviewed"[:12], "publication", "in several", "volumes", "short"))


@pytest.mark.parametrize("width", [20, 27, 41, 80, 400])
def test_the_bundled_cards_lose_no_word(registry: Registry, width: int) -> None:
    for problem in registry.problems[::20]:
        shown = squeezed(cards.printed([cards.card(problem, registry)], screen(width)))
        for text in of_card(problem, registry):
            assert squeezed(clean(text)) in shown


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", 7),
        ("\u0915\u094d\u200d\u0937", 2),
        ("\u0600\u0661", 2),
        ("\U0001f469\u200d\U0001f4bb", 2),
        ("\U0001f468\U0001f3fb\u200d\u2764\ufe0f\u200d\U0001f48b\u200d\U0001f468\U0001f3ff", 2),
        ("\U0001f44d\U0001f3fd", 2),
        ("\u2764\ufe0f", 2),
        ("1\ufe0f\u20e3", 2),
        ("\u2764", 1),
        ("a\ufe0f", 1),
    ],
)
def test_what_is_shown_as_one_counts_as_one(text: str, columns: int) -> None:
    assert cells(clean(text)) == columns
    assert fit(f"{text}xx", columns + 1) in {f"{text}\u2026", f"{text}x"}
    assert wrap(f"{text} b", max(2, columns)) == [text, "b"] or columns == 1


@given(st.lists(LETTERS, max_size=60).map("".join), st.integers(0, 40), st.sampled_from(["…", "..."]))
def test_a_cut_text_is_never_wider_than_its_room(text: str, width: int, mark: str) -> None:
    assert cells(fit(text, width, mark)) <= width


@given(texts(0, 30), st.integers(12, 90), st.sampled_from(["", "  + "]))
def test_wrapped_text_keeps_every_character_within_the_width(text: str, width: int, first: str) -> None:
    lines = wrap(text, width, first, " " * len(first))
    assert all(cells(line) <= width for line in lines)
    assert squeezed("".join(lines).removeprefix(first)) == squeezed(text)


def test_text_beside_a_label_wider_than_the_terminal_ends() -> None:
    label = " " * 22
    assert wrap("days to go", 20, label, label) == [f"{label}{part}" for part in ("da", "ys", "to", "go")]


@given(st.lists(st.text("abc", min_size=1, max_size=8), min_size=1, max_size=30), st.integers(12, 90))
def test_words_that_fit_a_line_are_not_broken(words: list[str], width: int) -> None:
    assert " ".join(wrap(" ".join(words), width)).split() == words


@pytest.mark.parametrize("width", [20, 30, 48, 80])
def test_an_ascii_terminal_is_not_overrun_by_the_marks_of_cuts(registry: Registry, width: int) -> None:
    on = screen(width, utf8=False)
    for verb, text in outputs(registry, on):
        for line in on.encoded(text).decode("ascii").splitlines():
            assert len(line) <= width, (verb, line)
