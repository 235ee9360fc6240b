"""What people say of their experience, their machine and their time, and what it means to a dialogue."""

from __future__ import annotations

import re
from typing import NamedTuple

from mi_problems.errors import UsageFault
from mi_problems.records.terms import Compute, Level
from mi_problems.registry.filters import EXPERIENCE, MACHINES, read_compute, read_level, read_weeks

FULL_TIME = 5  # days of a week, as the cards count
_NEW = frozenset("new newcomer newbie novice noob never no none nothing starting learning first little".split())
_WITHOUT = re.compile(r"\b(?:no|not|without|lack|don t have)(?: an?| any)? (?:gpus?|cluster|machine)\b")
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "couple": 2, "three": 3, "few": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12,
}  # fmt: skip
_WEEKS = {"week": 1, "fortnight": 2, "month": 4, "year": 52}
_DAYS = {"day": 1.0, "weekend": 2.0, "evening": 0.5, "afternoon": 0.5, "morning": 0.5}
_LONGEST = 200  # characters that are looked at


class Time(NamedTuple):
    """So many weeks of unknown days each, or so many `days` altogether."""

    weeks: int = 0
    days: float = 0

    def full_time(self, days_a_week: int = FULL_TIME) -> int:
        """The weeks of full-time work that it comes to, at least 1."""
        return max(1, round((self.days or self.weeks * days_a_week) / FULL_TIME))


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text[:_LONGEST].casefold())


def level(text: str) -> Level:
    """The level that somebody says to have; the highest that is named, unless all is new. UsageFault for none."""
    try:
        return read_level(text)
    except UsageFault:
        words = set(_words(text))
        named = [one for one, known in EXPERIENCE.items() if words.intersection((*known.split(), str(one)))]
        if words & _NEW:
            return Level.BEGINNER
        if not named:
            raise
        return named[0]


def machine(text: str) -> Compute:
    """The machine that somebody says to have, the largest that is named. UsageFault for none."""
    try:
        return read_compute(text)
    except UsageFault:
        words = _words(text)
        if _WITHOUT.search(" ".join(words)):
            return Compute.LAPTOP
        named = [one for one, known in MACHINES.items() if not set(words).isdisjoint(known.split())]
        if not named:
            raise
        return named[0]


def time(text: str) -> Time:
    """`6`, `6 weeks`, `4 weekends`, `two months`; UsageFault for what is no time."""
    try:
        return Time(weeks=read_weeks(text) or 0)
    except UsageFault:
        words = [word for word in _words(text) if word != "of"]
        for count, unit in zip(["a", *words], words, strict=False):
            number = _NUMBERS.get(count, 0) or (int(count) if count.isdecimal() and len(count) < 5 else 0)
            unit = unit.removesuffix("s")  # noqa: PLW2901
            if number and unit in _WEEKS:
                return Time(weeks=number * _WEEKS[unit])
            if number and unit in _DAYS:
                return Time(days=number * _DAYS[unit])
        raise UsageFault(f"{text!r} is no time that I know", "such as 6, 4 weekends or 2 months") from None


def days_a_week(text: str) -> int:
    """The days of a week: a number from 1 to 7, or what means one. UsageFault otherwise."""
    words = _words(text)
    if set(words) & {"weekend", "weekends"}:
        return 2
    if "full" in words:
        return FULL_TIME
    number = next(
        (_NUMBERS.get(word, 0) or (int(word) if word.isdecimal() and len(word) < 3 else 0) for word in words), 0
    )
    if not 1 <= number <= 7:
        raise UsageFault(f"{text!r} is no number of days", "from 1 to 7; 5 is full-time")
    return number
