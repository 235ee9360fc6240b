"""From sources to the registry in use, through the cache; or to every fault in them.

The bundled problems are one part, all own ones together another: each is parsed and kept by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from mi_problems import cache
from mi_problems.clean import cleaned, json_text
from mi_problems.errors import BadRegistry
from mi_problems.records.problem import head_of, record_of
from mi_problems.registry import files
from mi_problems.registry.registry import BESIDE, Part, Registry

if TYPE_CHECKING:
    from mi_problems.reading.faults import Fault

_CODE = (
    "cache.py", "clean.py", "records/beside.py", "records/problem.py", "records/terms.py", "reading/coherence.py",
    "reading/faults.py", "reading/fields.py", "reading/identity.py", "reading/limits.py", "reading/loose.py",
    "reading/other_formats.py", "reading/parse.py", "reading/rules.py", "reading/vocabulary.py", "reading/yaml_tree.py",
    "registry/load.py", "registry/registry.py", "registry/whole.py",
)  # fmt: skip


class Examined(NamedTuple):
    """What `mip check` finds: how many problems, every fault, and how many ids were given by order."""

    problems: int
    faults: list[Fault]
    numbered: int


def load(*paths: Path, only: bool = False) -> Registry:
    """The bundled registry with the own ones at `paths` beside it, or these alone; BadRegistry names a fault."""
    base_key = cache.key_of(files.bundled_checksums(), _CODE)
    own = [files.own(path) for path in paths]
    try:
        return Registry(_parts(base_key, own, only, fresh=False))
    except (IndexError, KeyError, TypeError, ValueError):  # what the cache keeps is not of our form
        return Registry(_parts(base_key, own, only, fresh=True))


def _parts(base_key: str, own: Sequence[files.Source], only: bool, fresh: bool) -> list[Part]:
    """The bundled part unless it is left out, and that of the own sources if there are any."""
    bundled = None if only else _part(base_key, [], None, fresh)
    if not own:
        return [bundled] if bundled else []
    every = [file for source in own for file in source.files]
    key = cache.key_of([*every, ("only" if only else "beside", base_key.encode())], _CODE)
    part = _part(key, own, bundled, fresh)
    return [bundled, part] if bundled else [part]


def examine(*paths: Path, only: bool = False) -> Examined:
    """What is at `paths` (`-` is standard input; none is the bundled registry), and every fault there."""
    from mi_problems.registry.code_names import code_of
    from mi_problems.registry.whole import read

    own = [files.given(path) for path in paths]
    return Examined(*_counted(read(own, load() if own and not only else files.bundled(), code_of)))


def with_ids(path: Path, only: bool = False) -> tuple[str, list[Fault]]:
    """A problem file with ids written in where there are none, or its faults; BadRegistry where it is no one file."""
    from mi_problems.registry.numbered import written
    from mi_problems.registry.whole import vocabulary_beside

    own = files.given(path)
    if len(own.problems) != 1 or own.shared:
        raise BadRegistry(f"{path} is a folder", "name one file")
    return written(*own.problems[0], vocabulary_beside(own, files.bundled() if only else load()))


def _counted(found: Any) -> tuple[int, list[Fault], int]:
    return len(found.problems), _told(found.faults), found.numbered


def _told(faults: list[Fault]) -> list[Fault]:
    """As many faults as are told of all files together; the last says that there are more."""
    from mi_problems.reading.limits import MAX_FAULTS

    if len(faults) <= MAX_FAULTS + 1:
        return faults
    more = f"more than {MAX_FAULTS} faults; mend the others first"
    return [*faults[:MAX_FAULTS], faults[MAX_FAULTS]._replace(message=more)]


def _part(key: str, own: Sequence[files.Source], bundled: Part | None, fresh: bool) -> Part:
    """What the cache keeps under this key, or own sources, else the bundled one, parsed now and kept.

    Where it is to be `fresh`, the cache is not asked.
    """
    heads, kept = (None if fresh else cache.fetch(key)) or ([], [])
    if heads and len(kept) == len(BESIDE) + len(heads):
        return Part(key, heads, kept)
    from mi_problems.registry.whole import read  # yaml, and only when the cache cannot answer

    found = read(own, Registry([bundled]) if bundled else files.bundled())
    if found.faults:
        from shlex import quote

        others = f"and {len(found.faults) - 1} more; " if len(found.faults) > 1 else ""
        alone = ["--only"] if own and bundled is None else []
        command = " ".join(["mip check", *(quote(source.path) for source in own if source.path), *alone])
        raise BadRegistry(str(found.faults[0]), f"{others}see them all with `{command}`")
    heads = [head_of(row) for row in found.problems]
    beside = [json_text(cleaned(found.beside[name])).encode() for name in BESIDE]
    lines = [*beside, *map(record_of, found.problems)]
    if own or key == cache.key_of(files.bundled_checksums(), _CODE):  # nobody has edited them meanwhile
        cache.keep(key, heads, lines)
    return Part(key, heads, lines)
