"""Each stream by itself: its colour, its characters, its failures; and an interrupt at any moment."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Mip
from tests.pseudo_terminal import heed_ctrl_c, mip_seen

MIP = f"{sys.executable} -m mi_problems"
RESULT, ERROR = ("list", "-n", "1"), ("show", "0.0")
needs_full = pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
EVERY_VERB = (
    "list", "list --json", "show 2.17", "search induction", "pick -l A --seed 1", "categories", "check --json",
    "init 2.17 new --dry-run", "list -h", "--version", "--show-completion zsh", "--remove-completion fish",
)  # fmt: skip


def shell(script: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["bash", "-c", script], capture_output=True, encoding="utf-8", cwd=cwd, check=False)


# Colour: what a stream on a terminal gets, and what the other one gets as a pipe.
COLOURS = [
    ({}, "auto", True, False),
    ({"NO_COLOR": "1"}, "auto", False, False),
    ({"NO_COLOR": ""}, "auto", True, False),
    ({"TERM": "dumb"}, "auto", False, False),
    ({"CLICOLOR": "0"}, "auto", False, False),
    ({"FORCE_COLOR": "1"}, "auto", True, True),
    ({"FORCE_COLOR": "0"}, "auto", True, False),
    ({"CLICOLOR_FORCE": "1"}, "auto", True, True),
    ({"FORCE_COLOR": "1", "TERM": "dumb"}, "auto", True, True),
    ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, "auto", False, False),
    ({"NO_COLOR": "1", "TERM": "dumb"}, "always", True, True),
    ({"FORCE_COLOR": "1", "CLICOLOR_FORCE": "1"}, "never", False, False),
]


@pytest.mark.parametrize(("environment", "flag", "on_terminal", "in_pipe"), COLOURS)
@pytest.mark.parametrize(("words", "other"), [(RESULT, "stderr"), (ERROR, "stdout")], ids=["stdout", "stderr"])
def test_a_stream_on_a_terminal_is_coloured_by_its_own_right(
    environment: dict[str, Any], flag: str, on_terminal: bool, in_pipe: bool, words: tuple[str, ...], other: str
) -> None:
    _, text = mip_seen("--color", flag, *words, raw=True, piped=other, **environment)
    assert ("\x1b[" in text) == on_terminal


@pytest.mark.parametrize(("environment", "flag", "on_terminal", "in_pipe"), COLOURS)
@pytest.mark.parametrize("words", [RESULT, ERROR], ids=["stdout", "stderr"])
def test_a_stream_in_a_pipe_is_coloured_only_by_force(
    program: Mip, environment: dict[str, str], flag: str, on_terminal: bool, in_pipe: bool, words: tuple[str, ...]
) -> None:
    done = program("--color", flag, *words, env={"TERM": "xterm-256color", **environment})
    assert ("\x1b[" in done.out + done.err) == in_pipe


@pytest.mark.parametrize("flag", ["always", "auto"])
def test_json_has_no_colour_on_a_terminal_either(flag: str) -> None:
    _, text = mip_seen("--color", flag, "list", "-n", "1", "--json", raw=True, FORCE_COLOR="1")
    assert json.loads(text)
    assert "\x1b" not in text


# Characters
ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


@pytest.mark.parametrize("verb", ["list", "show 2.17", "search induction", "pick -l A --seed 1", "categories rl", "-h"])
def test_an_ascii_stream_gets_ascii(program: Mip, verb: str) -> None:
    done = program(*verb.split(), env=ASCII)
    assert done.code == 0
    assert done.out
    assert (done.out + done.err).isascii()


@pytest.mark.parametrize("verb", ["list", "show 2.17", "search induction", "pick -l A --seed 1", "categories rl"])
@pytest.mark.parametrize("environment", [{"LC_ALL": "C"}, {"LC_ALL": "POSIX"}, ASCII], ids=["C", "POSIX", "ascii"])
def test_a_terminal_in_the_c_locale_gets_ascii(verb: str, environment: dict[str, Any]) -> None:
    code, text = mip_seen(*verb.split(), columns=60, **environment)
    assert code == 0
    assert text.isascii()
    assert max(map(len, text.splitlines())) <= 60


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "latin-1", "iso2022_jp", "cp037"])
def test_an_encoding_begins_once(encoding: str) -> None:
    script = f"PYTHONIOENCODING={encoding} {MIP} pick -l A --seed 1"
    done = subprocess.run(["bash", "-c", script], capture_output=True, check=True)
    assert [line.split("\t")[0] for line in done.stdout.decode(encoding).splitlines()] == [
        line.split("\t")[0] for line in shell(f"{MIP} pick -l A --seed 1").stdout.splitlines()
    ]


def test_json_in_an_ascii_locale_is_the_same_document(program: Mip) -> None:
    plain = program("list", "--json", env=ASCII).out
    assert plain.isascii()
    assert json.loads(plain) == json.loads(program("list", "--json").out)


def test_the_c_locale_alone_spoils_no_data(program: Mip, tmp_path: Path) -> None:
    from tests.conftest import GOOD_FILE

    (tmp_path / "mine.yaml").write_text(GOOD_FILE.replace("A card for tests", "中文 é …"), encoding="utf-8")
    done = program("--only", "--data", "mine.yaml", "list", env={"LC_ALL": "C"}, cwd=tmp_path)
    assert "中文 é" in done.out


# Failures of a stream
@pytest.mark.parametrize("verb", EVERY_VERB)
def test_a_reader_that_leaves_at_once_is_no_error(verb: str, tmp_path: Path) -> None:
    done = shell(f"{MIP} {verb} 2>errors | true; echo ${{PIPESTATUS[0]}}", tmp_path)
    assert done.stdout == "0\n"
    assert "error" not in (tmp_path / "errors").read_text().lower()


@needs_full
@pytest.mark.parametrize("verb", EVERY_VERB)
def test_a_full_disk_is_the_last_line_and_exit_1(verb: str, tmp_path: Path) -> None:
    done = shell(f"{MIP} -q {verb} > /dev/full", tmp_path)
    assert done.returncode == 1
    assert done.stderr == "mip: error: cannot write the output: No space left on device\n"


@pytest.mark.parametrize("verb", EVERY_VERB)
def test_a_closed_stdout_is_one_line_and_exit_1(verb: str, tmp_path: Path) -> None:
    done = shell(f"{MIP} -q {verb} >&-", tmp_path)
    assert (done.returncode, done.stderr) == (1, "mip: error: standard output is closed\n")


@pytest.mark.parametrize("redirection", ["2>&-", pytest.param("2>/dev/full", marks=needs_full)])
@pytest.mark.parametrize(
    ("verb", "code"),
    [("list", 0), ("pick -l A --seed 1", 0), ("list -c rl -d A -s open", 0), ("check", 0), ("show 0.0", 1),
     ("list --bogus", 2), ("init 2.17 new --dry-run", 0)],
)  # fmt: skip
def test_a_stderr_that_takes_nothing_changes_neither_result_nor_code(
    verb: str, code: int, redirection: str, tmp_path: Path
) -> None:
    done = shell(f"{MIP} {verb} {redirection}", tmp_path)
    assert (done.returncode, done.stderr) == (code, "")
    assert done.stdout == shell(f"{MIP} {verb} 2>/dev/null", tmp_path).stdout


def test_both_streams_closed_is_exit_1_in_silence(tmp_path: Path) -> None:
    assert shell(f"{MIP} list >&- 2>&-", tmp_path).returncode == 1


def test_a_closed_stdin_stops_only_what_reads_it(tmp_path: Path) -> None:
    assert shell(f"{MIP} list <&-", tmp_path).returncode == 0
    done = shell(f"{MIP} check - <&-", tmp_path)
    assert (done.returncode, done.stderr) == (1, "mip: error: standard input is closed; name a file\n")


@pytest.mark.parametrize("verb", ["list --json", "show 2.17", "--show-completion bash", "list -h"])
def test_a_pipe_that_does_not_wait_gets_everything(verb: str) -> None:
    read, write = os.pipe()
    os.set_blocking(write, False)
    child = subprocess.Popen([*MIP.split(), *verb.split()], stdout=write, stderr=subprocess.PIPE)
    os.close(write)
    time.sleep(1.5)
    with open(read, "rb") as pipe:
        got = pipe.read()
    _, err = child.communicate(timeout=30)
    assert (child.returncode, err) == (0, b"")
    assert got.decode() == shell(f"{MIP} {verb}").stdout


def test_an_error_on_a_pipe_that_does_not_wait_is_whole() -> None:
    read, write = os.pipe()
    os.set_blocking(write, False)
    word = "x" * 100_000
    child = subprocess.Popen([*MIP.split(), "show", word], stdout=subprocess.DEVNULL, stderr=write)
    os.close(write)
    time.sleep(1.5)
    with open(read, "rb") as pipe:
        assert word.encode() in pipe.read()
    assert child.wait(timeout=30) == 1


# Ctrl-C
PROBE = """
import os, runpy, signal, sys
kind, name, _ = moment = sys.argv[1], sys.argv[2], []
def strike(event, arguments):
    if event == kind and name in str(arguments[0]) and not moment[2]:
        moment[2].append(1)
        os.kill(os.getpid(), signal.SIGINT)
