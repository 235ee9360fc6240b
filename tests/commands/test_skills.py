"""`mip skills` as a script and a person meet it."""

from __future__ import annotations

import json

import pytest

from mi_problems.records.terms import Level
from mi_problems.registry.registry import Registry
from tests.conftest import Mip
from tests.pseudo_terminal import mip_seen


def test_a_pipe_gets_a_line_a_skill_of_five_fields(mip: Mip, registry: Registry) -> None:
    done = mip("skills")
    assert (done.code, done.err) == (0, "")
    assert [line.split("\t")[0] for line in done.lines] == [skill.id for skill in registry.skills]
    assert {line.count("\t") for line in done.lines} == {4}


def test_the_counts_are_those_of_list(mip: Mip, registry: Registry) -> None:
    for row in json.loads(mip("skills", "--json").out):
        using = [problem for problem in registry.problems if row["id"] in problem.skills]
        assert row["problems"] == len(using)
        assert row["beginners"] == [problem.id for problem in using if Level.BEGINNER in problem.levels]


def test_one_skill_has_the_record_it_has_among_all(mip: Mip) -> None:
    every = json.loads(mip("skills", "--json").out)
    assert json.loads(mip("skills", "ablation", "--json").out) == [row for row in every if row["id"] == "ablation"]


def test_a_page_says_what_it_means_where_to_learn_it_and_what_a_beginner_can_do(mip: Mip, registry: Registry) -> None:
    page, row = mip("skills", "steering").out, json.loads(mip("skills", "steering", "--json").out)[0]
    assert row["meaning"] in page
    assert f"{row['learn']} <{row['url']}>" in page
    for name in row["beginners"]:
        assert f"- {name} {registry.problem(name).title}\n" in page


def test_a_beginning_is_enough_and_a_wrong_word_names_the_nearest(mip: Mip) -> None:
    assert mip("skills", "steer").out == mip("skills", "steering").out
    done = mip("skills", "steerng")
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert "steering" in done.err


@pytest.mark.parametrize("columns", [20, 47, 80, 120])
def test_a_terminal_gets_a_table_that_fits(registry: Registry, columns: int) -> None:
    code, output = mip_seen("skills", columns=columns)
    assert code == 0
    assert max(map(len, output.splitlines())) <= columns


def test_a_terminal_gets_a_page_of_one() -> None:
    code, output = mip_seen("skills", "logit-lens")
    assert code == 0
    assert "For beginners" in output
    assert output.rstrip().endswith("mip list -t logit-lens")


def test_a_word_that_is_like_no_skill_gets_them_all_named(mip: Mip, registry: Registry) -> None:
    done = mip("skills", "qwertz")
    assert done.code == 2
    assert all(skill.id in done.err for skill in registry.skills)
