"""Every command in the documentation runs, and prints what the page shows."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from docs import make_architecture, make_cli, make_counts, make_format, make_picture

from mi_problems.cli import VERBS
from mi_problems.reading import fields
from mi_problems.reading.rules import Field
from mi_problems.records.terms import STARTERS
from mi_problems.registry.registry import Registry
from mi_problems.scaffold import templates
from mi_problems.scaffold.plan import plan
from mi_problems.scaffold.provenance import Options
from mi_problems.scaffold.text.install import Machine, this_machine
from tests import test_architecture
from tests.conftest import ROOT, Mip
from tests.pseudo_terminal import seen

README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / "data" / "README.md"])
COLUMNS = 96


def consoles(page: str) -> Iterator[tuple[str, list[str]]]:
    """Each `$ command` of the page's console blocks with the output shown below it."""
    for block in re.findall(r"```console\n(.*?)```", page, re.DOTALL):
        command = ""
        shown: list[str] = []
        for line in block.splitlines():
            if line.startswith("$ "):
                if command:
                    yield command, shown
                command, shown = line[2:], []
            else:
                shown.append(line)
        yield command, shown


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all commands of the page, with `mip` on the path."""
    home = tmp_path_factory.mktemp("reader")
    (home / "bin").mkdir()
    (home / "bin" / "mip").write_text(f'#!/bin/sh\nexec {sys.executable} -m mi_problems "$@"\n')
    (home / "bin" / "mip").chmod(0o755)
    (home / "work").mkdir()
    return home


@pytest.mark.parametrize(
    ("command", "shown"), list(consoles(README)), ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_command_of_the_readme_prints_what_it_shows(folder: Path, command: str, shown: list[str]) -> None:
    if command.startswith("mip init") and this_machine() != Machine():
        pytest.skip("the page shows the lines for Linux without a GPU and without uv")
    path = f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
    code, output = seen(["bash", "-c", command], COLUMNS, folder / "work", PATH=path)
    assert code == 0, output
    lines = [line.rstrip() for line in output.rstrip("\n").splitlines()]
    if "..." not in shown:
        assert lines == shown, "if this is meant: `just docs`"
        return
    cut = shown.index("...")
    tail = shown[cut + 1 :]
    assert lines[:cut] == shown[:cut], "if this is meant: `just docs`"
    assert lines[len(lines) - len(tail) :] == tail


def test_every_recipe_runs(folder: Path, notes: Path) -> None:
    page = (ROOT / "docs" / "recipes.md").read_text(encoding="utf-8")
    path = f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
    for chapter in page.split("\n## ")[1:]:
        notes.unlink(missing_ok=True)
        place = folder / chapter.partition("\n")[0]
        place.mkdir()
        script = "set -e\n" + "\n".join(re.findall(r"```sh\n(.*?)```", chapter, re.DOTALL))
        done = subprocess.run(
            ["bash", "-c", script],
            cwd=place,
            env=os.environ | {"PATH": path},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert "error" not in done.stderr


def test_the_readme_shows_both_commands_for_a_fresh_machine() -> None:
    assert re.search(r"^python3 -m venv \.venv && .*mip pick --level beginner$", README, re.MULTILINE)
    assert re.search(r"^python3 -m venv \.venv && .*'\.\[dev\]' && \.venv/bin/pytest$", README, re.MULTILINE)


def test_the_readme_names_every_verb() -> None:
    for verb in VERBS:
        assert f"`mip {verb}" in README, f"the table of commands in README.md has no `mip {verb}`"


@pytest.mark.parametrize(
    "name",
    """
    0 1 2 130 MIP_DATA MIP_CACHE_DIR MIP_NOTES XDG_DATA_HOME MIP_PAGER PAGER
    NO_COLOR FORCE_COLOR CLICOLOR_FORCE CLICOLOR FORCE_HYPERLINK TERM
    COLUMNS LINES LC_ALL
    """.split(),
)
def test_the_page_of_commands_names_every_exit_code_and_variable(name: str) -> None:
    assert f"| `{name}` |" in make_cli.PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_relative_link_leads_to_a_file(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("verb", VERBS)
def test_every_example_of_the_help_runs(mip: Mip, verb: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert mip("init", "2.17", "begun", "--vcs", "none").code == 0  # for `mine --folder`
    examples = mip(verb, "-h").out.split("Examples:")[1]
    for line in examples.strip().splitlines():
        words = shlex.split(line.strip().removeprefix('cd "$(').removesuffix(')"').split(" < ")[0])
        if "my-problems.yaml" in words or words[-1] == "-":
            continue  # the reader's own file
        assert words[0] == "mip"
        assert mip(*words[1:]).code == 0, line


def test_the_page_of_commands_is_what_the_help_says() -> None:
    assert make_cli.PAGE.read_text(encoding="utf-8") == make_cli.page(), "run `python docs/make_cli.py`"


def test_the_page_of_commands_has_every_option_and_example(mip: Mip) -> None:
    page = make_cli.PAGE.read_text(encoding="utf-8")
    for verb in VERBS:
        shown = mip(verb, "-h").out
        own = page.split(f"## mip {verb}\n")[1].split("\n## ")[0]
        options = set(re.findall(r"^  (?:-\w, )?(--[a-z]+)", shown, re.MULTILINE))
        assert set(re.findall(r"^\| `(?:-\w, )?(--[a-z]+)", own, re.MULTILINE)) == options
        assert all(line.strip() in own for line in shown.split("Examples:")[1].splitlines())


def test_every_field_that_json_prints_is_explained(mip: Mip) -> None:
    described = {name for fields in make_format.MEANINGS.values() for name in fields} | dict(make_cli.FIELDS).keys()
    described |= set(re.findall(r"`(\w+)`", make_cli.FORMATS + dict(make_cli.FIELDS)["reasons"]))
    mip("mark", "2.17", "saved")
    commands = (
        "show 2.17", "search othello", "pick -l beginner", "compare 2.17 2.18", "mine", "categories", "skills", "check",
    )  # fmt: skip
    for command in commands:
        printed = json.loads(mip(*command.split(), "--json").out)
        for record in printed if isinstance(printed, list) else [printed]:
            assert set(record) <= described, command


def test_the_page_of_the_architecture_is_what_the_syntax_trees_say() -> None:
    assert make_architecture.PAGE.read_text(encoding="utf-8") == make_architecture.page(), (
        "run `python docs/make_architecture.py`"
    )


def test_no_arrow_of_the_architecture_runs_upwards() -> None:
    rooms = test_architecture.ROOMS
    assert all(rooms.index(below) < rooms.index(above) for above, below in make_architecture.arrows())


def test_the_page_of_the_format_is_what_the_tables_say() -> None:
    assert make_format.PAGE.read_text(encoding="utf-8") == make_format.page(), "run `python docs/make_format.py`"


def test_every_field_of_a_registry_has_a_meaning_and_nothing_else_has() -> None:
    tables = [
        value
        for value in vars(fields).values()
        if isinstance(value, dict) and value and all(isinstance(field, Field) for field in value.values())
    ]
    shown = [*make_format.TABLES.values(), *make_format.LOOSE.values()]
    assert sorted(map(id, tables)) == sorted(map(id, shown))
    meanings = {name: set(fields) for name, fields in make_format.MEANINGS.items()}
    assert meanings == {name: set(fields) for name, fields in make_format.TABLES.items()}


def test_the_registry_on_the_page_of_the_format_has_no_fault(mip: Mip, tmp_path: Path) -> None:
    page = make_format.PAGE.read_text(encoding="utf-8")
    (tmp_path / "own.yaml").write_text(page.split("```yaml\n")[1].split("```")[0], encoding="utf-8")
    done = mip("--only", "check", str(tmp_path / "own.yaml"))
    assert (done.code, done.out, done.err) == (0, "", "mip: 1 problem, 0 faults\n")
    assert mip("--only", "--data", str(tmp_path / "own.yaml"), "show", "100.1").code == 0


def test_the_page_of_starters_says_what_each_starter_says_of_itself() -> None:
    page = (ROOT / "docs" / "starters.md").read_text(encoding="utf-8")
    for name in STARTERS:
        starter = templates.starter(name)
        row = next((line for line in page.splitlines() if line.startswith(f"| `{name}` |")), "")
        assert row, f"docs/starters.md has no row for {name}"
        assert starter.expect in row
        assert f"| {starter.seconds} |" in row
        assert row.endswith("| yes |" if starter.lens else "| no |")


def test_the_pages_count_what_the_cards_count(registry: Registry) -> None:
    for page, phrases in make_counts.counts(registry).items():
        text = " ".join((ROOT / page).read_text(encoding="utf-8").split())
        for phrase in phrases:
            assert re.search(rf"(?<!\d){re.escape(phrase)}", text), f"{page} does not say: {phrase}; `just docs`"


def test_the_picture_shows_what_its_command_prints() -> None:
    drawn = make_picture.text_of(make_picture.PICTURE.read_text(encoding="utf-8"))
    assert make_picture.letters(drawn) == make_picture.letters(make_picture.terminal(raw=False)), "`just docs`"


def test_the_options_that_the_readme_names_are_in_the_help(mip: Mip) -> None:
    for line in re.findall(r"`(mip [^`]*?--[^`]*)`", README) + [command for command, _ in consoles(README)]:
        verb = next((word for word in line.split() if word in VERBS), "")
        shown = mip(*[verb] if verb else [], "-h").out + mip("-h").out
        for option in re.findall(r"(?<!\S)--?[a-z][a-z-]*", line):
            assert re.search(rf"(?<![\w-]){option}(?![\w-])", shown), line


def test_the_tree_of_a_repository_is_what_is_written(registry: Registry) -> None:
    page = (ROOT / "docs" / "starters.md").read_text(encoding="utf-8")
    block = page.split("## What `mip init` writes")[1].split("```")[1]
    files = {file.path for file in plan(registry.problem("10.37"), registry, Options("x"))}
    assert set(re.findall(r"^  ([A-Za-z_.]+\.?[a-z]*)", block, re.MULTILINE)) == files
