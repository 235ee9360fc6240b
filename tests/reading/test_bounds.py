"""What a hostile registry may cost: five seconds and 500 MB, measured on a process of its own."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from benchmarks import large

from mi_problems.reading import limits
from mi_problems.reading.yaml_tree import read_tree
from tests.conftest import GOOD_FILE, ROOT

SECONDS, MEGABYTES = 5.0, 500.0
NOISE = 4  # how much longer than its own time a process may take on a busy machine
MB = 1_000_000
RUNNER = """
import json, resource, subprocess, sys, time
begun = time.monotonic()
with open(sys.argv[1], "rb") as stdin:
    done = subprocess.run(sys.argv[2:], stdin=stdin, capture_output=True, timeout=100)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
lines = len(done.stdout.splitlines()), len(done.stdout), done.stderr.decode()
print(json.dumps([done.returncode, *lines, time.monotonic() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss]))
"""
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs kilobytes from getrusage, and /dev/zero")


class Run(NamedTuple):
    """How a process ended and what it took: the clock's seconds, its own, and kilobytes at most."""

    code: int
    lines: int
    size: int
    err: str
    clock: float
    seconds: float
    kilobytes: int


def measured(*arguments: str, stdin: str = os.devnull) -> Run:
    """`mip`, started by a process that is small itself, so that the memory counted is that of `mip`."""
    command = [sys.executable, "-c", RUNNER, stdin, sys.executable, "-m", "mi_problems", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    return Run(*json.loads(done.stdout))


def bounded(run: Run) -> None:
    assert run.code == 1
    assert run.err.count("\n") == (2 if "mip check --template" in run.err else 1), run.err
    assert run.lines <= 1 + limits.MAX_FAULTS
    assert run.size <= 1 * MB
    assert run.seconds < SECONDS
    assert run.clock < SECONDS * NOISE
    assert run.kilobytes / 1000 < MEGABYTES


def _folder(count: int, content: bytes) -> Callable[[Path], object]:
    def make(path: Path) -> None:
        path.mkdir()
        for number in range(count):
            (path / f"{number}.yaml").write_bytes(content)

    return make


def _empty_files(path: Path) -> None:
    path.mkdir()
    for number in range(30_000):
        os.close(os.open(path / f"{number}.yaml", os.O_CREAT))


def _alike(known: int, unknown: int) -> Callable[[Path], object]:
    """A vocabulary of words of a and b, as long as are compared, and a card with as many others."""

    def make(path: Path) -> None:
        path.mkdir()
        draw = random.Random(1)
        words = ["".join(draw.choices("ab", k=80)) for _ in range(known + unknown)]
        names = "".join(f"- name: {word}\n" for word in ["gpt2", *words[:known]])
        (path / "models.yaml").write_text(f"models:\n{names}")
        (path / "cards.yaml").write_bytes(_card("[gpt2]", f"[{', '.join(words[known:])}]"))

    return make


def _skills(path: Path) -> None:
    path.mkdir()
    (path / "skills.yaml").write_text("skills: [" + ", ".join(f"{{id: s{number}}}" for number in range(12_000)) + "]")
    unknown = ", ".join(f"x{number}" for number in range(50_000))
    (path / "c.yaml").write_bytes(_card("[activation-patching]\n    models", f"[{unknown}]\n    models"))


def _sparse(path: Path) -> None:
    path.touch()
    os.truncate(path, 100_000 * MB)


def _card(old: str, new: str) -> bytes:
    assert old in GOOD_FILE
    return GOOD_FILE.replace(old, new, 1).encode()


HEAVY: dict[str, bytes | Callable[[Path], object]] = {
    "3 MB of tiny texts": b"[" + b"x," * (3 * MB // 2) + b"x]",
    "60 MB of tiny texts": b"[" + b"x," * (30 * MB),
    "60 MB of empty lists": b"[" + b"[]," * (20 * MB),
    "60 MB of short lines": b"- \n" * (20 * MB),
    "400,000 fields": b"".join(b"k%d: 1\n" % number for number in range(400_000)),
    "a million repeated keys": b"a: 1\n" * MB,
    "10,000 levels": b"[" * 10_000 + b"]" * 10_000,
    "a word of 60 MB": b"x" * (60 * MB),
    "60 MB of words": _card("A card for tests", '"' + "t " * (30 * MB) + '"'),
    "60 MB of NUL bytes": b"\0" * (60 * MB),
    "60 MB of blank lines": b"\n" * (60 * MB),
    "a key of 30 MB": _card("status: open", "? " + "s" * (30 * MB) + "\n    : open"),
    "a tag of 30 MB": b"!" + b"a" * (30 * MB) + b" x",
    "200,000 directives": b"".join(b"%%TAG !%d! x\n" % number for number in range(200_000)) + b"--- a",
    "200,000 directives after a carriage return": b"".join(b"%%TAG !%d! x\r" % number for number in range(200_000)),
    "5,000 unknown models": _card("[gpt2]", "[" + ", ".join(f"gpt{number}x" for number in range(5000)) + "]"),
    "5,000 unknown problems": _card('["2.2"]', "[" + ", ".join(f'"9.{number}"' for number in range(5000)) + "]"),
    "ten files of 200,000 texts": _folder(10, b"problems: [" + b"x," * 200_000 + b"x]"),
    "2,000 files with a fault": _folder(2000, b"problems: []"),
    "a folder of 100 MB": _folder(5, b"#" * (20 * MB)),
    "a sparse file of 100 GB": _sparse,
    "30,000 empty files": _empty_files,
    "58 kB of words much alike": _alike(400, 100),
    "300 kB of words much alike": _alike(2_900, 700),
    "20,000 words and 1,000 unknown ones": _alike(20_000, 1_000),
    "12,000 skills and 50,000 unknown ones": _skills,
}


@pytest.fixture
def place() -> Iterator[Path]:
    """Where a registry may be; removed at once, since these are large."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder) / "r"


@pytest.mark.parametrize("kind", HEAVY)
def test_it_costs_less_than_five_seconds_and_500_megabytes(place: Path, kind: str) -> None:
    made = HEAVY[kind]
    if isinstance(made, bytes):
        place.write_bytes(made)
    else:
        made(place)
    bounded(measured("--only", "check", str(place)))


@pytest.mark.parametrize("verb", [["list"], ["init", "2.1", "new"]])
def test_a_verb_that_reads_it_costs_no_more(place: Path, verb: list[str]) -> None:
    place.write_bytes(b"[" + b"x," * (3 * MB // 2))
    run = measured("--only", "--data", str(place), *verb)
    bounded(run)
    assert run.size == 0


@pytest.mark.parametrize("source", ["/dev/zero", "/dev/urandom"])
def test_standard_input_without_an_end_costs_no_more(source: str) -> None:
    bounded(measured("--only", "check", "-", stdin=source))


HAN = "".join(chr(0x4E00 + number * 7 % 20_000) for number in range(19_000))
WORK = f'''
      - title: "{HAN}"
        url: https://a.example/b
        year: 2024
        relation: background
        confidence: seen
        note: five words or some more'''


def test_what_is_accepted_costs_no_more_memory_than_what_is_refused(place: Path) -> None:
    place.write_bytes(_card("follow_ups: []", f"follow_ups:{WORK * 1_000}"))
    assert place.stat().st_size > 57 * MB
    for verb in (["list"], ["show", "2.1", "--json"]):
        run = measured("--only", "--data", str(place), *verb)
        assert run.code == 0, run.err
        assert run.kilobytes / 1000 < MEGABYTES


def test_a_registry_of_20000_records_is_far_from_all_of_it(tmp_path: Path) -> None:
    large.write(tmp_path, 900)
    files = [path.read_bytes() for path in tmp_path.iterdir()]
    values = [read_tree("f", content).values for content in files]
    assert max(values) * 20_000 / 900 < limits.MAX_VALUES
    assert sum(values) * 20_000 / 900 < limits.MAX_ALL_VALUES
    assert sum(map(len, files)) * 20_000 / 900 < limits.MAX_BYTES
    run = measured("--only", "--data", str(tmp_path), "list")
    assert (run.code, run.lines, run.err) == (0, 9 * (900 // 9 + 1), "")


@pytest.mark.parametrize("name", [name for name in vars(limits) if name.startswith("MAX_")])
def test_every_limit_is_told_in_the_threat_model(name: str) -> None:
    text = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    value = getattr(limits, name)
    assert any(told in text for told in (f"{value:,}", f"{value // MB} MB"))
