"""From a person's answers, in words, to picks: the one way for the command and for the interview."""

import shlex
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from mi_problems.picking.recommend import Pick, Wishes, choose, constraints, neighbours
from mi_problems.progress.entries import DONE, DROPPED, SAVED, STARTED
from mi_problems.progress.marks import Mark, criterion
from mi_problems.records.typed import dashed
from mi_problems.registry.filters import Criterion, criteria, flags, read_compute, read_level, select, ways_out
from mi_problems.registry.registry import Registry

BEHIND = (STARTED, DONE, DROPPED)
AT_ALL = "with --no-marks"  # what brings back those that are left out for their marks
_RELEVANT = 0.25  # of the best hit of an interest


class Answers(NamedTuple):
    """What was asked for, as it was typed; `shown` are ids of earlier draws, not to be picked again."""

    level: str | None = None
    interests: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    compute: str | None = None
    weeks: int | None = None
    know: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    like: str | None = None
    number: int = 3
    seed: int = 0
    include_addressed: bool = False
    shown: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    starred: bool = False
    mine: tuple[str, ...] = ()
    who: str = ""
    no_marks: bool = False

    def command(self) -> str:
        """The command line that gives the same picks again."""
        words = ["mip", "pick"]
        single = {"--level": self.level, "--like": self.like, "--compute": self.compute, "--weeks": self.weeks}
        single |= {"--who": self.who or None}
        for flag, value in single.items():
            words += [flag, str(value)] if value is not None else []
        lists = {
            "--interest": self.interests,
            "--category": self.categories,
            "--status": self.statuses,
            "--know": self.know,
            "--mine": self.mine,
            "--not": (*self.exclude, *self.shown),
        }
        for flag, values in lists.items():
            for value in values:
                words += [flag, value]
        words += ["--starred"] if self.starred else []
        words += ["--count", str(self.number)] if self.number != 3 else []
        words += ["--seed", str(self.seed)]
        words += ["--include-addressed"] if self.include_addressed else []
        words += ["--no-marks"] if self.no_marks else []
        return shlex.join(words)


def draw(registry: Registry, answers: Answers, own: Mapping[str, Mark] = {}) -> tuple[list[Pick], list[Criterion], str]:
    """The picks, the criteria they meet, and a line where an interest is missed.

    `own` are the marks of the person, by id. What is started, done or dropped is left out, unless `answers.mine` says
    which marks are wanted. UsageFault or UnknownProblem for an answer that names nothing.
    """
    liked = registry.problem(answers.like) if answers.like is not None else None
    near = neighbours(registry, liked, 40) if liked else []
    nearest = near[:12]
    wishes = Wishes(
        level=read_level(answers.level) if answers.level is not None else None,
        compute=read_compute(answers.compute) if answers.compute is not None else None,
        weeks=answers.weeks,
        know=frozenset(registry.skill(word) for word in answers.know),
        exclude=frozenset(registry.problem(text).id for text in (*answers.exclude, *answers.shown)),
        include_addressed=answers.include_addressed or bool(answers.statuses),
        relevance=_relevance(registry, answers.interests),
        like=liked.id if liked else "",
        saved=frozenset(identifier for identifier, mark in own.items() if mark.state == SAVED),
        likeness={problem.id: 1 - place / len(nearest) for place, problem in enumerate(nearest)},
    )
    asked = criteria(registry, answers.categories, statuses=answers.statuses, starred=answers.starred)
    wanted = [*asked, *constraints(wishes), *by_marks(answers, own)]
    if liked:
        ids = {problem.id for problem in near}
        wanted.append(Criterion(f"--like {liked.id}", lambda p: p.id in ids))
    picks = choose(registry, wanted, wishes, answers.seed, answers.number)
    if wishes.exclude:
        wanted.append(Criterion(flags("--not", sorted(wishes.exclude)), lambda p: p.id not in wishes.exclude))
    notice = _missed(registry, answers, wishes, wanted) if picks and answers.interests else ""
    return picks, wanted, notice


def by_marks(answers: Answers, own: Mapping[str, Mark]) -> list[Criterion]:
    """What marks ask of a pick."""
    if answers.mine:
        return [criterion(answers.mine, own)]
    behind = {identifier for identifier, mark in own.items() if mark.state in BEHIND}
    return [Criterion("", lambda p: p.id not in behind, AT_ALL)] if behind else []


def touched(registry: Registry, wanted: Sequence[Criterion], own: Mapping[str, Mark]) -> list[Mark]:
    """The marks on problems that meet every other criterion: those that had a part in the picks."""
    if not own:
        return []
    others = [one for one in wanted if one.relaxed != AT_ALL]
    return [own[p.id] for p in select(registry.problems, others) if p.id in own and own[p.id].state]


def recommend(registry: Registry, answers: Answers) -> list[Pick]:
    """Picks for a person, best first, each with its reasons and its catch; the same seed gives the same picks.

    Fewer than `answers.number`, or none, where no more fit. UsageFault for a word that names nothing, such as a level
    or a category, UnknownProblem for an id that the registry does not hold.
    """
    return draw(registry, answers)[0]


def _missed(registry: Registry, answers: Answers, wishes: Wishes, wanted: Sequence[Criterion]) -> str:
    """A line that says that nothing that fits is near the interests named, and what to relax for it; else empty."""
    near = [p for p in registry.problems if p.id in wishes.relevance and p.id not in answers.shown]
    if select(near, wanted):
        return ""
    nothing = "nothing more" if answers.shown else "nothing"
    return "; ".join(
        [f"{nothing} that fits is near that interest", "these meet your other wishes", *ways_out(near, wanted)]
    )


def _relevance(registry: Registry, interests: tuple[str, ...]) -> dict[str, float]:
    """How near each problem is to the interests, above 0 to 1; problems far from them are left out.

    An interest is words, or the slug or title of a category: then every problem of it is as near as can be.
    """
    found: dict[str, float] = {}
    if interests:
        from mi_problems.finding.ranking import search

        slugs = {dashed(name): one.slug for one in registry.categories for name in (one.title, one.slug)}
        for words in interests:
            if slug := slugs.get(dashed(words)):
                found |= {problem.id: 1.0 for problem in registry.problems if problem.category == slug}
                continue
            hits = search(registry, words)
            for hit in hits:
                share = hit.score / hits[0].score
                by_words = 2 * len(hit.matched) > len(hits[0].matched)
                if by_words and share >= _RELEVANT:
                    found[hit.problem.id] = max(found.get(hit.problem.id, 0.0), share)
    return found
