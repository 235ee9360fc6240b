"""What a run asks: only where a person sits at both ends, a line at a time."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest

from mi_problems.terminal.render.screen import Screen
from mi_problems.terminal.session import Session


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return not super().isatty()  # which raises where the stream is closed


def session(terminal: bool = True) -> tuple[Session, io.StringIO]:
    out = io.StringIO()
    on = Screen(out, terminal, False, 80, True)
    return Session((), on, on, quiet=False), out


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
    run, out = session()
    assert [run.ask("? "), run.ask("! ")] == ["yes", ""]
    assert out.getvalue() == "? ! "
    with pytest.raises(EOFError):
        run.ask("? ")
