"""The file of marks grows: lines are added whole or not at all. Nothing else changes it."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from mi_problems.errors import MipError
from mi_problems.progress.kept import NO_WAIT, failed, is_file, where

_TRIES, _PAUSE = 6000, 0.005  # half a minute for others to finish


def append(lines: bytes) -> None:
    """Adds these lines, each with its end, and waits until they are on the disk; MipError where none was added.

    Other runs of `mip` that append at the same time wait for one another.
    """
    path = where()
    try:
        _make_folder(path.parent)
        descriptor = _locked(path)
        try:
            _add(descriptor, lines, is_file(descriptor, path))
        finally:
            os.close(descriptor)
    except (OSError, ValueError) as error:
        raise failed("write", path, error) from None


def _make_folder(folder: Path) -> None:
    """Makes what is missing of the folder, for the user alone; what is there keeps its mode."""
    if os.path.isdir(folder) or folder == folder.parent:
        return
    _make_folder(folder.parent)
    with contextlib.suppress(FileExistsError):
        folder.mkdir(0o700)


def _locked(path: Path) -> int:
    """The file, open and ours alone; made for the user alone where there was none."""
    from mi_problems.progress import clock

    for _ in range(_TRIES):
        descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | NO_WAIT, 0o600)
        if _lock(descriptor) and _still_there(descriptor, path):
            return descriptor
        os.close(descriptor)
        clock.wait(_PAUSE)
    raise MipError(f"cannot write {path}: another program holds it", "try again when that has ended")


def _still_there(descriptor: int, path: Path) -> bool:
    """Whether the path still leads to what was opened; an editor may have put another file there."""
    try:
        return os.path.samestat(os.fstat(descriptor), os.stat(path))
    except OSError:
        return False


def _lock(descriptor: int) -> bool:
    """Whether nobody else holds it now; true, too, on a drive that knows no locks."""
    try:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except (ImportError, OSError):  # without a lock, one write of a whole line has to do
        return True
    return True


def _add(descriptor: int, lines: bytes, regular: bool) -> None:
    """Appends behind a line that was cut off, too; takes back what does not fit whole."""
    size = os.fstat(descriptor).st_size
    if regular and size:
        os.lseek(descriptor, size - 1, os.SEEK_SET)
        lines = lines if os.read(descriptor, 1) == b"\n" else b"\n" + lines
    try:
        left = lines
        while left:  # once, but where the disk is full
            left = left[os.write(descriptor, left) :]
        if regular:
            os.fsync(descriptor)
    except OSError:
        if regular:
            with contextlib.suppress(OSError):
                os.ftruncate(descriptor, size)
        raise
