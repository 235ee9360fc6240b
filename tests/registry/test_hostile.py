"""Registries made to hurt: each is one line on stderr, exit 1, soon, and nothing of it is run or obeyed."""

from __future__ import annotations

import ast
import errno
import json
import os
import socket
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from mi_problems.reading import limits
from mi_problems.reading.limits import MAX_BYTES, MAX_FAULTS
from tests.conftest import GOOD_FILE, Mip

Make = Callable[[Path], object]


def _holding(content: str | bytes) -> Make:
    return lambda path: path.write_bytes(content if isinstance(content, bytes) else content.encode())


def _card(old: str, new: str) -> Make:
    assert old in GOOD_FILE
    return _holding(GOOD_FILE.replace(old, new, 1))


def _inside(name: str, make: Make) -> Make:
    def folder(path: Path) -> None:
        path.mkdir()
        (path / "good.yaml").write_text(GOOD_FILE)
        make(path / name)

    return folder


def _sparse(path: Path) -> None:
    with open(path, "wb") as stream:
        stream.truncate(70_000_000)


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(path.name)  # a longer one may be too long for a socket


_BOMB = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 40))
_MERGE = GOOD_FILE.replace("category:", "category: &c", 1) + "<<: *c\n"
_APPLY = "section: !!python/object/apply:os.system ['touch obeyed']"
_NEW = "section: !!python/object/new:os.system ['touch obeyed']"

FAULTY: dict[str, Make] = {
    "alias bomb": _holding(_BOMB),
    "alias to itself": _holding("problems: &p [*p]\n"),
    "merge key": _holding(_MERGE),
    "python apply": _card("section: tests", _APPLY),
    "python new": _card("section: tests", _NEW),
    "python name": _card("section: tests", "section: !!python/name:os.system"),
    "NUL byte": _card("A card", "A\0card"),
    "deep lists": _holding("[" * 200_000),
    "deep mappings": _holding("{a: " * 100_000),
    "deep dashes": _holding("- " * 100_000),
    "deep indentation": _holding("".join(f"{' ' * depth}k:\n" for depth in range(2000))),
    "UTF-16": _holding(GOOD_FILE.encode("utf-16")),
    "UTF-32": _holding(GOOD_FILE.encode("utf-32")),
    "Latin-1": _holding(GOOD_FILE.replace("A card", "é card").encode("latin-1")),
    "lone surrogate": _card("A card for tests", '"\\ud800 card"'),
    "raw escape sequence": _card("A card", "\x1b[31mA card"),
    "escape sequence in a status": _card("status: open", 'status: "\\e[31mopen"'),
    "escape sequence in a key": _card("status: open", 'status: open\n    "\\e]0;x\\a\\n": y'),
    "line break in a status": _card("status: open", 'status: "op\\nen"'),
    "huge number": _card("weeks: [1, 2]", f"weeks: [1, {'9' * 5000}]"),
    "sexagesimal number": _card("weeks: [1, 2]", f"weeks: [1, {'1:' * 5000}1]"),
    "date that is none": _card("section: tests", "section: 9999-99-99"),
    "UTF-16 without a mark": _holding(GOOD_FILE.encode("utf-16-le")),
    "second document": _holding(GOOD_FILE + "---\n" + GOOD_FILE),
    "tag directive": _holding("%TAG ! tag:yaml.org,2002:python/\n---\n" + GOOD_FILE),
    "endless text": _card("A card for tests", "t" * 30_000),
    "sixty repeated keys": _holding("a: 1\n" * 60),
}
UNREADABLE: dict[str, Make] = {
    "FIFO": os.mkfifo,
    "socket": _socket,
    "device": lambda path: path.symlink_to("/dev/zero"),
    "folder without files": lambda path: path.mkdir(),
    "symlink loop": lambda path: path.symlink_to(path.name),
    "dangling symlink": lambda path: path.symlink_to("absent"),
    "sparse file of 70 MB": _sparse,
    "FIFO in a folder": _inside("x.yaml", os.mkfifo),
    "folder named like a file": _inside("x.yaml", lambda path: path.mkdir()),
    "symlink loop in a folder": _inside("x.yaml", lambda path: path.symlink_to(path.name)),
    "sparse file in a folder": _inside("x.yaml", _sparse),
    "FIFO as vocabulary": _inside("skills.yaml", os.mkfifo),
    "folder as vocabulary": _inside("skills.yaml", lambda path: path.mkdir()),
}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    "command", [["--only", "--data", "r", "list"], ["--only", "check", "r"]], ids=["list", "check"]
)
@pytest.mark.parametrize("kind", [*FAULTY, *UNREADABLE])
def test_it_is_one_line_and_exit_1_within_five_seconds(mip: Mip, here: Path, kind: str, command: list[str]) -> None:
    (FAULTY | UNREADABLE)[kind](here / "r")
    begun = time.monotonic()
    done = mip(*command)
    assert time.monotonic() - begun < 5
    lines = done.err.splitlines()
    assert (done.code, len(lines)) == (1, 1 + lines[-1].startswith("mip: `mip check --template` "))
    assert done.err.startswith("mip: ")
    assert "Traceback" not in done.out + done.err
    assert not any(ord(char) < 32 and char != "\n" for char in done.out + done.err)
    assert [path.name for path in here.iterdir()] == ["r"]


