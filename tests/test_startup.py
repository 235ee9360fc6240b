"""What a command may import on its way: every module costs the user time."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.conftest import Mip

NEVER_PIPED = {
    "pydantic",
    "rich",
    "yaml",
    "rapidfuzz",
    "jinja2",
    "importlib.metadata",
    "importlib.resources",
    "asyncio",
    "unittest",
    "hashlib",
    "random",
}
PROBE = """
import sys
from mi_problems.cli import app
try:
    app(sys.argv[1:], prog_name="mip")
finally:
    print("\\n".join(sorted(sys.modules)), file=sys.stderr)
"""


def modules_of(*arguments: str, **settings: str) -> set[str]:
    """The modules that a piped run of `mip` has imported at its end."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *arguments],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        env=os.environ | settings,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(done.stderr.splitlines())


@pytest.fixture(autouse=True)
def warm_cache(program: Mip) -> None:
    assert program("list").code == 0


@pytest.mark.parametrize(
    ("arguments", "allowed"),
    [
        (("list",), set()),
        (("list", "--json"), set()),
        (("list", "-c", "circuits", "-l", "beginner", "--sort", "title"), set()),
        (("show", "2.17"), set()),
        (("show", "2.17", "--json"), set()),
        (("pick", "-l", "beginner", "--seed", "1"), set()),
        (("--version",), set()),
        (("-h",), set()),
        (("categories",), set()),
        (("skills",), set()),
        (("list", "--format", "csv"), set()),
        (("list", "--format", "md"), set()),
        (("compare", "2.17", "10.4"), set()),
        (("browse", "-h"), set()),
        (("show", "2.17", "--web"), {"webbrowser"}),
        (("search", "induction", "heads"), {"rapidfuzz"}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_piped_command_imports_nothing_heavy(arguments: tuple[str, ...], allowed: set[str]) -> None:
    assert modules_of(*arguments) & NEVER_PIPED <= allowed


@pytest.mark.parametrize("line", ["mip ", "mip show 2.1", "mip list -c ", "mip list -t ", "mip init 2.17 --license "])
def test_tab_imports_nothing_heavy(line: str) -> None:
    assert not modules_of(_MIP_COMPLETE="complete_zsh", _TYPER_COMPLETE_ARGS=line) & NEVER_PIPED


def test_the_probe_would_see_a_heavy_import() -> None:
    assert "yaml" in modules_of("check")
