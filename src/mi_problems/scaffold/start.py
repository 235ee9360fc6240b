"""Starts a problem: the one way from an id to a repository on disk."""

from pathlib import Path
from typing import NamedTuple

from mi_problems.errors import UsageFault
from mi_problems.records.typed import match_word
from mi_problems.registry.registry import Registry
from mi_problems.scaffold import git
from mi_problems.scaffold.names import checked_author, checked_folder, checked_name, default_name
from mi_problems.scaffold.plan import LICENSES, Options, plan
from mi_problems.scaffold.settle import Action, Settled, settle
from mi_problems.scaffold.write import write

VCS = ("git", "none")


class Request(NamedTuple):
    """What was asked for, as it was typed. Without `vcs` it is git, as far as that can be had."""

    identifier: str
    folder: str | None = None
    name: str | None = None
    author: str = ""
    license: str = "none"
    vcs: str | None = None
    dry_run: bool = False
    add_missing: bool = False
    force: bool = False


class Started(NamedTuple):
    """Where the repository is (or would be), what became of each file, and why it has no git of its own.

    `left_out` is a reason that is as it should be, `failed` one that is not.
    """

    target: Path
    actions: list[Action]
    left_out: str = ""
    failed: str = ""


def checked(request: Request) -> Request:
    """The request with its words read; UsageFault for one that cannot be, before any registry is looked at."""
    if request.add_missing and request.force:
        raise UsageFault("--add-missing and --force exclude each other", "choose one")
    return request._replace(
        license=match_word(request.license, tuple(LICENSES), "license"),
        vcs=match_word(request.vcs, VCS, "--vcs") if request.vcs is not None else None,
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
    settled = settle(files, target, request.add_missing, request.force)
    insist = request.vcs == "git"
    vcs, left_out = _version_control(request.vcs or "git", insist, settled)
    failed = git.unavailable() if vcs == "git" else ""
    if failed and insist:
        raise git.failure(failed)
    if not request.dry_run:
        failed = write(files, settled, "none" if failed else vcs, insist) or failed
    return Started(target, settled.actions, left_out, failed)


def _version_control(vcs: str, insist: bool, settled: Settled) -> tuple[str, str]:
    """`git` where a repository is to be made, and why none is although it was wished: never in another's work tree."""
    if vcs != "git" or git.is_repository(settled.target / ".git"):
        return "none", ""
    if git.in_work_tree(settled.target):
        return "none", "this folder is in a git work tree"
    if settled.found == "files":
        return "none", "this folder was not empty" if insist else ""
    return "git", ""