@pytest.mark.parametrize("kind", FAULTY)
def test_check_places_each_fault_on_a_line_of_its_own(mip: Mip, here: Path, kind: str) -> None:
    FAULTY[kind](here / "r")
    faults = json.loads(mip("--only", "check", "r", "--json").out)["faults"]
    assert faults
    assert all(fault["file"] == "r" and fault["line"] >= 1 and fault["column"] >= 1 for fault in faults)
    assert len(mip("--only", "check", "r").lines) == len(faults)


@pytest.mark.parametrize("kind", UNREADABLE)
def test_what_cannot_be_read_leaves_stdout_empty_even_in_json(mip: Mip, here: Path, kind: str) -> None:
    UNREADABLE[kind](here / "r")
    assert mip("--only", "check", "r", "--json").out == mip("--only", "--data", "r", "list", "--json").out == ""


@pytest.mark.parametrize("verb", ["show 2.1", "search x", "pick -l A", "init 2.1", "categories"])
@pytest.mark.parametrize("kind", ["alias bomb", "python apply", "NUL byte", "deep lists", "UTF-16", "FIFO", "device"])
def test_no_verb_goes_on_with_it(mip: Mip, here: Path, kind: str, verb: str) -> None:
    (FAULTY | UNREADABLE)[kind](here / "r")
    done = mip("--only", "--data", "r", *verb.split())
    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
    assert [path.name for path in here.iterdir()] == ["r"]


@pytest.mark.parametrize("name", ["skills", "models", "glossary", "collection"])
@pytest.mark.parametrize("content", ["", "x", "[]", "{", "NAME: x", "NAME: [x]", "NAME: [[x, 1]]", "NAME: [{id: 3}]"])
def test_a_vocabulary_of_another_form_is_faults_with_places(mip: Mip, here: Path, name: str, content: str) -> None:
    _inside(f"{name}.yaml", _holding(content.replace("NAME", name)))(here / "r")
    done = mip("--only", "check", "r", "--json")
    assert done.code == 1
    assert f"r/{name}.yaml" in {fault["file"] for fault in json.loads(done.out)["faults"]}
    assert mip("--only", "--data", "r", "list").err.count("\n") == 1


def _meddle(monkeypatch: pytest.MonkeyPatch, change: Callable[[], object]) -> None:
    """Has the file `r` changed between the look at it and its opening."""
    opened = os.open

    def meddling(path: str, flags: int, *rest: int) -> int:
        if str(path) == "r":
            change()
        return opened(path, flags, *rest)

    monkeypatch.setattr(os, "open", meddling)


def _becomes(make: Make) -> None:
    os.remove("r")
    make(Path("r"))


def _refuse() -> None:
    raise PermissionError(errno.EACCES, "Permission denied")


@pytest.mark.parametrize(
    "change",
    [
        lambda: os.remove("r"),
        lambda: _becomes(os.mkfifo),
        lambda: _becomes(os.mkdir),
        lambda: _becomes(UNREADABLE["device"]),
        lambda: os.truncate("r", 0),
        lambda: os.truncate("r", 500),
        lambda: os.truncate("r", MAX_BYTES + 1),
        _refuse,
    ],
    ids=["removed", "a FIFO", "a folder", "a device", "emptied", "cut", "grown", "not to be read"],
)
def test_a_file_that_changes_under_the_reader_is_one_line(
    mip: Mip, here: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[], object]
) -> None:
    (here / "r").write_text(GOOD_FILE)
    _meddle(monkeypatch, change)
    done = mip("--only", "--data", "r", "list")
    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)


