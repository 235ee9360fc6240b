"""Starts a problem: the one way from an id to a repository on disk."""

import shlex
from pathlib import Path
from typing import NamedTuple

from mi_problems.errors import UsageFault
from mi_problems.records.typed import match_word
from mi_problems.registry.registry import Registry
from mi_problems.scaffold.names import checked_author, checked_folder, checked_name, default_name
from mi_problems.scaffold.plan import LICENSES, Options, plan
from mi_problems.scaffold.write import Action, in_work_tree, settle, write

VCS = ("git", "none")


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
    actions: list[Action]
    commands: list[str]
    left_out: str


def checked(request: Request) -> Request:
    """The request with its words read; UsageFault for one that cannot be, before any registry is looked at."""
    if request.add_missing and request.force:
        raise UsageFault("--add-missing and --force exclude each other", "choose one")
    return request._replace(
        license=match_word(request.license, tuple(LICENSES), "license"),
        vcs=match_word(request.vcs, VCS, "--vcs"),
        name=checked_name(request.name) if request.name is not None else None,
        folder=checked_folder(request.folder) if request.folder is not None else None,
        author=checked_author(request.author),
    )


def start(registry: Registry, request: Request) -> Started:
    """Plans the repository of a checked request and writes it, unless the run is dry.

    UnknownProblem, Conflict or MipError where it cannot.
    """
    problem = registry.problem(request.identifier)
    project = request.name or default_name(problem)
    target = Path(request.folder or project)
    files = plan(problem, registry, Options(project, request.author, request.license))
    actions = settle(files, target, request.add_missing, request.force)
    nested = request.vcs == "git" and not (target / ".git").exists() and in_work_tree(target.parent)
    if not request.dry_run:
        write(files, actions, target, request.vcs)
    commands = [f"cd {shlex.quote(str(target))}", "pip install -e '.[dev]'", "python experiment.py"]
    return Started(target, actions, commands, "no `git init`: this folder is in a git work tree" if nested else "")
