"""A repository whose experiment is a toy, and stand-ins for torch and matplotlib: as much of them as lab.py calls."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from mi_problems.scaffold import templates
from mi_problems.scaffold.parts import parts

EXPERIMENT = '''"""A toy: how often a coin shows heads."""

import random

import lab

TOSSES = 8  # of the coin
SIDES = ("heads", "tails")


class Figure:
    """Stands in for a figure of matplotlib without panels."""

    axes = ()

    def get_suptitle(self):
        return "One coin"

    def savefig(self, path, **style):
        path.write_bytes(b"a picture")


class Loss:
    def item(self):
        return 0.125


def toss():
    return random.choice(SIDES)


def run(steps=TOSSES, fair=True):
    if steps < 0:
        raise ValueError("no coin is tossed less than never")
    heads = sum(toss() == "heads" for _ in range(steps))
    for step in range(steps):
        lab.progress(step + 1, steps, Loss())
    return {"what": "heads", "headline": heads / max(steps, 1), "baseline": 0.5, "figure": Figure(), "heads": heads}


if __name__ == "__main__":
    lab.main(run)
'''
TORCH = """
import random

manual_seed = random.seed


def set_num_threads(count):
    pass


class cuda:
    def is_available():
        return False


class backends:
    mps = cuda
"""
STAND_INS = {
    "torch.py": TORCH,
    "torch-0.dist-info/METADATA": "Metadata-Version: 2.1\nName: torch\nVersion: 0\n",
    "matplotlib/__init__.py": "def use(backend):\n    pass\n",
    "matplotlib/pyplot.py": "def close(figure):\n    pass\n",
    "matplotlib/collections.py": "PathCollection = type('PathCollection', (), {})\n",
    "matplotlib/quiver.py": "Quiver = type('Quiver', (), {})\n",
    "matplotlib-0.dist-info/METADATA": "Metadata-Version: 2.1\nName: matplotlib\nVersion: 0\n",
}


def make(folder: Path) -> Path:
    """The toy's repository in `folder`, as `mip init` writes one, and the stand-ins beside it."""
    repository = folder / "repository"
    files = {f"stand-ins/{name}": text for name, text in STAND_INS.items()}
    for name in ("lab.py", "figures.py"):
        files[f"repository/{name}"] = templates.read(f"base/{name}")
    files["repository/experiment.py"] = EXPERIMENT
    files["repository/mip.json"] = json.dumps({"generated": parts(EXPERIMENT)})
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return repository


def environment(repository: Path) -> dict[str, str]:
    """That of this process, with the stand-ins in front of whatever is installed."""
    return os.environ | {"PYTHONPATH": str(repository.parent / "stand-ins")}


def python(repository: Path, *arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
    """`python ARGUMENTS` in the repository."""
    settings = environment(repository) | changes
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=repository, env=settings, capture_output=True, text=True, check=False)
