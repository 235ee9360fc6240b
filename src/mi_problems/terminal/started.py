"""What is told when a repository was started, by `mip init` and in the dialogue of `mip pick`."""

import os
import shlex
from pathlib import Path

from mi_problems.scaffold.settle import Action
from mi_problems.scaffold.start import Request, Started
from mi_problems.scaffold.text.install import install_lines, install_note, this_machine
from mi_problems.terminal.session import Session

NO_EXPERIMENT = "no starter fits this problem: README.md has the question, LOG.md room for what you expect"
NO_NEWS = "the card has nothing new"


def talk(session: Session, started: Started, request: Request) -> None:
    """Tells on standard error what became of each file and what to type next, after an update what is new instead.

    The path goes to standard output.
    """
    for action in started.actions:
        session.note(f"{action.action:<8}{action.path}{_beside(action)}")
    tell_git(session, started)
    path = printed(session, started.target)
    if request.mode == "update":
        news = [f"  {line}" for line in started.news]
        session.note("\n".join(["\nnew on the card:", *news]) if news else f"\n{NO_NEWS}")
    if request.dry_run:
        session.note("nothing written (--dry-run)")
    elif request.mode != "update":
        lines = [f"  {command}" for command in commands(path, started)]
        note = install_note(this_machine()) if _runs(started) else NO_EXPERIMENT
        session.note("\n".join(["\nnext:", *lines]))
        session.remark(note)
    session.out.write(f"{path}\n")


def _beside(action: Action) -> str:
    if not action.beside:
        return ""
    return f" (the new one: {action.beside})" if action.action == "keep" else f" (yours: {action.beside})"


def tell_git(session: Session, started: Started) -> None:
    """Why there is no git repository of its own: a hint where that is as it should be, else told in any case."""
    if started.left_out:
        session.note(f"no `git init`: {started.left_out}")
    if started.failed:
        session._replace(quiet=False).note(f"mip: no `git init`: {started.failed}")


def commands(path: str, started: Started) -> list[str]:
    """What to type next."""
    quoted = f'"{path}"' if os.name == "nt" else shlex.quote(path)
    return [f"cd {quoted}", *install_lines(this_machine(), _runs(started))]


def _runs(started: Started) -> bool:
    """Whether there is an experiment in it."""
    return any(action.path == "experiment.py" for action in started.actions)


def printed(session: Session, target: Path) -> str:
    """The path as standard output gives it: as typed to a person, absolute in a pipe, from `./` if it must be.

    `cd` looks for neither of these elsewhere, as CDPATH has it do for a bare name.
    """
    here = os.path.join(".", target)  # an absolute one stays as it is
    if session.out.terminal:
        return here if "CDPATH" in os.environ else str(target)
    found = absolute(target)
    return found if found.isprintable() and (session.out.utf8 or found.isascii()) else here


def absolute(target: Path) -> str:
    """The absolute path; from `./` where that leads nowhere, for want of rights in a folder above."""
    try:
        if target.is_absolute() or os.path.samefile(os.getcwd(), "."):
            return str(target.absolute())
    except OSError:
        pass
    return os.path.join(".", target)
