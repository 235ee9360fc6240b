"""What a query names outright: a problem by its id, or a work by its arXiv number, its address or its title."""

import re
from collections.abc import Iterable, Sequence

from mi_problems.errors import UnknownProblem
from mi_problems.finding.words import tokens
from mi_problems.records.problem import Problem
from mi_problems.records.typed import CATALOGUE, list_number, read_id
from mi_problems.registry.filters import Criterion, why_empty
from mi_problems.registry.registry import Registry

_ARXIV = r"(?<![\d.])\d{4}\.\d{4,5}(?!\d)"
_ADDRESS = r"https?://\S+"
_ABOUT_IDS = {"open", "problem", "number", "nanda", "neel", "id", "the"}


def asked_id(registry: Registry, query: str) -> str | None:
    """The id, or a list and its number, where the query is nothing but that and words about it.

    `qwen2.5` has the form of an own id: such a one is taken for an id only where the registry holds it.
    """
    text = " ".join(word for word in query.split() if word.casefold() not in _ABOUT_IDS)
    numbered = list_number(text)
    if numbered and re.search(r"\d", numbered[1]) and re.fullmatch(r"[0-9a-z.]{1,12}", numbered[1]):
        known = numbered[0] == CATALOGUE or any(one.slug == numbered[0] for one in registry.lists)
        return ":".join(numbered) if known else None
    identifier = read_id(text)
    return identifier if identifier and (identifier[0].isdigit() or registry.find(identifier)) else None


def address_in(query: str) -> str | None:
    """The arXiv number, without its version, or else the address that a query has in it."""
    if "." not in query and "://" not in query:
        return None
    found = re.search(_ARXIV, query) or re.search(_ADDRESS, query)
    return found[0].rstrip("/") if found else None


def citing(registry: Registry, address: str) -> list[Problem]:
    """The problems with a follow-up at this address or arXiv number, then those whose texts name it."""
    named = [problem for problem in registry.problems if address.encode() in problem.record]
    return sorted(named, key=lambda problem: title_at(problem, address) is None)


def title_at(problem: Problem, address: str) -> str | None:
    """The title of the problem's follow-up at this address or arXiv number."""
    return next((work.title for work in problem.card.follow_ups if address in work.url), None)


def titled(problems: Iterable[Problem], words: Sequence[str]) -> list[Problem]:
    """Those with a follow-up whose title holds these words, two or more, with no others between."""
    if len(words) < 2:
        return []
    phrase = f" {' '.join(words)} "

    def holds(problem: Problem) -> bool:
        return any(phrase in f" {' '.join(tokens(work.title))} " for work in problem.card.follow_ups)

    return [problem for problem in problems if holds(problem)]


def why_nothing(registry: Registry, every: Sequence[Problem], wanted: Sequence[Criterion], query: str) -> str:
    """One line: the filters left none of the problems that were found, an id does not exist, or no words fit."""
    if every:
        return why_empty(every, wanted)
    if identifier := asked_id(registry, query):
        try:
            registry.problem(identifier)
        except UnknownProblem as error:
            return str(error)
    return "nothing found; try fewer or other words; `mip categories` is what there is, `mip sources` where it is from"
