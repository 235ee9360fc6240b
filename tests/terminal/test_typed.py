"""What comes in by the keyboard and by arguments: bytes, which may be no text, and a terminal, which may go."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from mi_problems.terminal.typed import as_text
from tests.conftest import Mip

MIP = [sys.executable, "-m", "mi_problems"]
ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
BAD = "x\udcff"  # the byte FF, as Python hands it on


class Dialogue:
    """`mip pick` on a terminal of its own, in a session without one so that it may be taken away."""

    def __init__(self, words: Sequence[str] = ("pick", "--seed", "1"), waits: bool = True, **environment: Any) -> None:
        self.leader, follower = pty.openpty()
        os.set_blocking(follower, waits)
        settings = {**os.environ, "TERM": "dumb", "COLUMNS": "80", "LC_ALL": "C.UTF-8", **environment}
        self.child = subprocess.Popen(
            [*MIP, *words], stdin=follower, stdout=follower, stderr=subprocess.PIPE, env=settings,
            preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN),  # noqa: PLW1509 - no threads here
        )  # fmt: skip
        os.close(follower)
        self.seen = b""

    def wait_for(self, text: str) -> None:
        """Reads on until the text has been shown."""
        end = time.monotonic() + 30
        place = len(self.seen)
        while text.encode() not in self.seen[place:]:
            assert time.monotonic() < end, self.seen.decode(errors="replace")
            self.seen += os.read(self.leader, 65536)

    def type(self, content: bytes) -> None:
        os.write(self.leader, content)

    def end(self) -> tuple[int, bytes]:
        """The exit code, and what stands on standard error."""
        _, err = self.child.communicate(timeout=30)
        return self.child.returncode, err


@pytest.mark.parametrize("content", [b"\xff\n", b"caf\xe9\n", b"\xc3\n", b"\xed\xa0\x80\n"])
@pytest.mark.parametrize("question", ["[1] ", "[anything] ", "> "])
def test_a_typed_answer_that_is_no_text_is_asked_for_again(content: bytes, question: str) -> None:
    talk = Dialogue()
    for asked in ("[1] ", "[anything] ", "[1] ", "[any] ", "> "):
        talk.wait_for(asked)
        if asked == question:
            talk.type(content)
            talk.wait_for("that is not UTF-8; type it again")
            question = ""
        talk.type(b"q\n" if asked == "> " else b"\n")
    code, err = talk.end()
    os.close(talk.leader)
    assert code == 0
    assert b"Traceback" not in err


def test_an_answer_in_another_alphabet_is_text_in_every_locale() -> None:
    environments: list[dict[str, Any]] = [{}, dict(ASCII)]
    for environment in environments:
        talk = Dialogue(("pick", "--compute", "gpu", "--weeks", "9", "--seed", "1"), **environment)
        talk.wait_for("[1] ")
        talk.type(b"\n")
        talk.wait_for("[anything] ")
        talk.type("каузальный\n".encode())
        talk.wait_for("> ")
        talk.type(b"q\n")
        assert talk.end()[0] == 0
        os.close(talk.leader)


@pytest.mark.parametrize("answers", [0, 1, 2])
def test_a_terminal_that_goes_away_at_a_question_ends_it_quietly(answers: int) -> None:
    talk = Dialogue()
    for asked in ("[1] ", "[anything] ", "[1] ")[:answers]:
        talk.wait_for(asked)
        talk.type(b"\n")
    talk.wait_for("] ")
    os.close(talk.leader)
    code, err = talk.end()
    assert err == b""
    assert code in {0, 130}


def test_a_terminal_that_does_not_wait_is_waited_for() -> None:
    talk = Dialogue(waits=False)
    for asked in ("[1] ", "[anything] ", "[1] ", "[any] ", "> "):
        talk.wait_for(asked)
        time.sleep(0.2)
        talk.type(b"q\n" if asked == "> " else b"\n")
    code, err = talk.end()
    os.close(talk.leader)
    assert code == 0
    assert b"Traceback" not in err


@pytest.mark.parametrize(
    "words",
    [
        ("search", f"https://{BAD}"), ("search", BAD), ("show", BAD), ("init", BAD), ("init", "2.17", BAD),
        ("init", "2.17", "--author", BAD), ("init", "2.17", "--name", BAD), ("init", "2.17", "--license", BAD),
        ("init", "2.17", "--vcs", BAD), ("list", "-c", BAD), ("list", "-l", BAD), ("list", "-d", BAD),
        ("list", "-s", BAD), ("list", "-t", BAD), ("list", "--compute", BAD), ("list", "--sort", BAD),
        ("list", "-n", BAD), ("list", BAD), ("list", f"--{BAD}"), ("pick", "-l", BAD), ("pick", "-l", "A", "-i", BAD),
        ("pick", "-l", "A", "--know", BAD), ("pick", "-l", "A", "--not", BAD), ("pick", "--like", BAD),
        ("pick", "-l", "A", "--weeks", BAD), ("pick", "-l", "A", "--seed", BAD), ("pick", BAD), ("categories", BAD),
        ("check", BAD), ("--data", BAD, "list"), ("--color", BAD, "list"), (BAD,), (f"--{BAD}",), ("help", BAD),
        ("--install-completion", BAD),
    ],
)  # fmt: skip
@pytest.mark.parametrize("environment", [{}, ASCII], ids=["utf-8", "ascii"])
def test_an_argument_that_is_no_text_is_one_line(
    program: Mip, tmp_path: Path, words: Sequence[str], environment: dict[str, str]
) -> None:
    done = program(*words, env=environment, cwd=tmp_path)
    assert done.code in {1, 2}
    assert (done.out, done.err.count("\n")) == ("", 1)
    assert done.err.startswith("mip: error: ")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "name",
    ["MIP_DATA", "MIP_PAGER", "PAGER", "TERM", "LANG", "LC_ALL", "COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "HOME",
     "CLICOLOR", "VTE_VERSION", "TERM_PROGRAM", "MIP_CACHE_DIR", "_MIP_COMPLETE", "PATH", "TMPDIR"],
)  # fmt: skip
@pytest.mark.parametrize("value", [BAD, "9" * 5000, "-1", "\u0663"], ids=["bytes", "digits", "negative", "arabic"])
def test_a_variable_that_is_no_text_or_no_number_is_no_traceback(
    program: Mip, tmp_path: Path, name: str, value: str
) -> None:
    done = program("list", "-n", "1", env={name: value}, cwd=tmp_path)
    assert done.code in {0, 1, 2}
    assert "Traceback" not in done.err
    assert done.err.count("\n") <= 1


def test_a_file_name_that_is_no_text_is_still_a_file_name(program: Mip, tmp_path: Path) -> None:
    from tests.conftest import GOOD_FILE

    (tmp_path / f"{BAD}.yaml").write_text(GOOD_FILE)
    assert len(program("--only", "--data", f"{BAD}.yaml", "list", cwd=tmp_path).lines) == 2
    assert program("--only", "check", f"{BAD}.yaml", cwd=tmp_path).code == 0


def test_utf8_is_text_in_a_locale_that_does_not_know_it(program: Mip, tmp_path: Path) -> None:
    assert program("search", "na\u00efve", env=ASCII).code == 0
    arguments = ("init", "2.17", "new", "--author", "Ren\u00e9e", "--license", "mit", "--vcs", "none")
    assert program(*arguments, env=ASCII, cwd=tmp_path).code == 0
    assert "Ren\u00e9e" in (tmp_path / "new" / "LICENSE").read_text(encoding="utf-8")


def test_what_is_no_text_in_a_value_is_left_as_it_is() -> None:
    for value in (None, 3, True, Path(BAD), "plain", "\u00e9", ["a", "b"], ()):
        assert as_text("--x", value) == value
