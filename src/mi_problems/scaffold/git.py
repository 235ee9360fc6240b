"""Git, as far as a new repository needs it: what lies in a work tree, and `git init` within a limit of time."""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from mi_problems.errors import MipError, why_failed

LIMIT = 10.0  # seconds for `git init`, which takes a hundredth of one
_STEP = 0.05  # seconds between two looks for a signal
_HEAD = re.compile(rb"ref:\s*refs/|[0-9a-f]{40}")
_MOST_WORDS = 4096  # bytes of what git said last
# Of the variables that git calls local to a repository, those that say where its parts are. What configures git stays.
_PLACES = frozenset(
    f"GIT_{name}"
    for name in (
        "DIR", "WORK_TREE", "IMPLICIT_WORK_TREE", "COMMON_DIR", "INDEX_FILE", "OBJECT_DIRECTORY",
        "ALTERNATE_OBJECT_DIRECTORIES", "QUARANTINE_PATH", "NAMESPACE", "PREFIX", "INTERNAL_SUPER_PREFIX",
        "GRAFT_FILE", "SHALLOW_FILE", "REPLACE_REF_BASE", "TEMPLATE_DIR",
    )
)  # fmt: skip


def is_repository(place: str | Path) -> bool:
    """Whether git takes this `.git` for one: a folder with HEAD, objects and refs, or a file that says where it is."""
    head = os.path.join(place, "HEAD")
    if os.path.isdir(place):
        parts = all(os.path.isdir(os.path.join(place, part)) for part in ("objects", "refs"))
        return parts and (os.path.islink(head) or _HEAD.match(_beginning(head)) is not None)
    return _beginning(place).startswith(b"gitdir:")


def in_work_tree(folder: str | Path) -> bool:
    """Whether the folder, there or not yet, is under git: it or one above it has a `.git` that is a repository."""
    here = os.path.realpath(folder)
    while not is_repository(os.path.join(here, ".git")):
        here, below = os.path.dirname(here), here
        if here == below:
            return False
    return True


def unavailable() -> str:
    """Why `git init` cannot even be tried, or nothing."""
    return "" if shutil.which("git") else "there is no git on PATH"


def failure(reason: str) -> MipError:
    """The error where git was asked for outright."""
    return MipError(f"`git init` failed: {reason}; nothing was changed", "--vcs none leaves it out")


def create(folder: Path, check: Callable[[], None]) -> str:
    """`git init` without hooks and without a commit; nothing, or why it failed. A half `.git` is left to the caller.

    `check` is called while git runs; what it raises ends git.
    """
    from tempfile import TemporaryFile

    try:
        with TemporaryFile(dir=folder) as said:
            process = subprocess.Popen(
                [os.path.abspath(shutil.which("git") or "git"), "init", "--quiet", "--template="],
                cwd=folder, env={name: value for name, value in os.environ.items() if name not in _PLACES},
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said, start_new_session=True,
            )  # fmt: skip
            code = _waited(process, check)
            said.seek(max(0, said.seek(0, os.SEEK_END) - _MOST_WORDS))
            words = said.read().decode(errors="replace")
    except OSError as error:
        return f"git cannot be run: {why_failed(error)}"
    if code is None:
        return f"git did not end within {LIMIT:.0f} seconds"
    if code:
        return _last_words(words) or f"git ended with code {code}"
    made = folder / ".git"
    whole = is_repository(made) and os.path.isfile(made / "config") and os.path.getsize(made / "config") > 0
    return "" if whole else "git made no whole repository"


def _beginning(path: str | Path) -> bytes:
    """The first bytes of a regular file; none of anything else, or of what cannot be read."""
    try:
        if os.path.isfile(path):
            with open(path, "rb") as stream:
                return stream.read(64)
    except OSError:
        pass
    return b""


def _waited(process: subprocess.Popen[bytes], check: Callable[[], None]) -> int | None:
    """The exit code; None after the limit. The process and all that it started have ended either way."""
    end = time.monotonic() + LIMIT
    try:
        while time.monotonic() < end:
            check()
            with contextlib.suppress(subprocess.TimeoutExpired):
                return process.wait(_STEP)
        return None
    finally:
        if process.poll() is None:
            with contextlib.suppress(OSError):
                if hasattr(os, "killpg"):
                    os.killpg(process.pid, signal.SIGKILL)
                else:
                    process.kill()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(1)


def _last_words(said: str) -> str:
    """The line in which git says why it gave up."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    fatal = [line.removeprefix("fatal: ") for line in lines if line.startswith("fatal: ")]
    return (fatal or lines[-1:] or [""])[0]
