"""What people and scripts read: columns that fit, lines that never wrap, text that cannot drive the terminal."""

from __future__ import annotations

import io
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mi_problems.clean import clean
from mi_problems.finding.ranking import Hit, search
from mi_problems.records.terms import Level
from mi_problems.registry.registry import Registry
from mi_problems.terminal.pages import card as cards
from mi_problems.terminal.pages.beside import category_page
from mi_problems.terminal.render import lines, records, table, texts
from mi_problems.terminal.render.cells import cells, fit
from mi_problems.terminal.render.hits import hit_list, marked
from mi_problems.terminal.render.screen import Screen, look_at, wants_color
from tests.conftest import PROBLEMS, Mip
from tests.pseudo_terminal import mip_seen


def screen(width: int = 80, color: bool = False, terminal: bool = True, utf8: bool = True) -> Screen:
    return Screen(io.StringIO(), terminal, color, width, utf8)


@pytest.mark.parametrize("width", [20, 40, 47, 48, 63, 80, 99, 100, 120, 200, 400])
def test_a_table_fits_its_terminal(registry: Registry, width: int) -> None:
    text = table.table(registry.problems, screen(width))
    rows = text.splitlines()
    assert len(rows) == 1 + PROBLEMS
    widest = max(cells(row) for row in rows)
    assert widest <= width


@pytest.mark.parametrize(
    ("width", "header"),
    [
        (27, ["id", "title"]),
        (28, ["id", "rating", "title"]),
        (48, ["id", "rating", "status", "title"]),
        (99, ["id", "rating", "status", "title"]),
        (100, ["id", "rating", "status", "category", "title"]),
    ],
)
def test_a_wider_terminal_gets_more_columns_and_one_category_is_no_column(
    registry: Registry, width: int, header: list[str]
) -> None:
    assert table.table(registry.problems, screen(width)).splitlines()[0].split() == header
    alone = table.table(registry.in_category(registry.category("rl")), screen(width)).splitlines()
    assert alone[0].split() == [name for name in header if name != "category"]


def test_a_cut_title_shows_that_it_is_cut(registry: Registry) -> None:
    row = table.table([registry.problem("2.17")], screen(48)).splitlines()[1]
    assert row.endswith("\u2026 \u2605")


@given(st.text(max_size=60), st.integers(1, 40))
def test_fitted_text_is_never_wider(text: str, width: int) -> None:
    assert cells(fit(clean(text), width)) <= max(width, 1)


def test_wide_characters_count_twice_and_combining_ones_not_at_all() -> None:
    assert cells("\u4e2d\u6587") == 4
    assert cells("e\u0301") == 1


def test_colour_changes_no_word_of_a_table(registry: Registry) -> None:
    plain = table.table(registry.problems, screen())
    coloured = table.table(registry.problems, screen(color=True))
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain
    assert "\x1b[" in coloured


@pytest.mark.parametrize("hostile", ["\x1b[31mred\x1b[0m", "a\tb\nc", "\u202eevil", "\x9b2J", "bell\x07", "\x00"])
def test_control_characters_never_reach_the_terminal(hostile: str) -> None:
    assert clean(hostile).isprintable()


@pytest.mark.parametrize("verbatim", ["[attn-only]", "[/b]", ":robot:", "[red]x[/red]", "a \\ b", "<tag>", "**bold**"])
def test_data_is_printed_verbatim(registry: Registry, verbatim: str) -> None:
    problem = registry.problem("2.17")._replace(title=verbatim)
    assert verbatim in table.table([problem], screen())
    assert verbatim in lines.line(problem, screen())
    assert verbatim in cards.printed([cards.card(problem, registry)], screen())


