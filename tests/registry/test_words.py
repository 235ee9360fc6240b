"""What records say of themselves in words."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from mi_problems.errors import MipError
from mi_problems.records.beside import Superseded
from mi_problems.records.problem import Problem
from mi_problems.records.terms import Basis, Difficulty, Level, Reach, Status
from mi_problems.registry.load import load
from mi_problems.registry.registry import Registry
from mi_problems.registry.words import (
    address,
    categories_of,
    for_beginners,
    levels_in_words,
    origin,
    overtaken_line,
    rating_in_words,
    share_in_words,
    starter_in_words,
    status_in_words,
    works_heading,
)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    """The bundled registry with a list of one problem, without source and rating, beside it."""
    file = tmp_path_factory.mktemp("own") / "lab.yaml"
    file.write_text("problems:\n- title: A question of ours\n  summary: What is asked.\n")
    return load(file)


@pytest.mark.parametrize(
    ("difficulty", "basis", "words"),
    [
        (Difficulty(0, 0), Basis.PUBLISHED, "A (beginner)"),
        (Difficulty(1, 1), Basis.ESTIMATED, "~B (intermediate), estimated"),
        (Difficulty(1, 2), Basis.PUBLISHED, "B-C (intermediate to advanced)"),
        (Difficulty(0, 3), Basis.ESTIMATED, "~A-D (beginner to expert), estimated"),
        (None, None, "not rated: it fits every level"),
    ],
)
def test_a_rating_names_its_levels_and_whether_it_is_estimated(
    registry: Registry, difficulty: Difficulty | None, basis: Basis | None, words: str
) -> None:
    assert rating_in_words(registry.problem("2.17")._replace(difficulty=difficulty, difficulty_basis=basis)) == words


@pytest.mark.parametrize(
    ("starter", "reach", "words"),
    [
        ("ioi", Reach.SMALL, "ioi: editing it is a small version of the problem"),
        ("sae", Reach.WARM_UP, "sae: teaches the method only"),
        ("ioi", Reach.PRETRAINED, "ioi: runs offline on a small model, and with --model on the real one"),
        (None, None, "none: `mip init` writes question, log and references"),
        (None, Reach.SMALL, "none: `mip init` writes question, log and references"),
        ("ioi", None, "none: `mip init` writes question, log and references"),
    ],
)
def test_a_starter_is_named_with_how_far_it_carries(
    registry: Registry, starter: str | None, reach: Reach | None, words: str
) -> None:
    assert starter_in_words(registry.problem("2.17")._replace(starter=starter, reach=reach)) == words


def test_a_status_is_told_with_its_date_and_meaning(registry: Registry, both: Registry) -> None:
    active = registry.problem("2.17")
    assert status_in_words(active, registry) == f"active as of {registry.collection.as_of}: partly addressed"
    assert status_in_words(both.problem("lab.1"), both) == "open: no follow-up known"


def test_a_category_of_posts_comes_from_the_sequence(registry: Registry) -> None:
    assert origin(registry.category("circuits"), registry) == (
        "the sequence (Neel Nanda, December 2022 to January 2023)"
    )


def test_a_category_of_many_lists_is_of_the_years_since_the_first(registry: Registry) -> None:
    assert origin(registry.category("saes"), registry) == "since 2024"


def test_of_problems_without_a_year_and_of_own_ones_no_year_is_told(registry: Registry) -> None:
    dated = registry.problem("10.1")
    problems = tuple(dated._replace(id=f"10.{year}", year=year) for year in (None, 2026, 2025, 2021))
    parts: dict[str, Any] = {"collection": registry.collection, "in_category": lambda _: [], "lists": registry.lists}
    some: Any = SimpleNamespace(
        **parts, categories=registry.categories, problems=problems, is_own=lambda p: p.year == 2021
    )
    assert origin(registry.category("saes"), some) == "since 2025"


def test_a_category_of_one_list_but_no_post_is_no_part_of_the_sequence(registry: Registry) -> None:
    assert origin(registry.category("circuits")._replace(post=None), registry).startswith("since ")


def test_a_category_of_ones_own_comes_from_ones_own_list(both: Registry) -> None:
    assert origin(both.category("lab"), both) == "lab.yaml"
    assert origin(both.category("saes"), both) == "since 2024"


def test_a_post_of_no_known_list_and_a_registry_without_years_come_from_the_collection(registry: Registry) -> None:
    circuits = registry.category("circuits")
    parts: dict[str, Any] = {"collection": registry.collection, "in_category": lambda _: [], "lists": ()}
    bare: Any = SimpleNamespace(**parts, categories=(circuits,), problems=(), is_own=lambda _: False)
    assert origin(circuits._replace(source="elsewhere"), registry) == registry.collection.name
    assert origin(circuits, bare) == origin(circuits._replace(post=None), bare) == registry.collection.name


@pytest.mark.parametrize(
    ("status", "heading"),
    [(Status.OPEN, "Nearby since"), (Status.ACTIVE, "Known since"), (Status.ADDRESSED, "Known since")],
)
def test_works_near_an_open_problem_are_not_said_to_be_known_of_it(
    registry: Registry, status: Status, heading: str
) -> None:
    assert works_heading(registry.problem("2.17")._replace(status=status)) == heading


def test_a_skill_has_the_problems_that_a_beginner_can_take_on(registry: Registry) -> None:
    for skill in registry.skills:
        expected = [p for p in registry.problems if skill.id in p.skills and Level.BEGINNER in p.levels]
        assert for_beginners(skill, registry) == expected


def test_levels_are_counted_and_those_with_none_left_out(registry: Registry) -> None:
    counts = {"beginner": 3, "intermediate": 0, "advanced": 0, "expert": 1}
    some: Any = SimpleNamespace(level_counts=lambda _: counts)
    words = levels_in_words(registry.category("circuits"), some)
    assert words == "3 beginner, 1 expert; a range counts for each level it spans"


@pytest.mark.parametrize(
    ("here", "items", "words"),
    [
        (68, "70", "68 of its 70 items"),
        (70, "70", "70 of its 70 items, as 68 problems"),
        (70, "unknown", "68 problems; how many it has in all is not known"),
        (None, "70", "68 problems; how many it has in all is not known"),
    ],
)
def test_the_share_of_a_list_counts_problems_where_they_are_not_as_many_as_items(
    registry: Registry, here: int | None, items: str, words: str
) -> None:
    source = registry.source("mats12")
    assert len(registry.stated_by(source)) == 68
    assert share_in_words(source._replace(here=here, items=items), registry) == words


def test_the_problems_of_a_list_are_counted_by_category(registry: Registry) -> None:
    for source in registry.lists:
        counts = categories_of(source, registry)
        assert sum(counts.values()) == len(registry.stated_by(source))
        assert {registry.category(slug).slug for slug in counts} == counts.keys()


@pytest.mark.parametrize(
    ("framing", "line"),
    [("Old", "Old. Now: new"), ("Old.", "Old. Now: new"), ("Is it old?", "Is it old? Now: new")],
)
def test_what_is_overtaken_ends_as_a_sentence_once(framing: str, line: str) -> None:
    assert overtaken_line(Superseded(framing, "new", None)) == line


def test_a_problem_is_stated_at_the_address_of_its_card_or_else_of_its_list(registry: Registry) -> None:
    problem, record = registry.problem("2.17"), registry.problem("2.17").record
    assert address(registry, problem) == problem.card.url
    without = problem._replace(stored=record.replace(problem.card.url.encode(), b""))
    assert not without.card.url
    assert address(registry, without) == registry.source("nanda-2022").url


def test_works_are_numbered_from_the_newest(registry: Registry) -> None:
    problem = registry.problem("2.17")
    works = problem.card.newest_first
    assert [address(registry, problem, at + 1) for at in range(len(works))] == [one.url for one in works]


def without_works(problem: Problem) -> Problem:
    begin, _, rest = problem.record.partition(b'"follow_ups": [')
    return problem._replace(stored=begin + b'"follow_ups": []' + rest[rest.index(b'], "sources"') + 1 :])


def test_a_work_that_is_not_there_is_told_with_how_many_are(registry: Registry) -> None:
    problem = registry.problem("2.17")
    count = len(problem.card.follow_ups)
    with pytest.raises(MipError) as raised:
        address(registry, problem, count + 1)
    assert str(raised.value) == f"2.17 has no work {count + 1}; it has {count} works; 1 is the newest"
    with pytest.raises(MipError) as raised:
        address(registry, without_works(problem), 1)
    assert str(raised.value) == "2.17 has no work 1; it has 0 works"


def test_a_problem_that_nobody_states_has_no_address(both: Registry) -> None:
    with pytest.raises(MipError) as raised:
        address(both, both.problem("lab.1"))
    assert str(raised.value) == "lab.1 has no address; neither its card nor a list says where it is stated"
