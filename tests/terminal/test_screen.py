"""What a stream is taken for: its size, its characters, and what becomes of those it cannot show."""

from __future__ import annotations

import io

import pytest

from mi_problems.terminal.render.screen import MOST, Screen, look_at


@pytest.mark.parametrize(
    ("columns", "lines", "size"),
    [
        ("33", "7", (33, 7)), ("33", "", (33, 24)), ("", "7", (80, 7)), ("0", "0", (80, 24)), ("wide", "-3", (80, 24)),
        ("9" * 5000, "9" * 5000, (MOST, MOST)), ("0" * 5000 + "33", "7.0", (33, 24)), ("\u0663", "\u00b2", (80, 24)),
    ],
)  # fmt: skip
def test_the_environment_may_say_how_large_a_terminal_is(
    monkeypatch: pytest.MonkeyPatch, columns: str, lines: str, size: tuple[int, int]
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setenv("LINES", lines)
    on = look_at(io.StringIO())
    assert (on.width, on.height) == size


@pytest.mark.parametrize(
    ("encoding", "locale", "takes_all"),
    [
        ("utf-8", "", True), ("UTF8", "de_DE.UTF-8", True), ("utf-16", "", True), ("ascii", "", False),
        ("latin-1", "", False), ("utf-8", "C", False), ("utf-8", "POSIX", False), ("utf-8", "C.UTF-8", True),
    ],
)  # fmt: skip
def test_a_stream_takes_every_character_where_encoding_and_locale_say_so(
    monkeypatch: pytest.MonkeyPatch, encoding: str, locale: str, takes_all: bool
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    on = look_at(io.TextIOWrapper(io.BytesIO(), encoding=encoding))
    assert on.utf8 is takes_all
    assert on.ellipsis == ("\u2026" if takes_all else "...")


@pytest.mark.parametrize(
    ("encoding", "shown"), [("utf-8", "…★─• é中"), ("ascii", "...*-* ??"), ("latin-1", "...*-* é?")]
)
def test_marks_become_plain_and_other_characters_a_question_mark_where_they_cannot_be_shown(
    encoding: str, shown: str
) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    on = Screen(stream, False, False, 80, encoding == "utf-8")
    on.write("…★─• é中")
    assert stream.buffer.getvalue() == shown.encode(encoding)
    assert on.encoded("…★─• é中") == shown.encode(encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "latin-1"])
def test_a_file_name_that_is_no_text_goes_out_as_it_came_in(encoding: str) -> None:
    on = Screen(io.TextIOWrapper(io.BytesIO(), encoding=encoding), False, False, 80, encoding == "utf-8")
    assert on.encoded("x\udcff") == b"x\xff"
    assert on.encoded("x\ud800") == b"x?"
