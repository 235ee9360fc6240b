"""The files of a registry, read together: what stands beside the problems, the problems, and every fault."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from mi_problems.reading import fields, parse
from mi_problems.reading.faults import Fault
from mi_problems.reading.rules import Rule
from mi_problems.reading.vocabulary import Code, Listed, Vocabulary
from mi_problems.registry.files import Source
from mi_problems.registry.registry import Registry

_KINDS: Mapping[str, tuple[Rule, str]] = {  # each with what names one
    "lists": (fields.LISTS, "slug"),
    "skills": (fields.SKILLS, "id"),
    "models": (fields.MODELS, "name"),
    "glossary": (fields.GLOSSARY, ""),
    "elsewhere": (fields.ELSEWHERE, ""),
}
Rows = dict[str, list[Any]]


class Whole(NamedTuple):
    """All that the files hold, as plain data; it is sound only if there is no fault."""

    beside: dict[str, Any]
    problems: list[dict[str, Any]]
    faults: list[Fault]
    numbered: int


def read(
    own: Sequence[Source],
    base: Source | Registry,
    code: Callable[[str, str | None], Code] | None = None,
) -> Whole:
    """Reads own sources beside the bundled registry, or without its problems where `base` is its source.

    What own files list of skills, models, lists and phrases is added to what the bundled ones list. Without own ones
    `base` itself is read, where an id that nobody knows is a fault. With `code`, what stands in a starter, a name or a
    constant that is not there is one, too.
    """
    faults: list[Fault] = []
    if own or not isinstance(base, Source):
        sources = own
        added, every = _with_own(own, base, faults)
    else:
        sources = [base]
        added = every = _rows(base, faults)
    vocabulary = _vocabulary(every, base, closed=not own)
    vocabulary.code = code
    found = parse.read_problems([file for one in sources for file in one.problems], vocabulary)
    beside = {
        "collection": _collection(sources, faults),
        "origins": {} if len(sources) == 1 else _origins(sources, found.files),
        "categories": found.categories,
        **(every if isinstance(base, Source) else added),
    }
    return Whole(beside, found.problems, sorted({*faults, *found.faults}), found.numbered)


def vocabulary_beside(own: Source, base: Source | Registry) -> Vocabulary:
    """What the problems of one own source may refer to."""
    _, every = _with_own([own], base, [])
    return _vocabulary(every, base, closed=False)


def _with_own(sources: Sequence[Source], base: Source | Registry, faults: list[Fault]) -> tuple[Rows, Rows]:
    """What own sources add to the rows of the bundled one, and both together; only faults of the own are told."""
    known = _rows(base, []) if isinstance(base, Source) else {kind: base.rows(kind) for kind in _KINDS}
    own = _own_rows(sources, known, isinstance(base, Source), faults)
    return own, {kind: [*known[kind], *own[kind]] for kind in _KINDS}


def _rows(source: Source, faults: list[Fault]) -> Rows:
    """What a source lists beside its problems."""
    rows: Rows = {}
    for kind, (rule, _) in _KINDS.items():
        rows[kind] = []
        if f"{kind}.yaml" in source.shared:
            rows[kind], found = parse.read_list(*source.shared[f"{kind}.yaml"], kind, rule)
            faults.extend(found)
    return rows


def _own_rows(sources: Sequence[Source], known: Rows, alone: bool, faults: list[Fault]) -> Rows:
    """What own sources add; a name that is bundled with another meaning is a fault, or takes its place with --only."""
    added: Rows = {kind: [] for kind in _KINDS}
    for source in sources:
        rows = _rows(source, faults)
        for kind, (_, name) in _KINDS.items():
            taken = {row[name]: row for row in known[kind]} if name else {}
            for row in rows[kind]:
                same = taken.get(row[name]) if name else None
                if same is None:
                    added[kind].append(row)
                elif same != row and alone:
                    known[kind] = [row if other is same else other for other in known[kind]]
                elif same != row:
                    faults.append(_taken(source.shared[f"{kind}.yaml"][0], kind, row[name]))
    return added


def _taken(file: str, kind: str, name: str) -> Fault:
    free = f"own-{name}"
    return Fault(file, 1, 1, f"{kind}: {name!r} is bundled with another meaning; call yours {free!r}, or use --only")


def _vocabulary(rows: Rows, base: Source | Registry, closed: bool) -> Vocabulary:
    beside = Registry([]) if isinstance(base, Source) else base
    return Vocabulary(
        {row["id"]: row["title"] or "" for row in rows["skills"] if row["id"]},
        frozenset(name for row in rows["models"] for name in (row["name"], *(row["aliases"] or ())) if name),
        {
            row["slug"]: Listed(row["numbered"], row["year"] or 0, row["url"] or "")
            for row in rows["lists"]
            if row["slug"]
        },
        frozenset(problem.id for problem in beside.problems),
        {one.number: one.slug for one in beside.categories if one.number is not None},
        frozenset(one.slug for one in beside.categories),
        closed,
    )


def _origins(sources: Sequence[Source], files: Mapping[str, str]) -> dict[str, Any]:
    """For each category the collection of the source that it is of."""
    of_file = {file: _collection([source], []) for source in sources for file, _ in source.problems}
    return {slug: of_file[file] for slug, file in files.items()}


def _collection(sources: Sequence[Source], faults: list[Fault]) -> dict[str, Any]:
    """The first collection that the sources describe; else one that goes by their names."""
    for source in sources:
        if "collection.yaml" in source.shared:
            collection, found = parse.read_one(*source.shared["collection.yaml"], fields.COLLECTION)
            faults.extend(found)
            return collection
    names = ", ".join(source.name for source in sources)
    return dict.fromkeys(fields.COLLECTION, "") | {"name": names, "version": "own"}
