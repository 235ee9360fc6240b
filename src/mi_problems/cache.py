"""What was costly to work out, kept as lines of JSON in the user's cache folder. It may fail and change nothing.

What others may write is not used, and what is kept is for its owner alone: a registry may be private. A wheel brings
the entries for its own data, made by hatch_build.py: they are looked for first, and need no cache folder.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import stat
import sys
import zlib
from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mi_problems import __version__

__all__ = ["blake2b", "checksum", "fetch", "folder_of", "keep", "key_of", "sha256", "users_folder"]

if TYPE_CHECKING:
    from hashlib import blake2b, sha256
else:  # hashlib loads OpenSSL, which takes longer than all the hashing
    try:
        from _blake2 import blake2b

        sha256 = import_module("_sha2" if sys.version_info >= (3, 12) else "_sha256").sha256
    except (ImportError, AttributeError):
        from hashlib import blake2b, sha256


_HERE = os.path.dirname(__file__)
_XDG = {"cache": ("XDG_CACHE_HOME", "~/.cache"), "data": ("XDG_DATA_HOME", "~/.local/share")}
_SHIPPED = os.path.join("data", "compiled")
_KEEP = 8
_LARGEST = 1 << 28  # bytes of an entry
_HEAD = rb"mip-cache [0-9a-f]{32}\n"
_ENTRY_BEFORE = r"[0-9a-f]{32}\.json"  # of 0.1, which began with a shorter head
_HEAD_BEFORE = rb"[0-9a-f]{8}\n"
_DRAFT = r"\.mip-[0-9a-f]{16}\.tmp|\.[0-9a-f]{32}\.[0-9]{1,10}\.tmp"  # the latter of 0.1
_ALONE = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def folder_of(name: str) -> Path:
    """Where a folder of this name belongs in the cache; ValueError, OSError or RuntimeError where there is no cache."""
    return _folder() / name


def _folder() -> Path:
    """Where entries are; ValueError, OSError or RuntimeError where there is no such place, or others may write there.

    MIP_CACHE_DIR names it, or else the system's folder for caches. A path that depends on where one stands names none.
    """
    override = os.path.expanduser(os.environ.get("MIP_CACHE_DIR", ""))
    if os.path.isabs(override):
        folder = Path(override)
        _make(folder)
    else:
        folder = users_folder("cache")
        _make(folder)
        found = os.stat(folder)
        if os.name == "posix" and _is_ours(found) and stat.S_IMODE(found.st_mode) != 0o700:
            os.chmod(folder, 0o700)  # made by 0.1, or under another umask
    if not _is_private(os.stat(folder)):
        raise ValueError(f"others may write to {folder}")
    return folder


def users_folder(kind: str) -> Path:
    """Where this system puts what a program caches (`cache`) or keeps (`data`) for the user.

    RuntimeError where it knows of no such place. On Linux the XDG standard says it in a few words; platformdirs, which
    knows every system, takes a tenth as long as `import typer`.
    """
    if sys.platform == "linux":
        variable, usual = _XDG[kind]
        named = os.environ.get(variable, "")
        folder = Path(named if os.path.isabs(named) else os.path.expanduser(usual), "mip")
    else:
        from platformdirs import user_cache_path, user_data_path

        folder = (user_cache_path if kind == "cache" else user_data_path)("mip", appauthor=False)
    if not folder.is_absolute():
        raise RuntimeError(f"no place for {kind}: {folder}")
    return folder


def _make(folder: Path) -> None:
    """Makes the folder and those above it for their owner alone."""
    if not folder.is_dir():
        if folder.parent != folder:
            _make(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


def _is_ours(found: os.stat_result) -> bool:
    return not hasattr(os, "geteuid") or found.st_uid == os.geteuid()


def _is_private(found: os.stat_result) -> bool:
    """Whether nobody else may write there."""
    return _is_ours(found) and (os.name != "posix" or not found.st_mode & 0o022)


def _inside(name: str) -> bytes:
    """The bytes of a file of this package, zipped or not; OSError where there is none."""
    loader: Any = __spec__.loader
    content: bytes = loader.get_data(os.path.join(_HERE, name))
    return content


def checksum(content: bytes | memoryview) -> bytes:
    """Length and CRC-32 of what nobody forges: a fifth of the time of a digest, which every run would pay."""
    return b"%d %08x" % (len(content), zlib.crc32(content))


def key_of(files: Iterable[tuple[str, bytes]], code: Sequence[str] = ()) -> str:
    """A digest of the content of these files and of the modules that read them (paths below the package), in hex."""
    digest = blake2b(__version__.encode(), digest_size=16)
    for name in code:
        digest.update(checksum(_inside(name)))
    for name, content in files:
        digest.update(f"\0{name}\0{len(content)}\0".encode("utf-8", "surrogateescape"))
        digest.update(content)
    return digest.hexdigest()


def _head(key: str, payload: bytes | memoryview) -> bytes:
    """The first line of an entry, which no other entry has: what it says belongs to this key and is whole."""
    digest = blake2b(key.encode("utf-8", "surrogateescape"), digest_size=16)
    digest.update(checksum(payload))
    return f"mip-cache {digest.hexdigest()}\n".encode()


def fetch(key: str) -> tuple[Any, list[memoryview]] | None:
    """The header and the lines kept under this key, or None for any reason at all."""
    try:
        return _parted(_inside(os.path.join(_SHIPPED, f"{key}.json")))  # as sound as the code
    except (OSError, ValueError):
        pass
    try:
        content = _content(_folder() / f"{key}.json")
        end = content.find(b"\n") + 1
        return _parted(content) if content[:end] == _head(key, memoryview(content)[end:]) else None
    except (OSError, ValueError, RuntimeError, MemoryError):
        return None


def _parted(content: bytes) -> tuple[Any, list[memoryview]]:
    """The header and the lines of an entry, as views: a line is found by the lengths, and copied when it is read."""
    begin = content.index(b"\n") + 1
    at = content.index(b"\n", begin) + 1
    header, lengths = json.loads(content[begin:at])
    view, lines = memoryview(content), []
    for length in lengths:
        lines.append(view[at : at + length])
        at += length + 1
    return header, lines


def _content(path: Path) -> bytes:
    """The bytes of an entry: a file of ours that others may not write, no link, no pipe, and not too large."""
    with open(os.open(path, os.O_RDONLY | _ALONE), "rb") as stream:
        found = os.fstat(stream.fileno())
        if not (stat.S_ISREG(found.st_mode) and _is_private(found) and found.st_size <= _LARGEST):
            raise ValueError(f"no entry: {path}")
        return stream.read(_LARGEST)


def keep(key: str, header: Any, lines: Sequence[bytes] = ()) -> None:
    """Keeps a header (plain data) and lines of bytes under this key, atomically, or does nothing."""
    with contextlib.suppress(OSError, ValueError, RuntimeError, MemoryError):
        top = json.dumps([header, list(map(len, lines))], ensure_ascii=False, separators=(",", ":"))
        payload = b"".join([top.encode() + b"\n", *(line + b"\n" for line in lines)])
        if len(payload) > _LARGEST // 2:
            return
        folder = _folder()
        draft = folder / f".mip-{os.urandom(8).hex()}.tmp"
        try:
            with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _ALONE, 0o600), "wb") as stream:
                stream.write(_head(key, payload) + payload)
            os.replace(draft, folder / f"{key}.json")
        finally:
            draft.unlink(missing_ok=True)
        _prune(folder)


def _prune(folder: Path) -> None:
    """Keeps the newest few, so that edits of a registry do not fill the disk. The drafts of killed runs go, too."""
    kept = [(found.st_mtime, path) for path in folder.iterdir() if stat.S_ISREG((found := path.lstat()).st_mode)]
    ours = [path for _, path in sorted(kept, reverse=True) if _is_kept(path)]
    for path in ours[_KEEP:]:
        path.unlink(missing_ok=True)


def _is_kept(path: Path) -> bool:
    """Whether this tool wrote it, and nobody else: the folder may hold what is not ours."""
    if path.suffix != ".json":
        return bool(re.fullmatch(_DRAFT, path.name))
    try:
        with open(os.open(path, os.O_RDONLY | _ALONE), "rb") as stream:
            head = stream.read(64)
    except OSError:
        return False
    return bool(re.match(_HEAD, head) or (re.fullmatch(_ENTRY_BEFORE, path.name) and re.match(_HEAD_BEFORE, head)))
