"""Writes a planned repository: all of it or nothing. The only code of the tool that changes the user's files.

It claims before it writes: what it creates is made by calls that fail where something is, what it replaces is moved
aside and not copied, and what it takes back is only what it made.
"""

import contextlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from mi_problems.errors import Conflict, MipError, why_failed
from mi_problems.scaffold import git
from mi_problems.scaffold.disk import (
    Check,
    Print,
    digest,
    give,
    make_parents,
    meanwhile,
    place,
    print_of,
    publish,
    remove,
    signals_wait,
)
from mi_problems.scaffold.plan import PlannedFile
from mi_problems.scaffold.settle import BEFORE, CLAIM, STAGE, Action, Settled, claimed, content_of

_NEW = "new"  # in a claim: the files that are about to be placed


class Step(NamedTuple):
    """One thing done to a folder of the user's: a file made, known by its print, or one moved aside."""

    final: Path
    made: Print | None = None
    saved: Path | None = None


def write(files: Sequence[PlannedFile], settled: Settled, vcs: str = "none", insist: bool = False) -> str:
    """Carries out what was settled. Gives why there is no git repository although `vcs` is git, else nothing.

    Interrupted or failed, it leaves everything as it was. MipError says why it failed, also where git did and it is
    insisted on; Conflict where something has come into its way since it was settled.
    """
    chosen = [
        file for file, action in zip(files, settled.actions, strict=True) if action.action != "keep" or action.beside
    ]
    try:
        with signals_wait() as check:

            def under_git(folder: Path) -> str:
                return _git_init(folder, insist, check) if vcs == "git" else ""

            work = _write_new if settled.found == "nothing" else _write_into
            return work(chosen, settled, under_git, check)
    except (OSError, ValueError) as error:
        raise MipError(f"cannot write {settled.target}: {why_failed(error)}; nothing was changed") from None


def _write_new(files: Sequence[PlannedFile], settled: Settled, under_git: Callable[[Path], str], check: Check) -> str:
    """Everything into a temporary sibling, which then takes the target's name in one step."""
    target = settled.target
    made: list[Path] = []
    try:
        make_parents(target.parent, made)
        stage = target.parent / f"{STAGE}{os.urandom(8).hex()}"
        os.mkdir(stage)
        try:
            _put(files, stage)
            reason = under_git(stage)
            check()
            publish(stage, target)
        except BaseException:
            remove(stage)
            raise
    except BaseException:
        for folder in reversed(made):
            with contextlib.suppress(OSError):
                os.rmdir(folder)
        raise
    return reason


def _write_into(files: Sequence[PlannedFile], settled: Settled, under_git: Callable[[Path], str], check: Check) -> str:
    """Into a folder that exists: claimed, staged inside the claim, moved one by one, and back if anything fails."""
    target, claim = settled.target, settled.target / CLAIM
    try:
        os.mkdir(claim)
    except FileExistsError:
        raise claimed(target) from None
    done: list[Step] = []
    stuck: list[str] = []
    try:
        if settled.found == "empty":
            _must_still_be_empty(target)
        os.mkdir(claim / BEFORE)
        os.mkdir(claim / _NEW)
        _put(files, claim / _NEW)
        reason = under_git(claim / _NEW) if settled.found == "empty" else ""
        actions = {action.path: action for action in settled.actions}
        for file in files:
            check()
            action = actions[file.path]
            if action.action == "replace":
                _set_aside(action, settled, done)
            final = target / (action.beside if action.action == "keep" else file.path)
            done.append(Step(final, place(claim / _NEW / file.path, final)))
        for action in settled.actions:
            check()
            _keep_beside(action, settled, done)
        check()
        if os.path.lexists(claim / _NEW / ".git"):
            publish(claim / _NEW / ".git", target / ".git")
    except BaseException as error:
        stuck = _undo(done)
        if not stuck:
            raise
        why = why_failed(error) if isinstance(error, Exception) else "interrupted"
        raise MipError(f"cannot write {target}: {why}", f"take back {', '.join(stuck)}") from None
    finally:
        if not stuck:
            remove(claim)
    return reason


def _must_still_be_empty(target: Path) -> None:
    others = sorted(name for name in os.listdir(target) if name != CLAIM)
    if others:
        raise Conflict(f"{target} is empty no more: {others[0]} came into it; nothing was changed", "run this again")


def _set_aside(action: Action, settled: Settled, done: list[Step]) -> None:
    """Moves a file of the user's into the claim. No copy and no second link: drives and owners may refuse that."""
    final, saved = settled.target / action.path, settled.target / CLAIM / BEFORE / action.path
    with contextlib.suppress(FileNotFoundError):
        os.rename(final, saved)
        done.append(Step(final, saved=saved))
        if saved.is_dir() and not saved.is_symlink():
            raise meanwhile(final)
        if not action.beside and digest(content_of(saved) or b"") != settled.unedited[action.path]:
            raise Conflict(f"{final} was edited meanwhile; nothing was changed", "run this again")


def _keep_beside(action: Action, settled: Settled, done: list[Step]) -> None:
    """Gives a file that was replaced, and is the user's, the name under which it stays."""
    saved, kept = settled.target / CLAIM / BEFORE / action.path, settled.target / action.beside
    if action.action == "replace" and action.beside and os.path.lexists(saved):
        give(saved, kept)
        done.append(Step(saved, saved=kept))


def _undo(done: list[Step]) -> list[str]:
    """Takes back what was done, last first; where those files lie that could not be put back."""
    stuck = []
    for final, made, saved in reversed(done):
        with contextlib.suppress(OSError):
            if made is not None and print_of(final) == made:
                os.unlink(final)
            if saved is not None and not os.path.lexists(final):
                os.rename(saved, final)
        if saved is not None and os.path.lexists(saved):
            stuck.append(str(saved))
    return stuck


def _put(files: Sequence[PlannedFile], folder: Path) -> None:
    for file in files:
        with open(folder / file.path, "x", encoding="utf-8", newline="\n") as stream:
            stream.write(file.content)


def _git_init(folder: Path, insist: bool, check: Check) -> str:
    """A git repository in the staged folder; where that fails, why, and nothing of it is left."""
    reason = git.create(folder, check)
    if reason:
        remove(folder / ".git")
        if insist:
            raise git.failure(reason)
    return reason
