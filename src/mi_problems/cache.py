"""What was costly to work out, kept as lines of JSON in the user's cache folder. It may fail and change nothing."""

from __future__ import annotations

import contextlib
import json
import os
import re
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from mi_problems import __version__

__all__ = ["blake2b", "fetch", "keep", "key_of"]

try:  # hashlib loads OpenSSL, which takes longer than all the hashing
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

_KEEP = 8


def _folder() -> Path:
    override = os.environ.get("MIP_CACHE_DIR")
    if override:
        return Path(override)
    from platformdirs import user_cache_path

    return user_cache_path("mip", appauthor=False)


def key_of(files: Iterable[tuple[str, bytes]], code: Sequence[str] = ()) -> str:
    """A digest of the content of these files and of the modules that read them (paths below the package), in hex."""
    digest = blake2b(__version__.encode(), digest_size=16)
    here = Path(__file__).parent
    with contextlib.suppress(OSError):  # a zipped installation: the version alone stands for the code
        for name in code:
            digest.update((here / name).read_bytes())
    for name, content in files:
        digest.update(f"\0{name}\0{len(content)}\0".encode("utf-8", "surrogateescape"))
        digest.update(content)
    return digest.hexdigest()


def fetch(key: str) -> tuple[Any, list[bytes]] | None:
    """The header and the lines kept under this key, or None for any reason at all."""
    try:
        content = (_folder() / f"{key}.json").read_bytes()
        checksum, _, payload = content.partition(b"\n")
        if int(checksum, 16) != zlib.crc32(payload):
            return None
        header, *lines = payload.split(b"\n")
        return json.loads(header), lines
    except (OSError, ValueError, RuntimeError):
        return None


def keep(key: str, header: Any, lines: Iterable[bytes] = ()) -> None:
    """Keeps a header (plain data) and lines of bytes under this key, atomically, or does nothing."""
    with contextlib.suppress(OSError, ValueError, RuntimeError):
        top = json.dumps(header, ensure_ascii=False, separators=(",", ":"))
        payload = b"\n".join([top.encode(), *lines])
        folder = _folder()
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / f".{key}.{os.getpid()}.tmp"
        try:
            draft.write_bytes(f"{zlib.crc32(payload):08x}\n".encode() + payload)
            os.replace(draft, folder / f"{key}.json")
        finally:
            draft.unlink(missing_ok=True)
        _prune(folder)


def _prune(folder: Path) -> None:
    """Keeps the newest few, so that edits of a registry do not fill the disk. The drafts of killed runs go, too."""
    kept = [path for path in (*folder.glob("*.json"), *folder.glob(".*.tmp")) if path.is_file()]
    for path in sorted(kept, key=lambda path: path.stat().st_mtime, reverse=True)[_KEEP:]:
        with open(path, "rb") as stream:
            head = stream.read(9)
        if re.fullmatch(rb"([0-9a-f]{8}\n)?", head):  # ours: the folder may hold what is not
            path.unlink(missing_ok=True)
