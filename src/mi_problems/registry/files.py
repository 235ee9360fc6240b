"""The files that make up a registry: the bundled one, a folder of one's own, or a single file."""

import os
import stat
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, NamedTuple

from mi_problems.cache import checksum
from mi_problems.errors import BadRegistry, why_failed
from mi_problems.registry.bundle import damaged, data_dir

_SHARED = ("collection.yaml", "lists.yaml", "skills.yaml", "models.yaml", "glossary.yaml", "elsewhere.yaml")
_OF_A_MERGE = ("_BACKUP", "_BASE", "_LOCAL", "_REMOTE")
_pipes: dict[tuple[int, int], bytes] = {}  # what came out of them, by device and number: that comes only once
_OTHERWISE = "name a file or a folder; `mip check -` reads standard input"


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
                found = os.fstat(stream.fileno())
                if stat.S_ISFIFO(found.st_mode) and _is_handed_over(path):
                    pipe = (found.st_dev, found.st_ino)
                    content = _pipes[pipe] = _pipes.get(pipe) or _all_of(stream, self.room)
                elif not stat.S_ISREG(found.st_mode):
                    raise BadRegistry(f"{path} is not a regular file", _OTHERWISE)
                else:
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


def _is_handed_over(path: Path) -> bool:
    """Whether a pipe by this name is one that the shell has opened, as for `<(command)`, and will close in the end.

    Nobody may ever write to another one, so that is not read.
    """
    if str(path) == "/dev/stdin":
        return True
    folder, name = os.path.split(os.path.abspath(path))
    return name.isdecimal() and os.path.realpath(folder) == os.path.realpath("/dev/fd")


def _all_of(stream: IO[bytes], room: int) -> bytes:
    """What a stream holds up to its end, or one byte more than there is room for; waits for one that does not wait."""
    content = bytearray()
    while len(content) <= room:
        chunk = stream.read(room + 1 - len(content))
        if chunk is None:
            from select import select

            select([stream], [], [])
            continue
        content += chunk
        if not chunk or _waits(stream):
            break
    return bytes(content)


def _waits(stream: IO[bytes]) -> bool:
    """Whether a read from the stream ends only where the stream does, or with all that was asked for."""
    try:
        return os.get_blocking(stream.fileno())
    except (OSError, ValueError):  # no file at all
        return True


def _problem_files(names: Iterable[str]) -> list[str]:
    """The names of problem files among these, in order, without what editors, systems and version control leave."""
    return sorted(name for name in names if name.endswith((".yaml", ".yml")) and not _is_left(name))


def _is_left(name: str) -> bool:
    """Whether nobody wrote a file of this name as a registry: locks and copies of editors, sides of a merge."""
    stem = name.rpartition(".")[0]
    word, _, number = stem.rpartition("_")
    return name.startswith((".", "~", "#")) or (number.isdecimal() and word.endswith(_OF_A_MERGE))


def bundled() -> Source:
    """The registry that comes with the tool."""
    return Source(
        "bundled",
        "",
        tuple((name, _bytes(f"problems/{name}")) for name in _bundled_problems()),
        {name: (name, _bytes(name)) for name in _SHARED},
    )


def bundled_checksums() -> list[tuple[str, bytes]]:
    """The same files with their checksums: read one by one, since to hold all of them takes as long as to read them."""
    return [
        *((name, checksum(_bytes(name))) for name in _SHARED),
        *((name, checksum(_bytes(f"problems/{name}"))) for name in _bundled_problems()),
    ]


def _bundled_problems() -> list[str]:
    """The names of the bundled files in problems/."""
    folder = data_dir()
    try:
        names = _problem_files(item.name for item in (folder / "problems").iterdir())
    except (OSError, ValueError) as error:
        raise damaged("the installation has no readable problems/", error) from None
    if not names:
        raise damaged("the installation has no file in problems/")
    return names


def _bytes(name: str) -> bytes:
    """The content of a bundled file."""
    item = data_dir().joinpath(name)
    try:
        return item.read_bytes()
    except (OSError, KeyError) as error:
        raise damaged(f"cannot read {item}", error) from None


def given(path: Path) -> Source:
    """What `mip check` is given: `-` is standard input, all else is `own`."""
    return standard_input() if str(path) == "-" else own(path)


def own(path: Path) -> Source:
    """A registry of the user's own: a YAML file, or a folder with `problems/*.yaml` or `*.yaml`; `~` is the home."""
    read = _Reader().read
    try:
        path = Path(os.path.expanduser(path))
        if not path.is_dir():
            return Source(path.name, str(path), ((str(path), read(path)),), {})
        inner = path / "problems" if (path / "problems").is_dir() else path
        names = [name for name in _problem_files(os.listdir(inner)) if name not in _SHARED]
        present = [name for name in _SHARED if os.path.lexists(path / name)]
    except (OSError, ValueError) as error:
        raise BadRegistry(f"cannot read {path}: {why_failed(error)}") from None
    _countable(inner, names)
    shared = {name: (str(path / name), read(path / name)) for name in present}
    return Source(path.name, str(path), tuple((str(inner / name), read(inner / name)) for name in names), shared)


def _countable(folder: Path, names: Sequence[str]) -> None:
    """BadRegistry where a folder holds no problem file, or more than are read."""
    from mi_problems.reading.limits import MAX_FILES

    if not names:
        raise BadRegistry(f"{folder} holds no .yaml file", "a registry is a folder with problems/*.yaml")
    if len(names) > MAX_FILES:
        raise BadRegistry(
            f"{folder} holds {len(names)} .yaml files, more than {MAX_FILES}", "put several problems into one file"
        )


def standard_input() -> Source:
    """One problem file from standard input."""
    from mi_problems.reading.limits import MAX_BYTES

    if sys.stdin is None:
        raise BadRegistry("standard input is closed", "name a file")
    try:
        content = _all_of(sys.stdin.buffer, MAX_BYTES)
    except (OSError, ValueError) as error:
        raise BadRegistry(f"cannot read standard input: {why_failed(error)}", "name a file") from None
    return Source("-", "-", (("<stdin>", content),), {})