def test_a_piped_list_is_five_fields_a_line_whatever_the_width(mip: Mip, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    done = mip("list")
    assert len(done.lines) == PROBLEMS
    assert all(len(line.split("\t")) == 5 for line in done.lines)
    assert done.lines[0].split("\t")[0] == "1.1"
    assert "\u2026" not in done.out
    assert "\x1b" not in done.out


def test_a_piped_card_is_whole_and_unwrapped(mip: Mip, registry: Registry) -> None:
    done = mip("show", "2.17", "9.59")
    card = registry.problem("2.17").card
    assert done.lines[0].split("\t")[:2] == ["2.17", "A"]
    for part in (card.summary, card.done_when, *card.first_steps, *(work.url for work in card.follow_ups), card.url):
        assert any(part in line for line in done.lines)


@pytest.mark.parametrize("width", [40, 80, 120])
def test_a_card_on_a_terminal_wraps_and_ends_with_how_to_start(registry: Registry, width: int) -> None:
    for identifier in ("2.17", "4.4", "8.15", "9.44", "1.14"):
        problem = registry.problem(identifier)
        text = cards.printed([cards.card(problem, registry)], screen(width))
        assert all(cells(line) <= width for line in text.splitlines())
        assert text.rstrip().endswith(f"mip init {identifier}")
        for title in ("First steps", "Done when", "Related", "Source"):
            assert f"\n{title}\n" in text


def test_follow_ups_come_newest_first(registry: Registry) -> None:
    for problem in registry.problems:
        years = [work.year or 0 for work in problem.card.newest_first]
        assert years == sorted(years, reverse=True)


def test_every_record_has_all_fields_of_the_contract(mip: Mip) -> None:
    fields = """
        id title category section difficulty difficulty_basis levels starred status summary first_steps done_when skills
        models compute weeks keywords related follow_ups starter reach url
    """.split()
    rows = json.loads(mip("list", "--json").out)
    assert len(rows) == PROBLEMS
    for row in rows:
        assert set(fields) <= set(row)
        assert row["levels"] == [level.value for level in Level if level.value in row["levels"]]
        assert isinstance(row["weeks"], list)
        for work in row["follow_ups"]:
            assert {"title", "url", "year", "relation", "note"} <= set(work)


def test_json_is_the_same_on_a_terminal_and_in_a_pipe(registry: Registry) -> None:
    found = registry.problems[:5]
    assert json.loads(records.problems(found, screen(terminal=True))) == json.loads(
        records.problems(found, screen(terminal=False))
    )
    assert records.problems(found, screen(terminal=False, utf8=False)).isascii()
    assert records.problems([], screen(terminal=False)) == b"[]\n"


def test_categories_have_all_fields_of_the_contract(mip: Mip, registry: Registry) -> None:
    rows = json.loads(mip("categories", "--json").out)
    assert [row["slug"] for row in rows] == [category.slug for category in registry.categories]
    for row in rows:
        assert {"number", "slug", "title", "problems", "levels", "url", "motivation", "resources"} <= set(row)
    assert sum(row["problems"] for row in rows) == PROBLEMS
    assert json.loads(mip("categories", "rl", "--json").out)[0]["slug"] == "rl"


@pytest.mark.parametrize("slug", ["circuits", "rl", "features"])
def test_a_category_is_a_page(mip: Mip, slug: str) -> None:
    piped = mip("categories", slug)
    code, seen = mip_seen("categories", slug)
    assert (piped.code, code) == (0, 0)
    for text in (piped.out, seen):
        assert "overtaken since 2022" in text.lower()
        assert "resources" in text.lower()


def test_what_a_category_or_a_card_lacks_has_no_heading(registry: Registry) -> None:
    bare = registry.category("circuits")._replace(superseded=(), resources=())
    record = json.loads(registry.problem("2.17").record) | {"follow_ups": []}
    problem = registry.problem("2.17")._replace(stored=json.dumps(record).encode())
    pages = [texts.category_page(bare, registry), cards.printed([category_page(bare, registry)], screen())]
    whole = [texts.card(problem, registry, screen()), cards.printed([cards.card(problem, registry)], screen())]
    for text in pages:
        assert not re.search(r"(?im)^(overtaken since 2022|resources):?$", text)
    for text in whole:
        assert not re.search(r"(?im)^(nearby|known) since:?$", text)


def test_hits_underline_the_words_that_matched(registry: Registry) -> None:
    hits = search(registry, "induction heads")[:3]
    text = hit_list(hits, screen(color=True))
    assert "\x1b[4m" in text or ";4m" in text
    assert len(hit_list(hits, screen()).splitlines()) == 6
    assert marked("Induction head", ("inductions",), screen(color=True)).startswith("\x1b[4mInduction")


def test_a_hit_by_its_title_says_where_it_belongs_rather_than_the_title_again(registry: Registry) -> None:
    problem = registry.problem("2.17")._replace(title="Zebra", section="animals")
    assert hit_list([Hit(problem, 1, ("zebra",))], screen()).splitlines()[1].strip() == "circuits: animals"


@pytest.mark.parametrize("width", [40, 60, 80])
@pytest.mark.parametrize("word", ["zebra", "Zebra"])
def test_a_long_reason_is_cut_around_the_word_that_matched(registry: Registry, width: int, word: str) -> None:
    record = json.loads(registry.problem("2.17").record) | {"summary": "word " * 60 + word + " word" * 60}
    problem = registry.problem("2.17")._replace(stored=json.dumps(record).encode())
    reason = hit_list([Hit(problem, 1, ("zebra",))], screen(width)).splitlines()[1].strip()
    assert reason.startswith("summary: \u2026")
    assert reason.endswith("\u2026")
    assert word in reason


@pytest.mark.parametrize("width", [40, 80])
def test_the_word_that_matched_is_seen_wherever_it_stands(registry: Registry, width: int) -> None:
    record = json.loads(registry.problem("2.17").record)
    for place in range(90):
        text = " ".join(["w" * 3 for _ in range(place // 4)] + ["w" * (place % 4), "zebra", "w " * 80])
        changed = json.dumps(record | {"done_when": text}).encode()
        problem = registry.problem("2.17")._replace(stored=changed)
        for on in (screen(width), screen(width, utf8=False)):
            reason = hit_list([Hit(problem, 1, ("zebra",))], on).splitlines()[1]
            assert "done when: " in reason
            assert "zebra" in reason, place


@pytest.mark.parametrize("columns", [20, 40, 80, 120, 400])
def test_every_command_fits_a_real_terminal(columns: int) -> None:
    for arguments in (
        ["list", "-c", "rl"],
        ["show", "2.17"],
        ["search", "induction"],
        ["categories"],
        ["categories", "circuits"],
        ["pick", "-l", "A", "--seed", "1"],
    ):
        code, text = mip_seen(*arguments, columns=columns)
        assert code == 0
        assert all(cells(line) <= columns for line in text.splitlines()), arguments


@pytest.mark.parametrize(
    ("environment", "terminal", "expected"),
    [
        ({}, True, True), ({}, False, False), ({"TERM": "dumb"}, True, False), ({"NO_COLOR": "1"}, True, False),
        ({"NO_COLOR": ""}, True, True), ({"FORCE_COLOR": "1"}, False, True), ({"CLICOLOR_FORCE": "1"}, False, True),
        ({"CLICOLOR": "0"}, True, False), ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False),
    ],
)  # fmt: skip
def test_colour_rules(environment: dict[str, str], terminal: bool, expected: bool) -> None:
    assert wants_color("auto", terminal, environment) is expected
    assert wants_color("always", terminal, environment) is True
    assert wants_color("never", terminal, environment) is False


def test_a_stream_that_is_missing_is_no_terminal() -> None:
    assert look_at(None).terminal is False
