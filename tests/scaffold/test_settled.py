"""Cards that set their starter: each experiment runs as it is set, and its tools keep their promises."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path

import pytest
from benchmarks.starters import last_record

from mi_problems.records.problem import Problem
from mi_problems.registry.load import load
from mi_problems.registry.registry import Registry
from mi_problems.scaffold.parts import parts
from mi_problems.scaffold.plan import plan
from mi_problems.scaffold.provenance import Options
from mi_problems.scaffold.settle import settle
from mi_problems.scaffold.write import write
from tests.scaffold.test_starters import PYTHON, run

SETTLED = [problem for problem in load().problems if problem.card.settings]
IDS = [problem.id for problem in SETTLED]
SHORT = """
import contextlib, json, os, sys
told, own = {}, set(sys.modules)
for folder in sys.argv[1:]:
    for name in ("experiment", "lab", "figures", "tinylens"):
        sys.modules.pop(name, None)
    os.chdir(folder)
    sys.path[0] = folder
    import experiment, lab
    short = {name: 4 for name in ("steps", "tune") if name in lab.options(experiment.run)}
    record = lab.record(experiment.run, **short)
    told[folder] = [record["headline"], record["baseline"], record["what"]]
with open(os.path.join(os.path.dirname(sys.argv[1]), "told.json"), "w") as file:
    json.dump(told, file)
"""


def made(problem: Problem, registry: Registry, folder: Path) -> Path:
    files = plan(problem, registry, Options("made"))
    write(files, settle(files, folder))
    return folder


@pytest.mark.parametrize("problem", SETTLED, ids=IDS)
def test_a_card_that_sets_its_starter_says_so_in_its_first_step_and_gives_figures_of_three_seeds(
    problem: Problem,
) -> None:
    settings, first = problem.card.settings or {}, problem.card.first_steps[0]
    assert "card sets" in first
    assert all(name in first for name in [settings["task"]] if name)
    assert re.search(r"\d against -?\d.*seeds 0 to [2-9]\)", settings["expect"])


@pytest.mark.parametrize("problem", SETTLED, ids=IDS)
def test_the_constants_that_a_card_sets_stand_in_the_code_and_not_in_the_docstring_alone(
    problem: Problem, registry: Registry
) -> None:
    code = parts(dict(plan(problem, registry, Options("made")))["experiment.py"])
    for name, source in (problem.card.settings or {})["set"].items():
        assert code[name].partition("  #")[0] == source


def test_a_readme_says_whose_task_the_figure_speaks_of_where_the_card_sets_another(registry: Registry) -> None:
    said = "The words are those of the starter's own task"
    for problem in SETTLED:
        readme = dict(plan(problem, registry, Options("made")))["README.md"]
        assert (said in readme) is bool((problem.card.settings or {}).get("task")), problem.id


@pytest.mark.starters
@pytest.mark.skipif(not PYTHON, reason="MIP_STARTERS_PYTHON names no Python with torch")
def test_each_experiment_that_a_card_sets_runs_and_measures(registry: Registry, tmp_path: Path) -> None:
    folders = {problem.id: str(made(problem, registry, tmp_path / problem.id)) for problem in SETTLED}
    done, _, _ = run(["-c", SHORT, *folders.values()], tmp_path)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-3000:]
    told = json.loads((tmp_path / "told.json").read_text())
    for identifier, folder in folders.items():
        headline, baseline, what = told[folder]
        assert math.isfinite(headline), identifier
        assert math.isfinite(baseline), identifier
        assert what


TASKS = {(problem.starter, (problem.card.settings or {})["task"]): problem for problem in reversed(SETTLED)}


@pytest.mark.starters
@pytest.mark.skipif(not PYTHON, reason="MIP_STARTERS_PYTHON names no Python with torch")
@pytest.mark.parametrize("problem", TASKS.values(), ids=["-".join(map(str, key)) for key in TASKS])
def test_the_tools_hold_with_every_task(problem: Problem, registry: Registry, tmp_path: Path) -> None:
    folder = made(problem, registry, tmp_path / "made")
    done, _, _ = run(["-m", "pytest", "-p", "no:cacheprovider", "-k", "tools"], folder)
    assert done.returncode == 0, done.stdout[-3000:]
    assert re.search(r"\d+ passed", done.stdout)


@pytest.mark.starters
@pytest.mark.skipif(not PYTHON, reason="MIP_STARTERS_PYTHON names no Python with torch")
@pytest.mark.parametrize(
    ("identifier", "untrained", "solved"),
    [("2.17", 1, 3), ("3.21", 0.1, 0.95), ("4.4", 4, 7), ("5.26", 0.5, 2), ("6.19", 0.1, 0.6), ("9.6", 0.82, 0.82)],
)
def test_the_headline_moves_from_the_untrained_to_the_solved_value(
    identifier: str, untrained: float, solved: float, registry: Registry, tmp_path: Path
) -> None:
    """The first step of the card, as its README says: run it. Seed 0."""
    folder = made(registry.problem(identifier), registry, tmp_path / "made")
    found = []
    for arguments in (["--steps", "1"], []):
        done, seconds, _ = run(["experiment.py", *arguments], folder)
        assert done.returncode == 0, done.stderr[-3000:]
        found.append(last_record(folder))
    print(f"{identifier}: {found[0]['headline']:.2f} to {found[1]['headline']:.2f}, {seconds:.0f} s")
    assert found[0]["headline"] < untrained
    assert found[1]["headline"] > max(solved, found[1]["baseline"])


@pytest.mark.starters
@pytest.mark.skipif(not PYTHON, reason="MIP_STARTERS_PYTHON names no Python with torch")
def test_the_first_step_of_16_12_points_to_the_poisoned_copy_with_no_trigger_in_sight(
    registry: Registry, tmp_path: Path
) -> None:
    folder = made(registry.problem("16.12"), registry, tmp_path / "made")
    done, _, _ = run(["experiment.py"], folder)
    assert done.returncode == 0, done.stderr[-3000:]
    record = last_record(folder)
    assert record["headline"] > 5 * record["baseline"]
