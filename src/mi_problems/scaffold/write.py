"""Writes a planned repository: all of it or nothing. The only code of the tool that changes the user's files."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from mi_problems.errors import Conflict, MipError, why_failed
from mi_problems.scaffold.plan import PlannedFile

STAGE = ".mip-init-"
MOST_NAMED = 10  # files in the way
Check = Callable[[], None]


class Action(NamedTuple):
    """What becomes of one file: create, keep or replace."""

    path: str
    action: str


def settle(files: Sequence[PlannedFile], target: Path, add_missing: bool, force: bool) -> list[Action]:
    """What would be done to each file at `target`; Conflict names the files in the way and the flags."""
    try:
        present = sorted(os.listdir(target))
    except FileNotFoundError:
        _must_be_makeable(target)
        return [Action(file.path, "create") for file in files]
    except NotADirectoryError:
        blocking = next(path for path in (target, *target.parents) if path.exists())
        raise Conflict(f"{blocking} is a file", "name another DIR") from None
    except (OSError, ValueError) as error:
        raise MipError(f"cannot look into {target}: {why_failed(error)}") from None
    if present and not (add_missing or force):
        planned = {file.path for file in files}
        in_way = [name for name in present if name in planned] or present
        more = f" and {len(in_way) - MOST_NAMED} more" if len(in_way) > MOST_NAMED else ""
        raise Conflict(
            f"{target} is not empty: {', '.join(in_way[:MOST_NAMED])}{more}",
            "--add-missing writes only absent files, --force replaces only files that mip generates",
        )
    _must_be_writable(target)
    for file in files:
        if (target / file.path).is_dir():
            raise Conflict(f"{target / file.path} is a folder where a file is to be", "move it away")
    taken = "replace" if force else "keep"
    return [Action(file.path, taken if os.path.lexists(target / file.path) else "create") for file in files]


def _must_be_makeable(target: Path) -> None:
    """Conflict or MipError where a new folder cannot be made at `target`, so that a dry run ends as the real one."""
    if target.is_symlink():
        raise Conflict(f"{target} is a link to nothing", "remove it, or name another DIR")
    try:
        _must_be_writable(next(folder for folder in target.absolute().parents if folder.exists()))
    except FileNotFoundError:
        raise MipError("the folder you are in is gone", "change to another") from None


def _must_be_writable(folder: Path) -> None:
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        raise MipError(f"cannot write into {folder}")


def write(files: Sequence[PlannedFile], actions: Sequence[Action], target: Path, vcs: str) -> None:
    """Carries the actions out. Interrupted or failed, it leaves everything as it was; MipError says why it failed."""
    chosen = [file for file, action in zip(files, actions, strict=True) if action.action != "keep"]
    try:
        with _signals_wait() as check:
            if not target.exists():
                _write_new(chosen, target, vcs, check)
            else:
                _write_into(chosen, target, vcs, check)
    except (OSError, ValueError) as error:
        raise MipError(f"cannot write {target}: {why_failed(error)}; nothing was changed") from None


def _write_new(files: Sequence[PlannedFile], target: Path, vcs: str, check: Check) -> None:
    """Everything into a temporary sibling, which then takes the target's name in one step."""
    made: list[Path] = []
    try:
        _make_parents(target.parent, made)
        stage = Path(tempfile.mkdtemp(prefix=STAGE, dir=target.parent))
        try:
            stage.chmod(0o777 & ~_umask())
            _put(files, stage)
            _git_init(stage, target.parent, vcs)
            check()
            os.rename(stage, target)
        except BaseException:
            shutil.rmtree(stage, ignore_errors=True)
            raise
    except BaseException:
        for folder in reversed(made):
            with contextlib.suppress(OSError):
                folder.rmdir()
        raise


def _write_into(files: Sequence[PlannedFile], target: Path, vcs: str, check: Check) -> None:
    """Into a folder that exists: staged inside it, moved one by one, and moved back if anything fails."""
    fresh = not os.listdir(target)
    stage = Path(tempfile.mkdtemp(prefix=STAGE, dir=target))
    done: list[tuple[Path, Path | None]] = []
    try:
        _put(files, stage)
        if fresh:
            _git_init(stage, target, vcs)
        for file in files:
            check()
            final, saved = target / file.path, stage / f"{file.path}.before"
            had = os.path.lexists(final)
            done.append((final, saved if had else None))
            if had:
                os.link(final, saved, follow_symlinks=False)
            os.replace(stage / file.path, final)
        check()
        if (stage / ".git").exists():
            os.rename(stage / ".git", target / ".git")
    except BaseException:
        _undo(done)
        raise
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _undo(done: list[tuple[Path, Path | None]]) -> None:
    for final, saved in reversed(done):
        with contextlib.suppress(OSError):
            if saved is None:
                final.unlink(missing_ok=True)
            elif os.path.lexists(saved):
                os.replace(saved, final)


def _put(files: Sequence[PlannedFile], folder: Path) -> None:
    for file in files:
        with open(folder / file.path, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(file.content)


def _make_parents(folder: Path, made: list[Path]) -> None:
    """Makes the missing folders above the target, and adds each to `made`, outermost first."""
    if not folder.exists() and folder != folder.parent:
        _make_parents(folder.parent, made)
        if not folder.exists():  # unlike x/.. once there is x
            folder.mkdir()
            made.append(folder)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def in_work_tree(folder: Path) -> bool:
    """Whether the folder, or one above it, is under git already."""
    start = folder.resolve()
    return any((path / ".git").exists() for path in (start, *start.parents))


def _git_init(folder: Path, outside: Path, vcs: str) -> None:
    """A git repository without hooks and without a commit; left out inside a work tree or where git is missing."""
    if vcs != "git" or in_work_tree(outside) or shutil.which("git") is None:
        return
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    subprocess.run(
        ["git", "init", "--quiet", "--template="],
        cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False,
    )  # fmt: skip


@contextlib.contextmanager
def _signals_wait() -> Iterator[Check]:
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
