"""Runs every command of the README's console blocks and writes what a terminal shows: python docs/fill_readme.py

A long output keeps its first lines; `...` stands for the rest. tests/test_docs.py compares page and output.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.pseudo_terminal import seen
from tests.test_docs import COLUMNS, ROOT

LONGEST = 27


def shown(command: str, folder: Path) -> list[str]:
    """The lines that a terminal shows, cut after the first ones."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    _, output = seen(["bash", "-c", command], COLUMNS, folder, PATH=path)
    lines = [line.rstrip() for line in output.rstrip("\n").splitlines()]
    return lines if len(lines) <= LONGEST + 2 or command.startswith("mip init") else [*lines[:LONGEST], "..."]


def main() -> None:
    page = ROOT / "README.md"
    text = page.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:

        def fill(match: re.Match[str]) -> str:
            commands = re.findall(r"^\$ (.*)$", match[1], re.MULTILINE)
            blocks = ["\n".join([f"$ {command}", *shown(command, Path(folder))]) for command in commands]
            return "```console\n" + "\n".join(blocks) + "\n```"

        page.write_text(re.sub(r"```console\n(.*?)```", fill, text, flags=re.DOTALL), encoding="utf-8")


if __name__ == "__main__":
    main()
