"""What a problem weighs; the page on picking says what the code does."""

from __future__ import annotations

from typing import Any

import pytest
from docs import make_picking

from mi_problems.picking.interests import NEAR
from mi_problems.picking.weights import LEAST, PLAIN, RECENT, weight
from mi_problems.picking.wishes import Wishes
from mi_problems.records.terms import Basis, Difficulty, Level, Reach, Status
from mi_problems.registry.registry import Registry


def test_the_page_has_every_weight_with_its_reason() -> None:
    page = make_picking.PAGE.read_text(encoding="utf-8")
    assert page == make_picking.page(page), "run `python docs/make_picking.py`"
    assert f"weighs {PLAIN} points, more or less by what follows, and {LEAST} at the least" in page
    assert f"down to {round(100 * NEAR)} % of the best hit's score" in page


PROBLEM: dict[str, Any] = {
    "starred": None, "year": 2022, "status": Status.ACTIVE, "difficulty_basis": Basis.ESTIMATED, "reach": Reach.WARM_UP,
    "skills": ("a", "b"), "category": "circuits", "difficulty": Difficulty(0, 0),
}  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "wishes", "points"),
    [
        ({}, Wishes(), 100),
        ({"year": RECENT}, Wishes(), 300),
        ({"year": RECENT - 1}, Wishes(), 100),
        ({"year": None}, Wishes(), 100),
        ({}, Wishes(own=frozenset({"2.20"})), 300),
        ({"starred": True}, Wishes(), 170),
        ({}, Wishes(know=frozenset("abc")), 120),
        ({"difficulty": Difficulty(0, 2)}, Wishes(), 60),
        ({"difficulty": Difficulty(0, 3)}, Wishes(), LEAST),
        ({"skills": tuple("abcde")}, Wishes((Level.BEGINNER,)), 85),
        ({"skills": tuple("abcde")}, Wishes((Level.BEGINNER,), know=frozenset("abc")), 130),
        ({"skills": tuple("abcde")}, Wishes((Level.INTERMEDIATE, Level.ADVANCED)), 100),
        ({"category": "rl"}, Wishes((Level.BEGINNER, Level.INTERMEDIATE)), 75),
        ({"category": "rl"}, Wishes(), 100),
    ],
)
def test_points_are_counted_as_often_as_what_they_are_for_is_so(
    registry: Registry, fields: dict[str, Any], wishes: Wishes, points: int
) -> None:
    assert weight(registry.problem("2.20")._replace(**(PROBLEM | fields)), wishes) == points


@pytest.mark.parametrize(("near", "like", "times"), [(1.0, 0.0, 100), (0.5, 0.0, 25), (0.5, 1.0, 100), (0.0, 0.2, 4)])
def test_nearness_multiplies_by_its_square(registry: Registry, near: float, like: float, times: int) -> None:
    problem = registry.problem("2.20")._replace(**PROBLEM)
    wishes = Wishes(relevance={"2.20": near}, likeness={"2.20": like})
    assert weight(problem, wishes) == 100 * times
