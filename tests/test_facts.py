"""The bundled registry against the tables it was made from."""

from __future__ import annotations

import json

import pytest

from mi_problems.records.problem import Problem
from mi_problems.records.terms import ANSWERING, Basis, Status
from mi_problems.registry.registry import Registry
from tests.conftest import PROBLEMS, SEQUENCE, Mip, facts

NEW = "since2024/"


@pytest.fixture(scope="module")
def records() -> dict[str, dict[str, object]]:
    from typer.testing import CliRunner

    from mi_problems.cli import app

    outcome = CliRunner().invoke(app, ["list", "--json"])
    return {record["id"]: record for record in json.loads(outcome.stdout)}


def test_ids_and_sections_are_those_of_the_table_in_natural_order(registry: Registry) -> None:
    cards = [(problem.id, problem.section) for problem in registry.problems]
    rows = [(row["number"], row["section"]) for row in facts("problems")]
    rows += [(row["id"], row["section"]) for row in facts(f"{NEW}problems")]
    assert cards == rows, f"data/problems and the tables of problems differ: {sorted({*cards} ^ {*rows})}"


def test_the_number_of_problems_in_each_category_is_known(registry: Registry) -> None:
    wanted = [int(row["problems"]) for table in ("posts", f"{NEW}categories") for row in facts(table)]
    assert [len(registry.in_category(category)) for category in registry.categories] == wanted
    assert SEQUENCE == 335
    assert sum(wanted) == PROBLEMS


def test_the_categories_since_2024_are_those_of_the_table(registry: Registry) -> None:
    for row in facts(f"{NEW}categories"):
        category = registry.category(row["number"])
        assert (category.slug, category.title) == (row["slug"], row["title"])
        assert {problem.id for problem in registry.in_category(category)} == {
            problem["id"] for problem in facts(f"{NEW}problems") if problem["category"] == row["slug"]
        }


def test_every_list_has_the_facts_of_the_table(registry: Registry) -> None:
    for source, row in zip(registry.lists, facts(f"{NEW}lists"), strict=True):
        texts = (source.slug, source.name, source.author, source.published, source.url, source.items, source.caveat)
        names = ("slug", "name", "author", "published", "url", "items_in_list", "caveat")
        assert texts == tuple(row[name] for name in names)
        assert (str(source.year), str(source.here)) == (row["year"], row["here"])
        assert source.numbered == (row["numbered"] == "yes")


def test_every_problem_names_the_lists_of_the_table_and_the_numbers_that_they_print(registry: Registry) -> None:
    numbered = {row["slug"] for row in facts(f"{NEW}lists") if row["numbered"] == "yes"}
    for row in facts(f"{NEW}problems"):
        stated = [one.strip().partition(":") for one in row["sources"].split(",")]
        wanted = dict.fromkeys((slug, number if slug in numbered else None) for slug, _, number in stated)
        assert list(registry.problem(row["id"]).sources) == list(wanted), row["id"]
    for row in facts("problems"):
        assert list(registry.problem(row["number"]).sources) == [("nanda-2022", row["number"])]


def test_a_problem_counts_from_the_first_year_in_which_a_list_stated_it(registry: Registry) -> None:
    years = {source.slug: source.year for source in registry.lists}
    for problem in registry.problems:
        assert problem.year == min(years[stated.list] for stated in problem.sources), problem.id


def test_every_number_that_a_list_prints_finds_its_problem(registry: Registry, mip: Mip) -> None:
    known = {
        (stated.list, stated.number): problem
        for problem in reversed(registry.problems) for stated in problem.sources if stated.number
    }  # fmt: skip
    for (slug, number), problem in known.items():
        assert registry.problem(f"{slug}:{number}") == problem
    assert mip("show", "apollo:17").lines[0].startswith(f"{known['apollo', '17'].id}\t")


def test_every_published_letter_is_unchanged_and_the_rest_is_estimated(records: dict[str, dict[str, object]]) -> None:
    for row in facts(f"{NEW}problems"):
        record = records[row["id"]]
        assert (record["difficulty"], record["difficulty_basis"]) == (row["difficulty"], "estimated"), row["id"]
        assert record["starred"] is None, row["id"]
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


def _works(problem: Problem) -> list[tuple[str, ...]]:
    return [
        (work.url, work.title, str(work.year or ""), work.relation, work.confidence, work.note)
        for work in problem.card.follow_ups
    ]


def test_every_follow_up_stands_in_the_tables_with_its_title_year_and_relation(registry: Registry) -> None:
    rows = [{**row, "id": row["number"]} for row in facts("followups")] + facts(f"{NEW}followups")
    told: dict[str, list[tuple[str, ...]]] = {problem.id: [] for problem in registry.problems}
    for row in rows:
        if row["url"]:
            names = ("url", "title", "year", "relation", "confidence", "note")
            told[row["id"]].append(tuple(row[name] for name in names))
    for problem in registry.problems:
        cure = "look the work up; then `python tests/facts/refresh.py`"
        assert _works(problem) == told[problem.id], f"{problem.id}: {cure}"


def test_every_status_is_that_of_the_tables(registry: Registry) -> None:
    rows = [(row["number"], row["status"]) for row in facts("followups")]
    rows += [(row["id"], row["status"]) for row in facts(f"{NEW}problems")]
    assert {*rows} == {(problem.id, str(problem.status)) for problem in registry.problems}


def test_every_status_that_was_gathered_otherwise_has_its_reason(registry: Registry) -> None:
    for row in facts("changes"):
        problem = registry.problem(row["id"])
        assert row["gathered"] != row["now"] == str(getattr(problem, row["field"])), row["id"]
        assert len(row["reason"].split()) > 4, row["id"]


def test_the_status_follows_from_the_works(registry: Registry) -> None:
    for problem in registry.problems:
        parts = [work for work in problem.card.follow_ups if work.relation in ANSWERING]
        assert bool(parts) == (problem.status is not Status.OPEN), problem.id


def test_every_open_problem_of_the_sequence_and_thirty_starred_ones_were_looked_for_again(registry: Registry) -> None:
    rows = facts("follow_ups_2026")
    still_open = {p.id for p in registry.problems if p.year == 2022 and p.status is Status.OPEN}
    assert still_open <= {row["id"] for row in rows}, "look for works on it and say so in follow_ups_2026.tsv"
    assert sum(registry.problem(row["id"]).starred is True for row in rows if row["why"] == "starred") >= 30


def test_what_was_found_then_stands_on_the_card(registry: Registry) -> None:
    for row in facts("follow_ups_2026"):
        urls = {work.url for work in registry.problem(row["id"]).card.follow_ups}
        assert set(row["found"].split()) <= urls, row["id"]


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
