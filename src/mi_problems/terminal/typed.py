"""What a person types, as bytes and as text: a line at the terminal, and the arguments of a command."""

import io
import os
from pathlib import Path
from typing import Any, TextIO

from mi_problems.errors import UsageFault


def typed_line(stream: TextIO) -> str:
    """The next line of a terminal, with its end; empty where input ends.

    OSError where the terminal has gone, UnicodeDecodeError for bytes that are no text in its encoding. A terminal that
    somebody made non-blocking is waited for.
    """
    try:
        descriptor = stream.fileno() if os.name == "posix" else None
    except io.UnsupportedOperation:
        descriptor = None
    if descriptor is None:
        return stream.readline()
    line = b""
    while not line.endswith(b"\n"):
        try:
            byte = os.read(descriptor, 1)  # what comes after the line is left for others
        except BlockingIOError:
            import select

            select.select([descriptor], [], [])
            continue
        if not byte:
            break
        line += byte
    return line.decode("utf-8" if (stream.encoding or "ascii").lower() in _ASCII else stream.encoding)


_ASCII = {"ascii", "us-ascii", "ansi_x3.4-1968", "646"}


def as_text(name: str, value: Any) -> Any:
    """The value of a parameter with its text read as UTF-8, whatever the locale; UsageFault where it is not.

    Python hands on the bytes that the locale does not know as single surrogates.
    """
    if isinstance(value, (list, tuple)):
        return type(value)(as_text(name, item) for item in value)
    if not isinstance(value, str) or not any("\ud800" <= char <= "\udfff" for char in value):
        return value
    try:
        return os.fsencode(value).decode()
    except UnicodeError:
        raise UsageFault(f"{name}: {value!r} is not UTF-8", "type it anew, or set the terminal to UTF-8") from None


def data_of(ctx: Any) -> tuple[Path, ...]:
    """The registries of one's own: those typed, else those of MIP_DATA, which are separated as in PATH."""
    root = ctx.find_root()
    source = root.get_parameter_source("data")
    if source is not None and source.name == "COMMANDLINE":
        return tuple(root.params["data"])
    return tuple(Path(part) for part in os.environ.get("MIP_DATA", "").split(os.pathsep) if part)
