"""Records what every command prints and writes, so that two commits can be compared byte for byte.

    python benchmarks/outputs.py before.jsonl                             # at one commit
    python benchmarks/outputs.py after.jsonl --against before.jsonl       # at another; exit 1 where they differ

Some 2,000 runs over all verbs, in a pipe, as JSON and on pseudo-terminals of several widths, with the bundled registry
and with the small one of the golden tests: each with its exit code, both streams and, after `init`, every file. One
process imports the program once and forks for each run. Not for Windows.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import pty
import shutil
import struct
import sys
import tempfile
import termios
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parent.parent
QUERIES = ROOT / "benchmarks" / "queries"
OWN = ROOT / "tests" / "golden" / "registry"
LEVELS = ("beginner", "intermediate", "advanced", "expert")
SLUGS = "toy-models circuits algorithmic superposition training-dynamics techniques vision rl features".split()
VERBS = "list show search pick init categories check".split()
INTERESTS = (
    "induction heads",
    "arithmetic",
    "reward models",
    "rl",
    "sparse autoencoders",
    "qwertzuiop",
    "superposition",
)
FAULTY = """\
category: {number: 2, slug: circuits, title: Circuits in the wild}
problems:
  - id: 2.1
    title: [a]
    status: opne
    skills: [probing]
  - id: "2.1"
    difficulty: E
    weeks: 2
    tags: [x]
