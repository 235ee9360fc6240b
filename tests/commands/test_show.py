"""`mip show` as a script and a person meet it."""

from __future__ import annotations

import json
import re
import socket
from pathlib import Path
from typing import Any

import pytest

from mi_problems.registry.registry import Registry
from tests.conftest import GOOD_FILE, Mip
from tests.pseudo_terminal import mip_seen


def records(mip: Mip, *words: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(mip(*words, "--json").out)
    return rows


@pytest.mark.parametrize(
    ("typed", "exact"),
    [
        ("#2.17", "2.17"), ("2.17.", "2.17"), ("problem 2.17", "2.17"), (" 2.17 ", "2.17"), ("Problem #2.17", "2.17"),
        ("#4.10", "4.10"), ("2.25B", "2.25b"), ("coda:9.60", "9.59"),
    ],
)  # fmt: skip
def test_an_id_is_forgiving_on_input_and_exact_on_output(mip: Mip, typed: str, exact: str) -> None:
    done = mip("show", typed)
    assert (done.code, done.err) == (0, "")
    assert done.lines[0].split("\t")[0] == exact
    assert done.out == mip("show", exact).out


@pytest.mark.parametrize(("one", "other"), [("4.1", "4.10"), ("2.25", "2.25b"), ("9.60", "coda:9.60")])
def test_ids_that_look_alike_are_different_problems(mip: Mip, one: str, other: str) -> None:
    assert mip("show", one).lines[0] != mip("show", other).lines[0]


def test_an_id_is_text_in_json(mip: Mip) -> None:
    assert [row["id"] for row in records(mip, "show", "4.10", "4.1")] == ["4.10", "4.1"]


def test_cards_come_in_the_order_asked(mip: Mip) -> None:
    out = mip("show", "9.1", "2.17", "4.10").out
    places = [out.index(mip("show", identifier).out) for identifier in ("9.1", "2.17", "4.10")]
    assert places == sorted(places)


def test_a_problem_named_twice_is_shown_once(mip: Mip) -> None:
    assert mip("show", "9.59", "coda:9.60").out == mip("show", "9.59").out


def test_json_is_an_array_even_for_one(mip: Mip) -> None:
    assert len(records(mip, "show", "2.17")) == 1


def test_a_record_is_the_same_in_show_and_in_list(mip: Mip) -> None:
    assert records(mip, "show", "1.1") == records(mip, "list", "-n", "1")


def test_an_estimated_difficulty_carries_a_tilde_and_a_published_one_does_not(mip: Mip) -> None:
    for basis, mark in (("estimated", "~"), ("published", "")):
        row = next(row for row in records(mip, "list") if row["difficulty_basis"] == basis)
        assert f"difficulty: {mark}{row['difficulty']} " in mip("show", row["id"]).out


def test_a_terminal_shows_the_tilde_too(mip: Mip) -> None:
    row = next(row for row in records(mip, "list") if row["difficulty_basis"] == "estimated")
    _, seen = mip_seen("show", row["id"])
    assert f"~{row['difficulty']}" in seen


def test_an_unknown_catalogue_number_names_catalogue_numbers(mip: Mip) -> None:
    done = mip("show", "coda:9.999")
    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
    assert "nearest: coda:9." in done.err


def test_an_unknown_id_spoils_json_as_well(mip: Mip) -> None:
    done = mip("show", "2.17", "2.99", "--json")
    assert (done.code, done.out) == (1, "")


@pytest.mark.parametrize("typed", ["", "2", "2.", "2.17.3", "-1.0", "two", "\x1b[31m", "9" * 5000, "2.17\n2.18"])
def test_what_is_no_id_is_one_line_on_stderr(mip: Mip, typed: str) -> None:
    done = mip("show", "--", typed)
    assert (done.code, done.out) == (1, "")
    assert done.err.count("\n") == 1
    assert done.err.rstrip("\n").isprintable()


def test_a_piped_card_does_not_depend_on_columns(mip: Mip, monkeypatch: pytest.MonkeyPatch) -> None:
    wide = mip("show", "2.17").out
    monkeypatch.setenv("COLUMNS", "20")
    assert mip("show", "2.17").out == wide


@pytest.mark.parametrize("command", [["list"], ["show", "2.1"], ["search", "tests"]])
def test_markup_survives_and_control_characters_do_not(mip: Mip, tmp_path: Path, command: list[str]) -> None:
    file = tmp_path / "mine.yaml"
    hostile = r'title: "A card for tests [attn-only] [/b] :robot: \e[31m\u202E"'
    file.write_text(GOOD_FILE.replace("title: A card for tests", hostile))
    out = mip("--only", "--data", str(file), *command).out
    assert "[attn-only] [/b] :robot:" in out
    assert "\x1b" not in out
    assert "\u202e" not in out


@pytest.mark.parametrize("command", [["list"], ["show", "2.17"], ["search", "induction"], ["categories", "rl"]])
def test_no_command_opens_a_connection(mip: Mip, monkeypatch: pytest.MonkeyPatch, command: list[str]) -> None:
    monkeypatch.setattr(socket, "socket", lambda *_, **__: pytest.fail("opened a socket"))
    assert mip(*command).code == 0


def test_the_word_problem_may_stand_before_an_id(mip: Mip) -> None:
    assert mip("show", "problem", "2.17") == mip("show", "2.17")
    assert "no problem 'problem'" in mip("show", "problem").err


@pytest.mark.parametrize("number", ["2.6", "5.18", "2.25b"])
def test_the_nearest_numbers_of_the_catalogue_are_in_it(mip: Mip, registry: Registry, number: str) -> None:
    done = mip("show", f"coda:{number}")
    assert done.code == 1
    for near in re.findall(r"coda:(\d+\.\d+\w?)", done.err.split("nearest:")[1]):
        assert registry.problem(f"coda:{near}")


def test_an_open_problem_with_works_near_it_does_not_say_that_none_is_known(mip: Mip, registry: Registry) -> None:
    assert [work.relation for work in registry.problem("1.6").card.follow_ups]
    assert "\nstatus: open as of November 2026: nothing known answers it\n" in mip("show", "1.6").out


def test_a_pipe_gets_the_address_of_the_source_alone(mip: Mip, registry: Registry) -> None:
    done = mip("show", "2.17", "10.1", "--web")
    assert (done.code, done.err) == (0, "")
    assert done.lines == [registry.problem(name).card.url for name in ("2.17", "10.1")]


def test_a_pipe_gets_the_address_of_a_work_newest_first(mip: Mip, registry: Registry) -> None:
    works = registry.problem("2.17").card.newest_first
    for number, work in enumerate(works, 1):
        assert mip("show", "2.17", "--work", str(number)).out == f"{work.url}\n"
    assert mip("2.17", "--web", "--work", "1").out == f"{works[0].url}\n"


def test_a_work_that_does_not_exist_is_one_line_and_nothing_is_printed(mip: Mip) -> None:
    done = mip("show", "2.17", "1.14", "--work", "90")
    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
    assert "it has" in done.err


def test_a_problem_without_an_address_is_one_line(mip: Mip, tmp_path: Path) -> None:
    (tmp_path / "lab.yaml").write_text("problems:\n  - title: Why does ours fail?\n    summary: It fails at times.\n")
    done = mip("--data", str(tmp_path / "lab.yaml"), "show", "lab.1", "--web")
    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)


@pytest.mark.parametrize("option", [["--web"], ["--work", "1"]])
def test_an_address_is_no_document(mip: Mip, option: list[str]) -> None:
    done = mip("show", "2.17", *option, "--json")
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
