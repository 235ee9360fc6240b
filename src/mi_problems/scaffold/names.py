"""Names of generated repositories: made from a problem's title, or given and checked."""

from __future__ import annotations

import re
import unicodedata

from mi_problems.clean import clean
from mi_problems.errors import UsageFault
from mi_problems.records.problem import Problem

MAX_NAME = 50
_DEPENDENCIES = {"torch", "matplotlib", "pytest", "transformer-lens"}
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}


def default_name(problem: Problem) -> str:
    """`mip-2-17-does-the-ioi-circuit-recur`: letter first, no dots, at most 50 characters, cut between words."""
    plain = unicodedata.normalize("NFKD", problem.title).encode("ascii", "ignore").decode().lower()
    name = f"mip-{problem.id.replace('.', '-')}"
    for word in re.findall(r"[a-z0-9]+", plain.replace("'", "")):
        if len(name) + 1 + len(word) > MAX_NAME:
            break
        name += f"-{word}"
    return name


def checked_name(name: str) -> str:
    """The project name if it can be one on every system; UsageFault with the rule it breaks otherwise."""
    if not name.strip():
        raise UsageFault("the name is empty", "give letters, digits, - or _, starting with a letter")
    if len(name) > MAX_NAME:
        raise UsageFault(f"the name is longer than {MAX_NAME} characters", "shorten it")
    if not re.fullmatch(r"[A-Za-z]([A-Za-z0-9_-]*[A-Za-z0-9])?", name):
        raise UsageFault(
            f"the name {name!r} must start with a letter, end with a letter or digit, and hold only those, - and _",
            "for another folder give it as DIR",
        )
    if name.casefold() in _RESERVED:
        raise UsageFault(f"the name {name!r} is reserved on Windows", "choose another")
    if re.sub(r"[-_]+", "-", name.casefold()) in _DEPENDENCIES:
        raise UsageFault(f"the name {name!r} is that of a package the project depends on", "choose another")
    return name


def checked_folder(folder: str) -> str:
    """The target folder as given; UsageFault if it is empty or its last part cannot be a folder everywhere."""
    if not folder.strip():
        raise UsageFault("DIR is empty", "name a folder, or leave it out")
    hidden = any(unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for char in folder)
    if hidden and clean(folder) != folder:
        raise UsageFault(f"DIR {folder!r} holds a control or invisible character", "use printable characters")
    last = re.split(r"[/\\]", folder.rstrip("/\\"))[-1]
    if last.startswith("-"):
        raise UsageFault(f"DIR {folder!r} starts with a dash, which commands take for an option", f"write ./x{last}")
    if last.split(".")[0].casefold() in _RESERVED:
        raise UsageFault(f"DIR {folder!r} is a name reserved on Windows", "choose another")
    return folder


def checked_author(author: str) -> str:
    """The author's name on one line; UsageFault if it holds control characters."""
    if clean(author) != author:
        raise UsageFault(f"--author {author!r} holds a control character", "use printable characters")
    return author.strip()
