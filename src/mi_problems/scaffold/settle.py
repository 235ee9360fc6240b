"""Settles what becomes of each file of a repository, by looking alone: a dry run ends here as the run would."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from mi_problems.errors import Conflict, MipError, why_failed
from mi_problems.scaffold.plan import PlannedFile

CLAIM = ".mip-init"  # in a folder that is being written: whoever makes it writes, and nobody else
BEFORE = "before"  # in it: the files that are replaced, until all is done
STAGE = f"{CLAIM}-"  # and 16 letters: beside a folder that is being made
MOST_NAMED = 12  # files in the way


class Action(NamedTuple):
    """What becomes of one file: create, keep or replace."""

    path: str
    action: str


class Settled(NamedTuple):
    """What is to be done at a target, and what was found there: nothing, an empty folder, or one with files."""

    target: Path
    found: Literal["nothing", "empty", "files"]
    actions: list[Action]


def settle(files: Sequence[PlannedFile], target: Path, add_missing: bool = False, force: bool = False) -> Settled:
    """What would be done to each file at `target`; Conflict names the files in the way and the flags."""
    _must_be_somewhere(target)
    try:
        present = sorted(os.listdir(target))
    except FileNotFoundError:
        _must_be_makeable(target, files)
        return Settled(target, "nothing", [Action(file.path, "create") for file in files])
    except NotADirectoryError:
        blocking = next((path for path in (target, *target.parents) if os.path.lexists(path)), target)
        raise Conflict(f"{blocking} is a file", "name another DIR") from None
    except (OSError, ValueError) as error:
        raise MipError(f"cannot look into {target}: {why_failed(error)}") from None
    if CLAIM in present:
        raise claimed(target)
    if present and not (add_missing or force):
        raise _in_the_way(files, target, present)
    _must_be_writable(target)
    for file in files:
        if os.path.isdir(target / file.path):
            raise Conflict(f"{target / file.path} is a folder where a file is to be", "move it away")
    _must_fit(target, (target / CLAIM / BEFORE / file.path for file in files))
    taken = "replace" if force else "keep"
    actions = [Action(file.path, taken if os.path.lexists(target / file.path) else "create") for file in files]
    return Settled(target, "files" if present else "empty", actions)


def claimed(target: Path) -> Conflict:
    """The error where another run has claimed the folder; or had, and was cut off: then how to go back."""
    claim = target / CLAIM
    try:
        old = sorted(os.listdir(claim / BEFORE))
    except OSError:
        old = []
    back = f"move {', '.join(old)} from {claim / BEFORE} back to {target}, then " if old else ""
    return Conflict(
        f"{claim} is there: another mip init is at work, or one was cut off", f"if none is, {back}remove {claim}"
    )


def _in_the_way(files: Sequence[PlannedFile], target: Path, present: Sequence[str]) -> Conflict:
    planned = {file.path for file in files}
    named = [name for name in present if name in planned] or present
    more = f" and {len(named) - MOST_NAMED} more" if len(named) > MOST_NAMED else ""
    return Conflict(
        f"{target} is not empty: {', '.join(named[:MOST_NAMED])}{more}",
        "--add-missing writes only absent files, --force replaces only files that mip generates",
    )


def _must_be_somewhere(target: Path) -> None:
    """MipError where the target is named from a folder that is no more."""
    if not target.is_absolute():
        try:
            os.getcwd()
        except FileNotFoundError:
            raise MipError("the folder you are in is gone", "change to another") from None
        except OSError:  # not told, but there
            pass


def _must_be_makeable(target: Path, files: Sequence[PlannedFile]) -> None:
    """Conflict or MipError where a new folder cannot be made at `target`."""
    missing: list[str] = []
    for folder in (target, *target.parents):
        if os.path.isdir(folder):
            break
        if os.path.lexists(folder):
            raise Conflict(f"{folder} is a link to nothing", "remove it, or name another DIR")
        missing.append(folder.name)
    else:
        raise MipError(f"cannot write {target}: there is no {target.anchor}")
    _must_be_writable(folder)
    _must_fit(target, (folder / name for name in missing))
    _must_fit(target, (place / file.path for place in (target, target.parent / f"{STAGE}{'x' * 16}") for file in files))


def _must_be_writable(folder: Path) -> None:
    if not os.access(folder, os.W_OK | os.X_OK):
        raise MipError(f"cannot write into {folder}")


def _must_fit(target: Path, places: Iterable[Path]) -> None:
    """MipError where one of the places has a name that the drive does not take, as one that is too long."""
    for place in places:
        try:
            os.lstat(place)
        except (FileNotFoundError, NotADirectoryError):
            continue
        except (OSError, ValueError) as error:
            raise MipError(f"cannot write {target}: {why_failed(error)}; nothing was changed") from None
