"""Whole outputs, compared with files that a person has looked at: `pytest --update-golden` writes them anew.

They come from the small registry in tests/golden/registry, so that editing a card of the bundled one changes none.
A file is what is seen after typing its first line. Colours are in it: `cat` shows them.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from mi_problems.registry.bundle import format_page
from mi_problems.scaffold.text.install import Machine
from tests.conftest import Mip
from tests.pseudo_terminal import seen_mip_in

GOLDEN = Path(__file__).parent / "golden"
VERBS = {
    "list": "list",
    "list-filtered": "list --level advanced --sort title",
    "list-empty": "list -c rl --starred -d A-D",
    "show": "show 2.1",
    "show-scripts": "show 2.2 2.10b",
    "search": "search heads",
    "search-nothing": "search qwertzuiop",
    "pick": "pick --level beginner --seed 7",
    "pick-interest": "pick --level advanced -i arithmetic --compute cluster --seed 7 -n 2",
    "pick-empty": "pick --level expert --weeks 1 --seed 7",
    "categories": "categories",
    "category": "categories circuits",
    "skill": "skills activation-patching",
    "compare": "compare 2.1 2.2",
    "init": "init 2.1 new --dry-run",
    "init-add-missing": "init 2.1 used --dry-run --add-missing --license mit",
    "check": "check",
    "check-faulty": "check faulty.yaml",
}
ERRORS = {
    "error-id": "show 2.12",
    "error-word": "list --category circus",
    "error-option": "list --jsn",
    "error-conflict": "init 2.1 used --dry-run",
    "error-registry": "--data faulty.yaml list",
}
IN_OTHER_FORMS = {
    "list-csv": "list --format csv",
    "list-md": "list --format md",
    "categories-csv": "categories --format csv",
}
BUNDLED = {"bundled-categories": "categories", "bundled-id": "show 9.99"}
TERMINAL = [(name, columns) for name in VERBS for columns in (80, 120)] + [
    (name, 80) for name in (*ERRORS, "bundled-categories")
]
PIPED = [*VERBS, *IN_OTHER_FORMS, *ERRORS, *BUNDLED]
IN_JSON = [name for name in VERBS if name not in {"list-filtered", "show-scripts", "pick-interest", "pick-empty"}]
COMMANDS = VERBS | IN_OTHER_FORMS | ERRORS | BUNDLED


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> Path:
    """A folder with the registry, a faulty one, and a folder in use; the first is the registry of the command."""
    shutil.copytree(GOLDEN / "registry", tmp_path / "registry")
    agents = (GOLDEN / "registry" / "problems" / "08-rl.yaml").read_text(encoding="utf-8")
    for right, wrong in (
        ("difficulty: D", "difficulty: E"),
        ("status: open", "status: opne"),
        ('id: "8.2"', "id: 8.2"),
    ):
        agents = agents.replace(right, wrong, 1)
    (tmp_path / "faulty.yaml").write_text(agents, encoding="utf-8")
    (tmp_path / "used").mkdir()
    (tmp_path / "used" / "README.md").write_text("mine", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MIP_DATA", "" if name in BUNDLED else "registry")
    monkeypatch.setattr("mi_problems.terminal.started.this_machine", Machine)
    return tmp_path


def typed(name: str) -> list[str]:
    """What is typed before a command: the small registry is to stand alone."""
    return [] if name in BUNDLED else ["--only"]


def compare(name: str, command: str, output: str, code: int, request: pytest.FixtureRequest) -> None:
    """The output against its file, or into it where that was asked for; `/here` is the folder that it ran in."""
    end = f"[exit {code}]\n" if code else ""
    text = f"$ mip {command}\n{output}{end}".replace(os.getcwd(), "/here")
    text = re.sub(
        rf"(the format:)\s{re.escape(format_page())}", r"\1 /docs/data-format.md", text
    )  # on a line of its own
    file = GOLDEN / name
    if request.config.getoption("--update-golden"):
        file.write_text(text, encoding="utf-8", newline="\n")
    assert text == file.read_text(encoding="utf-8"), f"if this is meant: pytest --update-golden, then look at {file}"


@pytest.mark.parametrize(("name", "columns"), TERMINAL)
def test_a_terminal_shows_what_it_has_shown(
    name: str, columns: int, here: Path, request: pytest.FixtureRequest
) -> None:
    command = COMMANDS[name]
    code, output = seen_mip_in(here, *typed(name), *command.split(), columns=columns)
    compare(f"{name}.{columns}.ansi", command, output, code, request)


@pytest.mark.parametrize("name", PIPED)
def test_a_pipe_gets_what_it_has_got(name: str, here: Path, mip: Mip, request: pytest.FixtureRequest) -> None:
    command = COMMANDS[name]
    done = mip(*typed(name), *command.split())
    compare(f"{name}.pipe.txt", command, done.out + _on_stderr(done.err), done.code, request)


@pytest.mark.parametrize("name", IN_JSON)
def test_a_script_gets_what_it_has_got(name: str, here: Path, mip: Mip, request: pytest.FixtureRequest) -> None:
    command = f"{COMMANDS[name]} --json"
    done = mip(*typed(name), *command.split())
    document = re.sub(r'("score": )[\d.]+', r"\g<1>0", done.out)  # a number without meaning but its order
    compare(f"{name}.json.txt", command, document + _on_stderr(done.err), done.code, request)


def _on_stderr(text: str) -> str:
    return "".join(f"[stderr] {line}\n" for line in text.splitlines())


def test_every_golden_file_belongs_to_a_command() -> None:
    expected = {f"{name}.{columns}.ansi" for name, columns in TERMINAL}
    expected |= {f"{name}.pipe.txt" for name in PIPED} | {f"{name}.json.txt" for name in IN_JSON}
    assert {path.name for path in GOLDEN.iterdir() if path.is_file()} == expected
