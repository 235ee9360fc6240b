"""A registry of one's own, however small, serves every command in every form."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import GOOD_CARD, GOOD_FILE, Mip

VERBS = ("list", "show 2.1", "search alpha", "pick -l A --seed 1", "pick --like 2.1", "init 2.1 --dry-run", "check")


@pytest.fixture
def one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file with one problem, which is related to problems of the bundled list alone."""
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "one.yaml"
    card = GOOD_CARD.replace('["2.2"]', '["2.17", "6.23"]')
    file.write_text(GOOD_FILE.split("problems:\n")[0] + "problems:\n" + card, encoding="utf-8")
    return file


@pytest.mark.parametrize("form", ["", "--json"])
@pytest.mark.parametrize("command", [*VERBS, "categories", "categories circuits"])
def test_one_problem_is_enough_for_every_command(mip: Mip, one: Path, command: str, form: str) -> None:
    done = mip("--only", "--data", str(one), *command.split(), *form.split())
    assert done.code == 0, done.err


def test_what_is_related_may_stand_in_the_bundled_list_alone(mip: Mip, one: Path) -> None:
    done = mip("--only", "--data", str(one), "search", "alpha", "beta", "--json")
    assert [record["related"] for record in json.loads(done.out)] == [["2.17", "6.23"]]


@pytest.mark.parametrize("query", ["alpha", "alpha beta", "card for tests", "epsilom zeta"])
def test_words_of_the_only_card_find_it(mip: Mip, one: Path, query: str) -> None:
    assert mip("--only", "--data", str(one), "search", *query.split()).out.startswith("2.1\t")


def test_other_words_find_nothing_in_it(mip: Mip, one: Path) -> None:
    done = mip("--only", "--data", str(one), "search", "weather in paris")
    assert (done.code, done.out) == (0, "")
