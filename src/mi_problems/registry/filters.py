"""Choosing problems by what is asked of them, and saying which wish left nothing."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from mi_problems.errors import UsageFault, nearest
from mi_problems.records.problem import Problem
from mi_problems.records.terms import Compute, Difficulty, Level, Status, plural
from mi_problems.records.typed import match_word
from mi_problems.registry.registry import Registry


class Criterion(NamedTuple):
    """One flag with its values, as it was asked, and the test it makes of a problem.

    A criterion that holds unless a flag is given has no flag of its own, and names that one in `relaxed`.
    """

    flag: str
    keeps: Callable[[Problem], bool]
    relaxed: str = ""


_LAST = (10**6, 10**6)
SORTS: dict[str, Callable[[Problem], Any]] = {
    "id": lambda problem: problem.key,
    "difficulty": lambda problem: (problem.difficulty or _LAST, problem.key),
    "title": lambda problem: (problem.title.casefold(), problem.key),
    "status": lambda problem: (list(Status).index(problem.status), problem.key),
    "newest": lambda problem: (-(problem.newest or 0), problem.key),
    "weeks": lambda problem: (problem.weeks or _LAST, problem.key),
}

SPOKEN = {
    "--level": "at another level", "--compute": "on a bigger machine", "--weeks": "with more weeks",
    "--category": "outside that category", "--status": "of another status", "--starred": "without a star",
    "--like": "less like it", "--not": "seen before", "--mine": "with another mark",
    "--include-addressed": "already answered", "--no-marks": "behind you",
}  # fmt: skip
"""What it means to a person to relax a flag, or to give it."""

EXPERIENCE = {
    Level.EXPERT: "postdoc professor faculty",
    Level.ADVANCED: "phd doctoral doctorate researcher",
    Level.INTERMEDIATE: "graduate grad master masters msc engineer developer programmer",
    Level.BEGINNER: "undergrad undergraduate bachelor bachelors bsc student school hobbyist",
}
"""What people call themselves, by the level that it means."""
MACHINES = {
    Compute.CLUSTER: "cluster slurm gpus a100s h100s supercomputer",
    Compute.GPU: "gpu colab kaggle cuda nvidia rtx t4 a100 h100 v100 3090 4090",
    Compute.LAPTOP: "laptop cpu macbook mac notebook desktop pc computer",
}
"""What people call their machines, by what it means."""
_MOST_WAYS = 4
_FEW = 3  # problems that are named rather than counted alone


def read_level(word: str) -> Level:
    """A level by letter, name or beginning of a name, or by what people of that level call themselves."""
    letters = {level.letter: level for level in Level}
    return letters.get(word.strip().upper()) or Level(match_word(word, tuple(Level), "level", _meant(EXPERIENCE)))


def read_compute(word: str) -> Compute:
    """A machine by name or beginning of a name, or as people call theirs; `none` and `no gpu` are a laptop."""
    others = _meant(MACHINES) | dict.fromkeys(("none", "no-gpu"), Compute.LAPTOP)
    return Compute(match_word(word, tuple(Compute), "compute", others))


def _meant(words: Mapping[Level, str] | Mapping[Compute, str]) -> dict[str, str]:
    """Each word with what it means; a number may be a mistake, so that none is among them."""
    return {word: meaning for meaning, those in words.items() for word in those.split() if not word.isdecimal()}


def read_weeks(word: str | None) -> int | None:
    """A number of weeks, from 1: `6`, `6 weeks` or `1 week`; None for None."""
    if word is None:
        return None
    match = re.fullmatch(r"([0-9]{1,6})\s*(w|weeks?)?", word.strip().casefold())
    if not match or int(match[1]) < 1:
        raise UsageFault(f"weeks: {word!r} is not a whole number from 1", "such as 6")
    return int(match[1])


def read_difficulty(word: str) -> Difficulty:
    try:
        return Difficulty.parse(word)
    except ValueError as error:
        close = nearest(word.strip(), tuple(Level), 1) if len(word.strip()) > 1 else []
        hint = f"did you mean {Level(close[0]).letter}, or --level {close[0]}?" if close else ""
        raise UsageFault(f"unknown difficulty: {error}", hint) from None


def _categories(registry: Registry, words: Sequence[str]) -> Criterion:
    wanted = {registry.category(word).slug for word in words if not word.startswith("!")}
    banned = {registry.category(word[1:]).slug for word in words if word.startswith("!")}
    flag = flags("--category", words)
    return Criterion(flag, lambda p: (not wanted or p.category in wanted) and p.category not in banned)


def criteria(
    registry: Registry,
    categories: Sequence[str] | None = None,
    levels: Sequence[str] | None = None,
    difficulties: Sequence[str] | None = None,
    statuses: Sequence[str] | None = None,
    skills: Sequence[str] | None = None,
    starred: bool = False,
    machines: Sequence[str] | None = None,
    sources: Sequence[str] | None = None,
    since: int | None = None,
    weeks: int | None = None,
) -> list[Criterion]:
    """The flags of `list` as criteria; UsageFault for a word that names nothing.

    The values of one flag are alternatives, different flags must all hold. A difficulty is matched exactly (`B` is not
    `B-C`), a level also by every range that spans it.
    """
    found: list[Criterion] = []
    if categories:
        found.append(_categories(registry, categories))
    if levels:
        wanted = {read_level(word) for word in levels}
        found.append(Criterion(flags("--level", sorted(wanted)), lambda p: not wanted.isdisjoint(p.levels)))
    if difficulties:
        ratings = {read_difficulty(word) for word in difficulties}
        found.append(Criterion(flags("--difficulty", map(str, sorted(ratings))), lambda p: p.difficulty in ratings))
    if statuses:
        states = {Status(match_word(word, tuple(Status), "status")) for word in statuses}
        found.append(Criterion(flags("--status", sorted(states)), lambda p: p.status in states))
    if skills:
        needed = {registry.skill(word) for word in skills}
        found.append(Criterion(flags("--skill", sorted(needed)), lambda p: not needed.isdisjoint(p.skills)))
    if starred:
        found.append(Criterion("--starred", lambda p: p.starred is True))
    if machines:
        allowed = {read_compute(word) for word in machines}
        found.append(Criterion(flags("--compute", sorted(allowed)), lambda p: p.compute in allowed))
    if sources:
        lists = {registry.source(word).slug for word in sources}
        flag = flags("--source", sorted(lists))
        found.append(Criterion(flag, lambda p: any(stated.list in lists for stated in p.sources)))
    if since is not None:
        found.append(Criterion(f"--since {since}", lambda p: p.year is not None and p.year >= since))
    if weeks is not None:
        found.append(within(weeks))
    return found


def within(weeks: int) -> Criterion:
    """Those whose longest estimate fits, and those without one."""
    return Criterion(f"--weeks {weeks}", lambda p: p.weeks is None or p.weeks[1] <= weeks)


def flags(name: str, values: Iterable[str]) -> str:
    """`--level advanced --level expert`."""
    return " ".join(f"{name} {value}" for value in values)


def select(problems: Iterable[Problem], wanted: Sequence[Criterion]) -> list[Problem]:
    """The problems that meet every criterion."""
    return [problem for problem in problems if all(criterion.keeps(problem) for criterion in wanted)]


def ordered(problems: list[Problem], key: str) -> list[Problem]:
    """The problems, given in order of ids, by a key of `SORTS`."""
    return problems if key == "id" else sorted(problems, key=SORTS[key])


def why_empty(problems: Sequence[Problem], wanted: Sequence[Criterion], spoken: bool = False) -> str:
    """One line: what was asked, and the fewest flags to relax, each with how many problems that brings.

    Problems that meet every criterion, where the caller held them back, are counted with those that a way brings.
    `spoken` is for a person who typed no flags.
    """
    asked = "all of that" if spoken else " ".join(criterion.flag for criterion in wanted if criterion.flag)
    return "; ".join([f"no problem fits {asked}".rstrip(), *ways_out(problems, wanted, spoken)])


def ways_out(problems: Sequence[Problem], wanted: Sequence[Criterion], spoken: bool = False) -> list[str]:
    """The fewest flags to relax for one of these problems to fit, each with how many that brings, and which if few."""
    missed: dict[tuple[Criterion, ...], list[str]] = {}
    for problem in problems:
        missed.setdefault(tuple(one for one in wanted if not one.keeps(problem)), []).append(problem.id)
    fitting = missed.pop((), [])
    fewest = min(map(len, missed), default=0)
    relaxed = _in_words if spoken else _relaxed
    ways = [(relaxed(failed), [*fitting, *found]) for failed, found in missed.items() if len(failed) == fewest]
    ways.sort(key=lambda way: -len(way[1]))
    told: list[str] = []
    for way, found in ways[:_MOST_WAYS]:
        count = str(len(found)) if told else plural(len(found), "problem")
        names = f" ({', '.join(found)})" if len(found) <= _FEW else ""
        told.append(f"{way}: {count}{names}")
    return told


def _relaxed(failed: Sequence[Criterion]) -> str:
    """`without --starred and --level expert`."""
    dropped = " and ".join(criterion.flag for criterion in failed if criterion.flag)
    added = [criterion.relaxed for criterion in failed if criterion.relaxed]
    return " and ".join([*([f"without {dropped}"] if dropped else []), *added])


def _in_words(failed: Sequence[Criterion]) -> str:
    """`at another level and with more weeks`."""
    return " and ".join(SPOKEN[(one.flag or one.relaxed.removeprefix("with ")).split()[0]] for one in failed)
