"""Whether anything in a registry answers a query at all: a likelihood fitted to the graded queries used for tuning."""

from collections.abc import Mapping, Sequence
from heapq import nsmallest
from math import exp, log1p
from typing import NamedTuple

from mi_problems.finding.index import Index
from mi_problems.finding.query import Concept

WEIGHTS = (2.9, 0.33, -12.0, 0.35)
BIAS = -2.2
BELIEVED = 0.5  # the least likelihood that is believed
LOOKED_INTO = 3  # best cards whose short texts are taken together
NEAR = 0.33  # share of the query in title and gist from which on a card is near
NAMING = 3  # first short texts of a card, which say what it is about: title, listed name, gist
MEANT = 0.75  # share of the query in another short text from which on that text means the same
ABOUT = 0.6  # share of a short text from which on it is about the words, and does not just mention them
LONG = 10  # words, from which on more of them tell no more


class Evidence(NamedTuple):
    """What speaks for an answer, and against it; shares are of the query, where an unknown word counts in full.

    `best`: the best score. `words`: how many words the short texts of one of the best cards answer. `elsewhere`: the
    share that means something else, as the registry knows. `rarest`: that of the word that tells most.
    """

    best: float
    words: float
    elsewhere: float
    rarest: float


def weigh(index: Index, concepts: Sequence[Concept], stems: Sequence[str], scores: Mapping[int, float]) -> Evidence:
    """The evidence in the best cards, by the scores of the places that fit."""
    whole = sum(concept.doubt for concept in concepts)
    best = nsmallest(LOOKED_INTO, scores, key=lambda place: (-scores[place], place))
    units = [[set(text) for _, text in index.units(place)] for place in best]
    short = max(sum(_held(concept, set().union(*texts)) for concept in concepts) for texts in units) / whole
    phrases = index.elsewhere(stems)
    meant = [
        text
        for texts in (units if phrases else ())
        for at, text in enumerate(texts)
        if at < NAMING or sum(_held(concept, text) for concept in concepts) > MEANT * whole
    ]
    away = {term for phrase in phrases if not any(_names(text, phrase, stems) for text in meant) for term in phrase}
    return Evidence(
        log1p(scores[best[0]] / index.rarity("")),
        short * min(len(concepts), LONG),
        sum(concept.doubt for concept in concepts if not away.isdisjoint(concept.options[0][1])) / whole,
        max(concept.doubt for concept in concepts) / whole,
    )


def _names(text: set[str], phrase: Sequence[str], stems: Sequence[str]) -> bool:
    """Whether a text means what the query does by a phrase: it says more of the query, too, or little besides.

    A single word is found wherever it stands.
    """
    mentioned = len(stems) == len(phrase) > 1 and len(phrase) < ABOUT * len(text)
    return text.issuperset(phrase) and not mentioned


def is_near(index: Index, concepts: Sequence[Concept], place: int) -> bool:
    """Whether title, listed name and gist of a card hold enough of the query to be named where nothing answers it."""
    known = set().union(*(text for _, text in index.units(place)[:NAMING]))
    return sum(_held(concept, known) for concept in concepts) >= NEAR * sum(concept.doubt for concept in concepts)


def _held(concept: Concept, known: set[str]) -> float:
    """What a concept counts by the best of its options that stands in a text."""
    return concept.doubt * max((weight for weight, option in concept.options if known.issuperset(option)), default=0.0)


def likelihood(evidence: Evidence) -> float:
    """How likely it is that something answers the query, 0 to 1."""
    return 1 / (1 + exp(-BIAS - sum(weight * value for weight, value in zip(WEIGHTS, evidence, strict=True))))
