"""What a strict card says of later works hangs together, on the card and over all of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from mi_problems.registry.load import examine
from tests.conftest import GOOD_FILE

WORK = """\
    follow_ups:
      - title: A later work
        url: https://example.org/{name}
        year: {year}
        relation: {relation}
        confidence: seen
        note: It finds something and leaves the rest open. {more}
"""


def faults(folder: Path, *changes: tuple[str, str], times: int = 1) -> list[str]:
    """The messages for the good file with these changes, the first `times` of each."""
    text = GOOD_FILE
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, times)
    (folder / "own.yaml").write_text(text, encoding="utf-8")
    return [fault.message for fault in examine(folder / "own.yaml", only=True).faults]


def work(relation: str = "background", year: str = "2024", more: str = "", name: str = "work") -> tuple[str, str]:
    return "    follow_ups: []\n", WORK.format(relation=relation, year=year, more=more, name=name)


def test_the_file_that_is_spoilt_here_is_sound(tmp_path: Path) -> None:
    assert faults(tmp_path) == []
    assert faults(tmp_path, work()) == []


@pytest.mark.parametrize(
    ("status", "relation", "sound"),
    [
        ("active", "background", False), ("active", "tool", False), ("active", "extends", True),
        ("active", "replicates", True), ("active", "answers", True), ("addressed", "extends", False),
        ("addressed", "answers", True), ("addressed", "replicates", True), ("open", "tool", True),
        ("open", "extends", False), ("open", "background", True),
    ],
)  # fmt: skip
def test_a_status_needs_the_works_that_bear_it_out(tmp_path: Path, status: str, relation: str, sound: bool) -> None:
    found = faults(tmp_path, ("status: open", f"status: {status}"), work(relation))
    assert (found == []) is sound
    assert sound or f"status: {status} needs" in found[0]


def test_a_missing_year_is_told_unless_the_note_says_that_none_can_be_seen(tmp_path: Path) -> None:
    assert "year is missing" in faults(tmp_path, work(year="null"))[0]
    assert faults(tmp_path, work(year="null", more="No date was seen.")) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [("A later work", "Another title", "title"), ("2024", "2023", "year"), ("seen\n", "title\n", "confidence")],
)
def test_one_address_is_told_of_in_one_way_on_all_cards(tmp_path: Path, old: str, new: str, told: str) -> None:
    entry, first = work()
    found = faults(tmp_path, (entry, first), (entry, first.replace(old, new)))
    assert len(found) == 1
    assert f"follow_ups: {told}" in found[0]
    assert "on 2.1 it is" in found[0]


@pytest.mark.parametrize("place", ["One two three", "First do this one thing", "A number against a baseline"])
def test_an_arxiv_number_in_the_text_is_an_entry_of_the_card(tmp_path: Path, place: str) -> None:
    named = (place, f"{place} (2405.04156)")
    assert "2405.04156 is no entry of follow_ups" in faults(tmp_path, named)[0]
    assert faults(tmp_path, named, work(name="abs/2405.04156v2")) == []


def test_a_package_in_a_step_was_compared_with_its_project(tmp_path: Path) -> None:
    step = "First do this one thing"
    assert "'jlens' was not compared" in faults(tmp_path, (step, f"{step} (`pip install jlens`)"))[0]
    assert faults(tmp_path, (step, f"{step} (`pip install --no-deps torch-lucent`)")) == []


def test_a_file_that_is_not_strict_is_not_judged(tmp_path: Path) -> None:
    assert faults(tmp_path, ("strict: true\n", ""), ("status: open", "status: active"), work()) == []
