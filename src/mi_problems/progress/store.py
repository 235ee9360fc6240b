"""The file of marks on disk: where it is, read whole, appended to whole or not at all. Nothing else changes it."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path

from mi_problems.errors import MipError, why_failed

VARIABLE = "MIP_NOTES"
NAME = "notes.jsonl"
MOST = 64 * 10**6  # bytes that are read
_NO_WAIT = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_TRIES, _PAUSE = 6000, 0.005  # half a minute for others to finish


def where() -> Path:
    """The file: as MIP_NOTES names it, else in the user's data folder; MipError where there is no such folder."""
    named = os.environ.get(VARIABLE)
    if named:
        return Path(os.path.expanduser(named))
    from platformdirs import user_data_path

    try:
        return user_data_path("mip", appauthor=False) / NAME
    except RuntimeError:
        raise MipError("there is no home folder to keep marks in", f"name a file with {VARIABLE}") from None


def content() -> bytes:
    """The whole file; nothing where there is none or a device such as /dev/null. MipError where it cannot be read."""
    path = where()
    try:
        descriptor = os.open(path, os.O_RDONLY | _NO_WAIT)
    except FileNotFoundError:
        return b""
    except (OSError, ValueError) as error:
        raise _failed("read", path, error) from None
    try:
        if not _is_file(descriptor, path):
            return b""
        with open(descriptor, "rb", closefd=False) as stream:
            found = stream.read(MOST + 1)
    except OSError as error:
        raise _failed("read", path, error) from None
    finally:
        os.close(descriptor)
    if len(found) > MOST:
        raise MipError(f"cannot read {path}: it is larger than {MOST // 10**6} MB", f"{VARIABLE} names another file")
    return found


def append(lines: bytes) -> None:
    """Adds these lines, each with its end, and waits until they are on the disk; MipError where none was added.

    Other runs of `mip` that append at the same time wait for one another.
    """
    path = where()
    try:
        _make_folder(path.parent)
        descriptor = _locked(path)
        try:
            _add(descriptor, lines, _is_file(descriptor, path))
        finally:
            os.close(descriptor)
    except (OSError, ValueError) as error:
        raise _failed("write", path, error) from None


def _failed(verb: str, path: Path, error: Exception) -> MipError:
    return MipError(f"cannot {verb} {path}: {why_failed(error)}", f"{VARIABLE} names another file")


def _is_file(descriptor: int, path: Path) -> bool:
    """Whether it is a regular file rather than a device; MipError for a folder, a FIFO and the like."""
    mode = os.fstat(descriptor).st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISCHR(mode)):
        raise MipError(f"{path} is no regular file", f"{VARIABLE} names another")
    return stat.S_ISREG(mode)


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
        descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | _NO_WAIT, 0o600)
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
