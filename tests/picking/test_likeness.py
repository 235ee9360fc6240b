"""Which problems are like one, and which come first."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest

from mi_problems.picking.likeness import more_like, neighbours, place
from mi_problems.records.problem import Problem
from mi_problems.registry.registry import Registry

LONE: dict[str, Any] = {"category": "none", "section": "none", "starter": None, "skills": ()}


@pytest.fixture
def lone(registry: Registry) -> Problem:
    """A problem that is like no other."""
    record = json.loads(registry.problem("2.17").record) | {"related": []}
    return registry.problem("2.17")._replace(stored=json.dumps(record).encode(), **LONE)


def among(one: Problem, *others: Problem) -> Any:
    return SimpleNamespace(problems=(one, *others))


def test_what_shares_nothing_is_no_neighbour(lone: Problem) -> None:
    other = lone._replace(id="2.18", section="other")
    assert neighbours(among(lone, other), lone, 5) == []
    assert place(lone) != place(other)


def test_two_without_a_starter_have_none_in_common(lone: Problem) -> None:
    one, same = lone._replace(starter="ioi"), lone._replace(id="2.18", section="other", starter="ioi")
    assert neighbours(among(one, same), one, 5) == [same]
    assert neighbours(among(lone, same._replace(starter=None)), lone, 5) == []


def test_being_named_counts_more_than_a_section_and_that_more_than_a_starter(registry: Registry, lone: Problem) -> None:
    record = json.loads(lone.record) | {"related": ["2.20"]}
    one = lone._replace(stored=json.dumps(record).encode(), starter="ioi")
    starter = lone._replace(id="2.18", section="other", starter="ioi")
    section = lone._replace(id="2.19")
    named = lone._replace(id="2.20", section="other")
    assert neighbours(among(one, starter, section, named), one, 5) == [named, section, starter]


def test_skills_count_by_the_share_that_is_common(lone: Problem) -> None:
    one = lone._replace(skills=("a", "b"))
    half = lone._replace(id="2.18", section="other", skills=("a",))
    third = lone._replace(id="2.19", section="other", skills=("a", "c"))
    whole = lone._replace(id="2.20", section="other", skills=("b", "a"))
    section = lone._replace(id="2.21", skills=())
    assert neighbours(among(one, third, section, half, whole), one, 5) == [whole, section, half, third]


def test_of_equals_that_which_stands_first_comes_first_and_the_count_is_kept(lone: Problem) -> None:
    twins = [lone._replace(id=f"2.{number}") for number in range(20, 26)]
    assert neighbours(among(lone, *twins), lone, 4) == twins[:4]


def test_more_like_one_are_three_at_most_that_its_card_does_not_name(registry: Registry) -> None:
    for problem in registry.problems[::80]:
        found = more_like(registry, problem)
        assert len(found) <= 3
        assert not {other.id for other in found} & {problem.id, *problem.card.related}
        near = [other for other in neighbours(registry, problem, 8) if other.id not in problem.card.related]
        assert found == near[: len(found)]
        assert len(found) == min(3, len(near))


def test_a_starter_counts_more_than_one_skill_of_twelve_and_less_than_one_of_four(lone: Problem) -> None:
    one = lone._replace(skills=tuple("abcdefghijkl"), starter="ioi")
    starter = lone._replace(id="2.18", section="other", starter="ioi")
    twelfth = lone._replace(id="2.19", section="other", skills=("a",))
    fourth = lone._replace(id="2.20", section="other", skills=("a", "b", "c"))
    assert neighbours(among(one, twelfth, starter, fourth), one, 5) == [fourth, starter, twelfth]
