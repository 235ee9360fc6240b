"""`mip mark` as a person and as a script meet it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mi_problems.progress import clock
from mi_problems.registry.registry import Registry
from tests.conftest import Mip
from tests.pseudo_terminal import mip_seen

NOON = 1_796_040_000.0  # 30 November 2026, 12:00 UTC


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


def test_a_mark_is_a_line_in_the_file_and_on_standard_output(mip: Mip, notes: Path, registry: Registry) -> None:
    done = mip("mark", "2.17", "saved")
    title = registry.problem("2.17").title
    assert (done.code, done.err) == (0, "")
    assert done.out == f"2.17\tsaved\t2026-11-30T12:00:00Z\t\t\t\t{title}\n"
    kept = {"id": "2.17", "state": "saved", "at": "2026-11-30T12:00:00Z", "title": title}
    assert notes.read_text(encoding="utf-8") == json.dumps(kept) + "\n"


@pytest.mark.parametrize(
    "words",
    [["saved", "2.17", "3.1"], ["2.17", "3.1", "saved"], ["problem 2.17", "#3.1", "Sav"], ["3.1", "2.17", "later"]],
)
def test_the_state_stands_first_or_last(mip: Mip, words: list[str]) -> None:
    assert mip("mark", *words).code == 0
    assert sorted(line.split("\t")[:2] for line in mip("mine").lines) == [["2.17", "saved"], ["3.1", "saved"]]


def test_with_a_note_the_state_may_be_left_out(mip: Mip) -> None:
    mip("mark", "2.17", "started")
    assert mip("mark", "2.17", "--note", "half\nway").lines[0].split("\t")[1:6:4] == ["started", "half way"]
    mip("mark", "2.17", "--note", "done soon")
    assert mip("mine").lines[0].split("\t")[5] == "half way; done soon"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["2.17"], "needs a state or a --note; the states are saved, started, done, dropped; none takes a mark back"),
        (["saved"], "`mip mark` needs an id; such as `mip mark 2.17 saved`"),
        (["2.17", "saved", "3.1"], "saved stands between ids; put it first or last"),
        (["saved", "2.17", "done"], "two states, saved and done; give each a command of its own"),
        (["2.17", "strated"], "unknown state 'strated'; did you mean started"),
        (["2.17", "saved", "--note", " "], "--note is empty"),
        (["2.17", "saved", "--note", "x" * 10_001], "--note takes at most 10,000 characters"),
        (["2.17", "saved", "--who", "x" * 81], "--who takes a name of at most 80 characters"),
    ],
)
def test_what_cannot_be_is_one_line_and_nothing_is_written(mip: Mip, notes: Path, words: list[str], told: str) -> None:
    done = mip("mark", *words)
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert told in done.err
    assert not notes.exists()


def test_of_several_ids_all_are_marked_or_none(mip: Mip, notes: Path) -> None:
    done = mip("mark", "2.17", "2.99", "saved")
    assert (done.code, done.out) == (1, "")
    assert "no problem '2.99'; nearest: 2.9" in done.err
    assert not notes.exists()


def test_an_id_that_is_named_twice_is_marked_once(mip: Mip, notes: Path) -> None:
    mip("mark", "2.17", "#2.17", "saved")
    assert notes.read_bytes().count(b"\n") == 1


def test_none_takes_a_mark_back_and_keeps_the_history(mip: Mip) -> None:
    mip("mark", "2.17", "saved")
    assert mip("mark", "2.17", "none").lines[0].split("\t")[1] == "none"
    assert mip("mine").out == ""
    assert [line.split("\t")[1] for line in mip("mine", "--history").lines] == ["none", "saved"]


def test_what_is_no_longer_in_the_registry_can_be_taken_back(mip: Mip, notes: Path) -> None:
    notes.write_text('{"id": "lab.1", "state": "saved", "title": "Gone"}\n')
    assert mip("mark", "lab.1", "none").lines[0].split("\t")[::6] == ["lab.1", "Gone"]
    assert mip("mine").out == ""


def test_what_was_marked_under_an_older_title_is_taken_back_with_the_id(mip: Mip, notes: Path) -> None:
    notes.write_text('{"id": "2.17", "state": "saved", "title": "Old"}\n')
    assert [line.split("\t")[6] for line in mip("mine").lines] == ["Old"]
    mip("mark", "2.17", "none")
    assert mip("mine").out == ""


def test_a_person_has_a_mark_of_their_own(mip: Mip) -> None:
    mip("mark", "2.17", "saved", "--who", "anna")
    assert mip("mark", "2.17", "done").lines[0].split("\t")[3] == ""
    assert [line.split("\t")[1:4:2] for line in mip("mine").lines] == [["done", ""], ["saved", "anna"]]


def test_json_is_an_array_of_what_is_marked_now(mip: Mip) -> None:
    (record,) = json.loads(mip("mark", "2.17", "saved", "--note", "x", "--who", "anna", "--json").out)
    assert record["summary"]
    names = ("id", "state", "since", "who", "folder", "notes")
    assert [record[name] for name in names] == ["2.17", "saved", "2026-11-30T12:00:00Z", "anna", None, ["x"]]


def test_a_terminal_gets_a_sentence(registry: Registry) -> None:
    title = registry.problem("2.17").title
    for words, told in [
        ("2.17 saved", f"2.17 is saved: {title}\n"), ("2.17 done --who anna", f"2.17 is done for anna: {title}\n"),
        ("2.17 none", "2.17 is no longer marked\n"), ("2.17 --note x", "2.17: noted\n"),
    ]:  # fmt: skip
        assert mip_seen("mark", *words.split()) == (0, told)


def test_a_memory_that_cannot_be_written_is_one_line_and_exit_1(mip: Mip, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIP_NOTES", "/dev/full")
    done = mip("mark", "2.17", "saved")
    assert (done.code, done.out) == (1, "")
    assert done.err == "mip: error: cannot write /dev/full: No space left on device; MIP_NOTES names another file\n"


def test_dev_null_remembers_nothing_and_is_no_failure(mip: Mip, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIP_NOTES", "/dev/null")
    assert mip("mark", "2.17", "saved").code == 0
    assert mip("mine").out == ""
