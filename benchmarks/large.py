"""A registry of many records beside the bundled ones, and what it costs.

    python benchmarks/large.py [--records 20000]    a table for half as many and for all
    python benchmarks/large.py --check              the same, and exit 1 where a bound is broken

The records are valid and made of random words, spread over nine categories. A warm list of 20,000 may take a second
and 300 MB, and twice the records about twice the work.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from mi_problems.records.terms import FIRST_OWN

WORDS = 4000
WARM = 1.0  # seconds
MEMORY = 300  # megabytes
GROWTH = 3.0  # of the work, for twice the records: 2 where cost is linear, 4 where it is quadratic
CARD = """\
  - id: "{number}.{place}"
    title: {title}
    section: {section}
    difficulty: {letter}
    difficulty_basis: estimated
    status: {status}
    summary: {summary}
    first_steps:
      - {one}
      - {two}
      - {three}
    done_when: {done}
    skills: [{skill}]
    models: [gpt2]
    compute: laptop
    weeks: [1, 2]
    keywords: [{keywords}]
    related: ["{number}.{other}"]
    starter: ioi
    reach: small
"""


def write(folder: Path, records: int) -> None:
    """Nine files with so many records in all."""
    chance = random.Random(7)
    letters = "abdefgiklmnoprstuvz"
    words = ["".join(chance.choices(letters, k=chance.randint(5, 10))) for _ in range(WORDS)]

    def some(count: int) -> str:
        return " ".join(chance.choices(words, k=count))

    each = records // 9 + 1
    for number in range(FIRST_OWN, FIRST_OWN + 9):
        text = [
            f"category:\n  number: {number}\n  slug: category-{number}\n  title: Category {number}\n  post: A post\n"
            f"  url: https://example.org/{number}\n  motivation: {some(90)}\n  progress: {some(70)}\n"
            f"  begin: {some(50)}\n  skills: [ablation]\n  resources: []\nproblems:\n"
        ]
        for place in range(1, each + 1):
            text.append(
                CARD.format(
                    number=number, place=place, title=some(5), section=some(2), letter=chance.choice("ABCD"),
                    status=chance.choice(["open", "active", "addressed"]), summary=some(40), one=some(12), two=some(12),
                    three=some(12), done=some(14), skill=chance.choice(["ablation", "linear-probes", "statistics"]),
                    keywords=", ".join(some(2) + f" {index}k" for index in range(6)), other=place % each + 1,
                )
            )  # fmt: skip
        (folder / f"{number}.yaml").write_text("".join(text), encoding="utf-8")


def some_title(registry: Path) -> list[str]:
    """The words of one title in it."""
    return (
        next(registry.glob("*.yaml")).read_text(encoding="utf-8").partition("\n    title: ")[2].split("\n")[0].split()
    )


class Cost(NamedTuple):
    """Of one run: seconds by the clock, seconds of work, and the most memory it held."""

    seconds: float
    work: float
    megabytes: float


def cost(arguments: list[str], environment: dict[str, str], times: int = 1) -> Cost:
    """The quickest of so many runs: noise only ever adds."""
    costs = []
    for _ in range(times):
        begun = time.perf_counter()
        process = subprocess.Popen([sys.executable, *arguments], env=environment, stdout=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == 0, arguments
        costs.append(Cost(time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024))
    return min(costs)


def measure(folder: Path, records: int) -> dict[str, Cost]:
    """What each command costs with so many records, from an empty cache on."""
    registry = folder / str(records)
    registry.mkdir()
    write(registry, records)
    size = sum(path.stat().st_size for path in registry.iterdir()) / 1e6
    print(f"{records} records, {size:.0f} MB of YAML{'seconds':>16}{'work':>8}{'MB':>7}")
    environment = os.environ | {"MIP_CACHE_DIR": str(folder / "cache"), "MIP_NOTES": os.devnull}
    mip = ["-m", "mi_problems", "--quiet", "--data", str(registry)]
    search = ["search", *some_title(registry)]
    commands: list[tuple[str, list[str], int]] = [
        ("first list (parses)", ["list"], 1),
        ("warm list", ["list"], 5),
        ("warm list --json", ["list", "--json"], 3),
        ("first search (builds the index)", search, 1),
        ("warm search", search, 3),
    ]
    costs = {}
    for name, words, times in commands:
        costs[name] = cost([*mip, *words], environment, times)
        print(f"{name:<36}{costs[name].seconds:>8.2f}{costs[name].work:>8.2f}{costs[name].megabytes:>7.0f}")
    done = subprocess.run(
        [sys.executable, "-c", QUERIES, str(registry)], env=environment, capture_output=True, text=True, check=True
    )
    print(done.stdout)
    return costs


def broken(half: dict[str, Cost], whole: dict[str, Cost]) -> Iterator[str]:
    """The bounds that do not hold."""
    if whole["warm list"].seconds > WARM:
        yield f"warm list takes {whole['warm list'].seconds:.2f} s, more than {WARM}"
    for name in ("first list (parses)", "warm list", "warm list --json"):
        growth = whole[name].work / half[name].work
        if whole[name].megabytes > MEMORY:
            yield f"{name} holds {whole[name].megabytes:.0f} MB, more than {MEMORY}"
        if growth > GROWTH:
            yield f"{name} takes {growth:.1f} times the work for twice the records"


QUERIES = """
import sys, time, statistics
from pathlib import Path
from mi_problems.registry.load import load
from mi_problems.finding.ranking import search
registry = load(Path(sys.argv[1]))
search(registry, "warm up")
times = []
for problem in registry.problems[::400]:
    begun = time.perf_counter(); search(registry, problem.title); times.append(time.perf_counter() - begun)
print(f"queries: median {statistics.median(times) * 1e3:.0f} ms, longest {max(times) * 1e3:.0f} ms")
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=20_000)
    parser.add_argument("--check", action="store_true", help="exit 1 where a bound is broken")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        half, whole = (measure(Path(name), records) for records in (arguments.records // 2, arguments.records))
    faults = list(broken(half, whole))
    for fault in faults:
        print(f"over its bound: {fault}", file=sys.stderr)
    return 1 if faults and arguments.check else 0


if __name__ == "__main__":
    sys.exit(main())
