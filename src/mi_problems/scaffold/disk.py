"""Steps on the disk of which none overwrites: what they make is made where nothing is, or they fail."""

import contextlib
import errno
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

from mi_problems.cache import sha256
from mi_problems.errors import Conflict

_NOT_OVER_A_FOLDER = {errno.EEXIST, errno.ENOTEMPTY, errno.EACCES, errno.EPERM}
Print = tuple[int, int, int, int]
Check = Callable[[], None]


def digest(content: bytes) -> str:
    """SHA-256 of a file in hexadecimal, its lines ending as on Linux: git and editors change that on their own."""
    return sha256(content.replace(b"\r\n", b"\n")).hexdigest()


def make_parents(folder: Path, made: list[Path]) -> None:
    """Makes the missing folders above the target, and adds each to `made`, outermost first."""
    missing = []
    while not os.path.isdir(folder) and folder != folder.parent:
        missing.append(folder)
        folder = folder.parent
    for path in reversed(missing):
        try:
            os.mkdir(path)
            made.append(path)
        except FileExistsError:  # by another run, or as x/.. is once there is x
            if not os.path.isdir(path):
                raise


def publish(stage: Path, target: Path) -> None:
    """Gives a folder its name, which must be free."""
    try:
        os.mkdir(target)
    except FileExistsError:
        raise meanwhile(target) from None
    try:
        _take_the_place(stage, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.rmdir(target)
        raise


def _take_the_place(stage: Path, empty: Path) -> None:
    """Renames a folder to the name of an empty one, also on a drive where that has to go first."""
    try:
        os.rename(stage, empty)
    except OSError as error:
        if error.errno not in _NOT_OVER_A_FOLDER:
            raise
        try:
            os.rmdir(empty)
        except OSError:
            raise meanwhile(empty) from None
        os.rename(stage, empty)


def place(source: Path, final: Path) -> Print:
    """The file at its place as well, which must be free: whole at once, or by a copy where a drive has no links."""
    try:
        try:
            os.link(source, final)
        except FileExistsError:
            raise
        except OSError:
            _copy(source, final)
    except FileExistsError:
        raise meanwhile(final) from None
    return print_of(final)


def give(source: Path, final: Path) -> None:
    """Moves whatever the source is to a name that must be free. Links and owners are not asked for."""
    try:
        with open(final, "xb"):
            pass
    except FileExistsError:
        raise meanwhile(final) from None
    try:
        os.replace(source, final)
    except BaseException:
        os.unlink(final)
        raise


def _copy(source: Path, final: Path) -> None:
    with open(final, "xb") as stream:
        try:
            stream.write(source.read_bytes())
            stream.flush()
        except BaseException:
            os.unlink(final)
            raise


def print_of(path: Path) -> Print:
    """What tells a file from another one, and from itself once somebody has written into it."""
    state = os.lstat(path)
    return state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns


def remove(folder: Path) -> None:
    """Takes away a folder of our own, also one that a umask has closed to us."""
    shutil.rmtree(folder, ignore_errors=True)
    if os.path.lexists(folder):
        with contextlib.suppress(OSError):
            os.chmod(folder, 0o700)
            for path, inner, _ in os.walk(folder):
                for name in inner:
                    if not os.path.islink(os.path.join(path, name)):
                        os.chmod(os.path.join(path, name), 0o700)
        shutil.rmtree(folder, ignore_errors=True)


def meanwhile(path: Path) -> Conflict:
    """The error where something stands that was not there when all was settled."""
    return Conflict(f"{path} was made by something else meanwhile; nothing was changed", "run this again")


@contextlib.contextmanager
def signals_wait() -> Iterator[Check]:
    """Within it Ctrl-C, SIGTERM and SIGHUP cut no step in two: they raise when what it gives is called, or at its end.

    A signal that is ignored stays so, as SIGHUP is under nohup.
    """
    caught: list[int] = []

    def check() -> None:
        if caught:
            raise KeyboardInterrupt if caught[0] == signal.SIGINT else SystemExit(128 + caught[0])

    before = {}
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) not in {signal.SIG_IGN, None}:
            with contextlib.suppress(ValueError):  # not in the main thread
                before[number] = signal.signal(number, lambda number, _: caught.append(number))
    try:
        yield check
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    check()
