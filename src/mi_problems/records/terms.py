"""The words of the registry: levels, difficulties, status, compute, reach, counts, and the order of ids."""

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from typing import NamedTuple

WORD = r"[a-z](?:[a-z0-9]|-(?=[a-z0-9])){0,39}"  # a slug, and what an own id may begin with
ID = rf"([0-9]{{1,3}}|{WORD})\.([0-9]{{1,6}})([a-z]?)"
FIRST_OWN = 100  # own categories with a number begin here
LETTERS = "ABCD"
SCRATCH = "trained from scratch"
STARTERS = (
    "induction",
    "ioi",
    "modadd",
    "superposition",
    "dynamics",
    "detectors",
    "vision",
    "gridworld",
    "charlm",
    "auditing",
    "sae",
    "probe",
    "diffing",
    "reasoning",
    "reader",
    "transcoder",
    "computation",
)
RELATIONS = ("answers", "extends", "replicates", "background", "tool")
ANSWERING = ("answers", "extends", "replicates")  # what a problem needs one of to be active


def word_count(words: Sequence[str]) -> int:
    """How many words these are that stand between blanks: two characters each where a script writes none between."""
    if all(map(str.isascii, words)):
        return len(words)
    return sum(max(1, (sum(map(len, _unspaced().findall(word))) + 1) // 2) for word in words)


@cache
def _unspaced() -> re.Pattern[str]:
    """Runs of Thai, Lao, Burmese, Khmer, kana and Han: what is written without blanks between words."""
    return re.compile(
        r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
        r"\uf900-\ufaff\U00020000-\U0003ffff]+"
    )


def plural(number: int, noun: str) -> str:
    """`1 problem`, `2 problems`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


class Level(StrEnum):
    """How much experience a problem asks for; each is one letter of the source."""

    BEGINNER = "beginner"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"
    EXPERT = "expert"

    @property
    def letter(self) -> str:
        return LETTERS[LEVELS.index(self)]


LEVELS = tuple(Level)  # which an enumeration makes anew each time


class Status(StrEnum):
    """What is known of follow-up work at the data's date. Open is never proof of absence."""

    OPEN = "open"
    ACTIVE = "active"
    ADDRESSED = "addressed"


class Compute(StrEnum):
    """The machine that the problem asks for."""

    LAPTOP = "laptop"
    GPU = "gpu"
    CLUSTER = "cluster"


MEANING: dict[str, str] = {
    Level.BEGINNER: "days to two weeks; no research experience needed",
    Level.INTERMEDIATE: "weeks; you have replicated something",
    Level.ADVANCED: "a month or more; you have done a project of your own",
    Level.EXPERT: "ambitious and ill-defined; you choose what it means",
    Status.OPEN: "no follow-up known",
    Status.ACTIVE: "partly addressed",
    Status.ADDRESSED: "a later work substantially answers it: extend or replicate",
    Compute.LAPTOP: "no GPU",
    Compute.GPU: "one GPU, for models of billions of parameters",
    Compute.CLUSTER: "several GPUs",
}


class Basis(StrEnum):
    """Where a difficulty comes from: read in a public copy of the source, or our own estimate."""

    PUBLISHED = "published"
    ESTIMATED = "estimated"


class Reach(StrEnum):
    """How far the generated starter carries towards the problem."""

    SMALL = "small"
    PRETRAINED = "pretrained"
    WARM_UP = "warm-up"


def id_key(text: str) -> tuple[int, str, int, str]:
    """The natural order of ids: 4.2 before 4.10, 2.25 before 2.25b before 2.26, and words after numbers."""
    match = re.fullmatch(ID, text)
    if not match:
        raise ValueError(f"not a problem id: {text!r}")
    number = match[1].isdigit()
    return int(match[1]) if number else 1000, "" if number else match[1], int(match[2]), match[3]


class Difficulty(NamedTuple):
    """A letter A to D or a range of them; `low` and `high` are positions 0 to 3."""

    low: int
    high: int

    @classmethod
    def parse(cls, text: str) -> "Difficulty":
        """`B` or `B-C`, any case, an estimate's `~` allowed; ValueError for anything else or a range upside down."""
        match = re.fullmatch(r"~?([a-d])(?:\s*[-\u2013]\s*([a-d]))?", text.strip().casefold())
        if not match:
            raise ValueError(f"{text!r} is not a letter A to D or a range such as B-C")
        low, high = LETTERS.index(match[1].upper()), LETTERS.index((match[2] or match[1]).upper())
        if low > high:
            raise ValueError(f"the range {text!r} is upside down; write {LETTERS[high]}-{LETTERS[low]}")
        return cls(low, high)

    def __str__(self) -> str:
        return LETTERS[self.low] if self.low == self.high else f"{LETTERS[self.low]}-{LETTERS[self.high]}"

    @property
    def levels(self) -> tuple[Level, ...]:
        """Every level that the range spans."""
        return LEVELS[self.low : self.high + 1]


DIFFICULTIES = {str(one): one for one in (Difficulty(low, high) for high in range(4) for low in range(high + 1))}
"""Every difficulty by its text."""
