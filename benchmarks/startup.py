"""How long commands take to answer, as multiples of `python -c "import typer"` in the same environment.

    python benchmarks/startup.py            a table
    python benchmarks/startup.py --check    the same, and exit 1 where a bound is broken three times in a row

Read it so: 1.25 means a quarter more than Python and typer take by themselves, whatever the machine. Every round runs
each command once and the floor three times, so that a busy moment hits all alike; a command's ratio is to the middle
floor of its round, and the table has the medians over the rounds. Output goes into a pipe, and the cache and Python's
bytecode are warm, unless the row says otherwise. A first run is that of a wheel of this checkout, unpacked and
byte-compiled as pip does it, with an empty cache folder; a checkout's first parses the YAML. Tools that are installed
beside this Python are measured by `--version`, for comparison.
"""

from __future__ import annotations

import argparse
import compileall
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.pseudo_terminal import seen

FLOOR = [sys.executable, "-c", "import typer"]
MIP = [sys.executable, "-m", "mi_problems"]
THREE = Path(__file__).parent / "three.yaml"  # problems of one's own, as a lab has them
FIRST = {"MIP_CACHE_DIR": "{new}", "PYTHONPATH": "{wheel}"}  # of an installation that has run nothing yet
ATTEMPTS = 3  # a busy machine may spoil one measurement; a bound is broken when three in a row say so
PEERS = ("tldr", "hatch", "sqlite-utils", "cookiecutter", "copier")


class Row(NamedTuple):
    """A command line and the most it may take, in floors.

    In an argument or setting `{new}` is a new path each run, and `{wheel}` where the wheel is.
    """

    name: str
    command: list[str]
    bound: float | None = None
    settings: dict[str, str] | None = None
    terminal: bool = False


def _mip(
    line: str, bound: float | None, label: str = "", settings: dict[str, str] | None = None, terminal: bool = False
) -> Row:
    return Row(label or f"mip {line}", [*MIP, *line.split()], bound, settings, terminal)


def _tab(line: str, bound: float) -> Row:
    """What a shell asks on Tab at the end of this line."""
    words = line.split(" ")
    settings = {"_MIP_COMPLETE": "complete_bash", "COMP_WORDS": "\n".join(words), "COMP_CWORD": str(len(words) - 1)}
    return Row(f"{line}<Tab>", MIP, bound, settings)


ROWS = [
    _mip("list", 1.25),
    _mip("list --json", 1.4),
    _mip("show 2.17", 1.25),
    _mip("search induction heads", 1.45),
    _mip("pick -l beginner", 1.35),
    _mip("--version", 1.2),
    _mip("-h", 1.15),
    _mip("mine", 1.25),
    _mip("init 2.17 {new} --vcs none", 1.55, "mip init 2.17 --vcs none"),
    _mip("list", 1.45, "mip list, on a terminal", terminal=True),
    _mip("list", 1.3, "mip list, first run", FIRST),
    _mip("search induction heads", 1.6, "mip search, first run", FIRST),
    _mip("list", 1.65, "mip list, three of one's own", FIRST | {"MIP_DATA": str(THREE)}),
    _mip("search induction heads", 2.0, "mip search, three of one's own", FIRST | {"MIP_DATA": str(THREE)}),
    _mip("list", None, "list, a checkout's first", {"MIP_CACHE_DIR": "{new}"}),
    _tab("mip show 2.1", 1.25),
    _tab("mip list -c ", 1.25),
    _tab("mip ", 1.25),
]


def peers() -> Iterator[Row]:
    for name in PEERS:
        program = Path(sys.executable).parent / name
        if program.exists():
            yield Row(f"{name} --version", [str(program), "--version"])


def wheel(folder: Path) -> Path:
    """A wheel of this checkout, unpacked and byte-compiled."""
    root = Path(__file__).parent.parent
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(root)]
    subprocess.run(build, capture_output=True, check=True)
    place = folder / "wheel"
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as archive:
        archive.extractall(place)
    compileall.compile_dir(place, quiet=2)
    return place


def seconds(row: Row, environment: dict[str, str], places: Mapping[str, Path]) -> float:
    def put(text: str) -> str:
        return re.sub(r"\{(\w+)\}", lambda found: str(places[found[1]]), text)

    command = list(map(put, row.command))
    settings = {name: put(value) for name, value in (row.settings or {}).items()}
    begun = time.perf_counter()
    if row.terminal:
        code, _ = seen(command, 120, None, False, 50, "", **environment, **settings)
        assert code == 0, row.name
    else:
        subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, env=environment | settings, check=True)
    return time.perf_counter() - begun


def measure(rows: list[Row], runs: int) -> dict[str, tuple[float, float]]:
    """The median seconds and the median ratio of the floor and of each row."""
    floor = Row("import typer", FLOOR)
    times: dict[str, list[float]] = {row.name: [] for row in (floor, *rows)}
    ratios: dict[str, list[float]] = {name: [] for name in times}
    with tempfile.TemporaryDirectory() as folder:
        environment = {name: value for name, value in os.environ.items() if name not in {"MIP_DATA", "COLUMNS"}}
        environment |= {"MIP_CACHE_DIR": str(Path(folder) / "cache"), "MIP_PAGER": "", "PYTHONDONTWRITEBYTECODE": ""}
        environment |= {"MIP_NOTES": str(Path(folder) / "notes.jsonl")}
        places = {"wheel": wheel(Path(folder))}
        third = len(rows) // 3
        order = [floor, *rows[:third], floor, *rows[third : 2 * third], floor, *rows[2 * third :]]
        for run in range(runs + 1):
            taken: dict[str, list[float]] = {name: [] for name in times}
            for row in order:
                places["new"] = Path(folder) / f"new-{run}-{rows.index(row) if row in rows else 0}"
                taken[row.name].append(seconds(row, environment, places))
            if run:  # the first round fills the caches
                middle = statistics.median(taken[floor.name])
                for name, values in taken.items():
                    times[name] += values
                    ratios[name].append(statistics.median(values) / middle)
    return {name: (statistics.median(times[name]), statistics.median(ratios[name])) for name in times}


def table(rows: list[Row], figures: Mapping[str, tuple[float, float]]) -> list[str]:
    """Prints the figures; the commands over their bounds."""
    bounds = {row.name: row.bound for row in rows}
    print(f"{'command':<30}{'ms':>7}{'ratio':>8}{'bound':>8}")
    for name, (middle, ratio) in figures.items():
        print(f"{name:<30}{middle * 1000:>7.0f}{ratio:>8.2f}{bounds.get(name) or '':>8}")
    return [name for name, (_, ratio) in figures.items() if ratio > (bounds.get(name) or float("inf"))]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--check", action="store_true", help="exit 1 where a bound is broken")
    arguments = parser.parse_args()
    rows = [*ROWS, *peers()]
    broken: list[str] = []
    for _ in range(ATTEMPTS if arguments.check else 1):
        broken = table(rows, measure(rows, arguments.runs))
        if not broken:
            return 0
    for name in broken:
        print(f"over its bound: {name}", file=sys.stderr)
    return 1 if arguments.check else 0


if __name__ == "__main__":
    sys.exit(main())
