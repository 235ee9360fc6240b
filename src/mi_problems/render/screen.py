"""The two output streams: whether each is a terminal, how wide, in colour or not; and writing to them safely."""

import errno
import os
import sys
from collections.abc import Mapping
from typing import NamedTuple, TextIO

from mi_problems.clean import clean
from mi_problems.errors import MipError

__all__ = ["COLORS", "STYLES", "OutputClosed", "Screen", "clean", "look_at", "standard", "wants_color"]

COLORS = ("auto", "always", "never")
_RESET = "\x1b[0m"
STYLES = {
    "bold": "1", "dim": "2", "underline": "4", "red": "31", "green": "32", "yellow": "33", "blue": "34",
    "cyan": "36",
}  # fmt: skip
_PLAIN = str.maketrans({"\u2026": "...", "\u00b7": "|", "\u2605": "*", "\u2500": "-", "\u2502": "|", "\u2022": "*"})


class OutputClosed(Exception):
    """The reader of standard output has gone: nothing is wrong, and there is nothing left to do."""


class Screen(NamedTuple):
    """A stream as seen by rendering. `width` is in columns; `utf8` tells whether it takes any character."""

    stream: TextIO | None
    terminal: bool
    color: bool
    width: int
    utf8: bool

    def style(self, text: str, *names: str) -> str:
        """The text in these styles where the stream takes colour."""
        if not self.color or not names or not text:
            return text
        return f"\x1b[{';'.join(STYLES[name] for name in names)}m{text}{_RESET}"

    def write(self, text: str) -> None:
        """Writes text that ends its own lines; OutputClosed when the reader has gone, MipError on any other failure."""
        if self.stream is None:
            raise MipError("standard output is closed")
        if not self.utf8:
            encoding = self.stream.encoding or "ascii"
            text = text.translate(_PLAIN).encode(encoding, "replace").decode(encoding)
        try:
            self.stream.write(text)
            self.stream.flush()
        except BrokenPipeError:
            _silence(self.stream)
            raise OutputClosed from None
        except (OSError, ValueError) as error:
            if isinstance(error, OSError) and error.errno in {errno.EPIPE, errno.EINVAL}:
                _silence(self.stream)
                raise OutputClosed from None
            _silence(self.stream)
            raise MipError(f"cannot write the output: {getattr(error, 'strerror', None) or error}") from None


def _silence(stream: TextIO) -> None:
    """Points the stream at nothing, so that the interpreter's last flush does not fail again."""
    try:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, stream.fileno())
        os.close(null)
    except (OSError, ValueError):
        pass


def wants_color(choice: str, terminal: bool, environment: Mapping[str, str]) -> bool:
    """Whether to colour: the flag, then NO_COLOR, FORCE_COLOR and CLICOLOR_FORCE, TERM=dumb, then the terminal."""
    if choice != "auto":
        return choice == "always"
    if environment.get("NO_COLOR"):
        return False
    if any(environment.get(name, "0") not in {"", "0"} for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return True
    return terminal and environment.get("TERM") != "dumb" and environment.get("CLICOLOR") != "0"


def _columns(stream: TextIO) -> int:
    given = os.environ.get("COLUMNS", "")
    if given.isdigit() and int(given) > 0:
        return int(given)
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80
    except (OSError, ValueError):
        return 80


def look_at(stream: TextIO | None, choice: str = "auto") -> Screen:
    """The screen that a stream is, with `--color` as chosen."""
    if stream is None:
        return Screen(None, False, False, 80, True)
    try:
        terminal = stream.isatty()
    except ValueError:
        terminal = False
    encoding = (getattr(stream, "encoding", None) or "utf-8").lower().replace("-", "")
    utf8 = encoding.startswith("utf")
    return Screen(stream, terminal, wants_color(choice, terminal, os.environ), _columns(stream), utf8)


def standard(choice: str = "auto") -> tuple[Screen, Screen]:
    """Standard output and standard error."""
    return look_at(sys.stdout, choice), look_at(sys.stderr, choice)
