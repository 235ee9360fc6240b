"""A problem and its card, made here out of checked plain data and nowhere else. Their text is clean.

They are named tuples: immutable like frozen dataclasses, at a tenth of the cost at start-up, where each frozen
dataclass with slots adds 2 % to `import typer`. For the same reason a problem keeps its card as JSON text until asked,
and annotations are not postponed: every postponed one is compiled when a class or a command is made.
"""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from mi_problems.clean import cleaned, json_text
from mi_problems.records.terms import (
    ANSWERING,
    DIFFICULTIES,
    LEVELS,
    MEANING,
    Basis,
    Compute,
    Difficulty,
    Level,
    Reach,
    Status,
    id_key,
    plural,
)

Plain = Mapping[str, Any]
RECORD = (
    "id", "title", "category", "section", "difficulty", "levels", "difficulty_basis", "starred", "status", "listed",
    "gist", "summary", "first_steps", "done_when", "skills", "models", "compute", "weeks", "keywords", "questions",
    "related", "starter", "reach", "settings", "url", "catalogue", "follow_ups", "sources",
)  # fmt: skip
_BASIS = {str(member): member for member in Basis}  # a lookup takes a tenth of a call of the enumeration
_STATUS = {str(member): member for member in Status}
_COMPUTE = {str(member): member for member in Compute}
_REACH = {str(member): member for member in Reach}


UNRATED = "-"  # what stands for the rating of a problem that has none


class Stated(NamedTuple):
    """Where a problem is stated: the slug of the list, and the number that the list prints for it, if it prints any."""

    list: str
    number: str | None

    def __str__(self) -> str:
        return f"{self.list}:{self.number}" if self.number else self.list


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
    """What a reader needs to decide and to start. `listed` is how the list names it, `gist` the problem in a line."""

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
    settings: Plain | None = None

    @property
    def newest_first(self) -> list[FollowUp]:
        """The follow-ups by year, those without a year last."""
        return sorted(self.follow_ups, key=lambda work: -(work.year or 0))


class Problem(NamedTuple):
    """One problem: what is needed to list and choose it, and where the whole is `stored`, its JSON in UTF-8.

    `sources` are the lists that state it, `year` the first year in which one did, `newest` that of the newest work.
    An own problem may be without rating (`difficulty`, and then `difficulty_basis`), machine or weeks.
    """

    id: str
    title: str
    category: str
    section: str
    difficulty: Difficulty | None
    difficulty_basis: Basis | None
    starred: bool | None
    status: Status
    skills: tuple[str, ...]
    compute: Compute | None
    weeks: tuple[int, int] | None
    starter: str | None
    reach: Reach | None
    catalogue: str | None
    sources: tuple[Stated, ...]
    year: int | None
    newest: int | None
    stored: bytes | memoryview

    def __reduce__(self) -> tuple[Any, ...]:
        """Copies and pickles hold bytes."""
        return Problem, (*self[:-1], self.record)

    @property
    def record(self) -> bytes:
        """The whole as JSON in UTF-8."""
        return bytes(self.stored)

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels that it finds; one without a rating finds every level."""
        return self.difficulty.levels if self.difficulty else LEVELS

    @property
    def rating(self) -> str:
        """The difficulty as it is shown: an estimate carries a `~`."""
        return f"{'~' if self.estimated else ''}{self.difficulty}" if self.difficulty else UNRATED

    @property
    def estimated(self) -> bool:
        """Whether it has a difficulty, and that is estimated."""
        return self.difficulty is not None and self.difficulty_basis is Basis.ESTIMATED

    @property
    def name(self) -> str:
        """How the names of its repositories begin: `mip-4-10`, which no spreadsheet takes for a number."""
        return f"mip-{self.id.replace('.', '-')}"

    @property
    def key(self) -> tuple[int, str, int, str]:
        return id_key(self.id)

    @property
    def span(self) -> str:
        """The weeks in words: `1 week`, `2 to 4 weeks`; empty where they are not known."""
        if not self.weeks:
            return ""
        low, high = self.weeks
        return plural(high, "week") if low == high else f"{low} to {high} weeks"

    @property
    def standing(self) -> str:
        """What the status means for this problem: works may be near an open one, and answer none of it."""
        if self.status is Status.OPEN and self.card.follow_ups:
            return "nothing known answers it"
        return MEANING[self.status]

    @property
    def left(self) -> str:
        """What is left to do, as far as known: the note of the newest work that answers a part, which says so."""
        work = next((work for work in self.card.newest_first if work.relation in ANSWERING and work.note), None)
        if self.status is Status.OPEN or work is None:
            return f"all of it: {self.standing}" if self.status is Status.OPEN else self.standing
        whose = "" if work == self.card.newest_first[0] else f"{work.title} ({work.year or 'n.d.'}): "
        return f"{whose}{work.note}"

    @property
    def written(self) -> bool:
        """Whether the card says how to begin; of a problem just noted down there is only a title and a summary."""
        return bool(self.card.first_steps)

    @property
    def card(self) -> Card:
        return _card(self.record)


def record_of(row: Plain) -> bytes:
    """The JSON of a problem as every `--json` prints it, from the plain data of parsing."""
    difficulty = Difficulty(*row["difficulty"]) if row["difficulty"] else None
    works = [{name: work[name] for name in FollowUp._fields} for work in row["follow_ups"]]
    whole = {
        **row,
        "difficulty": str(difficulty) if difficulty else None,
        "levels": difficulty.levels if difficulty else LEVELS,
        "follow_ups": works,
        "sources": [Stated(*stated)._asdict() for stated in row["sources"]],
    }
    return json_text({name: whole[name] for name in RECORD}).encode()


def head_of(row: Plain) -> list[Any]:
    """The fields of a `Problem` but the last, as plain data in their order, their text clean."""
    newest = max((work["year"] or 0 for work in row["follow_ups"]), default=0) or None
    rating = str(Difficulty(*row["difficulty"])) if row["difficulty"] else None
    return [cleaned({**row, "newest": newest, "difficulty": rating}[name]) for name in Problem._fields[:-1]]


def problem_of(head: Sequence[Any], record: bytes | memoryview) -> Problem:
    """A problem from its head and record; TypeError, ValueError or KeyError if they are not of that form."""
    (
        identifier, title, category, section, rating, basis, starred, status, skills, compute, weeks, starter, reach,
        catalogue, sources, year, newest,
    ) = head  # fmt: skip
    return Problem._make((
        identifier, title, category, section, rating and DIFFICULTIES[rating], basis and _BASIS[basis], starred,
        _STATUS[status], tuple(skills), compute and _COMPUTE[compute], weeks and tuple(weeks), starter,
        reach and _REACH[reach], catalogue, tuple(map(Stated._make, sources)), year, newest, record,
    ))  # fmt: skip


@lru_cache(maxsize=4096)
def _card(record: bytes) -> Card:
    row = cleaned(json.loads(record))
    row["follow_ups"] = [FollowUp(**work) for work in row["follow_ups"]]
    return Card._make(tuple(row[name]) if isinstance(row[name], list) else row[name] for name in Card._fields)
