"""lab.py of a generated repository: runs, their records and their table. A toy stands in for the experiment."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from mi_problems.records.terms import STARTERS
from mi_problems.registry.registry import Registry
from mi_problems.scaffold.names import default_name
from mi_problems.scaffold.plan import plan
from mi_problems.scaffold.provenance import Options
from tests.lab import toy
from tests.lab.toy import python


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    return toy.make(tmp_path)


def record(repository: Path, number: int = 1) -> dict[str, Any]:
    text = (repository / "results" / f"{number:03}" / "record.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def edit(repository: Path, old: str, new: str) -> None:
    file = repository / "experiment.py"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_a_run_prints_its_headline_and_leaves_a_figure_its_words_and_a_record(repository: Path) -> None:
    done = python(repository, "experiment.py", "--seed", "3")
    entry = record(repository)
    said = f"heads: {entry['headline']:.2f} (baseline 0.50); figure and record in results/001\n"
    assert (done.returncode, done.stdout) == (0, said), done.stderr
    assert sorted(path.name for path in (repository / "results" / "001").iterdir()) == [
        "figure.png",
        "figure.txt",
        "record.json",
    ]
    assert entry["arguments"] == {"seed": 3, "steps": 8, "fair": True}
    assert (entry["device"], entry["changed"], entry["commit"]) == ("cpu", {}, None)
    assert entry["versions"] == {"python": sys.version.split()[0], "torch": "0", "matplotlib": "0"}
    assert entry["headline"] == entry["heads"] / 8


def test_the_same_seed_gives_the_same_numbers(repository: Path) -> None:
    for _ in range(2):
        python(repository, "experiment.py", "--seed", "5", "--steps", "60")
    assert record(repository, 1)["heads"] == record(repository, 2)["heads"]


def test_seeds_run_each_on_its_own_and_print_a_table_in_their_order(repository: Path) -> None:
    done = python(repository, "experiment.py", "--seeds", "0-2,7", "--steps", "40", "--no-fair")
    assert done.returncode == 0, done.stderr
    head, *rows = done.stdout.splitlines()
    assert head.split() == ["run", "seed", "headline", "baseline", "changed"]
    expected = [["001", "0"], ["002", "1"], ["003", "2"], ["004", "7"]]
    assert [row.split()[:2] for row in rows] == expected
    for number, row in enumerate(rows, 1):
        entry = record(repository, number)
        assert entry["arguments"] == {"seed": int(row.split()[1]), "steps": 40, "fair": False}
        assert row.split()[2] == f"{entry['headline']:.2f}"
        assert "--steps = 40; --fair = False" in row
    assert len({record(repository, number)["heads"] for number in range(1, 5)}) > 1


def test_a_seed_that_fails_is_named_with_its_log_and_the_others_stand(repository: Path) -> None:
    first = random.Random(1).random()
    edit(repository, "    heads = sum", f"    if random.random() == {first!r}:\n        toss(2)\n    heads = sum")
    done = python(repository, "experiment.py", "--seeds", "0-2")
    assert done.returncode == 1
    assert [row.split()[1] for row in done.stdout.splitlines()[1:]] == ["0", "2"]
    failed = repository / "results" / "002"
    assert done.stderr == f"no record in {failed}: log.txt there says why\n"
    assert "TypeError: toss()" in (failed / "log.txt").read_text(encoding="utf-8")


def test_no_run_writes_over_an_earlier_one(repository: Path) -> None:
    mine = repository / "results" / "007" / "figure.png"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine")
    (repository / "results" / "notes").mkdir()
    for _ in range(2):
        python(repository, "experiment.py", "--steps", "1")
    assert sorted(path.name for path in (repository / "results").iterdir()) == ["007", "008", "009", "notes"]
    assert mine.read_text() == "mine"


def test_the_record_names_constants_functions_and_options_that_are_not_as_generated(repository: Path) -> None:
    edit(repository, "TOSSES = 8  # of", "TOSSES = 12  # of")
    edit(repository, 'SIDES = ("heads", "tails")\n', "")
    edit(repository, "random.choice(SIDES)", 'random.choice(["heads", "tails"])')
    edit(repository, "class Loss", "DEVICES = 1\n\n\nclass Loss")
    python(repository, "experiment.py", "--no-fair")
    assert record(repository)["changed"] == {
        "TOSSES": "12",
        "SIDES": "gone",
        "toss()": "edited",
        "DEVICES": "1",
        "--fair": False,
    }


def test_comments_and_prints_outside_functions_are_no_change(repository: Path) -> None:
    edit(repository, "TOSSES = 8  # of the coin", "TOSSES = 8  # fewer give noise\nprint('hello')")
    python(repository, "experiment.py")
    assert record(repository)["changed"] == {}


def test_without_mip_json_a_change_is_not_known_rather_than_denied(repository: Path) -> None:
    (repository / "mip.json").unlink()
    python(repository, "experiment.py")
    assert record(repository)["changed"] == {"experiment.py": "not known"}


def test_runs_are_listed_from_any_folder_with_what_was_changed_and_those_that_failed_are_not(repository: Path) -> None:
    python(repository, "experiment.py", "--seed", "4")
    assert python(repository, "experiment.py", "--steps", "-1").returncode == 1
    (repository / "results" / "002").mkdir()  # a run that never came to its end
    edit(repository, "class Loss", f"TEXTS = {['a long text'] * 9}\n\n\nclass Loss")
    python(repository, "experiment.py", "--steps", "2")
    elsewhere = repository.parent
    command = [sys.executable, str(repository / "lab.py"), "runs"]
    done = subprocess.run(
        command, cwd=elsewhere, env=toy.environment(repository), capture_output=True, text=True, check=False
    )
    rows = [row.split(maxsplit=4) for row in done.stdout.splitlines()[1:]]
    changes = "TEXTS = ['a long text', 'a long text', 'a lon...; --steps = 2"
    assert [[*row[:2], row[4]] for row in rows] == [["001", "4", "nothing"], ["003", "0", changes]]


@pytest.mark.parametrize(("steps", "told"), [(8, [2, 4, 6, 8]), (100, [25, 50, 75, 100]), (3, [1, 2, 3])])
def test_in_a_log_a_training_tells_how_it_goes_each_quarter(repository: Path, steps: int, told: list[int]) -> None:
    done = python(repository, "experiment.py", "--steps", str(steps))
    lines = done.stderr.splitlines()
    assert [line.partition(",")[0] for line in lines] == [f"step {step} of {steps}" for step in told]
    assert all(line.endswith("seconds left") and "loss 0.125" in line for line in lines)


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")
def test_on_a_terminal_the_line_of_progress_renews_itself(repository: Path) -> None:
    ours, theirs = os.openpty()
    command = [sys.executable, "experiment.py", "--steps", "50"]
    subprocess.run(command, cwd=repository, env=toy.environment(repository), stderr=theirs, check=True)
    os.close(theirs)
    shown = os.read(ours, 10_000).decode()
    os.close(ours)
    assert "\n" not in shown
    assert shown.rstrip().startswith("step 50 of 50, loss 0.125, 0 seconds left")


def test_it_runs_without_a_home_and_without_git(repository: Path, tmp_path: Path) -> None:
    empty = tmp_path / "bin"
    empty.mkdir()
    keep = {"SYSTEMROOT", "PYTHONPATH"}
    settings = {name: value for name, value in toy.environment(repository).items() if name in keep}
    command = [sys.executable, "experiment.py"]
    settings["PATH"] = str(empty)
    done = subprocess.run(command, cwd=repository, env=settings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert record(repository)["commit"] is None


@pytest.mark.skipif(not shutil.which("git"), reason="no git here")
def test_the_commit_is_recorded_with_a_plus_where_files_have_changed_since(repository: Path) -> None:
    def git(*arguments: str) -> str:
        who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        return subprocess.check_output(["git", *who, *arguments], cwd=repository, text=True).strip()

    git("init", "-q")
    git("add", "experiment.py")
    git("commit", "-q", "-m", "first")
    python(repository, "experiment.py")
    edit(repository, "TOSSES = 8", "TOSSES = 9")
    python(repository, "experiment.py")
    commit = record(repository, 1)["commit"]
    assert git("rev-parse", "HEAD").startswith(commit)
    assert record(repository, 2)["commit"] == f"{commit}+"


def test_a_device_that_is_not_there_is_one_line_with_those_that_are(repository: Path) -> None:
    done = python(repository, "experiment.py", "--device", "cuda")
    assert (done.returncode, done.stderr) == (1, "--device cuda: this PyTorch sees only cpu\n")
    assert not (repository / "results").exists()


def test_a_cluster_without_submitit_is_one_line_and_leaves_nothing(repository: Path) -> None:
    (repository.parent / "stand-ins" / "submitit.py").write_text("raise ImportError")
    done = python(repository, "experiment.py", "--on", "slurm")
    assert (done.returncode, done.stderr) == (1, '--on needs submitit: pip install -e ".[cluster]"\n')
    assert not (repository / "results").exists()


@pytest.mark.parametrize("starter", STARTERS)
def test_an_experiment_is_short_enough_to_read_and_so_is_the_plumbing(registry: Registry, starter: str) -> None:
    """For the first card of each starter, and every card that sets it: a task and its words make the file longer."""
    first, *others = [problem for problem in registry.problems if problem.starter == starter]
    for problem in [first, *(problem for problem in others if problem.card.settings)]:
        files = dict(plan(problem, registry, Options(default_name(problem))))
        assert len(files["experiment.py"].splitlines()) <= 300, problem.id
        assert len(files["lab.py"].splitlines()) <= 250
