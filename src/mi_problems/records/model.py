"""The typed records of a registry, made here out of checked plain data and nowhere else. Their text is clean.

They are named tuples: immutable like frozen dataclasses, at a tenth of the cost at start-up, where each frozen
dataclass with slots adds 2 % to `import typer`. For the same reason a problem keeps its card as JSON text until asked,
and annotations are not postponed: every postponed one is compiled when a class or a command is made.
"""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from mi_problems.clean import cleaned, json_text
from mi_problems.records.terms import MEANING, Basis, Compute, Difficulty, Level, Reach, Status, id_key, plural

Plain = Mapping[str, Any]
_RECORD = (
    "id", "title", "category", "section", "difficulty", "levels", "difficulty_basis", "starred", "status", "listed",
    "gist", "summary", "first_steps", "done_when", "skills", "models", "compute", "weeks", "keywords", "questions",
    "related", "starter", "reach", "url", "catalogue", "follow_ups",
)  # fmt: skip
_BASIS = {str(member): member for member in Basis}  # a lookup takes a tenth of a call of the enumeration
_STATUS = {str(member): member for member in Status}
_COMPUTE = {str(member): member for member in Compute}
_REACH = {str(member): member for member in Reach}


class FollowUp(NamedTuple):
    """One later work on a problem: what it is to the problem (`relation`) and what it leaves open (`note`).

    `confidence` is `seen` when an abstract or page was read, `title` when only title and link were.
    """

    title: str
    url: str
    year: int | None
    relation: str
    note: str
    confidence: str


class Card(NamedTuple):
    """What a reader needs to decide and to start. `listed` and `gist` say in a line what the list of 2022 asks for."""

    listed: str
    gist: str
    summary: str
    first_steps: tuple[str, ...]
    done_when: str
    models: tuple[str, ...]
    keywords: tuple[str, ...]
    questions: tuple[str, ...]
    related: tuple[str, ...]
    follow_ups: tuple[FollowUp, ...]
    url: str

    @property
    def newest_first(self) -> list[FollowUp]:
        """The follow-ups by year, those without a year last."""
        return sorted(self.follow_ups, key=lambda work: -(work.year or 0))


class Problem(NamedTuple):
    """One problem: what is needed to list and choose it, and the whole as `record`, its JSON in UTF-8."""

    id: str
    title: str
    category: str
    section: str
    difficulty: Difficulty
    difficulty_basis: Basis
    starred: bool | None
    status: Status
    skills: tuple[str, ...]
    compute: Compute
    weeks: tuple[int, int]
    starter: str
    reach: Reach
    catalogue: str | None
    record: bytes

    @property
    def levels(self) -> tuple[Level, ...]:
        return self.difficulty.levels

    @property
    def rating(self) -> str:
        """The difficulty as it is shown: an estimate carries a `~`."""
        return f"~{self.difficulty}" if self.difficulty_basis is Basis.ESTIMATED else str(self.difficulty)

    @property
    def key(self) -> tuple[int, int, str]:
        return id_key(self.id)

    @property
    def span(self) -> str:
        """The weeks in words: `1 week`, `2 to 4 weeks`."""
        low, high = self.weeks
        return plural(high, "week") if low == high else f"{low} to {high} weeks"

    @property
    def standing(self) -> str:
        """What the status means for this problem: works may be near an open one, and answer none of it."""
        if self.status is Status.OPEN and self.card.follow_ups:
            return "nothing known answers it"
        return MEANING[self.status]

    @property
    def card(self) -> Card:
        return _card(self.record)


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


class Category(NamedTuple):
    """One post of the sequence."""

    number: int
    slug: str
    title: str
    post: str
    url: str
    motivation: str
    progress: str
    begin: str
    skills: tuple[str, ...]
    resources: tuple[Resource, ...]
    superseded: tuple[Superseded, ...]


class Collection(NamedTuple):
    """The list as a whole: whose it is, when it was written and how far to trust it today."""

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


def record_of(row: Plain) -> bytes:
    """The JSON of a problem as every `--json` prints it, from the plain data of parsing."""
    difficulty = Difficulty(*row["difficulty"])
    works = [{name: work[name] for name in FollowUp._fields} for work in row["follow_ups"]]
    whole = {**row, "difficulty": str(difficulty), "levels": difficulty.levels, "follow_ups": works}
    return json_text({name: whole[name] for name in _RECORD}).encode()


def head_of(row: Plain) -> list[Any]:
    """The fields of a `Problem` but the last, as plain data in their order, their text clean."""
    return [cleaned(row[name]) for name in Problem._fields[:-1]]


def problem_of(head: Sequence[Any], record: bytes) -> Problem:
    """A problem from its head and record; TypeError, ValueError or KeyError if they are not of that form."""
    (
        identifier, title, category, section, rating, basis, starred, status,
        skills, compute, weeks, starter, reach, catalogue,
    ) = head  # fmt: skip
    return Problem(
        identifier, title, category, section, Difficulty(*rating), _BASIS[basis], starred, _STATUS[status],
        tuple(skills), _COMPUTE[compute], (weeks[0], weeks[1]), starter, _REACH[reach], catalogue, record,
    )  # fmt: skip


@lru_cache(maxsize=4096)
def _card(record: bytes) -> Card:
    row = cleaned(json.loads(record))
    row["follow_ups"] = [FollowUp(**work) for work in row["follow_ups"]]
    return Card._make(tuple(row[name]) if isinstance(row[name], list) else row[name] for name in Card._fields)


def category_of(row: Plain) -> Category:
    return Category(
        **{
            **row,
            "skills": tuple(row["skills"]),
            "resources": tuple(Resource(**item) for item in row["resources"]),
            "superseded": tuple(Superseded(**item) for item in row["superseded"]),
        }
    )


def model_of(row: Plain) -> Model:
    return Model(**{**row, "aliases": tuple(row["aliases"])})
