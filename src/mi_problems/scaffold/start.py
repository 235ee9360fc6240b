"""Starts a problem: the one way from an id to a repository on disk, for the command and for the interview."""

import shlex
from pathlib import Path
from typing import NamedTuple

from mi_problems import scaffold, writer
from mi_problems.errors import UsageFault
from mi_problems.names import checked_author, checked_folder, checked_name, default_name
from mi_problems.registry import match_word
from mi_problems.session import Session

VCS = ("git", "none")
HINT = "README.md says how to make an environment with the CPU build of torch (0.2 GB)"


class Request(NamedTuple):
    """What was asked for, as it was typed."""

    identifier: str
    folder: str | None = None
    name: str | None = None
    author: str = ""
    license: str = "none"
    vcs: str = "git"
    dry_run: bool = False
    add_missing: bool = False
    force: bool = False


class Started(NamedTuple):
    """Where the repository is (or would be), what became of each file, what to type next, and what was left out."""

    target: Path
    actions: list[writer.Action]
    commands: list[str]
    left_out: str


def start(session: Session, request: Request) -> Started:
    """Plans the repository and writes it, unless the run is dry; UsageFault, Conflict or MipError where it cannot."""
    if request.add_missing and request.force:
        raise UsageFault("--add-missing and --force exclude each other", "choose one")
    chosen_license = match_word(request.license, tuple(scaffold.LICENSES), "license")
    chosen_vcs = match_word(request.vcs, VCS, "--vcs")
    given = checked_name(request.name) if request.name is not None else None
    folder = checked_folder(request.folder) if request.folder is not None else None
    author = checked_author(request.author)
    registry = session.registry()
    problem = registry.problem(request.identifier)
    project = given or default_name(problem)
    target = Path(folder or project)
    files = scaffold.plan(problem, registry, scaffold.Options(project, author, chosen_license))
    actions = writer.settle(files, target, request.add_missing, request.force)
    nested = chosen_vcs == "git" and not (target / ".git").exists() and writer.in_work_tree(target.parent)
    if not request.dry_run:
        writer.write(files, actions, target, chosen_vcs)
    commands = [f"cd {shlex.quote(str(target))}", "pip install -e '.[dev]'", "python experiment.py"]
    return Started(target, actions, commands, "no `git init`: this folder is in a git work tree" if nested else "")


def talk(session: Session, started: Started, dry_run: bool = False) -> None:
    """Tells on standard error what became of each file and, unless the run is dry, what to type next.

    The path goes to standard output.
    """
    for action in started.actions:
        session.note(f"{action.action:<8}{action.path}")
    if started.left_out:
        session.note(started.left_out)
    if dry_run:
        session.note("nothing written (--dry-run)")
    else:
        session.note("\nnext:\n" + "\n".join(f"  {command}" for command in started.commands) + f"\n{HINT}")
    session.out.write(f"{started.target}\n")