sys.addaudithook(strike)
sys.argv = ["mip", *sys.argv[3:]]
runpy.run_module("mi_problems", run_name="__main__", alter_sys=True)
"""
MOMENTS = [
    ("import", "mi_problems.cli"), ("import", "typer"), ("import", "mi_problems.terminal.session"),
    ("open", "skills.yaml"), ("import", "mi_problems.reading.parse"), ("import", "yaml"), ("open", ".tmp"),
    ("import", "mi_problems.terminal.render.lines"),
]  # fmt: skip


def interrupted(words: list[str], environment: Mapping[str, str]) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *words], capture_output=True, text=True, preexec_fn=heed_ctrl_c, timeout=60,
        env={**os.environ, **environment}, check=False,
    )  # fmt: skip
    return done.returncode, done.stderr


@pytest.mark.parametrize(("kind", "name"), MOMENTS)
def test_ctrl_c_at_any_moment_is_130_without_a_word(kind: str, name: str, tmp_path: Path) -> None:
    assert interrupted([kind, name, "list"], {"MIP_CACHE_DIR": str(tmp_path)}) == (130, "")


def test_ctrl_c_while_the_cache_is_filled_leaves_nothing_broken(program: Mip, tmp_path: Path) -> None:
    environment = {"MIP_CACHE_DIR": str(tmp_path)}
    assert interrupted(["os.rename", ".tmp", "list"], environment)[0] == 130
    assert [path for path in tmp_path.iterdir() if path.suffix == ".tmp"] == []
    assert program("list", env=environment).out == program("list").out


def test_ctrl_c_while_a_reader_sleeps_ends_at_once() -> None:
    read, write = os.pipe()
    child = subprocess.Popen(
        [*MIP.split(), "list", "--json"], stdout=write, stderr=subprocess.PIPE, text=True,
        preexec_fn=heed_ctrl_c,  # noqa: PLW1509 - no threads here
    )  # fmt: skip
    os.close(write)
    time.sleep(2)
    assert child.poll() is None, "the pipe should be full and the program waiting"
    child.send_signal(signal.SIGINT)
    _, err = child.communicate(timeout=10)
    os.close(read)
    assert (child.returncode, err) == (130, "")
