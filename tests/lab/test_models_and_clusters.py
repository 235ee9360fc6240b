"""lab.py with what it stands on: real torch and matplotlib, models of the hub, submitit. See test_starters.py."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks.starters import generate, last_record

from mi_problems.registry.registry import Registry
from tests.conftest import ROOT

PYTHON = os.environ.get("MIP_STARTERS_PYTHON", "")
pytestmark = [
    pytest.mark.starters,
    pytest.mark.skipif(not PYTHON, reason="MIP_STARTERS_PYTHON names no Python with torch"),
]
WRONG = "copy the name from the top of its page"
GATED = "ask for access on its page, then run: hf auth login"
NETWORK = "the first run needs the network"
SAID = {  # what the line begins with: what it ends with
    "gated-model": GATED,
    "NeelNanda/gated": GATED,
    "no-such-model": WRONG,
    "NeelNanda/no-such-model": WRONG,
    "two words": WRONG,
    "odd": "choose another: this kind is not known here",
    "no network, gpt2": NETWORK,
    "no network, NeelNanda/SoLU_1L512W_C4_Code": NETWORK,
    "float32": "loaded as torch.float32",
    "bfloat16": "loaded as torch.bfloat16",
    "float16": "loaded as torch.float16",
    "a checkpoint": "give a step at which it was saved, if it was",
    "little memory, float32": "too large for this memory; try a smaller one, or --dtype bfloat16",
    "little memory, float16": "too large for this memory; try a smaller one",
    "missing": '--model needs transformer_lens: pip install -e ".[lens]"',
}


def has(module: str) -> bool:
    return not subprocess.run([PYTHON, "-c", f"import {module}"], capture_output=True, check=False).returncode


@pytest.fixture
def repository(registry: Registry, tmp_path: Path) -> Path:
    generate("induction", registry, tmp_path / "made")
    return tmp_path / "made"


def test_a_model_that_cannot_be_loaded_is_one_line_with_what_to_do(repository: Path) -> None:
    if not has("transformer_lens"):
        pytest.skip("that Python has no transformer-lens")
    command = [PYTHON, str(ROOT / "tests" / "lens" / "loading.py"), str(repository)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    lines = [line for line in done.stdout.splitlines() if line]
    assert len(lines) == len(SAID)
    for line, (begins, ends) in zip(lines, SAID.items(), strict=True):
        assert line.startswith(f"{begins}: ")
        assert line.endswith(ends)
        assert len(line) < 300


def test_a_cluster_runs_each_seed_as_a_job(repository: Path) -> None:
    """On this machine: submitit's local executor."""
    if not has("submitit"):
        pytest.skip("that Python has no submitit")
    command = [PYTHON, "experiment.py", "--on", "local", "--seeds", "1,2", "--steps", "3"]
    done = subprocess.run(command, cwd=repository, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    assert [row.split()[:2] for row in done.stdout.splitlines()[1:]] == [["001", "1"], ["002", "2"]]
    assert last_record(repository)["arguments"]["seed"] == 2
    assert len(list((repository / "results" / "cluster").glob("*_result.pkl"))) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="an empty environment starts no process there")
def test_an_experiment_starts_without_home_and_git_and_with_the_backend_of_a_notebook(repository: Path) -> None:
    settings = {"PATH": "", "MPLBACKEND": "module://matplotlib_inline.backend_inline"}
    command = [PYTHON, "experiment.py", "--steps", "3"]
    done = subprocess.run(command, cwd=repository, env=settings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    assert last_record(repository)["commit"] is None
