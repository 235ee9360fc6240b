"""`--format` on every command that lists: the same rows in each form, and one line for what is no form."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mi_problems.registry.registry import Registry
from tests.conftest import GOOD_FILE, Mip
from tests.markdown import seen
from tests.pseudo_terminal import mip_seen

COLUMNS = ["id", "title", "category", "difficulty", "difficulty_basis", "status", "starred", "compute", "weeks"]
COLUMNS += ["source", "newest", "url", "name"]
OF_PROBLEMS = ["list", "search induction heads", "pick -l beginner --seed 7"]
OF_OTHERS = ["categories", "categories rl", "sources", "sources mats12", "skills", "skills ablation"]


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("command", OF_PROBLEMS)
def test_csv_has_the_columns_of_the_contract_and_the_problems_of_json(mip: Mip, command: str) -> None:
    rows = rows_of(mip(*command.split(), "--format", "csv").out)
    records = json.loads(mip(*command.split(), "--format", "json").out)
    assert list(rows[0]) == COLUMNS
    assert [row["id"] for row in rows] == [record["id"] for record in records]
    for row, record in zip(rows, records, strict=True):
        assert (row["title"], row["status"], row["url"]) == (record["title"], record["status"], record["url"])
        assert row["starred"] == {True: "true", False: "false", None: ""}[record["starred"]]
        assert row["source"].split(", ") == [stated["list"] for stated in record["sources"]]
        assert row["newest"] == str(max((work["year"] or 0 for work in record["follow_ups"]), default=0) or "")


def test_weeks_are_words_and_the_name_finds_the_problem_again(mip: Mip, registry: Registry) -> None:
    rows = {row["id"]: row for row in rows_of(mip("list", "--format", "csv").out)}
    assert rows["2.17"]["weeks"] == "1 to 2"
    assert rows["4.10"]["name"] == "mip-4-10"
    assert all(registry.problem(row["name"]).id == name for name, row in rows.items())


@pytest.mark.parametrize("command", OF_PROBLEMS + OF_OTHERS)
def test_md_is_one_table_with_the_rows_of_csv(mip: Mip, command: str) -> None:
    done = mip(*command.split(), "--format", "md")
    table = rows_of(mip(*command.split(), "--format", "csv").out)
    found = seen(done.out)
    assert found.form[0][0] == "table_open"
    assert found.form[-1][0] == "table_close"
    assert len(found.texts) == len(table[0]) * (len(table) + 1)
    assert found.texts[: len(table[0])] == list(table[0])


@pytest.mark.parametrize("command", OF_PROBLEMS + OF_OTHERS)
def test_json_is_short_for_format_json_and_both_are_a_usage_error(mip: Mip, command: str) -> None:
    assert mip(*command.split(), "--json").out == mip(*command.split(), "--format", "json").out
    done = mip(*command.split(), "--json", "--format", "csv")
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)


@pytest.mark.parametrize(("word", "near"), [("cvs", "csv"), ("jsn", "json"), ("", "json, csv, md"), ("xml", "csv")])
def test_an_unknown_format_names_the_nearest(mip: Mip, word: str, near: str) -> None:
    done = mip("list", "--format", word)
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert near in done.err


@pytest.mark.parametrize(("word", "form"), [("markdown", "md"), ("Excel", "csv"), ("j", "json")])
def test_a_format_has_its_other_names(mip: Mip, word: str, form: str) -> None:
    assert mip("sources", "--format", word).out == mip("sources", "--format", form).out


def test_an_empty_list_is_a_header_and_a_line_on_stderr(mip: Mip) -> None:
    done = mip("list", "-c", "rl", "--weeks", "1", "--starred", "--format", "csv")
    assert (done.code, done.lines, done.err.count("\n")) == (0, [",".join(COLUMNS)], 1)


def test_the_form_does_not_depend_on_the_stream_and_has_no_colour(mip: Mip) -> None:
    code, output = mip_seen("--color", "always", "list", "-c", "rl", "--format", "csv", raw=True)
    assert code == 0
    assert output.splitlines() == mip("list", "-c", "rl", "--format", "csv").lines


def test_lines_of_csv_end_with_crlf() -> None:
    command = [sys.executable, "-m", "mi_problems", "sources", "--format", "csv"]
    out = subprocess.run(command, capture_output=True, env=os.environ, check=True).stdout
    assert out.count(b"\r\n") == out.count(b"\n") == out.count(b"\r") > 1


def test_a_title_that_is_a_formula_runs_nothing(mip: Mip, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(GOOD_FILE.replace("title: A card for tests", "title: \"=HYPERLINK('x') + 1\"", 1))
    done = mip("--only", "--data", str(file), "list", "--format", "csv")
    assert rows_of(done.out)[0]["title"] == "'=HYPERLINK('x') + 1"


def test_an_unrated_problem_of_ones_own_has_empty_cells(mip: Mip, tmp_path: Path) -> None:
    (tmp_path / "lab.yaml").write_text("problems:\n  - title: Why does ours fail?\n    summary: It fails at times.\n")
    done = mip("--only", "--data", str(tmp_path / "lab.yaml"), "list", "--format", "csv")
    row = rows_of(done.out)[0]
    assert (row["id"], row["name"]) == ("lab.1", "mip-lab-1")
    assert {row[name] for name in ("difficulty", "difficulty_basis", "starred", "compute", "weeks", "source")} == {""}


@pytest.mark.parametrize("command", OF_PROBLEMS)
def test_reasons_and_seed_of_a_pick_are_told_beside_a_table(mip: Mip, command: str) -> None:
    told = mip(*command.split(), "--format", "md").err
    assert bool(told) == command.startswith("pick")
    if told:
        assert told == mip(*command.split()).err
