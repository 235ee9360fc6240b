"""The records of a registry: what they say of themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from mi_problems import registry as registries
from mi_problems.model import Model, Problem
from mi_problems.terms import Basis
from tests.conftest import GOOD_FILE


def work(name: str, year: str) -> str:
    rest = "relation: extends, confidence: seen, note: It leaves nothing of it open"
    return f"{{title: {name}, url: 'https://example.org', year: {year}, {rest}}}"


def problem(folder: Path, *exchanges: tuple[str, str]) -> Problem:
    """The first problem of the good file after these exchanges."""
    text = GOOD_FILE
    for old, new in exchanges:
        text = text.replace(f"    {old}", f"    {new}", 1)
    (folder / "a.yaml").write_text(text)
    return registries.load(folder / "a.yaml").problem("2.1")


def test_the_newest_work_comes_first_and_those_without_a_year_last(tmp_path: Path) -> None:
    years = ["2020", "null", "2024", "2020", "null"]
    works = ", ".join(work(name, year) for name, year in zip("abcde", years, strict=True))
    card = problem(tmp_path, ("follow_ups: []", f"follow_ups: [{works}]")).card
    assert "".join(one.title for one in card.newest_first) == "cadbe"
    assert "".join(one.title for one in card.follow_ups) == "abcde"


@pytest.mark.parametrize(("weeks", "span"), [((1, 1), "1 week"), ((3, 3), "3 weeks"), ((1, 2), "1 to 2 weeks")])
def test_weeks_are_told_in_words(tmp_path: Path, weeks: tuple[int, int], span: str) -> None:
    assert problem(tmp_path)._replace(weeks=weeks).span == span


@pytest.mark.parametrize(
    ("status", "works", "standing"),
    [
        ("open", "", "no follow-up known"),
        ("open", work("a", "2024"), "nothing known answers it"),
        ("active", work("a", "2024"), "partly addressed"),
    ],
)
def test_an_open_problem_with_works_near_it_stands_otherwise(
    tmp_path: Path, status: str, works: str, standing: str
) -> None:
    assert (
        problem(tmp_path, ("status: open", f"status: {status}"), ("follow_ups: []", f"follow_ups: [{works}]")).standing
        == standing
    )


def test_an_estimate_is_rated_with_a_tilde(tmp_path: Path) -> None:
    assert problem(tmp_path).rating == "A"
    assert problem(tmp_path)._replace(difficulty_basis=Basis.ESTIMATED).rating == "~A"


@pytest.mark.parametrize(
    ("name", "legacy"),
    [
        ("NeelNanda/GELU_1L", True),
        ("ArthurConmy/x", True),
        ("Baidicoot/x", True),
        ("gpt2", False),
        ("a/NeelNanda/x", False),
    ],
)
def test_models_in_the_old_format_are_known_by_their_owner(name: str, legacy: bool) -> None:
    assert Model(name, (), None, None, None).legacy == legacy
