"""The file of marks as it is read: where it is, its bytes, and one person's marks at a glance.

A glance is for lists on a terminal: a thousand lines cost them next to nothing. It answers for files as `mip` writes
them, and leaves all others to `marks`, which it agrees with.
"""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Any

from mi_problems.cache import users_folder
from mi_problems.errors import MipError, why_failed
from mi_problems.registry.registry import Registry

VARIABLE = "MIP_NOTES"
NAME = "notes.jsonl"
MOST = 64 * 10**6  # bytes that are read
NO_WAIT = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
NOTED = "noted"  # the word for a problem with notes alone
_STATES = frozenset(("saved", "started", "done", "dropped", "none", NOTED))


def where() -> Path:
    """The file: as MIP_NOTES names it, else in the user's data folder; MipError where there is no such folder."""
    named = os.environ.get(VARIABLE)
    if named:
        return Path(os.path.expanduser(named))
    try:
        return users_folder("data") / NAME
    except RuntimeError:
        raise MipError("there is no home folder to keep marks in", f"name a file with {VARIABLE}") from None


def content() -> bytes:
    """The whole file; nothing where there is none or a device such as /dev/null. MipError where it cannot be read."""
    path = where()
    try:
        descriptor = os.open(path, os.O_RDONLY | NO_WAIT)
    except FileNotFoundError:
        return b""
    except (OSError, ValueError) as error:
        raise failed("read", path, error) from None
    try:
        if not is_file(descriptor, path):
            return b""
        with open(descriptor, "rb", closefd=False) as stream:
            found = stream.read(MOST + 1)
    except OSError as error:
        raise failed("read", path, error) from None
    finally:
        os.close(descriptor)
    if len(found) > MOST:
        raise MipError(f"cannot read {path}: it is larger than {MOST // 10**6} MB", f"{VARIABLE} names another file")
    return found


def failed(verb: str, path: Path, error: Exception) -> MipError:
    """Why the file cannot be read or written, with the way out."""
    return MipError(f"cannot {verb} {path}: {why_failed(error)}", f"{VARIABLE} names another file")


def is_file(descriptor: int, path: Path) -> bool:
    """Whether it is a regular file rather than a device; MipError for a folder, a FIFO and the like."""
    mode = os.fstat(descriptor).st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISCHR(mode)):
        raise MipError(f"{path} is no regular file", f"{VARIABLE} names another")
    return stat.S_ISREG(mode)


def glance(content: bytes, registry: Registry, who: str) -> dict[str, str] | None:
    """By id, the word for each problem that is marked; None for an unusual file."""
    try:
        rows = json.loads("[" + content.decode().rstrip("\n").replace("\n", ",") + "]")
        if len(rows) == content.count(b"\n"):
            return _states(rows, registry, who)
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
        pass
    return None


def _states(rows: list[Any], registry: Registry, who: str) -> dict[str, str] | None:
    """From the last line back: the last state of a problem decides, and what stands before it is passed over."""
    states: dict[str, str] = {}
    noted: dict[str, str] = {}
    find = registry.find
    for row in reversed(rows):
        identifier, person = row["id"], row.get("who", "")
        if person != who:
            if person.strip() == who or not person.isprintable():
                return None
        elif identifier not in states:
            problem = find(identifier)
            if problem is None:
                if identifier != identifier.strip() or not identifier.isprintable():
                    return None
            elif row.get("title") != problem.title:
                return None
            elif state := row.get("state"):
                states[identifier] = state if state != "none" else noted.get(identifier, state)
            else:
                noted[identifier] = NOTED
    if not _STATES.issuperset(states.values()):
        return None
    return {identifier: state for identifier, state in {**noted, **states}.items() if state != "none"}
