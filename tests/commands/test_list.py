"""`mip list` as a script and a person meet it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import Mip
from tests.pseudo_terminal import mip_seen

Record = dict[str, Any]
LEVELS = {"A": "beginner", "B": "intermediate", "C": "advanced", "D": "expert"}


def records(mip: Mip, *flags: str) -> list[Record]:
    rows: list[Record] = json.loads(mip("list", "--json", *flags).out)
    return rows


def ids(mip: Mip, *flags: str) -> list[str]:
    return [line.split("\t")[0] for line in mip("list", *flags).lines]


@pytest.mark.parametrize("earlier_and_later", [("4.2", "4.10"), ("2.25", "2.25b"), ("2.25b", "2.26"), ("1.23", "2.1")])
def test_ids_sort_naturally(mip: Mip, earlier_and_later: tuple[str, str]) -> None:
    everything = ids(mip)
    earlier, later = map(everything.index, earlier_and_later)
    assert earlier < later


def test_a_line_is_id_difficulty_status_category_title(mip: Mip) -> None:
    for line, row in zip(mip("list").lines, records(mip), strict=True):
        mark = {"published": "", "estimated": "~"}[row["difficulty_basis"]]
        assert line.split("\t") == [
            row["id"], mark + row["difficulty"], row["status"], row["category"], row["title"],
        ]  # fmt: skip


def test_every_record_keeps_to_the_words_of_the_contract(mip: Mip) -> None:
    for row in records(mip):
        assert re.fullmatch(r"[1-9]\d?\.[1-9]\d*b?", row["id"])
        assert re.fullmatch(r"[A-D]|A-[B-D]|B-[CD]|C-D", row["difficulty"])
        assert row["starred"] in {True, False, None}
        assert row["status"] in {"open", "active", "addressed"}
        assert row["reach"] in {"small", "pretrained", "warm-up"} if row["starter"] else row["reach"] is None
        assert row["starter"] or row["sources"][0]["list"] != "nanda-2022"
        assert all(set(stated) == {"list", "number"} for stated in row["sources"])
        assert row["compute"] in {"laptop", "gpu", "cluster"}


def test_a_range_belongs_to_every_level_it_spans(mip: Mip) -> None:
    for row in records(mip):
        first, last = row["difficulty"][0], row["difficulty"][-1]
        assert row["levels"] == [name for letter, name in LEVELS.items() if first <= letter <= last]


@pytest.mark.parametrize(
    ("flags", "holds"),
    [
        (["-c", "circuits"], lambda row: row["category"] == "circuits"),
        (["--category", "!rl"], lambda row: row["category"] != "rl"),
        (["-l", "expert"], lambda row: "expert" in row["levels"]),
        (["-d", "B-C"], lambda row: row["difficulty"] == "B-C"),
        (["-s", "open", "-s", "active"], lambda row: row["status"] in {"open", "active"}),
        (["-t", "activation-patching"], lambda row: "activation-patching" in row["skills"]),
        (["--starred"], lambda row: row["starred"] is True),
        (["--compute", "laptop"], lambda row: row["compute"] == "laptop"),
        (["-c", "rl", "-c", "vision", "-l", "B"],
         lambda row: row["category"] in {"rl", "vision"} and "intermediate" in row["levels"]),
        (["-c", "!rl", "-c", "!features"], lambda row: row["category"] not in {"rl", "features"}),
    ],
)  # fmt: skip
def test_a_filter_lists_all_that_fit_and_nothing_else(
    mip: Mip, flags: list[str], holds: Callable[[Record], bool]
) -> None:
    wanted = [row["id"] for row in records(mip) if holds(row)]
    assert wanted
    assert ids(mip, *flags) == wanted


@pytest.mark.parametrize("word", ["training-dynamics", "5", "tr"])
def test_a_category_is_a_slug_a_number_or_a_unique_beginning(mip: Mip, word: str) -> None:
    assert {row["category"] for row in records(mip, "-c", word)} == {"training-dynamics"}


def test_a_beginning_that_fits_several_categories_names_them(mip: Mip) -> None:
    done = mip("list", "-c", "t")
    assert done.code == 2
    assert all(slug in done.err for slug in ("toy-models", "training-dynamics", "techniques"))


@pytest.mark.parametrize("key", ["id", "difficulty", "title", "status"])
def test_a_limit_takes_the_first_of_the_sorted_list(mip: Mip, key: str) -> None:
    assert mip("list", "--sort", key, "-n", "5").lines == mip("list", "--sort", key).lines[:5]


def test_a_sort_orders_by_its_key(mip: Mip) -> None:
    titles = [row["title"].casefold() for row in records(mip, "--sort", "title")]
    letters = [row["difficulty"][0] for row in records(mip, "--sort", "difficulty")]
    assert titles == sorted(titles)
    assert letters == sorted(letters)


def test_a_limit_beyond_the_end_lists_everything(mip: Mip) -> None:
    assert mip("list", "-n", "100000").out == mip("list").out


def test_json_and_lines_list_the_same_problems_in_the_same_order(mip: Mip) -> None:
    flags = ("-s", "open", "--sort", "difficulty", "-n", "20")
    assert [row["id"] for row in records(mip, *flags)] == ids(mip, *flags)


def test_json_is_never_coloured(mip: Mip) -> None:
    assert mip("--color", "always", "list", "--json").out == mip("list", "--json").out


def test_an_empty_list_names_the_filters_and_what_to_relax(mip: Mip) -> None:
    flags = ("-c", "rl", "-d", "A", "-s", "open")
    done = mip("list", *flags)
    assert (done.code, done.out, done.err.count("\n")) == (0, "", 1)
    assert all(word in done.err for word in ("--category rl", "--difficulty A", "--status open", "without --"))
    assert mip("list", *flags, "--json").out == "[]\n"


def test_a_full_list_leaves_stderr_empty(mip: Mip) -> None:
    assert mip("list").err == ""


def test_only_a_terminal_gets_a_header(mip: Mip) -> None:
    _, seen = mip_seen("list", "-c", "rl", piped="stderr")
    assert len(seen.splitlines()) == 1 + len(mip("list", "-c", "rl").lines)
    assert "\t" not in seen


def test_a_terminal_is_told_what_the_signs_mean_and_what_to_type_next(mip: Mip) -> None:
    _, shown = mip_seen("list", "-c", "circuits", "--starred")
    count = len(mip("list", "-c", "circuits", "--starred").lines)
    assert shown.splitlines()[-1] == f"{count} problems; \u2605 starred by the author; `mip show ID` shows a card"
    _, shown = mip_seen("list", "-c", "features", "-d", "A", "--starred", "-q")
    assert "mip show ID" not in shown


def test_one_problem_is_one(mip: Mip) -> None:
    _, shown = mip_seen("list", "-c", "rl", "-l", "beginner")
    assert shown.splitlines()[-1].startswith("1 problem; ")


def test_a_list_that_is_cut_says_of_how_many(mip: Mip) -> None:
    _, shown = mip_seen("list", "-c", "rl", "-n", "2")
    assert shown.splitlines()[-1].startswith(f"2 of {len(mip('list', '-c', 'rl').lines)} problems; ")


def test_repeating_compute_means_or(mip: Mip) -> None:
    both = mip("list", "--compute", "laptop", "--compute", "gpu").lines
    assert len(both) == len(mip("list", "--compute", "laptop").lines) + len(mip("list", "--compute", "gpu").lines)


@pytest.mark.parametrize("flag", ["-V", "--version"])
def test_the_version_may_be_asked_for_after_a_verb(mip: Mip, flag: str) -> None:
    assert mip("list", flag).out == mip("--version").out
