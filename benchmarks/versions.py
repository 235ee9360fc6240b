"""Whether the tool holds on other Pythons and on the lowest versions that it allows.

    python benchmarks/versions.py            each Python from 3.11 on that is at hand, and the lowest versions
    python benchmarks/versions.py --one      one of them, in turn with the number of commits, and fewer tests

Each gets an environment of its own with this checkout and the libraries that it takes today, and runs the tests of the
commands, of the readers and of the cache there. The lowest versions are those of pyproject.toml. What cannot be
installed for another Python is told and passed over: an index need not have every library for each.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
PYTHONS = ("3.12", "3.13", "3.14")
TESTS = ("tests/commands", "tests/reading", "tests/test_cache.py")
FEW = (
    "tests/test_cache.py",
    "tests/reading/test_parse.py",
    *(f"tests/commands/test_{v}.py" for v in ("list", "search", "show", "pick", "init", "mark")),
)
BESIDE = ("pytest", "pytest-xdist", "hypothesis", "markdown-it-py[linkify]", "pybtex", "pexpect", "hatchling", "build")


class Place(NamedTuple):
    """A Python to try, and what is asked of the libraries there."""

    name: str
    python: str
    pins: tuple[str, ...] = ()


def python_of(version: str) -> str:
    """A program that is this Python, or nothing; pyenv's are found beside one another, without being chosen."""
    beside = sorted(Path(sys.base_prefix).parent.glob(f"{version}.*/bin/python"))
    for program in (shutil.which(f"python{version}"), *map(str, reversed(beside))):
        if program and _is(program, version):
            return program
    return ""


def _is(program: str, version: str) -> bool:
    probe = [program, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
    done = subprocess.run(probe, capture_output=True, text=True, check=False)
    return done.stdout.strip() == version


def lowest() -> tuple[str, ...]:
    """The lowest version of each library that pyproject.toml allows, as pins."""
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    found = [re.match(r"([\w.-]+)>=([\d.]+)", line) for line in wanted]
    return tuple(f"{match[1]}=={match[2]}" for match in found if match)


def places() -> Iterator[Place]:
    for version in PYTHONS:
        if program := python_of(version):
            yield Place(f"Python {version}", program)
        else:
            print(f"no Python {version} here")
    yield Place("the lowest versions", sys.executable, lowest())


def holds(place: Place, tests: Sequence[str]) -> bool:
    """Whether the tests pass there, or cannot be run since another Python has not all libraries."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([place.python, "-m", "venv", folder], check=True)
        program = str(Path(folder) / ("Scripts" if os.name == "nt" else "bin") / "python")
        install = [program, "-m", "pip", "install", "--quiet", "--editable", str(ROOT), *place.pins, *BESIDE]
        if subprocess.run(install, check=False).returncode:
            print(
                f"{place.name}: {'CANNOT be installed' if place.pins else 'passed over, since it lacks libraries here'}"
            )
            return not place.pins
        done = subprocess.run([program, "-m", "pytest", "-q", *tests], cwd=ROOT, check=False)
    print(f"{place.name}: {'holds' if done.returncode == 0 else 'FAILS'}", flush=True)
    return done.returncode == 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--one", action="store_true", help="one of them, in turn with the number of commits")
    every, one = list(places()), parser.parse_args().one
    if one:
        counted = subprocess.run(["git", "rev-list", "--count", "HEAD"], cwd=ROOT, capture_output=True, check=False)
        every = [every[int(counted.stdout or 0) % len(every)]]
    held = [holds(place, FEW if one else TESTS) for place in every]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
