"""A pager for what is longer than the terminal, chosen as git chooses its own."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence

from mi_problems.terminal.render.links import unlinked
from mi_problems.terminal.render.screen import Screen, forced


def show(text: str, screen: Screen) -> None:
    """Shows text in the pager; prints it where there is none, or where the pager cannot be run or fails."""
    words = pager(os.environ)
    paged = text if forced("FORCE_HYPERLINK", os.environ) else unlinked(text)
    if not words or not _read(words, screen.encoded(paged)):
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


def _read(words: Sequence[str], content: bytes) -> bool:
    """Whether the pager was run and ended well, which it also does when its reader leaves early.

    Ctrl-C is the pager's while it runs; KeyboardInterrupt where it ended by that.
    """
    interrupts: list[int] = []
    environment = {"LESS": "FRX", "LESSCHARSET": "utf-8", **os.environ}
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
