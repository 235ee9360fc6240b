"""The bundled registry against the tables it was made from."""

from __future__ import annotations

import json

import pytest

from mi_problems.records.terms import Basis
from mi_problems.registry.registry import Registry
from tests.conftest import Mip, facts


@pytest.fixture(scope="module")
def records() -> dict[str, dict[str, object]]:
    from typer.testing import CliRunner

    from mi_problems.cli import app

    outcome = CliRunner().invoke(app, ["list", "--json"])
    return {record["id"]: record for record in json.loads(outcome.stdout)}


def test_ids_and_sections_are_those_of_the_table_in_natural_order(registry: Registry) -> None:
    cards = [(problem.id, problem.section) for problem in registry.problems]
    rows = [(row["number"], row["section"]) for row in facts("problems")]
    assert cards == rows, f"data/problems and tests/facts/problems.tsv differ: {sorted({*cards} ^ {*rows})}"


def test_every_published_letter_is_unchanged_and_the_rest_is_estimated(records: dict[str, dict[str, object]]) -> None:
    for row in facts("problems"):
        record = records[row["number"]]
        if row["difficulty_basis"]:
            low, high = row["difficulty_low"], row["difficulty_high"] or row["difficulty_low"]
            assert record["difficulty"] == (low if low == high else f"{low}-{high}"), row["number"]
            assert record["difficulty_basis"] == "published", row["number"]
        else:
            assert record["difficulty_basis"] == "estimated", row["number"]


def test_a_star_is_never_guessed(records: dict[str, dict[str, object]]) -> None:
    stars = {"yes": True, "no": False, "": None}
    for row in facts("problems"):
        assert records[row["number"]]["starred"] is stars[row["starred"]], row["number"]


def test_every_follow_up_of_the_table_stands_on_its_card_with_the_status(
    registry: Registry, records: dict[str, dict[str, object]]
) -> None:
    for row in facts("followups"):
        record = records[row["number"]]
        assert record["status"] == row["status"], row["number"]
        if row["url"]:
            works = record["follow_ups"]
            assert isinstance(works, list)
            match = next((work for work in works if work["url"] == row["url"]), None)
            assert match, f"{row['number']} has no {row['url']}, which stands in tests/facts/followups.tsv"
            year = int(row["year"]) if row["year"] else None
            expected = {name: row[name] for name in ("title", "relation", "confidence")} | {"year": year}
            assert {name: match[name] for name in expected} == expected, row["number"]
    rows = sorted((row["number"], row["url"]) for row in facts("followups") if row["url"])
    cards = sorted((problem.id, work.url) for problem in registry.problems for work in problem.card.follow_ups)
    assert cards == rows, f"data/problems and tests/facts/followups.tsv differ: {sorted({*cards} ^ {*rows})}"


def test_posts_have_their_titles_and_links(registry: Registry) -> None:
    for row in facts("posts"):
        category = registry.category(row["category"])
        assert (category.post, category.url) == (row["title"], row["url"])
        assert len(registry.in_category(category)) == int(row["problems"]), "tests/facts/posts.tsv counts otherwise"


def test_catalogue_numbers_are_kept_where_they_differ(registry: Registry, mip: Mip) -> None:
    table = {row["number"]: row["catalogue_number"] for row in facts("catalogue_numbers")}
    assert {p.id: p.catalogue for p in registry.problems if p.catalogue} == table
    assert registry.problem("coda:9.60").id == "9.59"
    assert mip("show", "coda:9.60").lines[0].startswith("9.59\t")


def test_estimates_carry_a_tilde(registry: Registry) -> None:
    for problem in registry.problems:
        assert problem.rating.startswith("~") == (problem.difficulty_basis is Basis.ESTIMATED)
