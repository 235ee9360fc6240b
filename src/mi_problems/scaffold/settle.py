"""Settles what becomes of each file of a repository, by looking alone: a dry run ends here as the run would."""

import os
import stat
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from mi_problems.errors import Conflict, MipError, why_failed
from mi_problems.scaffold.disk import digest
from mi_problems.scaffold.plan import PlannedFile
from mi_problems.scaffold.provenance import NAME, Provenance

CLAIM = ".mip-init"  # in a folder that is being written: whoever makes it writes, and nobody else
BEFORE = "before"  # in it: the files that are replaced, until all is done
STAGE = f"{CLAIM}-"  # and 16 letters: beside a folder that is being made
MOST_NAMED = 12  # files in the way


LOG = "LOG.md"  # the user's from its first entry on
# of one version, or they do not run
CODE = frozenset({"experiment.py", "lab.py", "figures.py", "tinylens.py", "test_experiment.py"})
_LARGEST = 2**24  # bytes of a file that may be one of ours: they are far smaller
Mode = Literal["new", "add-missing", "force", "update"]


class Action(NamedTuple):
    """What becomes of one file: create, keep or replace.

    `beside` names what is put beside it: of a file that is replaced the old one, of one that is kept the new one.
    """

    path: str
    action: str
    beside: str = ""


class Settled(NamedTuple):
    """What is to be done at a target, and what was found there: nothing, an empty folder, or one with files.

    `unedited` has the digest of each file that is replaced and not kept.
    """

    target: Path
    found: Literal["nothing", "empty", "files"]
    actions: list[Action]
    unedited: Mapping[str, str] = {}


def settle(
    files: Sequence[PlannedFile], target: Path, mode: Mode = "new", provenance: Provenance | None = None
) -> Settled:
    """What would be done to each file at `target`; Conflict names the files in the way and the flags.

    `provenance` tells which files there are as they were written; without it none is.
    """
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
    if present and mode == "new":
        raise _in_the_way(files, target, present)
    _must_be_writable(target)
    for file in files:
        if os.path.isdir(target / file.path):
            raise Conflict(f"{target / file.path} is a folder where a file is to be", "move it away")
    _must_fit(target, (target / CLAIM / BEFORE / file.path for file in files))
    unedited = _unedited(files, target, provenance) if mode in {"force", "update"} else {}
    edited = {file.path for file in files if os.path.lexists(target / file.path)} - unedited.keys()
    code_stays = mode == "update" and bool(edited & CODE)
    actions = []
    for file in files:
        theirs = file.path in edited or (code_stays and file.path in CODE)
        actions.append(_action(file, target, mode, theirs, unedited.get(file.path)))
    return Settled(target, "files" if present else "empty", actions, unedited)


def _unedited(files: Sequence[PlannedFile], target: Path, provenance: Provenance | None) -> dict[str, str]:
    """The digest of each planned file that is there as it was written, or as it would be today."""
    found = {}
    for file in files:
        content = content_of(target / file.path)
        if content is None:
            continue
        known = provenance is not None and provenance.wrote(file.path, content)
        if known or digest(content) == digest(file.content.encode()):
            found[file.path] = digest(content)
    return found


def _action(file: PlannedFile, target: Path, mode: Mode, theirs: bool, unedited: str | None) -> Action:
    """What becomes of a file that is theirs, of one that is as it was written, or of none."""
    if not os.path.lexists(target / file.path):
        return Action(file.path, "create")
    new = digest(file.content.encode())
    if mode == "add-missing" or file.path == LOG or unedited == new:
        return Action(file.path, "keep")
    if not theirs:
        return Action(file.path, "replace")
    if mode == "force" or file.path == NAME:
        return Action(file.path, "replace", _free(target, f"{file.path}.mine"))
    beside = _free(target, f"{file.path}.new", new)
    return Action(file.path, "keep", beside)


def _free(target: Path, name: str, new: str = "") -> str:
    """The name, or that with a number, under which nothing is; none where a file of this digest is there already."""
    number, free = 1, name
    while os.path.lexists(target / free):
        content = content_of(target / free)
        if new and content is not None and digest(content) == new:
            return ""
        number += 1
        free = f"{name}{number}"
    return free


def content_of(path: Path) -> bytes | None:
    """What a regular file holds, itself and not through a link; None where there is none, or one that is too large."""
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            return None
        flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
        with open(os.open(path, flags), "rb") as stream:
            content = stream.read(_LARGEST + 1)
            return content if len(content) <= _LARGEST else None
    except OSError:
        return None


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
        "--add-missing writes only absent files; --update and --force replace what mip wrote and lose no edit of yours",
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
