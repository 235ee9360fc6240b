"""A file of the user's, such as `.bashrc`, with one block of ours: bytes that are not ours stay as they are.

What is written stands beside the file until it is whole, and then takes its place: at no moment is half of it there.
"""

import os
import shutil
import stat
from pathlib import Path
from typing import NamedTuple

from mi_problems.errors import MipError, why_failed

BEGIN, END = b"# >>> mip completion >>>", b"# <<< mip completion <<<"


class Found(NamedTuple):
    """A file as it was found, behind all links; `status` is None where there is none yet."""

    path: str
    content: bytes
    status: os.stat_result | None


def look(path: Path) -> Found:
    """The file as it stands. MipError where it is no regular file, or may not be read or written."""
    target = os.path.realpath(path)
    try:
        with open(target, "rb", opener=_without_waiting) as stream:
            status = os.fstat(stream.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise MipError(f"cannot write {path}: not a regular file")
            content = stream.read()
    except FileNotFoundError:
        return Found(target, b"", None)
    except (OSError, ValueError) as error:
        raise MipError(f"cannot write {path}: {why_failed(error)}") from None
    if not os.access(target, os.W_OK):
        raise MipError(f"cannot write {path}: it is read-only")
    if status.st_nlink > 1:
        raise MipError(f"cannot write {path}: it has a second name (a hard link), which would keep the old text")
    return Found(target, content, status)


def put(found: Found, content: bytes) -> None:
    """Replaces the file at once, with its mode and owner. MipError where it cannot be: then it is as it was."""
    draft = f"{found.path}.mip-{os.urandom(4).hex()}"
    try:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        descriptor = os.open(draft, flags, 0o600 if found.status else 0o666)
        try:
            with open(descriptor, "wb") as stream:
                stream.write(content)
                if found.status:
                    _make_like(found, draft, found.status)
                stream.flush()
                os.fsync(descriptor)
            if _as_it_stands(found.path) != _as_it_was(found.status):
                raise MipError(f"{found.path} was changed by another program just now", "try again")
            os.replace(draft, found.path)
        except BaseException:
            os.unlink(draft)
            raise
    except (OSError, ValueError) as error:
        raise MipError(f"cannot write {found.path}: {why_failed(error)}") from None


def take_away(path: Path) -> None:
    """Removes a file that is ours alone; MipError where that fails."""
    try:
        os.unlink(path)
    except OSError as error:
        raise MipError(f"cannot remove {path}: {why_failed(error)}") from None


def with_block(path: Path, content: bytes, block: bytes) -> bytes:
    """The content with this block, in the place of an older one or at the end. MipError for half a block."""
    lines = content.splitlines(keepends=True)
    place = _block(path, lines)
    ours = b"\n".join([BEGIN, block.strip(), END, b""])
    if place:
        return b"".join([*lines[: place.start], ours, *lines[place.stop :]])
    return content + (b"\n" if content and not content.endswith(b"\n") else b"") + ours


def without_block(path: Path, content: bytes, old: bytes) -> bytes:
    """The content without the block, and without the `old` line of version 0.1; MipError for half a block."""
    lines = content.splitlines(keepends=True)
    place = _block(path, lines) or slice(0, 0)
    return b"".join(line for line in [*lines[: place.start], *lines[place.stop :]] if line.strip() != old)


def _block(path: Path, lines: list[bytes]) -> slice | None:
    """Where the block stands. What the user wrote behind half a block is not ours to replace."""
    begins, ends = ([at for at, line in enumerate(lines) if line.strip() == mark] for mark in (BEGIN, END))
    if not begins and not ends:
        return None
    if len(begins) == len(ends) == 1 and begins < ends:
        return slice(begins[0], ends[0] + 1)
    raise MipError(f"{path} holds half a block {BEGIN.decode()!r}, or several", "take its lines out by hand")


def _without_waiting(path: str, flags: int) -> int:
    """Opens also a FIFO or a device without waiting for its other end."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _make_like(found: Found, draft: str, status: os.stat_result) -> None:
    """Gives the draft the owner, mode and attributes of the file that it will be; OSError where it may not."""
    now = os.stat(draft)
    if (now.st_uid, now.st_gid) != (status.st_uid, status.st_gid):
        os.chown(draft, status.st_uid, status.st_gid)
    shutil.copystat(found.path, draft)
    os.utime(draft)


def _as_it_stands(path: str) -> tuple[int, ...]:
    try:
        return _as_it_was(os.stat(path))
    except FileNotFoundError:
        return ()


def _as_it_was(status: os.stat_result | None) -> tuple[int, ...]:
    """What changes with every change of a file; nothing where there is none."""
    return (status.st_ino, status.st_size, status.st_mtime_ns) if status else ()
