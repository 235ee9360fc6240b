"""The two output streams: whether each is a terminal, how wide, in colour or not; and writing to them safely."""

import errno
import io
import os
import sys
from collections.abc import Mapping
from typing import NamedTuple, TextIO

from mi_problems.errors import MipError, why_failed

COLORS = ("auto", "always", "never")
MOST = 100_000  # of any number that the environment holds
_RESET = "\x1b[0m"
STYLES = {
    "bold": "1", "dim": "2", "underline": "4", "red": "31", "green": "32", "yellow": "33", "blue": "34",
    "cyan": "36",
}  # fmt: skip
_PLAIN = str.maketrans({"\u2026": "...", "\u2605": "*", "\u2500": "-", "\u2022": "*"})


class OutputClosed(Exception):
    """The reader of standard output has gone: nothing is wrong, and there is nothing left to do."""


class Screen(NamedTuple):
    """A stream as seen by rendering. `width` and `height` are in cells; `utf8` tells whether it takes any character."""

    stream: TextIO | None
    terminal: bool
    color: bool
    width: int
    utf8: bool
    height: int = 24

    @property
    def ellipsis(self) -> str:
        """The mark of a cut."""
        return "\u2026" if self.utf8 else "..."

    def style(self, text: str, *names: str) -> str:
        """The text in these styles where the stream takes colour."""
        if not self.color or not names or not text:
            return text
        return f"\x1b[{';'.join(STYLES[name] for name in names)}m{text}{_RESET}"

    def write(self, text: str | bytes) -> None:
        """Writes text that ends its own lines; OutputClosed when the reader has gone, MipError on any other failure.

        Bytes are text in UTF-8, which goes out as it stands where the stream is of that encoding.
        """
        if self.stream is None:
            raise MipError("standard output is closed")
        try:
            descriptor = _descriptor(self.stream)
            if descriptor is None:
                text = text if isinstance(text, str) else text.decode()
                text = text.replace(os.linesep, "\n")  # which the stream itself makes of it
                self.stream.write(text if self.utf8 else self.encoded(text).decode(self._encoding))
                self.stream.flush()
            else:
                self.stream.flush()
                _write_all(descriptor, self.encoded(text))
        except (OSError, ValueError) as error:
            _silence(self.stream)
            gone = {errno.EPIPE, errno.EINVAL, *([errno.EIO] if self.terminal else [])}
            if isinstance(error, OSError) and error.errno in gone:
                raise OutputClosed from None
            raise MipError(f"cannot write the output: {why_failed(error)}") from None

    @property
    def _encoding(self) -> str:
        return getattr(self.stream, "encoding", None) or ("utf-8" if self.utf8 else "ascii")

    def encoded(self, text: str | bytes) -> bytes:
        """The text as bytes that the stream takes: where not every character is, ours are replaced by plain ones.

        A file name that is not UTF-8 goes out with the bytes that it came in with.
        """
        if isinstance(text, bytes):
            if self._encoding.lower() == "utf-8":
                return text
            text = text.decode()
        plain = text if self.utf8 else text.translate(_PLAIN)
        try:
            return plain.encode(self._encoding, "surrogateescape")
        except UnicodeEncodeError:
            return plain.encode(self._encoding, "replace")


def _descriptor(stream: TextIO) -> int | None:
    """Where to write past Python's buffers; None where only the stream itself knows how.

    That is so in memory, on Windows, and in an encoding that begins with a mark of its own.
    """
    try:
        return stream.fileno() if os.name == "posix" and not "".encode(stream.encoding or "utf-8") else None
    except io.UnsupportedOperation:
        return None


def _write_all(descriptor: int, content: bytes) -> None:
    """Writes all of it. A pipe that takes no more for now, as non-blocking ones say, is waited for."""
    left = memoryview(content)
    while left:
        try:
            left = left[os.write(descriptor, left) :]
        except BlockingIOError:
            import select

            select.select([], [descriptor], [])


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
    if forced("FORCE_COLOR", environment) or forced("CLICOLOR_FORCE", environment):
        return True
    return terminal and environment.get("TERM") != "dumb" and environment.get("CLICOLOR") != "0"


def forced(name: str, environment: Mapping[str, str]) -> bool:
    """Whether a variable such as FORCE_COLOR is set to anything but 0."""
    return environment.get(name, "0") not in {"", "0"}


def _size(stream: TextIO) -> tuple[int, int]:
    """Columns and lines of a terminal: as COLUMNS and LINES say, else as it says itself, else 80 and 24."""
    try:
        columns, lines = os.get_terminal_size(stream.fileno())
    except (OSError, ValueError):
        columns, lines = 0, 0
    wished = [number(os.environ.get(name, "")) for name in ("COLUMNS", "LINES")]
    return wished[0] or min(columns, MOST) or 80, wished[1] or min(lines, MOST) or 24


def number(text: str) -> int:
    """The whole number that a variable holds, at most `MOST`; 0 where it holds none."""
    if not (text.isascii() and text.isdecimal()):
        return 0
    digits = text.lstrip("0")
    return min(int(digits[:6] or 0), MOST)


def look_at(stream: TextIO | None, choice: str = "auto") -> Screen:
    """The screen that a stream is, with `--color` as chosen."""
    if stream is None:
        return Screen(None, False, False, 80, True)
    try:
        terminal = stream.isatty()
    except ValueError:
        terminal = False
    encoding = (getattr(stream, "encoding", None) or "utf-8").lower().replace("-", "")
    utf8 = encoding.startswith("utf") and os.environ.get("LC_ALL") not in {"C", "POSIX"}
    color = wants_color(choice, terminal, os.environ)
    width, height = _size(stream)
    return Screen(stream, terminal, color, width, utf8, height)


def standard(choice: str = "auto") -> tuple[Screen, Screen]:
    """Standard output and standard error."""
    return look_at(sys.stdout, choice), look_at(sys.stderr, choice)
