"""A start-up file is the user's: whatever bytes it holds, one block comes in, goes out, and nothing else changes."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mi_problems.errors import MipError
from mi_problems.terminal.users_file import BEGIN, END, look, put, with_block, without_block

BLOCK = b"complete -F f mip\n"
FILE = Path(".bashrc")
CONTENT = st.lists(st.sampled_from([b"x\x9c", b"\xff", b"alias a=b", b"\r\n", b"\n", b"\r", b" ", b"\0", b"#"])).map(
    b"".join
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / ".bashrc"
    path.write_bytes(b"x\x9c\r\n" * 500)
    return path


@given(CONTENT)
def test_the_block_comes_once_and_what_stands_before_it_stays(content: bytes) -> None:
    once = with_block(FILE, content, BLOCK)
    assert once.startswith(content)
    assert once.removeprefix(content).lstrip(b"\n") == BEGIN + b"\n" + BLOCK + END + b"\n"
    assert with_block(FILE, once, BLOCK) == once


@given(CONTENT, CONTENT)
def test_taken_out_nothing_is_left_but_a_line_end(before: bytes, after: bytes) -> None:
    with_it = with_block(FILE, before, BLOCK)
    rest = without_block(FILE, with_it + after, b"source 'x'")
    assert rest == with_it[: with_it.index(BEGIN)] + after
    assert without_block(FILE, before, b"source 'x'") == before


@given(CONTENT, CONTENT)
def test_an_older_block_is_replaced_in_its_place(before: bytes, after: bytes) -> None:
    old = with_block(FILE, before, b"old\n") + after
    assert with_block(FILE, old, BLOCK) == with_block(FILE, before, BLOCK) + after


@pytest.mark.parametrize("content", [BEGIN, END, END + b"\n" + BEGIN, (BEGIN + b"\n" + END + b"\n") * 2])
def test_half_a_block_or_two_are_left_to_their_owner(content: bytes) -> None:
    with pytest.raises(MipError, match="by hand"):
        with_block(FILE, content, BLOCK)
    with pytest.raises(MipError, match="by hand"):
        without_block(FILE, content, b"")


def test_mode_and_owner_and_the_link_to_it_are_kept(file: Path, tmp_path: Path) -> None:
    file.chmod(0o640)
    if os.geteuid() == 0:
        os.chown(file, 12345, 54321)
    before = file.stat()
    link = tmp_path / "link"
    link.symlink_to(file.name)
    put(look(link), b"new")
    after = file.stat()
    assert (file.read_bytes(), link.is_symlink()) == (b"new", True)
    assert (after.st_mode, after.st_uid, after.st_gid) == (before.st_mode, before.st_uid, before.st_gid)


def test_a_new_file_has_the_mode_of_every_new_file(tmp_path: Path) -> None:
    (tmp_path / "other").touch()
    put(look(tmp_path / "new"), b"x")
    assert (tmp_path / "new").stat().st_mode == (tmp_path / "other").stat().st_mode


@pytest.mark.parametrize("call", ["fsync", "replace", "chown", "open"])
def test_where_the_system_refuses_the_file_is_whole_and_nothing_lies_beside_it(
    file: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    found, before = look(file), file.read_bytes()
    if call == "chown":
        file.chmod(0o600)
        found = look(file)._replace(status=os.stat_result((*file.stat()[:4], 77, 77, *file.stat()[6:])))

    def refuse(*_: object) -> NoReturn:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, call, refuse)
    with pytest.raises(MipError, match="No space left"):
        put(found, b"new")
    monkeypatch.undo()
    assert (file.read_bytes(), os.listdir(file.parent)) == (before, [file.name])


def test_what_another_program_wrote_meanwhile_is_not_lost(file: Path) -> None:
    found = look(file)
    file.write_bytes(b"theirs")
    with pytest.raises(MipError, match="try again"):
        put(found, b"ours")
    assert file.read_bytes() == b"theirs"
    absent = look(file.parent / "absent")
    (file.parent / "absent").write_bytes(b"theirs")
    with pytest.raises(MipError, match="try again"):
        put(absent, b"ours")


def test_what_is_no_file_of_one_name_that_may_be_written_is_refused(
    tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "folder").mkdir()
    (tmp_path / "device").symlink_to(os.devnull)
    (tmp_path / "circle").symlink_to("circle")
    os.link(file, tmp_path / "second")
    for name in ("fifo", "folder", "device", "circle", "second", f"{file.name}/x", "n" * 300):
        with pytest.raises(MipError, match="cannot write"):
            look(tmp_path / name)
    (tmp_path / "second").unlink()
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(MipError, match="read-only"):
        look(file)
