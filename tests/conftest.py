"""What the tests share: a cache of their own, the bundled registry, and `mip` run in process or as a program."""

from __future__ import annotations

import os

os.environ["_TYPER_FORCE_DISABLE_TERMINAL"] = "1"  # before typer is imported: help text without ANSI codes
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # or each of a thousand programs that tests start is compiled anew

import csv
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mi_problems.registry import load as registries
from mi_problems.registry.registry import Registry

ROOT = Path(__file__).resolve().parents[1]
_SPOILING = (
    "MIP_DATA",
    "NO_COLOR",
    "FORCE_COLOR",
    "CLICOLOR",
    "CLICOLOR_FORCE",
    "COLUMNS",
    "MIP_PAGER",
    "PAGER",
    "CDPATH",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write tests/golden anew from what is printed now")


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


Mip = Callable[..., Result]


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A cache folder for this run alone, and an environment without the user's settings."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MIP_CACHE_DIR", str(folder))
        for name in _SPOILING:
            patch.delenv(name, raising=False)
        yield folder


@pytest.fixture(scope="session", autouse=True)
def memory_file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where marks are kept in this run: never in the memory of whoever runs it."""
    file = tmp_path_factory.mktemp("memory") / "notes.jsonl"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MIP_NOTES", str(file))
        yield file


@pytest.fixture(autouse=True)
def notes(memory_file: Path) -> Path:
    """The file of marks, which no test finds filled by another."""
    memory_file.unlink(missing_ok=True)
    return memory_file


@pytest.fixture(scope="session")
def registry(own_cache: Path) -> Registry:
    return registries.load()


@pytest.fixture
def mip() -> Mip:
    """`mip` in this process, as a pipe sees it."""
    from mi_problems.cli import app

    def run(*args: str, stdin: str | None = None) -> Result:
        outcome = CliRunner().invoke(app, list(args), input=stdin, prog_name="mip")
        if outcome.exception is not None and not isinstance(outcome.exception, SystemExit):
            raise outcome.exception
        return Result(outcome.exit_code, outcome.stdout, outcome.stderr)

    return run


@pytest.fixture
def program() -> Mip:
    """`mip` as a program of its own, with pipes."""

    def run(*args: str, stdin: str | None = None, env: dict[str, str] | None = None, cwd: Path | None = None) -> Result:
        done = subprocess.run(
            [sys.executable, "-m", "mi_problems", *args],
            input=stdin if stdin is not None else "",
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, **(env or {})},
            cwd=cwd,
            timeout=60,
            check=False,
        )
        return Result(done.returncode, done.stdout, done.stderr)

    return run


def facts(name: str) -> list[dict[str, str]]:
    """The rows of a table in tests/facts."""
    with open(ROOT / "tests" / "facts" / f"{name}.tsv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


SEQUENCE = len(facts("problems"))
PROBLEMS = SEQUENCE + len(facts("since2024/problems"))


GOOD_CARD = """\
  - id: "2.1"
    title: A card for tests
    section: tests
    difficulty: A
    difficulty_basis: published
    starred: true
    status: open
    gist: A card for tests says in eight words or more what is asked.
    summary: >-
      One two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
      eighteen nineteen twenty and so on until there are thirty words or more of it in all, which is now.
    first_steps:
      - First do this one thing with that model and look.
      - Then do this other thing with that model and look.
      - Last do this third thing with that model and look.
    done_when: >-
      A number against a baseline, a picture that shows it, and a claim that could have failed.
    skills: [activation-patching]
    models: [gpt2]
    compute: laptop
    weeks: [1, 2]
    keywords: [alpha, beta, gamma, delta, epsilon, zeta]
    related: ["2.2"]
    starter: ioi
    reach: small
    follow_ups: []
"""

GOOD_FILE = (
    """\
strict: true
category:
  number: 2
  slug: circuits
  title: Circuits
  post: A post
  url: https://example.org/post
  motivation: """
    + "word " * 90
    + """
  progress: """
    + "word " * 70
    + """
  begin: """
    + "word " * 50
    + """
  skills: [activation-patching]
  resources: []
problems:
"""
    + GOOD_CARD
    + GOOD_CARD.replace('"2.2"', '"2.1"').replace('- id: "2.1"', '- id: "2.2"')
)


def outcomes_by_hashing(script: str) -> set[str]:
    """What a script prints under different orders of hashes."""
    return {
        subprocess.run(
            [sys.executable, "-c", script],
            env=os.environ | {"PYTHONHASHSEED": hashing},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for hashing in ("0", "1", "4242")
    }
