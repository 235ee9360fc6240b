"""Puts a site into a folder: all of it or nothing, and never over what is not a site of ours."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from mi_problems.errors import Conflict, MipError, why_failed
from mi_problems.scaffold.disk import digest, make_parents, meanwhile, remove, signals_wait
from mi_problems.site.pages import Page

MANIFEST = "mip-site.txt"
_DRAFT = ".mip-site-"
_HEAD = "Written by `mip browse`, which replaces these files when it writes here again, and no others.\n"


def write(pages: Iterable[Page], folder: Path, mode: int = 0o777) -> None:
    """Makes the folder a site of these pages, in place of the site that it may be; what else lies in it stays.

    It is written aside first: interrupted or failed, it leaves everything as it was. Conflict where something else is
    in the way, MipError where the folder cannot be written.
    """
    try:
        folder = Path(os.path.realpath(folder))
        before = _site_in(folder)
        with signals_wait() as check, _made(folder, mode):
            draft = folder / f"{_DRAFT}{os.urandom(8).hex()}"
            os.mkdir(draft)
            try:
                now = _put(pages, draft / "new", check)
                os.mkdir(draft / "before")
                _exchange(folder, draft, before, now)
            finally:
                remove(draft)
    except (OSError, ValueError) as error:
        raise MipError(f"cannot write {folder}: {why_failed(error)}; nothing was changed") from None


def _site_in(folder: Path) -> set[str]:
    """The names at the top of the site that the folder is, none where it is empty or not there; else Conflict."""
    if not os.path.lexists(folder):
        return set()
    if not folder.is_dir():
        raise Conflict(f"{folder} is no folder", "name another one with --out")
    names = {name for name in os.listdir(folder) if not name.startswith(_DRAFT)}
    if not names:
        return set()
    listed = _listed(folder)
    top = {path.partition("/")[0] for path in listed} & names
    for path in _files(folder, top):
        if path not in listed:
            raise Conflict(f"{folder / path} is not of this site", "move it elsewhere, or name another folder")
        if listed[path] and listed[path] != digest((folder / path).read_bytes()):
            raise Conflict(f"{folder / path} was edited", "move it elsewhere, or name another folder")
    return top


def _listed(folder: Path) -> dict[str, str]:
    """The files of a site, each with its digest, by its manifest; Conflict where there is none."""
    with contextlib.suppress(OSError, ValueError):
        head, _, rest = (folder / MANIFEST).read_text(encoding="utf-8").partition("\n")
        if head == _HEAD.rstrip():
            rows = [line.partition("  ") for line in rest.splitlines()]
            return {path: digest for digest, _, path in rows} | {MANIFEST: ""}
    raise Conflict(f"{folder} is not empty, and no site of `mip browse`", "name another folder with --out")


def _files(folder: Path, top: Iterable[str]) -> Iterator[str]:
    """Every file below these names, and every link and empty folder."""
    for name in sorted(top):
        path = folder / name
        if path.is_symlink() or not path.is_dir():
            yield name
        else:
            inside = os.listdir(path)
            yield from (f"{name}/{inner}" for inner in _files(path, inside))
            if not inside:
                yield name


@contextlib.contextmanager
def _made(folder: Path, mode: int) -> Iterator[None]:
    """Within it the folder is there, without drafts of runs that were killed; what was made for it goes if it fails."""
    made: list[Path] = []
    try:
        make_parents(folder.parent, made)
        if not folder.is_dir():
            os.mkdir(folder, mode)
            made.append(folder)
        for name in os.listdir(folder):
            if name.startswith(_DRAFT):
                remove(folder / name)
        yield
    except BaseException:
        for path in reversed(made):
            with contextlib.suppress(OSError):
                os.rmdir(path)
        raise


def _put(pages: Iterable[Page], folder: Path, check: Callable[[], None]) -> list[str]:
    """Writes the files and their manifest; gives the names at the top."""
    os.mkdir(folder)
    lines = []
    for path, text in pages:
        check()
        content = text.encode()
        os.makedirs((folder / path).parent, exist_ok=True)
        with open(folder / path, "xb") as stream:
            stream.write(content)
        lines.append(f"{digest(content)}  {path}\n")
    with open(folder / MANIFEST, "x", encoding="utf-8", newline="\n") as stream:
        stream.write(_HEAD + "".join(lines))
    check()
    return sorted(os.listdir(folder))


def _exchange(folder: Path, draft: Path, before: set[str], now: list[str]) -> None:
    """Moves the old site into the draft and the new one to its place, and both back if that fails."""
    moves = [(folder / name, draft / "before" / name) for name in sorted(before)]
    moves += [(draft / "new" / name, folder / name) for name in now]
    done: list[tuple[Path, Path]] = []
    try:
        for source, target in moves:
            if os.path.lexists(target):
                raise meanwhile(target)
            os.rename(source, target)
            done.append((source, target))
    except BaseException:
        for source, target in reversed(done):
            os.rename(target, source)
        raise
