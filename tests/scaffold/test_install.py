"""The lines under `next:`: what they are on each machine. tests/scaffold/test_starters.py runs them."""

from __future__ import annotations

import shlex
from itertools import product
from pathlib import Path

import pytest

from mi_problems.scaffold.text.install import CPU_INDEX, Machine, install_lines, install_note, this_machine
from tests.conftest import Mip

MACHINES = [Machine(*parts) for parts in product(("linux", "darwin", "win32"), (False, True), (False, True))]
each = pytest.mark.parametrize("machine", MACHINES, ids=str)


def test_on_linux_pip_takes_the_cpu_build_from_its_index_before_all_else() -> None:
    assert install_lines(Machine("linux"), runs=True) == [
        "python3 -m venv .venv",
        ".venv/bin/pip install torch --index-url https://download.pytorch.org/whl/cpu",
        ".venv/bin/pip install -e '.[dev]'",
        ".venv/bin/python experiment.py",
    ]


def test_on_linux_with_a_gpu_the_build_of_the_default_index_is_taken() -> None:
    assert install_lines(Machine("linux", gpu=True), runs=True) == [
        "python3 -m venv .venv", ".venv/bin/pip install -e '.[dev]'", ".venv/bin/python experiment.py"
    ]  # fmt: skip


def test_on_windows_the_lines_are_those_of_its_shells() -> None:
    assert install_lines(Machine("win32"), runs=True) == [
        "py -m venv .venv", '.venv\\Scripts\\pip install -e ".[dev]"', ".venv\\Scripts\\python experiment.py"
    ]  # fmt: skip


@pytest.mark.parametrize(("gpu", "backend"), [(False, "cpu"), (True, "auto")])
def test_uv_is_told_the_environment_and_the_build(gpu: bool, backend: str) -> None:
    assert install_lines(Machine("linux", gpu, uv=True), runs=True) == [
        "uv venv .venv",
        f"uv pip install --python .venv --torch-backend {backend} -e '.[dev]'",
        ".venv/bin/python experiment.py",
    ]


@each
def test_every_line_is_words_for_a_shell_and_nothing_is_installed_outside_the_environment(machine: Machine) -> None:
    for line in install_lines(machine, runs=True):
        words = shlex.split(line, posix=machine.system != "win32")
        assert words[0] in {"python3", "py", "uv"} or words[0].startswith(".venv")
        assert "install" not in words or words[0].startswith(".venv") or "--python .venv" in line


@each
def test_without_an_experiment_nothing_is_fetched_for_one_or_run(machine: Machine) -> None:
    said = " ".join(install_lines(machine, runs=False))
    assert not any(word in said for word in ("torch", "dev", "experiment"))


@each
def test_the_note_gives_the_size_of_the_build_that_the_lines_take(machine: Machine) -> None:
    note = install_note(machine)
    lines = " ".join(install_lines(machine, runs=True))
    from_default = machine.system == "linux" and CPU_INDEX not in lines and "--torch-backend" not in lines
    assert ("3 GB" in note) == (from_default or "--torch-backend auto" in lines)
    assert "the network once" in note


@pytest.mark.parametrize(("program", "part"), [("nvidia-smi", "gpu"), ("uv", "uv")])
def test_a_gpu_and_uv_are_known_by_what_is_on_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, part: str
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not getattr(this_machine(), part)
    (tmp_path / program).touch(mode=0o755)
    assert getattr(this_machine(), part)


def test_the_lines_of_a_problem_without_a_starter_make_its_environment_alone(
    mip: Mip, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mi_problems.terminal.started.this_machine", Machine)
    told = mip("init", "10.1", str(tmp_path / "new")).err.split("next:\n")[1].splitlines()
    assert [line.strip() for line in told[1:3]] == ["python3 -m venv .venv", ".venv/bin/pip install -e ."]
    assert told[3].startswith("no starter fits this problem")
