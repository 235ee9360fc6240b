"""Speed, streams, completion, hostile input and golden outputs, all at once: python benchmarks/manners.py [WORD]...

Prints a line for each point: whether it holds, how many tests or which figures say so, and the seconds it took. With
words, only the points whose names hold one of them. Exit 1 where a point does not hold.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent


class Point(NamedTuple):
    """What is claimed, and the program or the test files that would show it false."""

    name: str
    program: str = ""
    tests: tuple[str, ...] = ()


POINTS = [
    Point("start-up of every command, and Tab, within its bound", program="benchmarks/startup.py"),
    Point("20,000 records: a second, 300 MB, linear", program="benchmarks/large.py"),
    Point("commands import only what they need", tests=("test_startup.py", "test_architecture.py")),
    Point("streams: colour, pipes, ASCII, /dev/full, Ctrl-C", tests=("terminal/test_streams.py", "test_cli.py")),
    Point("widths from 20 to 400", tests=("terminal/test_width.py", "terminal/test_render.py")),
    Point("hyperlinks only where terminals take them", tests=("terminal/test_links.py",)),
    Point("pager on terminals only", tests=("terminal/test_pager.py",)),
    Point("cache: unwritable, broken, filled by two at once", tests=("test_cache.py",)),
    Point(
        "nearest words, and what to relax", tests=("records/test_terms.py", "registry/test_filters.py", "test_cli.py")
    ),
    Point("completion in bash, zsh and fish", tests=("terminal/test_completion.py",)),
    Point("hostile registries: one line, 5 s, 500 MB", tests=("registry/test_hostile.py", "reading/test_bounds.py")),
    Point("nothing of a registry reaches the terminal or runs", tests=("test_clean.py", "scaffold/test_breakout.py")),
    Point("fuzzed YAML gives faults with their place", tests=("reading/test_fuzz.py",)),
    Point("writing is all or nothing", tests=("scaffold/test_write.py", "commands/test_init.py")),
    Point("golden outputs of every command", tests=("test_golden.py",)),
    Point("README and docs/cli.md say what the program says", tests=("test_docs.py",)),
]


def run(point: Point) -> tuple[bool, str]:
    """Whether the point holds, and the last words of what was run for it."""
    if point.program:
        command = [sys.executable, point.program, "--check"]
    else:
        files = [f"tests/{name}" for name in point.tests]
        command = [sys.executable, "-m", "pytest", "-o", "addopts=", "-q", "-m", "not starters", *files]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    said = (done.stdout + done.stderr).strip()
    if point.program:
        return done.returncode == 0, "" if done.returncode == 0 else said.splitlines()[-1]
    summary = re.findall(r"^\d+ (?:passed|failed|error).* in ", said, re.MULTILINE)
    return done.returncode == 0, summary[-1][: -len(" in ")] if summary else said[-200:]


def main() -> int:
    wanted = sys.argv[1:]
    failed = 0
    for point in POINTS:
        if wanted and not any(word in point.name for word in wanted):
            continue
        begun = time.perf_counter()
        holds, words = run(point)
        failed += not holds
        print(
            f"{'ok' if holds else 'FAULT':<7}{point.name:<55}{time.perf_counter() - begun:>5.0f} s  {words}", flush=True
        )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
