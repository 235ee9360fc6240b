"""Names in backticks: what the steps of a card name is in its starter, or was seen in a library."""

from __future__ import annotations

from pathlib import Path

import pytest

from mi_problems.reading.coherence import names_in
from mi_problems.registry.code_names import code_names, library_names
from mi_problems.registry.load import examine
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
    changed = text.replace("`direct_attribution` in the IOI starter", "`direct_atribution` in the IOI starter")
    assert changed != text
    (tmp_path / "problems.yaml").write_text(changed, "utf-8")
    told = [
        fault for fault in examine(tmp_path / "problems.yaml", only=True).faults if "direct_atribution" in fault.message
    ]
    assert len(told) == 1
    step = changed.splitlines()[told[0].line - 1 :][:4]
    assert "direct_atribution" in " ".join(step)


def test_the_names_of_a_starter_are_those_of_its_parts_and_plumbing_too() -> None:
    assert {"make_batch", "composition", "real_model", "Config"} <= code_names("induction")
    assert "FEATURES" not in code_names("induction")


def test_each_library_name_says_where_it_was_seen() -> None:
    assert list(library_names()) == sorted(library_names())
    for name, where in library_names().items():
        assert len(where.split()) > 1 or where.startswith("https://"), name
