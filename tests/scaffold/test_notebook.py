"""`mip init --notebook`: a notebook that stands alone. Those marked starters run it; see test_starters.py."""

from __future__ import annotations

import ast
import json
import os
import subprocess
from pathlib import Path

import pytest

from mi_problems.records.terms import STARTERS
from mi_problems.registry.registry import Registry
from mi_problems.scaffold import templates
from mi_problems.scaffold.names import default_name
from mi_problems.scaffold.plan import plan
from mi_problems.scaffold.provenance import Options
from tests.conftest import Mip

PYTHON = os.environ.get("MIP_STARTERS_PYTHON", "")
MOVED = [name for name in STARTERS if "lab.main(run)" in templates.read(f"starters/{name}/experiment.py")]
EXECUTE = """
import sys, nbformat
from nbclient import NotebookClient
notebook = nbformat.read(sys.argv[1], as_version=4)
nbformat.validate(notebook)
NotebookClient(notebook, timeout=300).execute()
print([output.get("data", {}).keys() and sorted(output["data"]) for output in notebook.cells[-1].outputs])
"""


def planned(registry: Registry, starter: str) -> dict[str, str]:
    problem = next(problem for problem in registry.problems if problem.starter == starter)
    return dict(plan(problem, registry, Options(default_name(problem), notebook=True)))


@pytest.mark.parametrize("starter", MOVED)
def test_the_cells_hold_the_experiment_and_its_modules_whole(registry: Registry, starter: str) -> None:
    files = planned(registry, starter)
    book = json.loads(files["experiment.ipynb"])
    code = "\n".join("".join(cell["source"]) for cell in book["cells"] if cell["cell_type"] == "code")
    for node in ast.parse(files["experiment.py"]).body[1:-1]:
        assert (ast.get_source_segment(files["experiment.py"], node) or "?") in code
    for name in {"lab.py", "figures.py", "tinylens.py"} & files.keys():
        assert f"%%module {name.removesuffix('.py')}\n{files[name].strip()}" in code


def test_the_same_problem_gives_the_same_notebook_with_an_id_for_each_cell(registry: Registry) -> None:
    once, again = (planned(registry, "induction")["experiment.ipynb"] for _ in range(2))
    assert once == again
    cells = json.loads(once)["cells"]
    assert len({cell["id"] for cell in cells}) == len(cells)


def test_a_problem_without_a_starter_has_no_notebook_and_says_so(mip: Mip, tmp_path: Path) -> None:
    done = mip("init", "10.1", str(tmp_path / "new"), "--notebook")
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert "no starter fits 10.1" in done.err


def test_an_update_keeps_the_notebook(mip: Mip, tmp_path: Path) -> None:
    target = str(tmp_path / "new")
    assert mip("init", "2.17", target, "--notebook").code == 0
    (tmp_path / "new" / "experiment.ipynb").write_text("run, with outputs")
    assert "keep    experiment.ipynb (the new one: experiment.ipynb.new)" in mip("init", "2.17", target, "--update").err


@pytest.mark.starters
@pytest.mark.skipif(not PYTHON, reason="MIP_STARTERS_PYTHON names no Python with torch")
@pytest.mark.parametrize("starter", MOVED)
def test_the_notebook_runs_from_top_to_bottom_with_no_file_beside_it(
    registry: Registry, tmp_path: Path, starter: str
) -> None:
    if subprocess.run([PYTHON, "-c", "import nbclient, ipykernel"], capture_output=True, check=False).returncode:
        pytest.skip("that Python has no nbclient and ipykernel")
    (tmp_path / "experiment.ipynb").write_text(planned(registry, starter)["experiment.ipynb"], encoding="utf-8")
    settings = os.environ | {"MPLBACKEND": "module://matplotlib_inline.backend_inline", "HF_HUB_OFFLINE": "1"}
    command = [PYTHON, "-c", EXECUTE, "experiment.ipynb"]
    done = subprocess.run(command, cwd=tmp_path, env=settings, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    assert "image/png" in done.stdout
    record = json.loads((tmp_path / "results" / "001" / "record.json").read_text(encoding="utf-8"))
    assert record["changed"] == {}
    assert record["headline"] > record["baseline"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["experiment.ipynb", "results"]
