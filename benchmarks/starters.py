"""The starters: seconds of computing, peak memory, headline and baseline for each seed. Linux or macOS.

    python benchmarks/starters.py --seeds 0 1 2 --python PATH_TO_PYTHON_WITH_TORCH
    python benchmarks/starters.py --only ioi modadd --seeds 10 11

Each experiment is generated into a temporary folder and run there without a network, one after the other.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

from mi_problems.records.terms import STARTERS
from mi_problems.registry.load import load
from mi_problems.registry.registry import Registry
from mi_problems.scaffold.names import default_name
from mi_problems.scaffold.plan import plan
from mi_problems.scaffold.provenance import Options
from mi_problems.scaffold.settle import settle
from mi_problems.scaffold.write import write

OFFLINE = """
import runpy, socket, sys

def refuse(*arguments, **named):
    raise OSError("no network here")

socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse
sys.argv = sys.argv[1:]
sys.path.insert(0, ".")
runpy.run_path(sys.argv[0], run_name="__main__")
"""
MEGABYTE = 1024**2 if sys.platform == "darwin" else 1024  # in the units of ru_maxrss


class Run(NamedTuple):
    seconds: float
    megabytes: float
    headline: float
    baseline: float


def generate(starter: str, registry: Registry, target: Path) -> None:
    """The repository of the first problem that uses the starter as it is."""
    uses = (problem for problem in registry.problems if problem.starter == starter)
    problem = next(problem for problem in uses if not problem.card.settings)
    files = plan(problem, registry, Options(default_name(problem)))
    write(files, settle(files, target))


def last_record(folder: Path) -> dict[str, Any]:
    """The record of the newest run of the repository in `folder`."""
    newest = sorted(folder.glob("results/*/record.json"))[-1]
    record: dict[str, Any] = json.loads(newest.read_text(encoding="utf-8"))
    return record


def run(python: str, folder: Path, seed: int) -> Run:
    """One run of the experiment in `folder`. RuntimeError with its last lines where it fails."""
    environment = os.environ | {"HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    command = [python, "-c", OFFLINE, "experiment.py", "--seed", str(seed)]
    with tempfile.TemporaryFile("w+") as output:
        child = subprocess.Popen(command, cwd=folder, env=environment, stdout=output, stderr=output)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        if child.returncode:
            raise RuntimeError(output.read()[-2000:])
    record = last_record(folder)
    seconds = used.ru_utime + used.ru_stime
    return Run(seconds, used.ru_maxrss / MEGABYTE, record["headline"], record["baseline"])


def row(starter: str, runs: list[Run]) -> str:
    """One line of the table: headlines and baselines in the order of the seeds, ranges of the rest."""
    headlines, baselines = (" ".join(f"{round(run[i], 2) + 0.0:.2f}" for run in runs) for i in (2, 3))
    seconds, megabytes = ([figures[i] for figures in runs] for i in (0, 1))
    span = f"{min(seconds):.0f} to {max(seconds):.0f}"
    return f"| {starter} | {headlines} | {baselines} | {span} | {max(megabytes):.0f} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2])
    parser.add_argument("--only", nargs="+", choices=STARTERS, default=STARTERS, metavar="STARTER")
    parser.add_argument("--python", default=sys.executable, help="a Python with torch and matplotlib")
    arguments = parser.parse_args()
    registry = load()
    print(f"| starter | headline, seeds {' '.join(map(str, arguments.seeds))} | baseline | seconds | MB |")
    print("|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for starter in arguments.only:
            target = Path(folder) / starter
            generate(starter, registry, target)
            runs = [run(arguments.python, target, seed) for seed in arguments.seeds]
            print(row(starter, runs), flush=True)


if __name__ == "__main__":
    main()
