"""Names in backticks: what the steps of a card name is in its starter, or was seen in a library."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mi_problems.reading.coherence import names_in
from mi_problems.records.terms import STARTERS
from mi_problems.registry.bundle import data_text
from mi_problems.registry.code_names import code_of, library_names
from mi_problems.registry.load import examine
from mi_problems.registry.registry import Registry
from mi_problems.scaffold.plan import plan
from mi_problems.scaffold.provenance import Options
from mi_problems.scaffold.templates import starter
from tests.conftest import ROOT


@pytest.mark.parametrize(
    ("step", "names"),
    [
        ("Change `make_batch` and run it.", ["make_batch"]),
        ("`patch_each(model, prompts)` over `N_HEADS`", ["patch_each", "N_HEADS"]),
        ("`lab.real_model(name)` for `gpt2`", ["real_model"]),
        ('`("space", r"the_(x)")` in `python experiment.py --model a_b/c_d`', []),
        ("`python main.py organism=roman_concrete`", []),
        ("make_batch without backticks", []),
    ],
)
def test_functions_constants_and_arguments_are_names_but_paths_and_quoted_text_are_not(
    step: str, names: list[str]
) -> None:
    assert names_in(step) == names


def test_a_step_that_names_what_is_nowhere_is_a_fault_with_its_place(tmp_path: Path) -> None:
    text = (ROOT / "data/problems/05-training-dynamics.yaml").read_text("utf-8")
    changed = text.replace("`direct_attribution`", "`direct_atribution`", 1)
    assert changed != text
    (tmp_path / "problems.yaml").write_text(changed, "utf-8")
    told = [
        fault for fault in examine(tmp_path / "problems.yaml", only=True).faults if "direct_atribution" in fault.message
    ]
    assert len(told) == 1
    step = changed.splitlines()[told[0].line - 1 :][:4]
    assert "direct_atribution" in " ".join(step)


def test_the_names_of_a_starter_are_those_of_its_parts_and_plumbing_too() -> None:
    assert {"make_batch", "composition", "real_model", "Config"} <= code_of("induction").words
    assert "FEATURES" not in code_of("induction").words


def test_each_library_name_says_where_it_was_seen() -> None:
    assert list(library_names()) == sorted(library_names())
    for name, where in library_names().items():
        assert len(where.split()) > 1 or where.startswith("https://"), name


SETTINGS = "      task: back\n      set: {N_LAYERS: 1, N_HEADS: 1, UNTRAINED: true}"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("N_HEADS: 1", None),
        ("N_HAEDS: 1", "no constant 'N_HAEDS' in the starter"),
        ("N_HEADS: '[1, 2]'", "N_HEADS is int in the starter, got [1, 2]"),
        ("N_HEADS: one head", "expected a number, true, false or a quoted list"),
        ("PERIODS: '[1, 2]'", "no constant 'PERIODS' in the starter"),
    ],
)
def test_settings_are_constants_of_the_starter_with_values_of_their_type(
    tmp_path: Path, change: str, told: str | None
) -> None:
    text = (ROOT / "data/problems/03-algorithmic.yaml").read_text("utf-8")
    changed = text.replace(SETTINGS, SETTINGS.replace("N_HEADS: 1", change))
    assert (changed == text) == (told is None)
    (tmp_path / "problems.yaml").write_text(changed, "utf-8")
    faults = [
        fault for fault in examine(tmp_path / "problems.yaml", only=True).faults if "problem 3.21" in fault.message
    ]
    assert [(told or "-") in fault.message for fault in faults] == ([True] if told else [])
    assert all("      set: " in changed.splitlines()[fault.line - 1] for fault in faults)


def test_a_task_that_the_starter_does_not_take_is_a_fault_with_the_nearest(tmp_path: Path) -> None:
    text = (ROOT / "data/problems/03-algorithmic.yaml").read_text("utf-8")
    (tmp_path / "problems.yaml").write_text(text.replace("task: back\n", "task: bakc\n"), "utf-8")
    faults = examine(tmp_path / "problems.yaml", only=True).faults
    told = [fault.message for fault in faults if "settings" in fault.message]
    assert told == ["problem 3.21: settings: the starter takes no task 'bakc'; did you mean back?"]


def test_a_generated_experiment_has_what_its_card_sets(registry: Registry) -> None:
    files = dict(plan(registry.problem("3.21"), registry, Options("three")))
    assert {"N_LAYERS = 1", "N_HEADS = 1", "UNTRAINED = True", "BACK = 1"} <= {
        line.partition("  #")[0] for line in files["experiment.py"].split("\n")
    }
    assert "1.00 against 0.02" in files["README.md"]
    assert 'SET_BY_THE_CARD = ["back", "N_LAYERS", "N_HEADS", "UNTRAINED"]' in files["test_experiment.py"]
    assert "PERIODS" not in files["experiment.py"]


@pytest.mark.parametrize("name", STARTERS)
def test_what_a_starter_says_it_takes_and_can_be_pointed_at_is_in_its_code(name: str) -> None:
    said = starter(name)
    assert said.points
    for task in said.tasks:
        assert code_of(name, task).words
        assert data_text(f"templates/tasks/{task}.py.tmpl").startswith("# %% Data: "), task
    for where in said.points.values():
        named = {word for ticked in re.findall(r"`([^`]+)`", where) for word in re.findall(r"[A-Za-z_]\w*", ticked)}
        assert named, where
        assert named <= code_of(name).words, where


def test_every_task_is_one_that_a_starter_takes() -> None:
    taken = {task for name in STARTERS for task in starter(name).tasks}
    assert taken == {path.name.partition(".")[0] for path in (ROOT / "data/templates/tasks").iterdir()}
