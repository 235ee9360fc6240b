"""The starters run: offline, in bounded time and memory, above their baselines, on two seeds.

They need torch (and transformer-lens for the checks of `--model`), which is no dependency of mip: the variable
MIP_STARTERS_PYTHON names a Python that has them. `.ci/run` makes one; `pytest -m starters` runs only these.
"""

from __future__ import annotations

import json
import math
import os
import re
import subprocess
import time
from collections import Counter
from pathlib import Path

import pytest
from benchmarks.starters import OFFLINE, generate, last_record

from mi_problems.records.terms import STARTERS
from mi_problems.registry.registry import Registry
from mi_problems.scaffold import templates
from mi_problems.scaffold.parts import how_to_read, parts
from mi_problems.scaffold.text.install import CPU_INDEX, Machine
from tests.conftest import ROOT, Mip

PYTHON = os.environ.get("MIP_STARTERS_PYTHON", "")
pytestmark = [
    pytest.mark.starters,
    pytest.mark.skipif(not PYTHON, reason="MIP_STARTERS_PYTHON names no Python with torch"),
]

SECONDS, MEGABYTES = 60, 1000


@pytest.fixture(scope="module", params=STARTERS)
def repository(
    request: pytest.FixtureRequest, registry: Registry, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Path]:
    """The repository of the first problem that uses it."""
    target = tmp_path_factory.mktemp("repository") / "made"
    generate(request.param, registry, target)
    return request.param, target


def run(arguments: list[str], cwd: Path, **environment: str) -> tuple[subprocess.CompletedProcess[str], float, float]:
    """The finished process, its seconds of computing, and its peak memory in megabytes (where the system tells)."""
    settings = {**os.environ, "HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1", **environment}
    before, begun = os.times(), time.perf_counter()
    command = ["/usr/bin/time", "-v", PYTHON, *arguments] if Path("/usr/bin/time").exists() else [PYTHON, *arguments]
    done = subprocess.run(command, cwd=cwd, env=settings, capture_output=True, text=True, timeout=600, check=False)
    after = os.times()
    computing = after.children_user + after.children_system - before.children_user - before.children_system
    peak = re.search(r"Maximum resident set size \(kbytes\): (\d+)", done.stderr)
    return done, min(computing, time.perf_counter() - begun), int(peak[1]) / 1024 if peak else 0.0


def experiment(folder: Path, seed: int) -> tuple[subprocess.CompletedProcess[str], float, float]:
    """A run of the repository in `folder`, offline, that also notes what its figure shows."""
    shown = str(ROOT / "tests" / "lens" / "shown.py")
    return run(["-c", OFFLINE, shown, "experiment.py", "--seed", str(seed)], folder)


@pytest.fixture
def results(repository: tuple[str, Path]) -> Path:
    """What a run left: one of this process's own where the tests before were another's."""
    _, folder = repository
    if not (folder / "results").exists():
        experiment(folder, 0)
    return folder / "results" / "001"


@pytest.mark.parametrize("seed", [0, 1])
def test_the_experiment_runs_offline_and_beats_its_baseline(repository: tuple[str, Path], seed: int) -> None:
    name, folder = repository
    done, seconds, megabytes = experiment(folder, seed)
    assert done.returncode == 0, done.stdout + done.stderr[-3000:]
    assert "baseline" in done.stdout
    record = last_record(folder)
    figures = f"{record['headline']:>6} against {record['baseline']:>6}, {seconds:.0f} s, {megabytes:.0f} MB"
    print(f"{name:<14} seed {seed}: {figures}")
    assert record["headline"] > record["baseline"] * 1.15 + 0.02 * (record["baseline"] < 1)
    assert record["arguments"]["seed"] == seed
    assert {"python", "torch"} <= set(record["versions"])
    assert seconds < SECONDS
    assert megabytes < MEGABYTES
    assert next(folder.rglob("figure.png")).stat().st_size > 10_000


def test_the_picture_is_not_blank(results: Path) -> None:
    look = (
        "import matplotlib.image as m; a = m.imread('figure.png')[..., :3]; "
        "print(len({tuple(p) for row in (a * 255).astype(int)[::7, ::7] for p in row}), a.shape[0], a.shape[1])"
    )
    done, _, _ = run(["-c", look], results)
    colours, height, width = map(int, done.stdout.split())
    assert colours > 10
    assert min(height, width) > 200


def test_the_figure_can_be_heard(repository: tuple[str, Path], results: Path) -> None:
    """figure.txt has the numbers of all maps, labelled curves, bars (named) and dots, and how to read each panel."""
    _, folder = repository
    text = (results / "figure.txt").read_text(encoding="utf-8")
    shown = json.loads((results / "shown.json").read_text(encoding="utf-8"))
    assert len(shown["numbers"]) > 10
    assert not Counter(shown["numbers"]) - Counter(text.split())
    assert set(shown["bars"]) <= {" ".join(line.split()) for line in text.splitlines()}
    sentences = how_to_read(parts((folder / "experiment.py").read_text(encoding="utf-8")))
    for panel in shown["panels"]:
        assert sentences[panel] in text


def test_its_own_tests_pass(repository: tuple[str, Path]) -> None:
    _, folder = repository
    done, seconds, _ = run(["-m", "pytest", "-p", "no:cacheprovider"], folder)
    assert done.returncode == 0, done.stdout[-3000:]
    assert re.search(r"\d+ passed", done.stdout)
    assert seconds < SECONDS