"""


class Run(NamedTuple):
    """One run: its words, the columns of its terminal (0 in a pipe), what is typed, the registry in `MIP_DATA`."""

    words: tuple[str, ...]
    columns: int = 0
    typed: str = ""
    data: str = ""
    complete: str = ""

    @property
    def name(self) -> str:
        return json.dumps(self._asdict(), ensure_ascii=False)


def _everywhere(*words: str, data: str = "", widths: tuple[int, ...] = (80,), as_json: bool = True) -> Iterator[Run]:
    """A command in a pipe, as JSON, and on terminals."""
    yield Run(words, data=data)
    if as_json:
        yield Run((*words, "--json"), data=data)
    for columns in widths:
        yield Run(words, columns, data=data)


def _ids() -> list[str]:
    import mi_problems.cli  # noqa: F401  the program is imported here, once for all forks

    found = []
    for path in sorted((ROOT / "data" / "problems").glob("0*.yaml")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith('  - id: "'):
                found.append(line.split('"')[1])
    return found


def _lists() -> Iterator[Run]:
    wide = (24, 40, 60, 80, 120, 200)
    yield from _everywhere("list", widths=wide)
    for slug in SLUGS:
        yield from _everywhere("list", "-c", slug, widths=wide)
        yield from _everywhere("list", "-c", f"!{slug}", "--starred", widths=())
        yield from _everywhere("categories", slug, widths=(40, 80, 120))
    for level in LEVELS:
        yield from _everywhere("list", "-l", level, "--sort", "title", "-n", "7")
        yield from _everywhere("list", "-l", level, "--starred", "-s", "open", "--compute", "laptop", widths=(60, 120))
    for asked in (
        "-d A", "-d B-C --sort difficulty", "-s addressed --sort status", "-t linear-probes", "--compute cluster",
        "-c rl --starred -d A-D", "-c vision -c rl -l expert -s open", "-t causal-scrubbing -l beginner",
    ):  # fmt: skip
        yield from _everywhere("list", *asked.split())
    yield from _everywhere("categories", widths=wide)
    yield Run(("list", "--color", "always"))
    yield Run(("--color", "never", "list"), 80)
    yield Run(("list", "-q", "-c", "rl", "-d", "D", "--starred"))


def _cards(ids: list[str]) -> Iterator[Run]:
    for identifier in ids:
        yield Run(("show", identifier))
        yield Run(("show", identifier), 80)
    for identifier in ids[::25]:
        yield from _everywhere("show", identifier, widths=(20, 40, 120, 400))
    yield from _everywhere("show", "2.17", "coda:9.60", "problem 4.10", widths=(100,))
    yield Run(("show", *ids, "--json"))


def _searches() -> Iterator[Run]:
    queries = []
    for path in sorted(QUERIES.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            queries.append(row.get("query") or row.get("q") or "")
    for query in queries:
        if query:
            yield Run(("search", "--", query))
    for query in queries[::12]:
        if query:
            yield Run(("search", "--", query), 80)
            yield Run(("search", "--json", "--", query))
    yield from _everywhere("search", "induction heads", "-l", "beginner", "-c", "circuits", widths=(40, 120))
    yield from _everywhere("search", "zzzzqq")
    yield from _everywhere("search", "arXiv:2405.04156")


def _picks() -> Iterator[Run]:
    for level in LEVELS:
        for seed in ("1", "7"):
            yield from _everywhere("pick", "-l", level, "--seed", seed, widths=(40, 80, 120))
        for interest in INTERESTS:
            yield from _everywhere("pick", "-l", level, "-i", interest, "--seed", "3")
        yield from _everywhere("pick", "-l", level, "--compute", "laptop", "--weeks", "3", "-n", "5", "--seed", "2")
    yield from _everywhere("pick", "--like", "2.17", "--know", "ablation", "--not", "2.18", "--seed", "5")
    yield from _everywhere("pick", "-l", "expert", "--weeks", "1", "--seed", "7")
    yield from _everywhere("pick", "-l", "beginner", "-c", "rl", "--include-addressed", "--seed", "9")
    for typed in ("1\ncircuits\n1\n4\n1\na\nq\n", "b\n\n\n\nl 1\nw\n\n\n\n\nq\n", "2\nrl, vision\ncpu\nx\n3\ni 1\n"):
        for columns in (40, 80, 120):
            yield Run(("pick", "--seed", "4"), columns, typed)


def _inits(ids: list[str]) -> Iterator[Run]:
    for identifier in ids:
        yield Run(("init", identifier, "new", "--vcs", "none"))
    yield from _everywhere("init", "2.17", "--dry-run")
    yield from _everywhere("init", "4.4", "deep/er", "--author", 'A "B" C', "--license", "mit", "--vcs", "none")
    yield from _everywhere("init", "3.3", "used", "--license", "apache-2.0")
    yield from _everywhere("init", "3.3", "used", "--add-missing", "--vcs", "none")
    yield from _everywhere("init", "3.3", "used", "--force", "--vcs", "none")


def _others() -> Iterator[Run]:
    for verb in VERBS:
        for columns in (0, 60, 80, 120):
            yield Run((verb, "-h"), columns)
        yield Run(("help", verb))
    for words in (
        "", "-h", "-V", "--version", "lst", "list --jsn", "list -c circus", "list -l hard", "show 2.99", "show x",
        "show", "pick", "pick -l expert --weeks 0", "init", "init 2.17 con", "init 2.17 --name 2x",
        "list --sort size", "list -n 0", "--color sometimes list", "--data nowhere.yaml list",
        "init 2.17 --license gpl", "search", "list -t probing", "new 2.17", "list extra", "--data",
        "init 2.17 --add-missing --force", "pick -l beginner --like 99.1",
    ):  # fmt: skip
        yield Run(tuple(words.split()))
        yield Run(tuple(words.split()), 80)
    yield from _everywhere("check")
    yield from _everywhere("check", "faulty.yaml", widths=(40, 80))
    yield Run(("list",), data="faulty.yaml")
    for verb in VERBS[:6]:
        asked = {
            "show": ["2.1"],
            "search": ["heads"],
            "pick": ["-l", "beginner", "--seed", "1"],
            "init": ["2.1", "new"],
        }
        yield from _everywhere(verb, *asked.get(verb, []), data="registry", widths=(40, 80, 120))
    for line in (
        "mip ", "mip l", "mip list -", "mip list -c ", "mip list -c !", "mip show 2.1", "mip init ", "mip pick -l ",
        "mip pick --know a", "mip list --sort ", "mip --data ", "mip init 2.17 --license ", "mip categories r",
    ):  # fmt: skip
        for shell in ("zsh", "fish", "bash"):
            yield Run((line,), complete=shell)


def runs() -> list[Run]:
    """Every run, once."""
    ids = _ids()
    parts = (_lists(), _cards(ids), _searches(), _picks(), _inits(ids), _others())
    return list(dict.fromkeys(run for part in parts for run in part))


def _environment(run: Run, cache: str) -> dict[str, str]:
    settings = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "MIP_CACHE_DIR": cache, "TERM": "xterm-256color"}
    settings |= {"LC_ALL": "C.UTF-8", "LINES": "99999", "MIP_PAGER": "cat", "MIP_DATA": run.data}
    if run.columns:
        settings["COLUMNS"] = str(run.columns)
    if run.complete:
        line = run.words[0]
        settings |= {"_MIP_COMPLETE": f"complete_{run.complete}", "_TYPER_COMPLETE_ARGS": line}
        settings |= {"COMP_WORDS": line, "COMP_CWORD": str(len(line.split(" ")) - 1)}
        settings |= {"_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    return settings


def _child(run: Run, folder: Path, cache: str, streams: tuple[int, int, int]) -> None:
    """The program itself, in a fork."""
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
    os.chdir(folder)
    environment = _environment(run, cache)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["mip", *(() if run.complete else run.words)]
    for name, descriptor, mode in (("stdin", 0, "r"), ("stdout", 1, "w"), ("stderr", 2, "w")):
        setattr(sys, name, open(descriptor, mode, encoding="utf-8", errors="surrogateescape", closefd=False))  # noqa: SIM115
    from mi_problems.__main__ import main

    main()
    os._exit(0)


def perform(run: Run, cache: str) -> dict[str, Any]:
    """What one run printed and wrote."""
    folder = Path(tempfile.mkdtemp(prefix="outputs-"))
    shutil.copytree(OWN, folder / "registry")
    (folder / "faulty.yaml").write_text(FAULTY, encoding="utf-8")
    (folder / "used").mkdir()
    (folder / "used" / "README.md").write_text("mine", encoding="utf-8")
    said = tempfile.TemporaryFile()  # noqa: SIM115
    if run.columns:
        upper, lower = pty.openpty()
        fcntl.ioctl(lower, termios.TIOCSWINSZ, struct.pack("HHHH", 24, run.columns, 0, 0))
        settings = termios.tcgetattr(lower)
        settings[3] &= ~termios.ECHO  # what is typed comes before the questions or after, as chance has it
        termios.tcsetattr(lower, termios.TCSANOW, settings)
    else:
        upper, lower = os.pipe()
    nothing = os.open(os.devnull, os.O_RDWR)
    child = os.fork()
    if not child:
        try:
            _child(
                run, folder, cache, (lower if run.columns else nothing, lower, lower if run.columns else said.fileno())
            )
        except BaseException:
            import traceback

            os.write(2, traceback.format_exc().encode())
        finally:
            os._exit(70)
    os.close(lower)
    if run.columns:
        os.write(upper, run.typed.encode() + b"\x04")  # Ctrl-D: a question beyond what is typed ends the run
    pieces = []
    while True:
        try:
            piece = os.read(upper, 65536)
        except OSError:
            break
        if not piece:
            break
        pieces.append(piece)
    _, status = os.waitpid(child, 0)
    os.close(upper)
    os.close(nothing)
    said.seek(0)
    record = {
        "code": os.waitstatus_to_exitcode(status),
        "out": b"".join(pieces).decode("utf-8", "replace").replace(str(folder.resolve()), "FOLDER"),
        "err": said.read().decode("utf-8", "replace").replace(str(folder.resolve()), "FOLDER"),
        "files": {
            str(path.relative_to(folder)): path.read_bytes().decode("utf-8", "replace")
            for path in sorted(folder.rglob("*"))
            if path.is_file() and ".git/" not in str(path) and path.parts[len(folder.parts)] != "registry"
        },
    }
    said.close()
    shutil.rmtree(folder)
    return record


def main() -> int:
    if os.environ.get("PYTHONHASHSEED") != "0":  # the parser's own help lists its two names in the order of a set
        os.execve(sys.executable, [sys.executable, *sys.argv], os.environ | {"PYTHONHASHSEED": "0"})
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("file", type=Path)
    options.add_argument("--against", type=Path)
    chosen = options.parse_args()
    cache = tempfile.mkdtemp(prefix="outputs-cache-")
    found: dict[str, Any] = {}
    for run in runs():
        found[run.name] = perform(run, cache)
    shutil.rmtree(cache)
    with open(chosen.file, "w", encoding="utf-8") as stream:
        for name, record in found.items():
            stream.write(json.dumps([name, record], ensure_ascii=False) + "\n")
    print(f"{len(found)} outputs in {chosen.file}")
    if not chosen.against:
        return 0
    with open(chosen.against, encoding="utf-8") as stream:
        before = dict(json.loads(line) for line in stream)
    other = [name for name in before.keys() | found.keys() if before.get(name) != found.get(name)]
    for name in sorted(other)[:20]:
        print(f"differs: {name}")
    print(f"{len(other)} of {len(before)} differ")
    return 1 if other else 0


if __name__ == "__main__":
    sys.exit(main())
