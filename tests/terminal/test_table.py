"""Tables on a terminal: what a wider one gains, and what stands together."""

from __future__ import annotations

import io

import pytest

from mi_problems.registry.load import load
from mi_problems.registry.registry import Registry
from mi_problems.terminal.render.cells import cells
from mi_problems.terminal.render.screen import Screen
from mi_problems.terminal.render.table import category_table, skill_table, table
from tests.conftest import ROOT


def screen(width: int) -> Screen:
    return Screen(io.StringIO(), True, False, width, True)


@pytest.mark.parametrize("width", [20, 80, 100, 119, 120, 121, 200])
def test_every_table_fits(registry: Registry, width: int) -> None:
    made = [table(registry.problems, screen(width)), skill_table(registry.skills, registry, screen(width))]
    made.append(category_table(registry.categories, registry, screen(width)))
    assert max(cells(line) for text in made for line in text.splitlines()) <= width


def test_machine_and_weeks_stand_where_the_width_allows(registry: Registry) -> None:
    head = "id rating status category machine weeks title".split()
    assert table(registry.problems, screen(120)).splitlines()[0].split() == head
    assert table(registry.problems, screen(119)).splitlines()[0].split() == [*head[:4], "title"]
    row = table([registry.problem("2.17")], screen(120)).splitlines()[1]
    assert row.split()[:5] == ["2.17", "A", "active", "laptop", "1-2"]


def test_at_120_columns_nine_titles_of_ten_are_whole(registry: Registry) -> None:
    lines = table(registry.problems, screen(120)).splitlines()[1:]
    assert sum("\u2026" in line for line in lines) < len(lines) / 10


def test_categories_of_the_sequence_and_those_since_2024_have_their_headings(registry: Registry) -> None:
    parts = category_table(registry.categories, registry, screen(80)).split("\n\n")
    assert [part.splitlines()[0] for part in parts[1:]] == [
        "the sequence (Neel Nanda, December 2022 to January 2023)",
        "since 2024",
    ]
    assert [len(part.splitlines()) - 1 for part in parts[1:]] == [9, 9]


def test_categories_of_one_origin_have_no_heading() -> None:
    own = load(ROOT / "tests" / "golden" / "registry", only=True)
    assert "\n\n" not in category_table(own.categories, own, screen(80))
