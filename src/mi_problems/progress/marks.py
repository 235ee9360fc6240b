"""What the lines of the file come to: a mark for each problem and person, and what it means for a registry in use."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from mi_problems.errors import did_you_mean
from mi_problems.progress.entries import DONE, DROPPED, NONE, SAVED, STARTED, STATES, Entry
from mi_problems.progress.kept import NOTED
from mi_problems.records.problem import Problem
from mi_problems.records.typed import match_word
from mi_problems.registry.filters import Criterion, flags
from mi_problems.registry.registry import Registry

ANY = "any"
ABSENT = "(not in this registry)"
RENAMED = "(that id now has another title: the mark is not applied)"
_MEANT = {
    "bookmarked": SAVED, "later": SAVED, "todo": SAVED, "wished": SAVED, "doing": STARTED, "wip": STARTED,
    "begun": STARTED, "working": STARTED, "active": STARTED, "finished": DONE, "complete": DONE, "solved": DONE,
    "abandoned": DROPPED, "given-up": DROPPED, "stopped": DROPPED, "unmark": NONE, "clear": NONE, "remove": NONE,
}  # fmt: skip


class Mark(NamedTuple):
    """Where a problem stands for a person: the last state, since when, the last folder, and all notes.

    `state` is empty where there are only notes, `none` where the mark was taken back. `title` is the one that the
    problem had when it was marked; `other` are fields of the file that this version does not know.
    """

    id: str
    state: str = ""
    since: str = ""
    who: str = ""
    folder: str = ""
    notes: tuple[str, ...] = ()
    title: str = ""
    other: Mapping[str, Any] = {}

    @property
    def word(self) -> str:
        """The state as a word to read; that of a problem with notes alone is no state."""
        return self.state or NOTED


def marks(entries: Iterable[Entry]) -> list[Mark]:
    """A mark for each problem and person, the one that was spoken of last first. The last line of a pair counts.

    An id under another title is another problem; a line without title belongs to the one before it.
    """
    found: dict[tuple[str, str, str], Mark] = {}
    titles: dict[tuple[str, str], str] = {}
    for entry in entries:
        pair = entry.id, entry.who
        title = titles[pair] = entry.title or titles.get(pair, "")
        before = found.pop((*pair, title), None) or found.pop((*pair, ""), None)
        found[*pair, title] = _after(before, entry, title) if before else _first(entry)
    return list(reversed(found.values()))


def _first(entry: Entry) -> Mark:
    """The mark that a line makes where there was none."""
    identifier, state, at, who, note, folder, title, other = entry
    return Mark(identifier, state, at, who, folder if state != NONE else "", (note,) if note else (), title, other)


def _after(mark: Mark, entry: Entry, title: str) -> Mark:
    """The mark when one more line has been read."""
    state = entry.state or (mark.state if mark.state != NONE else "")
    same = state == mark.state and (mark.state or mark.notes)
    return Mark(
        mark.id,
        state,
        mark.since if same else entry.at,
        mark.who,
        entry.folder or (mark.folder if state != NONE else ""),
        (*mark.notes, entry.note) if entry.note else mark.notes,
        title,
        {**mark.other, **entry.other} if entry.other else mark.other,
    )


def history(entries: Sequence[Entry]) -> list[Mark]:
    """Every line as a mark of its own, the last one first."""
    return [_first(entry) for entry in reversed(entries)]


def standing(mark: Mark, registry: Registry) -> str:
    """Why a mark is not applied to a registry, in brackets; empty where it is."""
    problem = registry.find(mark.id)
    if problem is None:
        return ABSENT
    return "" if not mark.title or mark.title == problem.title or _same(mark.title, problem.title) else RENAMED


def _same(title: str, other: str) -> bool:
    """Whether two titles differ in punctuation and case alone."""
    return [*filter(str.isalnum, title.casefold())] == [*filter(str.isalnum, other.casefold())]


def applied(found: Iterable[Mark], registry: Registry, who: str = "") -> dict[str, Mark]:
    """By id, the marks of one person on problems of this registry; without those that were taken back."""
    newest: dict[str, Mark] = {}
    for mark in found:
        if mark.who == who and mark.id not in newest and not standing(mark, registry):
            newest[mark.id] = mark
    return {identifier: mark for identifier, mark in newest.items() if mark.state != NONE}


def read_state(word: str, *others: str) -> str:
    """A state by its name, a unique beginning or a word that means it; UsageFault names the states."""
    choices = (*STATES, *others)
    return match_word(word, choices, "state", {name: state for name, state in _MEANT.items() if state in choices})


def asked_states(words: Sequence[str]) -> tuple[set[str], set[str]]:
    """The states that are wanted and, written `!done`, those that are not."""
    wanted = {read_state(word, ANY) for word in words if not word.startswith("!")}
    return wanted, {read_state(word[1:], ANY) for word in words if word.startswith("!")}


def fits(mark: Mark | None, wanted: set[str], banned: set[str]) -> bool:
    """Whether a mark, or none at all, is one of those asked for; `any` is every mark."""
    named = {mark.state, ANY} if mark else set()
    return (not wanted or bool(named & wanted)) and not named & banned


def criterion(words: Sequence[str], own: Mapping[str, Mark]) -> Criterion:
    """`--mine STATE` as a criterion: several are alternatives."""
    wanted, banned = asked_states(words)
    return Criterion(flags("--mine", words), lambda problem: fits(own.get(problem.id), wanted, banned))


def entry_for(problem: Problem | Mark, state: str, at: str, who: str, note: str, folder: str = "") -> Entry:
    """A new line on a problem."""
    return Entry(problem.id, state, at, who, note, folder, problem.title)


def stranger(who: str, found: Iterable[Mark]) -> str:
    """A line that says that nothing was ever said of this person, with the names that are nearest; else empty."""
    known = list(dict.fromkeys(mark.who for mark in found if mark.who))
    if not who or who in known:
        return ""
    hint = did_you_mean(who, known)
    return f"nothing is marked for {who!r}" + (f"; {hint}" if hint else "")
