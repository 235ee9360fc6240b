"""Runs a command on a pseudo-terminal and returns what a person sees."""

from __future__ import annotations

import os
import re
import select
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")


def seen(
    command: Sequence[str],
    columns: int = 80,
    cwd: Path | None = None,
    raw: bool = False,
    rows: int = 50,
    piped: str = "",
    **environment: str,
) -> tuple[int, str]:
    """Exit code and output of a command whose streams are a terminal; without colours and links unless `raw`.

    `piped` names the one stream, stdout or stderr, that is a pipe: what goes there is not in the output.
    """
    import fcntl
    import pty
    import termios

    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    settings = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "LINES", "NO_COLOR"}}
    settings.setdefault("MIP_NOTES", os.devnull)  # nobody's own marks, where no test but a script runs this
    settings |= {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "MIP_PAGER": "", "FORCE_HYPERLINK": "0", **environment}
    streams = {"stdin": follower, "stdout": follower, "stderr": follower}
    streams |= {piped: subprocess.DEVNULL} if piped else {}
    process = subprocess.Popen(command, **streams, env=settings, cwd=cwd)  # type: ignore[call-overload]
    os.close(follower)
    output, end = b"", time.monotonic() + 60
    while time.monotonic() < end:
        ready, _, _ = select.select([leader], [], [], 0.05)
        if ready:
            try:
                piece = os.read(leader, 65536)
            except OSError:
                break
            if not piece:
                break
            output += piece
        elif process.poll() is not None and not select.select([leader], [], [], 0)[0]:  # what it wrote at last is read
            break
    os.close(leader)
    text = output.decode().replace("\r\n", "\n")
    return process.wait(timeout=10), text if raw else ANSI.sub("", text)


def mip_seen(
    *arguments: str, columns: int = 80, raw: bool = False, rows: int = 50, piped: str = "", **environment: str
) -> tuple[int, str]:
    """`mip` on a terminal of that many columns and rows."""
    return seen([sys.executable, "-m", "mi_problems", *arguments], columns, None, raw, rows, piped, **environment)


def seen_mip_in(folder: Path, *arguments: str, columns: int) -> tuple[int, str]:
    """What `mip` prints in that folder on a terminal, colours and all."""
    return seen([sys.executable, "-m", "mi_problems", *arguments], columns, folder, raw=True)


def heed_ctrl_c() -> None:
    """For a child about to start: a shell may have started the tests with interrupts ignored, which is inherited."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