@pytest.mark.parametrize("name", [name for name in STARTERS if (ROOT / "tests" / "lens" / f"{name}.py").exists()])
def test_model_runs_the_same_analysis_behind_the_bridge(name: str, registry: Registry, tmp_path: Path) -> None:
    done, _, _ = run(["-c", "import transformer_lens"], tmp_path)
    if done.returncode:
        pytest.skip("that Python has no transformer-lens")
    generate(name, registry, tmp_path / "made")
    (tmp_path / "results").mkdir()
    driver = str(ROOT / "tests" / "lens" / "driver.py")
    done, _, _ = run([driver, name, str(tmp_path / "made"), str(tmp_path / "results")], tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr[-3000:]
    assert "checked" in done.stdout


MEAN_OF_NOTHING = """
import torch
import lab
from figures import grouped_bars, heat_map, plt, table_of_runs

def run():
    figure, (map_axis, bar_axis) = plt.subplots(2)
    heat_map(map_axis, torch.tensor([[torch.nan, 0.5]]), "a map", "place")
    grouped_bars(bar_axis, ["a bar"], {"share": [torch.nan]})
    return {"what": "a share", "headline": torch.zeros(0).mean().item(), "baseline": 0.25, "figure": figure}

out = lab.Path("nothing")
lab.record(run, out=out)
print(table_of_runs([out]))
print((out / "figure.txt").read_text())
"""


def test_a_mean_of_nothing_is_recorded_and_shown_as_no_value(registry: Registry, tmp_path: Path) -> None:
    generate("reader", registry, tmp_path / "made")
    done, _, _ = run(["-c", MEAN_OF_NOTHING], tmp_path / "made")
    assert done.returncode == 0, done.stderr[-3000:]
    assert "a share: no value (baseline 0.25)" in done.stdout
    assert re.search(r"nothing +0 +no value +0.25", done.stdout)
    assert re.search(r"0 +no value +0.5\n", done.stdout)
    assert re.search(r"a bar +no value\n", done.stdout)
    record = json.loads((tmp_path / "made" / "nothing" / "record.json").read_text(encoding="utf-8"))
    assert math.isnan(record["headline"])


CLEAN_BESIDE_PLANTED = """
import experiment, lab

for planted in (True, False):
    lab.seed_everything(0)
    model, _ = experiment.train(experiment.plant(), 700, planted)
    print(experiment.attention_scores(model).max().item())
"""


def test_the_first_step_of_16_9_tells_a_planted_model_from_a_clean_one(registry: Registry, tmp_path: Path) -> None:
    generate("auditing", registry, tmp_path / "made")
    done, _, _ = run(["-c", CLEAN_BESIDE_PLANTED], tmp_path / "made")
    planted, clean = map(float, done.stdout.split())
    assert planted > 1.5 * clean


def test_a_starter_with_model_has_its_check() -> None:
    have = {path.stem for path in (ROOT / "tests" / "lens").glob("*.py")}
    assert {name for name in STARTERS if templates.starter(name).lens} <= have, (
        "a starter.json with lens needs tests/lens/NAME.py"
    )


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An index at hand in place of PyTorch's: torch as the starters' Python has it, and what it needs."""
    wheels, simple = tmp_path_factory.mktemp("wheels"), tmp_path_factory.mktemp("index")
    release = subprocess.check_output([PYTHON, "-c", "import torch; print(torch.__version__)"], text=True)
    wanted = f"torch=={release.partition('+')[0].strip()}"
    subprocess.run([PYTHON, "-m", "pip", "download", "-q", "-d", wheels, wanted], check=True, capture_output=True)
    for wheel in wheels.iterdir():
        project = simple / wheel.name.partition("-")[0].replace("_", "-").lower()
        project.mkdir(exist_ok=True)
        (project / "index.html").write_text(f'<a href="{wheel.as_uri()}">{wheel.name}</a>')
    return simple.as_uri()


def managed_python(folder: Path) -> None:
    """A `python3` in `folder` into which pip installs nothing, as on Debian."""
    base = subprocess.check_output([PYTHON, "-c", "import sys, os; print(os.path.realpath(sys.executable))"], text=True)
    ask = "import sysconfig; print(sysconfig.get_path('stdlib'))"
    library = Path(subprocess.check_output([base.strip(), "-c", ask], text=True).strip())
    copy = folder / "managed" / "lib" / library.name
    copy.mkdir(parents=True)
    for part in library.iterdir():
        (copy / part.name).symlink_to(part)
    (copy / "EXTERNALLY-MANAGED").write_text("[externally-managed]\nError=managed by the system\n")
    shim = folder / "python3"
    shim.write_text(f'#!/bin/sh\nPYTHONHOME={folder / "managed"} exec {base.strip()} "$@"\n')
    shim.chmod(0o755)


def test_the_lines_under_next_run_as_printed_on_a_python_that_is_managed_by_the_system(
    mip: Mip, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, index: str
) -> None:
    """The index alone is replaced by one at hand; the README shows the last line that they print."""
    monkeypatch.setattr("mi_problems.terminal.started.this_machine", Machine)
    made = mip("init", "10.37", str(tmp_path / "made"))
    lines = made.err.split("next:\n")[1].splitlines()[:-1]
    assert f"  .venv/bin/pip install torch --index-url {CPU_INDEX}" in lines
    managed_python(tmp_path)
    settings = {**os.environ, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}", "HF_HUB_OFFLINE": "1"}
    refused = subprocess.run(["python3", "-m", "pip", "install", "six"], env=settings, capture_output=True, check=False)
    assert b"externally-managed-environment" in refused.stderr
    script = "\n".join(lines).replace(CPU_INDEX, index)
    done = subprocess.run(
        ["bash", "-e", "-c", script],
        cwd=tmp_path,
        env=settings,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-3000:]
    shown = (ROOT / "README.md").read_text(encoding="utf-8").split("```text\n")[1].split("\n```")[0]
    figure = [re.sub(r"\d", "0", line).partition(";")[0] for line in (done.stdout.splitlines()[-1], shown)]
    assert figure[0] == figure[1]
