"""What the words of a query can stand for: themselves, an entry of the glossary, what they begin or nearly are."""

from collections.abc import Sequence
from typing import NamedTuple

from mi_problems.finding.index import Index
from mi_problems.finding.words import stem, telling

MEANS = 0.8  # weight of an entry of the glossary against the word itself
BEGINS = 0.71  # weight of a word that the last word of the query begins
NEARLY = 0.75  # least likeness of a misspelt word, 1 being equal
NEAREST = 4
SURELY = 0.85  # likeness from which on a word is misspelt and not two words written as one
CLOSE = 0.09  # words less like the query's than the nearest one by this much are no candidates
UNKNOWN = 1.02  # weight of a word that no card holds, against the rarest that one does


def _cuts(index: Index, word: str) -> list[int]:
    """Where a word falls into two that cards hold, as `multidimensional` does."""
    return [at for at in range(4, len(word) - 3) if word[:at] in index.words and word[at:] in index.words]


class Concept(NamedTuple):
    """A word of the query, or several that are one entry of the glossary, and the terms that can stand for it.

    `weight` is what it counts in the score, `doubt` in the question whether anything answers the query at all: there an
    unknown word counts in full.
    """

    words: tuple[str, ...]
    weight: float
    doubt: float
    options: tuple[tuple[float, tuple[str, ...]], ...]


def concepts_of(index: Index, query: str) -> list[Concept]:
    """The query as concepts, longest glossary phrases first."""
    raw = list(dict.fromkeys(telling(query)))
    stems = [stem(word) for word in raw]
    found: list[Concept] = []
    at = 0
    while at < len(stems):
        length, others = _entry(index, stems, at)
        if length == 1 and at + 1 < len(stems) and index.posts(stem(raw[at] + raw[at + 1])):
            length, others = 2, [(stem(raw[at] + raw[at + 1]),)]  # auto encoder
        span = tuple(stems[at : at + length])
        own = _options(index, raw[at], stems[at], at + 1 == len(stems)) if length == 1 else [(1.0, span)]
        known = [index.rarity(term) for _, option in own for term in option if index.posts(term)]
        rarest = index.rarity("")
        # a word counts as the first of its options that a card holds, a phrase as its rarest term
        weight = max(known[:length], default=UNKNOWN * rarest)
        options = [*own, *((MEANS, other) for other in others)]
        doubt = weight if known or others else rarest
        found.append(Concept(tuple(raw[at : at + length]), weight, doubt, tuple(options)))
        at += length
    return found


def _entry(index: Index, stems: Sequence[str], at: int) -> tuple[int, list[tuple[str, ...]]]:
    """How long the longest glossary phrase is that begins here, at least 1, and what else its entries say."""
    longest = 0
    others: list[tuple[str, ...]] = []
    for phrase, entry in index.phrases.get(stems[at], ()):
        if len(phrase) >= longest and tuple(stems[at : at + len(phrase)]) == phrase:
            if len(phrase) > longest:
                longest, others = len(phrase), []
            others += [other for other in entry if other != phrase]
    return max(1, longest), others


def _options(index: Index, word: str, term: str, last: bool) -> list[tuple[float, tuple[str, ...]]]:
    """The terms that a word can stand for: itself, what it begins when it is the last, and what it nearly is."""
    options: list[tuple[float, tuple[str, ...]]] = [(1.0, (term,))]
    if index.posts(term):
        return options
    if last and len(word) > 2:
        longer = {found for known, found in index.words.items() if known.startswith(word)}
        options += [(BEGINS, (found,)) for found in sorted(longer)[:20]]
    if len(word) > 3:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        near = process.extract(
            word, list(index.words), scorer=OSA.normalized_similarity, score_cutoff=NEARLY, limit=NEAREST
        )
        best = near[0][1] if near else 0.0
        options += [(like**2, (index.words[known],)) for known, like, _ in near if like > best - CLOSE]
        if best < SURELY:
            options += [(MEANS, (index.words[word[:at]], index.words[word[at:]])) for at in _cuts(index, word)]
    return options
