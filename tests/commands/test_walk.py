"""A walk on a pseudo-terminal: save two, start one, come back weeks later, finish, pick again."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

from tests.pseudo_terminal import ANSI

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
PROMPT = "mip-walk> "


class Walk:
    """A shell at which a person sits; what it shows is kept as it was seen."""

    def __init__(self, home: Path, notes: Path, columns: int = 80, rows: int = 24) -> None:
        pexpect = pytest.importorskip("pexpect")
        import os

        (home / "mip").write_text(f'#!/bin/sh\nexec {sys.executable} -m mi_problems "$@"\n')
        (home / "mip").chmod(0o755)
        self.notes = notes
        settings = {"PS1": PROMPT, "PATH": f"{home}{os.pathsep}{os.environ['PATH']}", "TERM": "dumb", "MIP_PAGER": ""}
        self.child = pexpect.spawn(
            "bash", ["--norc", "--noprofile"], cwd=str(home), encoding="utf-8", timeout=30, dimensions=(rows, columns),
            env={**os.environ, **settings, "LC_ALL": "C.UTF-8", "BASH_SILENCE_DEPRECATION_WARNING": "1"},
        )  # fmt: skip
        self.child.setecho(False)
        self.child.expect_exact(PROMPT)

    def type(self, line: str, until: str = PROMPT) -> str:
        """What is shown after a line was typed, until the prompt comes back."""
        self.child.sendline(line)
        self.child.expect_exact(until)
        return ANSI.sub("", str(self.child.before)).replace("\r\n", "\n").removeprefix(f"{line}\n")

    def later(self, days: int) -> None:
        """Moves all that is remembered so many days into the past, as editing the file would."""
        from datetime import datetime, timedelta

        rows = [json.loads(line) for line in self.notes.read_text().splitlines()]
        for row in rows:
            row["at"] = (datetime.fromisoformat(row["at"]) - timedelta(days=days)).isoformat()
        self.notes.write_text("".join(f"{json.dumps(row)}\n" for row in rows))


@pytest.fixture
def walk(tmp_path: Path, notes: Path) -> Walk:
    return Walk(tmp_path, notes)


def test_save_two_start_one_come_back_finish_and_pick_again(walk: Walk, tmp_path: Path) -> None:
    assert "2.17 is saved: Does the IOI" in walk.type("mip mark 2.17 2.18 saved")
    assert re.search(r"2\.17 .*saved.*\n2\.18 .*saved.*\n2 problems", walk.type("mip list --mine saved"))
    assert "next:" in walk.type("mip init 2.17 --vcs none")
    walk.later(days=8)

    shown = walk.type("mip mine")
    assert re.search(r"^2\.17  started  a week ago", shown, re.MULTILINE)
    assert re.search(r"^2\.18  saved    a week ago", shown, re.MULTILINE)
    walk.type('cd / && cd "$(mip mine 2.17 --folder)"')
    assert walk.type("pwd").strip().startswith(str(tmp_path / "mip-2-17-does-the-ioi"))
    assert "experiment.py" in walk.type("ls")
    assert "you started 2.17 a week ago in" in walk.type("mip init 2.17 --dry-run other")

    assert "2.17 is done" in walk.type('mip mark 2.17 done --note "four of five seeds"')
    shown = walk.type("mip pick -l beginner -c circuits -n 4 --seed 3 2>&1 | cat")
    assert "left out: 2.17 (done)" in shown
    assert re.search(r"^2\.18: because it is one that you saved, ", shown, re.MULTILINE)
    assert not re.search(r"^2\.17\t", shown, re.MULTILINE)
    assert "note    four of five seeds" in walk.type("mip show 2.17 | cat; mip show 2.17 --color never")
    assert "2.17  done   today" in walk.type("mip mine done")


def test_the_dialogue_greets_saves_and_leaves_out(walk: Walk) -> None:
    walk.type("mip init 2.17 --vcs none && mip mark 2.18 done")
    walk.later(days=8)
    greeting = walk.type("mip pick -c circuits --compute laptop --weeks 4 --seed 3", "[1] ")
    assert greeting.startswith("you started 2.17 a week ago (`mip mine`)\n")
    assert len(greeting.splitlines()) <= 24
    shown = walk.type("beginner", "\n> ")
    assert shown.count("left out:") == 1
    assert "--no-marks" not in shown
    assert "s 1: save" in shown
    first = re.search(r"^1  (\S+)  ", shown, re.MULTILINE)
    assert first
    assert f"saved {first[1]}; `mip mine` shows it" in walk.type("s 1", "\n> ")
    assert "left out" not in walk.type("a", "\n> ")
    assert "an id such as 3.21, or one of i, s" in walk.type("s 9", "\n> ")
    assert "your marks had a part" in walk.type("q")
    assert f"{first[1]}\tsaved\t" in walk.type("mip mine saved | cat")


def test_a_save_that_fails_in_the_dialogue_says_why_and_goes_on(walk: Walk) -> None:
    walk.type("export MIP_NOTES=/dev/full")
    walk.type("mip pick -c circuits --compute laptop --weeks 4 --seed 3", "[1] ")
    walk.type("b", "\n> ")
    assert "No space left on device" in walk.type("s 1", "\n> ")
    assert "the same again" in walk.type("q")
