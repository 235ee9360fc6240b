"""What was typed beside `mark` and `mine`: ids and states, told apart by how they look."""

from __future__ import annotations

from collections.abc import Sequence

from mi_problems.errors import UnknownProblem, UsageFault
from mi_problems.progress.entries import NONE
from mi_problems.progress.marks import Mark, asked_states, read_state
from mi_problems.records.problem import Problem
from mi_problems.records.typed import read_id
from mi_problems.registry.registry import Registry


def like_an_id(word: str) -> bool:
    """Whether it can only mean a problem: `2.17`, `coda:9.60`, `mip-2-17-some-words`."""
    return read_id(word) is not None or any(char.isdigit() or char == ":" for char in word)


def ids_and_state(words: Sequence[str]) -> tuple[list[str], str]:
    """The ids, and the state before or behind them, empty where there is none; UsageFault for what is neither."""
    ids = [word for word in words if like_an_id(word)]
    states = [read_state(word, NONE) for word in words if not like_an_id(word)]
    if len(states) > 1:
        raise UsageFault(f"two states, {states[0]} and {states[1]}", "give each a command of its own")
    if states and like_an_id(words[0]) and like_an_id(words[-1]):
        raise UsageFault(f"{states[0]} stands between ids", "put it first or last")
    if not ids:
        raise UsageFault("`mip mark` needs an id", f"such as `mip mark 2.17 {''.join(states)}`")
    return ids, "".join(states)


def states_and_ids(words: Sequence[str]) -> tuple[tuple[set[str], set[str]], list[str]]:
    """The states that are wanted and those that are not, and the ids."""
    ids = [word for word in words if like_an_id(word)]
    return asked_states([word for word in words if not like_an_id(word)]), ids


def meant(word: str, registry: Registry, known: Sequence[Mark]) -> Problem | Mark:
    """The problem of the registry in use, else what is marked under this id; UnknownProblem for neither."""
    try:
        return registry.problem(word)
    except UnknownProblem:
        identifier = read_id(word) or word.strip()
        mark = next((mark for mark in known if mark.id in {identifier, word.strip()}), None)
        if mark is None:
            raise
        return mark
