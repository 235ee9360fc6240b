"""`mip compare` as a script and a person meet it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mi_problems.records.problem import FollowUp, Problem
from mi_problems.records.terms import ANSWERING, Status
from mi_problems.registry.registry import Registry
from tests.conftest import GOOD_FILE, Mip
from tests.markdown import read_alike, seen
from tests.pseudo_terminal import mip_seen

LABELS = ["gist", "source", "rating", "status", "newest work", "machine", "weeks", "skills", "what is left"]
LABELS += ["first step", "starter"]


@pytest.mark.parametrize("ids", [["2.17"], ["2.17", "2.17"], ["1.1", "1.2", "1.3", "1.4", "1.5", "1.6"]])
def test_it_takes_two_to_five_problems(mip: Mip, ids: list[str]) -> None:
    done = mip("compare", *ids)
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert "two to five" in done.err


def test_an_unknown_id_is_one_line(mip: Mip) -> None:
    done = mip("compare", "2.17", "2.99")
    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)


def test_a_pipe_gets_one_table_of_markdown(mip: Mip, registry: Registry) -> None:
    done = mip("compare", "2.17", "10.4", "mip-1-6")
    found = seen(done.out)
    assert [part[0] for part in found.form].count("table_open") == 1
    head, *rows = [found.texts[at : at + 4] for at in range(0, len(found.texts), 4)]
    assert head == ["", *(f"{one} {registry.problem(one).title}" for one in ("2.17", "10.4", "1.6"))]
    assert [row[0] for row in rows] == LABELS
    assert rows[0][1:] == [registry.problem(one).card.gist for one in ("2.17", "10.4", "1.6")]
    assert read_alike(rows[-2][1]) == read_alike(registry.problem("2.17").card.first_steps[0])


def test_json_has_the_records_of_show_and_what_is_left(mip: Mip, registry: Registry) -> None:
    found = json.loads(mip("compare", "2.17", "10.4", "--json").out)
    shown = json.loads(mip("show", "2.17", "10.4", "--json").out)
    assert found == [{**row, "left": registry.problem(row["id"]).left} for row in shown]


def test_a_wide_terminal_shows_them_side_by_side(registry: Registry) -> None:
    code, output = mip_seen("compare", "2.17", "2.18", columns=120)
    assert code == 0
    assert any("2.17" in line and "2.18" in line for line in output.splitlines())
    assert max(map(len, output.splitlines())) <= 120


@pytest.mark.parametrize("columns", [20, 40, 60, 80])
def test_a_narrow_one_under_one_another(columns: int) -> None:
    code, output = mip_seen("compare", "2.17", "2.18", "1.6", columns=columns)
    assert code == 0
    assert not any("2.17" in line and "2.18" in line for line in output.splitlines())
    assert max(map(len, output.splitlines())) <= columns


def test_what_is_left_of_an_open_problem_is_all_of_it(registry: Registry) -> None:
    for problem in registry.problems:
        assert problem.left.startswith("all of it: ") == (problem.status is Status.OPEN)


def test_what_is_left_is_the_note_of_the_newest_work_that_answers_a_part(registry: Registry) -> None:
    def newest_answer(problem: Problem) -> FollowUp:
        return next(work for work in problem.card.newest_first if work.relation in ANSWERING)

    for problem in registry.problems:
        if problem.status is not Status.OPEN:
            work = newest_answer(problem)
            assert problem.left.endswith(work.note)
            assert problem.left == work.note or problem.left.startswith(work.title)


def test_an_own_problem_without_rating_machine_and_weeks_stands_beside_a_bundled_one(mip: Mip, tmp_path: Path) -> None:
    (tmp_path / "lab.yaml").write_text("problems:\n  - title: Why does ours fail?\n    summary: It fails at times.\n")
    done = mip("--data", str(tmp_path / "lab.yaml"), "compare", "lab.1", "2.17")
    assert done.code == 0, done.err
    assert "not rated" in done.out
    assert "not said" in done.out


def test_markup_of_a_title_stays_text(mip: Mip, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(GOOD_FILE.replace("title: A card for tests", 'title: "a | b <b>x</b> [attn-only]"', 1))
    done = mip("--only", "--data", str(file), "compare", "2.1", "2.2")
    assert "2.1 a | b <b>x</b> [attn-only]" in seen(done.out).texts
