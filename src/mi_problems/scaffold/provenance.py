"""What a generated repository says of itself: mip.json, with a hash of each file as it was written.

The hashes tell a file that somebody has edited from one that may be replaced. Version 0.1 wrote none: what it wrote is
known by a list of hashes of all its files for all its problems, with the options left as they were.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from mi_problems import __version__
from mi_problems.errors import UsageFault
from mi_problems.escapes import json_document
from mi_problems.records.problem import Problem
from mi_problems.registry.bundle import data_text
from mi_problems.registry.registry import Registry
from mi_problems.scaffold.disk import digest
from mi_problems.scaffold.names import checked_author, checked_name

NAME = "mip.json"
LICENSES = {"none": "", "mit": "MIT", "apache-2.0": "Apache-2.0"}
_BEFORE_HASHES = "written-by-0.1.txt"
_SHORT = 12  # hexadecimal digits of a hash in that list


class Options(NamedTuple):
    """What shapes a repository besides the problem. `name` is the project's name, not its folder."""

    name: str
    author: str = ""
    license: str = "none"
    notebook: bool = False


class CardThen(NamedTuple):
    """What the card said when the repository was made: its status, the addresses of its works, its first steps."""

    status: str
    works: tuple[str, ...]
    first_steps: tuple[str, ...]


class Provenance(NamedTuple):
    """What mip.json says. `hashes` has a hash for each file; it is empty, and `card` None, where 0.1 wrote it."""

    id: str
    title: str
    options: Options
    card: CardThen | None
    hashes: Mapping[str, str]

    def wrote(self, path: str, content: bytes) -> bool:
        """Whether the file is as it was written. Ends of lines do not count."""
        if not self.hashes:
            return digest(content)[:_SHORT] in data_text(_BEFORE_HASHES).split()
        if path == NAME:
            content = content.replace(self.hashes.get(NAME, "-").encode(), b"", 1)
        return digest(content) == self.hashes.get(path)


def card_now(problem: Problem) -> CardThen:
    """What the card says today."""
    works = tuple(work.url for work in problem.card.newest_first)
    return CardThen(str(problem.status), works, tuple(problem.card.first_steps))


def document(
    problem: Problem, registry: Registry, options: Options, generated: Mapping[str, str], files: Mapping[str, str]
) -> str:
    """The text of mip.json for a repository of these files, its experiment of the `generated` parts.

    Its own hash is that of the text with `""` in its place.
    """
    collection, stated = registry.collection_of(problem), registry.sources_of(problem)
    hashes = {path: digest(content.encode()) for path, content in files.items()}
    record = {
        "id": problem.id,
        "title": problem.title,
        "collection": stated[0][0].name if stated else collection.name,
        "starter": problem.starter,
        "reach": problem.reach,
        "data_version": collection.version,
        "tool_version": __version__,
        "options": options._asdict(),
        "generated": generated,
        "card": card_now(problem)._asdict(),
        "files": hashes | {NAME: ""},
    }
    record["files"] = hashes | {NAME: digest(json_document(record).encode())}
    return json_document(record)


def read(content: bytes | None) -> Provenance | None:
    """What a mip.json says, or None for one that is not there, cannot be read, or was changed into something else."""
    try:
        record = json.loads(content or b"")
        chosen = record["options"]
        options = Options(
            checked_name(chosen["name"]),
            checked_author(chosen["author"]),
            {name: name for name in LICENSES}[chosen["license"]],
            chosen.get("notebook") is True,
        )
        hashes = {str(path): str(value) for path, value in record.get("files", {}).items()}
        return Provenance(str(record["id"]), str(record["title"]), options, _card(record.get("card")), hashes)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, UsageFault):
        return None


def _card(record: Any) -> CardThen | None:
    if record is None:
        return None
    return CardThen(str(record["status"]), tuple(map(str, record["works"])), tuple(map(str, record["first_steps"])))
