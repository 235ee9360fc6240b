"""Starts a problem: the one way from an id to a repository on disk."""

from pathlib import Path
from typing import NamedTuple

from mi_problems.errors import Conflict, UsageFault
from mi_problems.records.problem import Problem
from mi_problems.records.typed import match_word
from mi_problems.registry.registry import Registry
from mi_problems.scaffold import git, provenance
from mi_problems.scaffold.names import checked_author, checked_folder, checked_name, default_name
from mi_problems.scaffold.plan import plan
from mi_problems.scaffold.provenance import LICENSES, Options, Provenance
from mi_problems.scaffold.settle import Action, Mode, Settled, content_of, settle
from mi_problems.scaffold.text.news import news
from mi_problems.scaffold.write import write

VCS = ("git", "none")


class Request(NamedTuple):
    """What was asked for, as it was typed. Without `vcs` it is git, as far as that can be had.

    What shapes the repository and was not typed stays as it was when the folder's repository was made.
    """

    identifier: str
    folder: str | None = None
    name: str | None = None
    author: str = ""
    license: str | None = None
    vcs: str | None = None
    notebook: bool = False
    dry_run: bool = False
    mode: Mode = "new"


class Started(NamedTuple):
    """Where the repository is (or would be), what became of each file, and why it has no git of its own.

    `left_out` is a reason that is as it should be, `failed` one that is not. `news` is what an update brought: what the
    card says today and did not say when the repository was made.
    """

    target: Path
    actions: list[Action]
    left_out: str = ""
    failed: str = ""
    news: tuple[str, ...] = ()


def mode(*, add_missing: bool, update: bool, force: bool) -> Mode:
    """What is to become of a folder that is there already; UsageFault for two wishes at once."""
    wishes: dict[Mode, bool] = {"add-missing": add_missing, "update": update, "force": force}
    chosen = [name for name, wish in wishes.items() if wish]
    if len(chosen) > 1:
        raise UsageFault(f"--{chosen[0]} and --{chosen[1]} exclude each other", "choose one")
    return chosen[0] if chosen else "new"


def checked(request: Request) -> Request:
    """The request with its words read; UsageFault for one that cannot be, before any registry is looked at."""
    return request._replace(
        license=match_word(request.license, tuple(LICENSES), "license") if request.license is not None else None,
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
    if request.notebook and not problem.starter:
        raise UsageFault(f"no starter fits {problem.id}: there is no experiment for a notebook", "leave --notebook out")
    target = Path(request.folder or request.name or default_name(problem))
    before = _before(problem, registry, target, request.mode)
    files = plan(problem, registry, _options(problem, request, before))
    settled = settle(files, target, request.mode, before)
    told = news(problem, before, target) if before and request.mode == "update" else ()
    insist = request.vcs == "git"
    vcs, left_out = _version_control(request.vcs or "git", insist, settled)
    failed = git.unavailable() if vcs == "git" else ""
    if failed and insist:
        raise git.failure(failed)
    if not request.dry_run:
        failed = write(files, settled, "none" if failed else vcs, insist) or failed
    return Started(target, settled.actions, left_out, failed, told)


def _before(problem: Problem, registry: Registry, target: Path, mode: Mode) -> Provenance | None:
    """What the repository at the target says of itself, where that counts; an update needs it.

    Conflict where it is that of another problem.
    """
    if mode not in {"force", "update"}:
        return None
    path = target / provenance.NAME
    found = provenance.read(content_of(path))
    if found is None:
        if mode == "update":
            hint = "--force writes all files anew and keeps those that are there as NAME.mine"
            raise Conflict(f"there is no {path} that an update can go by", hint)
        return None
    if found.id != problem.id:
        raise Conflict(
            f"{target} is a repository of {found.id}, not of {problem.id}", f"give {found.id}, or another DIR"
        )
    if found.title != problem.title:
        now = next((one.id for one in registry.problems if one.title == found.title), None)
        hint = f"that is {now} now: write this id into {path}" if now else f"if it is the same, write this into {path}"
        raise Conflict(f"{target} is about {found.title!r}, but {problem.id} is {problem.title!r}", hint)
    return found


def _options(problem: Problem, request: Request, before: Provenance | None) -> Options:
    """What was typed, else what the repository was made with."""
    old = before.options if before else Options(default_name(problem))
    return Options(
        request.name or old.name,
        request.author or old.author,
        old.license if request.license is None else request.license,
        request.notebook or old.notebook,
    )


def _version_control(vcs: str, insist: bool, settled: Settled) -> tuple[str, str]:
    """`git` where a repository is to be made, and why none is although it was wished: never in another's work tree."""
    if vcs != "git" or git.is_repository(settled.target / ".git"):
        return "none", ""
    if git.in_work_tree(settled.target):
        return "none", "this folder is in a git work tree"
    if settled.found == "files":
        return "none", "this folder was not empty" if insist else ""
    return "git", ""