def test_a_pipe_that_has_nothing_to_say_yet_is_not_waited_for(
    mip: Mip, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "r").write_text(GOOD_FILE)
    os.mkfifo("pipe")
    writer = os.open("pipe", os.O_RDWR)
    try:
        _meddle(monkeypatch, lambda: os.replace("pipe", "r"))
        done = mip("--only", "--data", "r", "list")
    finally:
        os.close(writer)
    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)


def test_a_folder_that_may_not_be_read_is_one_line(mip: Mip, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "r").mkdir()
    listed = os.listdir
    monkeypatch.setattr(os, "listdir", lambda path: _refuse() if str(path) == "r" else listed(path))
    done = mip("--only", "check", "r")
    assert (done.code, done.err) == (1, "mip: error: cannot read r: Permission denied\n")


def test_a_file_without_a_size_is_not_read_for_ever(mip: Mip, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_BYTES", 100)
    assert Path("/proc/self/maps").stat().st_size == 0
    done = mip("--only", "check", "/proc/self/maps")
    assert (done.code, done.err.count("\n")) == (1, 1)
    assert "larger than" in done.err


@pytest.mark.parametrize("stdin", ["0<.", "0>absent", "0<&-"], ids=["a folder", "for writing", "closed"])
def test_a_standard_input_that_cannot_be_read_is_no_traceback_of_ours(here: Path, stdin: str) -> None:
    command = f"{sys.executable} -m mi_problems check - {stdin}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr


def test_faults_are_told_up_to_a_number_and_then_counted_no_further(mip: Mip, here: Path) -> None:
    _card("    status: open", "    status: open\n" + "".join(f"    x{n}: y\n" for n in range(3000)))(here / "r")
    lines = mip("--only", "check", "r").lines
    assert len(lines) == MAX_FAULTS + 1
    assert any(f"more than {MAX_FAULTS} faults" in line for line in lines)


def test_a_fault_is_told_shortly_whatever_it_is_about(mip: Mip, here: Path) -> None:
    _card("status: open", f"status: {'o' * 19_000}")(here / "r")
    (line,) = mip("--only", "check", "r").lines
    assert len(line) < 500
    assert "unknown value 'ooo" in line


def test_a_bomb_on_standard_input_is_defused_too(mip: Mip) -> None:
    done = mip("--only", "check", "-", stdin=_BOMB)
    assert (done.code, done.err.count("\n")) == (1, 2)
    assert "<stdin>:" in done.lines[0]


@pytest.mark.parametrize("verb", [["list"], ["show", "2.1"], ["search", "alpha"], ["--color", "always", "list"]])
def test_an_escape_sequence_in_a_title_never_reaches_the_terminal(mip: Mip, here: Path, verb: list[str]) -> None:
    _card("A card for tests", '"A \\e]0;owned\\a\\e[2Jcard\\n\\x9b31m\\tfor tests"')(here / "r")
    done = mip("--only", "--data", "r", *verb)
    assert done.code == 0
    assert not any(sequence in done.out + done.err for sequence in ("\x1b]", "\x1b[2J", "\x07", "\x9b"))


def test_a_title_with_tabs_and_line_breaks_stays_one_line_of_five_fields(mip: Mip, here: Path) -> None:
    _card("A card for tests", '"A\\tcard\\nfor\\rtests"')(here / "r")
    done = mip("--only", "--data", "r", "list")
    assert [line.count("\t") for line in done.out.split("\n")[:-1]] == [4, 4]


def test_a_title_made_to_break_out_cannot_break_the_repository(mip: Mip, here: Path) -> None:
    title = "'''\"\"\" \\ ${title} {{title}} {% x %} `touch obeyed` #}"
    _card("A card for tests", json.dumps(title))(here / "r")
    assert mip("--only", "--data", "r", "init", "2.1", "new").code == 0
    for file in (here / "new").glob("*.py"):
        ast.parse(file.read_text(encoding="utf-8"))
    tomllib.loads((here / "new" / "pyproject.toml").read_text(encoding="utf-8"))
    json.loads((here / "new" / "mip.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("title", ["../../etc/passwd", "/etc/passwd", "日本語", "..", "-rf", "CON"])
def test_a_title_never_leads_the_folder_elsewhere(mip: Mip, here: Path, title: str) -> None:
    _card("A card for tests", json.dumps(title))(here / "r")
    done = mip("--only", "--data", "r", "init", "2.1")
    assert done.code == 0
    made = Path(done.out.strip())
    assert {*here.iterdir()} == {here / "r", made}
    assert made.name.startswith("mip-2-1")
