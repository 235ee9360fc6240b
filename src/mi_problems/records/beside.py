"""What stands beside the problems: lists that state them, categories, skills, models, and the registry as a whole."""

from collections.abc import Mapping
from typing import Any, NamedTuple

Plain = Mapping[str, Any]


class Resource(NamedTuple):
    """Something to read or use, and why."""

    kind: str
    title: str
    url: str
    why: str


class Superseded(NamedTuple):
    """A framing of 2022 and what has replaced it."""

    framing: str
    now: str
    url: str | None


class Link(NamedTuple):
    """A title and where it leads."""

    title: str
    url: str


class Category(NamedTuple):
    """Problems that belong together, and the page about them.

    `number` is that of their ids, None where ids begin with the slug. `post` and `url` name the post that lists them,
    where there is one; `source` is the list that states every one of them that names no other.
    """

    number: int | None
    slug: str
    title: str
    post: str | None
    url: str | None
    source: str | None
    motivation: str
    progress: str
    begin: str
    contested: str
    contested_links: tuple[Link, ...]
    skills: tuple[str, ...]
    resources: tuple[Resource, ...]
    superseded: tuple[Superseded, ...]


class SourceList(NamedTuple):
    """A list that states problems: whose it is, of when, how much of it there is, and how far to trust it.

    `published` is its date in words, `year` the year that counts; `items` says how many problems it has in all and
    `here` how many of them are in this registry, where that was counted. `numbered` tells whether it prints numbers, so
    that `slug:17` names its 17th.
    """

    slug: str
    name: str
    author: str
    published: str
    year: int
    url: str
    items: str
    here: int | None
    numbered: bool
    caveat: str

    @property
    def dated(self) -> str:
        """`Neel Nanda, August 2026`."""
        return f"{self.author}, {self.published}"


class Collection(NamedTuple):
    """A registry as a whole: whose it is, when it was written and how far to trust it today."""

    name: str
    author: str
    url: str
    published: str
    caveat: str
    version: str
    as_of: str

    @property
    def dated(self) -> str:
        """` as of November 2026`, or nothing where the registry has no date."""
        return f" as of {self.as_of}" if self.as_of else ""


class Skill(NamedTuple):
    """A term of the closed list: one line on its meaning and a place to learn it."""

    id: str
    title: str
    meaning: str
    learn: str
    url: str


class Model(NamedTuple):
    """A model that a card may name. `parameters` in millions and `download_mb` are approximate; None is unknown."""

    name: str
    aliases: tuple[str, ...]
    parameters: float | None
    download_mb: int | None
    url: str | None

    @property
    def legacy(self) -> bool:
        """Whether it is kept in TransformerLens' own old format, which wants the full name and `boot_tl_legacy`."""
        return self.name.startswith(("NeelNanda/", "ArthurConmy/", "Baidicoot/"))


def category_of(row: Plain) -> Category:
    return Category(
        **{
            **row,
            "skills": tuple(row["skills"]),
            "contested_links": tuple(Link(**item) for item in row["contested_links"]),
            "resources": tuple(Resource(**item) for item in row["resources"]),
            "superseded": tuple(Superseded(**item) for item in row["superseded"]),
        }
    )


def model_of(row: Plain) -> Model:
    return Model(**{**row, "aliases": tuple(row["aliases"])})
