"""From a source to its registry, through the cache; or to every fault in it."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mi_problems import cache
from mi_problems.clean import cleaned, json_text
from mi_problems.errors import BadRegistry
from mi_problems.records.model import head_of, record_of
from mi_problems.registry import files
from mi_problems.registry.registry import Registry

if TYPE_CHECKING:
    from mi_problems.registry.faults import Fault
    from mi_problems.registry.rules import Rule

_CODE = (
    "cache.py", "clean.py", "records/model.py", "records/terms.py", "registry/faults.py", "registry/fields.py",
    "registry/limits.py", "registry/load.py", "registry/parse.py", "registry/registry.py", "registry/rules.py",
    "registry/yaml_tree.py",
)  # fmt: skip


def load(path: Path | None = None) -> Registry:
    """The bundled registry, or the user's own at `path`; BadRegistry names its first fault and counts the others."""
    base = files.bundled()
    source = files.own(path) if path else base
    key = cache.key_of([*source.files, *(base.files if path else [])], _CODE)
    registry = _revive(key)
    if registry is None:
        beside, problems, faults = _parse(source, base)
        if faults:
            others = f"and {len(faults) - 1} more; " if len(faults) > 1 else ""
            command = f"mip check {shlex.quote(str(path))}" if path else "mip check"
            raise BadRegistry(str(faults[0]), f"{others}see them all with `{command}`")
        heads = [head_of(row) for row in problems]
        lines = [json_text(cleaned(beside)).encode(), *map(record_of, problems)]
        cache.keep(key, heads, lines)
        registry = Registry(key, heads, lines)
    return registry


def examine(path: Path | None = None) -> tuple[int, list[Fault]]:
    """The number of problems at `path` (`-` is standard input, None the bundled registry) and every fault there."""
    base = files.bundled()
    source = base
    if path is not None:
        source = files.standard_input() if str(path) == "-" else files.own(path)
    _, problems, faults = _parse(source, base)
    return len(problems), faults


def _revive(key: str) -> Registry | None:
    """The registry that the cache keeps under this key, if it is whole."""
    try:
        heads, lines = cache.fetch(key) or ([], [])
        sound = heads and lines[0].startswith(b'{"collection": {')
        return Registry(key, heads, lines) if sound else None
    except (IndexError, KeyError, TypeError, ValueError):
        return None


def _parse(source: files.Source, base: files.Source) -> tuple[dict[str, Any], list[Any], list[Fault]]:
    """What stands beside the problems, the problems, and every fault."""
    from mi_problems.registry import fields, parse  # yaml, and only when the cache cannot answer

    shared = base.shared | source.shared
    if "collection.yaml" in source.shared:
        collection, faults = parse.read_one(*shared["collection.yaml"], fields.COLLECTION)
    else:
        collection, faults = dict.fromkeys(fields.COLLECTION, "") | {"name": source.name, "version": "own"}, []

    def rows(name: str, rule: Rule) -> list[Any]:
        found, faulty = parse.read_list(*shared[f"{name}.yaml"], name, rule)
        faults.extend(faulty)
        return found

    skills = rows("skills", fields.SKILLS)
    models = rows("models", fields.MODELS)
    glossary = rows("glossary", fields.GLOSSARY)
    vocabulary = parse.Vocabulary(
        frozenset(row["id"] for row in skills if row["id"]),
        frozenset(name for row in models for name in (row["name"], *(row["aliases"] or ())) if name),
        frozenset() if source is base else frozenset(problem.id for problem in load().problems),
    )
    categories, problems, found = parse.read_problems(source.problems, vocabulary)
    beside = {
        "collection": collection,
        "categories": categories,
        "skills": skills,
        "models": models,
        "glossary": glossary,
    }
    return beside, problems, _told(sorted({*faults, *found}))


def _told(faults: list[Fault]) -> list[Fault]:
    """As many faults as are told of all files together; the last says that there are more."""
    from mi_problems.registry.limits import MAX_FAULTS

    if len(faults) <= MAX_FAULTS + 1:
        return faults
    return [
        *faults[:MAX_FAULTS],
        faults[MAX_FAULTS]._replace(message=f"more than {MAX_FAULTS} faults; mend the others first"),
    ]
