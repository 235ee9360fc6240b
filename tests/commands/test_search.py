"""`mip search` as a script and a person meet it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import PROBLEMS, Mip
from tests.pseudo_terminal import mip_seen

Record = dict[str, Any]
ALL = ("-n", str(PROBLEMS))


def records(mip: Mip, *words: str) -> list[Record]:
    rows: list[Record] = json.loads(mip(*words, "--json").out)
    return rows


def test_a_pipe_gets_the_lines_that_list_prints(mip: Mip) -> None:
    done = mip("search", "induction heads")
    assert (done.code, done.err) == (0, "")
    assert set(done.lines) <= set(mip("list").lines)


def test_ten_is_the_default_limit(mip: Mip) -> None:
    everything = mip("search", "neurons", *ALL).lines
    assert len(everything) > 10
    assert mip("search", "neurons").lines == everything[:10]


def test_a_smaller_limit_keeps_the_best(mip: Mip) -> None:
    assert mip("search", "neurons", "-n", "3").lines == mip("search", "neurons").lines[:3]


def test_the_best_comes_first(mip: Mip) -> None:
    scores = [row["score"] for row in records(mip, "search", "superposition", *ALL)]
    assert scores == sorted(scores, reverse=True)


def test_json_and_lines_find_the_same_in_the_same_order(mip: Mip) -> None:
    found = [line.split("\t")[0] for line in mip("search", "grokking").lines]
    assert [row["id"] for row in records(mip, "search", "grokking")] == found


def test_a_record_is_the_one_of_list_with_a_score(mip: Mip) -> None:
    listed = {row["id"]: row for row in records(mip, "list")}
    for row in records(mip, "search", "grokking"):
        assert row.pop("score") > 0
        assert row == listed[row["id"]]


def test_no_problem_is_found_twice(mip: Mip) -> None:
    found = mip("search", "neurons", *ALL).lines
    assert len(found) == len(set(found))


@pytest.mark.parametrize(
    ("flags", "holds"),
    [
        (["-c", "circuits"], lambda row: row["category"] == "circuits"),
        (["-c", "!circuits"], lambda row: row["category"] != "circuits"),
        (["-l", "beginner"], lambda row: "beginner" in row["levels"]),
        (["-d", "B"], lambda row: row["difficulty"] == "B"),
        (["-s", "open", "-s", "active"], lambda row: row["status"] in {"open", "active"}),
        (["-t", "activation-patching"], lambda row: "activation-patching" in row["skills"]),
        (["--starred"], lambda row: row["starred"] is True),
        (["--compute", "laptop"], lambda row: row["compute"] == "laptop"),
        (["-l", "B", "-s", "open"], lambda row: "intermediate" in row["levels"] and row["status"] == "open"),
    ],
)
def test_a_filter_drops_what_does_not_fit_and_keeps_the_order(
    mip: Mip, flags: list[str], holds: Callable[[Record], bool]
) -> None:
    wanted = [row["id"] for row in records(mip, "search", "heads", *ALL) if holds(row)]
    assert wanted
    assert [row["id"] for row in records(mip, "search", "heads", *ALL, *flags)] == wanted


def test_the_limit_counts_what_the_filters_leave(mip: Mip) -> None:
    assert len(mip("search", "heads", "-c", "!circuits", "-n", "3").lines) == 3


@pytest.mark.parametrize("words", [["induction", "heads"], ["INDUCTION heads"], ["  induction   heads "]])
def test_quotes_capitals_and_spaces_do_not_matter(mip: Mip, words: list[str]) -> None:
    assert mip("search", *words).out == mip("search", "induction heads").out


@pytest.mark.parametrize("typed", [["#4.10"], ["problem", "4.10"], ["4.10."]])
def test_an_id_finds_its_problem_alone(mip: Mip, typed: list[str]) -> None:
    assert mip("search", *typed).lines == [mip("show", "4.10").lines[0]]


def test_the_same_words_find_the_same_again(program: Mip, mip: Mip) -> None:
    seeds = [program("search", "othello", env={"PYTHONHASHSEED": seed}).out for seed in ("1", "2")]
    assert seeds == [mip("search", "othello").out] * 2


def test_nothing_found_is_one_line_on_stderr_with_json_too(mip: Mip) -> None:
    done = mip("search", "qwertzuiop", "--json")
    assert (done.code, done.out, done.err.count("\n")) == (0, "[]\n", 1)


def test_quiet_keeps_the_notice_back(mip: Mip) -> None:
    assert mip("-q", "search", "qwertzuiop").err == ""


@pytest.mark.parametrize("words", ["", "[/b]", ":robot:", "*", "\x1b[31m", "'; --"])
def test_odd_words_are_no_error(mip: Mip, words: str) -> None:
    assert mip("search", "--", words).code == 0


@pytest.mark.parametrize(("flag", "word"), [("-c", "circus"), ("-l", "beginer"), ("-s", "oppen"), ("--compute", "x")])
def test_a_filter_with_an_unknown_word_is_a_usage_error(mip: Mip, flag: str, word: str) -> None:
    done = mip("search", "heads", flag, word)
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert word in done.err


def test_a_terminal_names_the_same_problems(mip: Mip) -> None:
    code, seen = mip_seen("search", "othello", "-n", "3")
    assert code == 0
    assert "\t" not in seen
    assert all(line.split("\t")[0] in seen for line in mip("search", "othello", "-n", "3").lines)


def test_a_catalogue_number_finds_its_problem(mip: Mip) -> None:
    assert [line.split("\t")[0] for line in mip("search", "coda:9.60").lines] == ["9.59"]


def test_a_filter_that_removes_every_hit_is_named_with_what_it_cost(mip: Mip) -> None:
    done = mip("search", "induction", "-c", "rl")
    assert done.out == ""
    found = len(mip("search", "induction", *ALL).lines)
    assert done.err == f"mip: no problem fits --category rl; without --category rl: {found} problems\n"


def test_neighbours_alone_of_hits_that_the_filters_removed_are_not_shown(mip: Mip) -> None:
    found = len(mip("search", "reward", "hacking", *ALL).lines)
    done = mip("search", "reward", "hacking", "--level", "beginner")
    assert (done.code, done.out) == (0, "")
    assert done.err == f"mip: no problem fits --level beginner; without --level beginner: {found} problems\n"


def test_an_unknown_id_names_the_nearest_and_finds_nothing(mip: Mip) -> None:
    done = mip("search", "2.99")
    assert (done.code, done.out) == (0, "")
    assert "no problem '2.99'; nearest: 2.9" in done.err


def test_a_terminal_is_told_how_many_more_there_are(mip: Mip) -> None:
    whole = len(mip("search", "othello", *ALL).lines)
    _, shown = mip_seen("search", "othello", "-n", "3")
    assert shown.splitlines()[-1] == f"3 of {whole}; -n {whole} shows all"
    _, shown = mip_seen("search", "othello", *ALL)
    assert "shows all" not in shown
