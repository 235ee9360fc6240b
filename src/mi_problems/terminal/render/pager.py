"""A pager for what is longer than the terminal, chosen as git chooses its own."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import PurePath

from mi_problems.terminal.render.links import unlinked
from mi_problems.terminal.render.screen import Screen, forced

# What a pager reads its options from: git's own where the user has none, and what lets colours through where they have.
_OPTIONS = {"LESS": ("FRX", "-R"), "MORE": ("FRX", "R"), "LV": ("-c", "-c")}
_EDITORS = {"code", "emacs", "emacsclient", "ex", "hx", "kak", "micro", "nano", "nvim", "pg", "vi", "view", "vim"}
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


def show(text: str, screen: Screen) -> None:
    """Shows text in the pager; prints it where there is none, or where the pager cannot be run or fails."""
    words = pager(os.environ)
    paged = text if forced("FORCE_HYPERLINK", os.environ) else unlinked(text)
    if words and PurePath(words[0]).stem in _EDITORS:
        paged = _COLOURS.sub("", unlinked(text))
    if not words or not _read(words, screen.encoded(paged), surroundings(os.environ, screen.utf8)):
        screen.write(text)


def pager(environment: Mapping[str, str]) -> list[str]:
    """The words of the pager's command: of MIP_PAGER, else PAGER, else `less`; none where there is to be none."""
    command = environment.get("MIP_PAGER", environment.get("PAGER"))
    if environment.get("TERM", "dumb" if os.name == "posix" else "") == "dumb":
        return []
    if command is None:
        command = "less" if shutil.which("less") else ""
    try:
        words = shlex.split(command)
    except ValueError:
        return []
    return [] if words == ["cat"] else words


def surroundings(environment: Mapping[str, str], utf8: bool) -> dict[str, str]:
    """The environment of a pager: the user's, in which less, more and lv are told to let colours through.

    They come first among the options: an option that takes text, such as the prompt, takes all that follows. A `more`
    that is less reads MORE; any other takes what has no dash for a file, and reads none.
    """
    told = {}
    for name, (unset, colours) in _OPTIONS.items():
        told[name] = f"{colours} {environment[name]}".rstrip() if name in environment else unset
    return {**environment, **told, **({"LESSCHARSET": "utf-8"} if utf8 else {})}


def _read(words: Sequence[str], content: bytes, environment: Mapping[str, str]) -> bool:
    """Whether the pager was run and ended well, which it also does when its reader leaves early.

    Ctrl-C is the pager's while it runs; KeyboardInterrupt where it ended by that.
    """
    interrupts: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: interrupts.append(number))
    try:
        with subprocess.Popen(words, stdin=subprocess.PIPE, env=environment) as process:
            process.communicate(content)
    except OSError:
        return False
    finally:
        signal.signal(signal.SIGINT, before)
    if interrupts and process.returncode:
        raise KeyboardInterrupt
    return process.returncode == 0
