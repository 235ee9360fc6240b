"""The files that make up a registry: the bundled one, a folder of one's own, or a single file."""

import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mi_problems.errors import BadRegistry, why_failed
from mi_problems.registry.bundle import damaged, data_dir

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_SHARED = ("collection.yaml", "lists.yaml", "skills.yaml", "models.yaml", "glossary.yaml")


class Source(NamedTuple):
    """Names and bytes of a registry's files: problem files, and those that describe the whole by their names."""

    name: str
    path: str  # as it was given; empty for the bundled one
    problems: tuple[tuple[str, bytes], ...]
    shared: dict[str, tuple[str, bytes]]

    @property
    def files(self) -> list[tuple[str, bytes]]:
        return [*self.shared.values(), *self.problems]


class _Reader:
    """Reads the files of one registry: regular ones only, and together no more than bearable."""

    def __init__(self) -> None:
        from mi_problems.reading.limits import MAX_BYTES  # here, since the bundled registry needs none

        self.room = self.limit = MAX_BYTES

    def read(self, path: Path) -> bytes:
        """The bytes of a file; BadRegistry with one line where there is none or too much."""
        try:
            with open(path, "rb", opener=_without_waiting) as stream:
                if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                    raise BadRegistry(f"{path} is not a regular file", "name a file or folder, or - for standard input")
                content = stream.read(self.room + 1)
        except (OSError, ValueError) as error:
            raise BadRegistry(f"cannot read {path}: {why_failed(error)}") from None
        self.room -= len(content)
        if self.room < 0:
            raise BadRegistry(
                f"{path} makes the registry larger than {self.limit // 1_000_000} MB", "leave out what is not needed"
            )
        return content


def _without_waiting(path: str, flags: int) -> int:
    """Opens also what has become a FIFO or a device since it was looked at, without waiting for its other end."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def bundled() -> Source:
    """The registry that comes with the tool."""
    folder = data_dir()
    try:
        names = sorted(item.name for item in (folder / "problems").iterdir() if item.name.endswith(".yaml"))
    except (OSError, ValueError) as error:
        raise damaged("the installation has no readable problems/", error) from None
    if not names:
        raise damaged("the installation has no file in problems/")
    return Source(
        "bundled",
        "",
        tuple((name, _bytes(folder / "problems" / name)) for name in names),
        {name: (name, _bytes(folder / name)) for name in _SHARED},
    )


def _bytes(item: "Traversable") -> bytes:
    try:
        return item.read_bytes()
    except (OSError, KeyError) as error:
        raise damaged(f"cannot read {item}", error) from None


def own(path: Path) -> Source:
    """A registry of the user's own: a YAML file, or a folder with `problems/*.yaml` or `*.yaml`."""
    read = _Reader().read
    try:
        if not path.is_dir():
            return Source(path.name, str(path), ((str(path), read(path)),), {})
        inner = path / "problems" if (path / "problems").is_dir() else path
        names = sorted(name for name in os.listdir(inner) if name.endswith((".yaml", ".yml")) and name not in _SHARED)
        present = [name for name in _SHARED if os.path.lexists(path / name)]
    except (OSError, ValueError) as error:
        raise BadRegistry(f"cannot read {path}: {why_failed(error)}") from None
    if not names:
        raise BadRegistry(f"{inner} holds no .yaml file", "a registry is a folder with problems/*.yaml")
    shared = {name: (str(path / name), read(path / name)) for name in present}
    return Source(path.name, str(path), tuple((str(inner / name), read(inner / name)) for name in names), shared)


def standard_input() -> Source:
    """One problem file from standard input."""
    from mi_problems.reading.limits import MAX_BYTES

    if sys.stdin is None:
        raise BadRegistry("standard input is closed", "name a file")
    try:
        content = sys.stdin.buffer.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise BadRegistry(f"cannot read standard input: {why_failed(error)}", "name a file") from None
    return Source("-", "-", (("<stdin>", content),), {})
