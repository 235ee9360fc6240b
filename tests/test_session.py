"""What a run says and asks: hints only where they are wanted, prompts only where a person sits at both ends."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest

from mi_problems.render.screen import Screen
from mi_problems.session import Session


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return not super().isatty()  # which raises where the stream is closed


def session(width: int = 80, terminal: bool = True, quiet: bool = False) -> tuple[Session, io.StringIO, io.StringIO]:
    out, err = io.StringIO(), io.StringIO()
    on, beside = (Screen(stream, terminal, False, width, True) for stream in (out, err))
    return Session(None, on, beside, quiet), out, err


def test_a_hint_goes_to_standard_error_unless_quiet() -> None:
    for quiet, shown in ((False, "one\ntwo\n"), (True, "")):
        run, out, err = session(quiet=quiet)
        run.note("one\ntwo")
        assert (out.getvalue(), err.getvalue()) == ("", shown)


def test_a_hint_cannot_drive_the_terminal() -> None:
    run, _, err = session()
    run.note("a\x1b[31mb\u202e")
    assert err.getvalue().rstrip("\n").isprintable()


def test_a_hint_in_prose_is_wrapped_for_a_person_and_one_line_for_a_pipe() -> None:
    for terminal, shown in ((True, "some words\nin prose\n"), (False, "some words in prose\n")):
        run, _, err = session(width=10, terminal=terminal)
        run.remark("some words in prose")
        assert err.getvalue() == shown


def closed() -> io.StringIO:
    stream = Terminal()
    stream.close()
    return stream


@pytest.mark.parametrize(
    ("stdin", "terminal", "asks"),
    [
        (Terminal, True, True),
        (Terminal, False, False),
        (io.StringIO, True, False),
        (closed, True, False),
        (lambda: None, True, False),
    ],
)
def test_only_a_person_at_both_ends_is_asked(
    monkeypatch: pytest.MonkeyPatch, stdin: Callable[[], io.StringIO | None], terminal: bool, asks: bool
) -> None:
    monkeypatch.setattr("sys.stdin", stdin())
    assert session(terminal=terminal)[0].can_ask() is asks


def test_an_answer_is_a_line_without_its_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("  yes \n\n"))
    run, out, _ = session()
    assert [run.ask("? "), run.ask("! ")] == ["yes", ""]
    assert out.getvalue() == "? ! "
    with pytest.raises(KeyboardInterrupt):
        run.ask("? ")
