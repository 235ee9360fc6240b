"""Words to problems, best first: BM25 over the fields of a card, a glossary, and a fuzzy vocabulary.

A word of the query counts by the best that it can mean in a card (see `query`). Short texts of a card that say little
besides what the query asks count extra, and the best hits lend to the problems that their cards call related.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from mi_problems.errors import UnknownProblem
from mi_problems.finding.belief import BELIEVED, is_near, likelihood, weigh
from mi_problems.finding.citations import address_in, asked_id, citing, titled
from mi_problems.finding.index import Index, index_of
from mi_problems.finding.query import Concept, concepts_of
from mi_problems.finding.words import terms, tokens
from mi_problems.records.problem import Problem
from mi_problems.registry.registry import Registry

KINDS = {
    "title": 0.65, "listed": 4.6, "gist": 31.0, "keywords": 0.77, "questions": 4.2, "section": 0.81, "category": 0.96,
}  # what a short text of a card adds that says nothing but what the query asks  # fmt: skip
CLOSEST = 5  # short texts of a card that count
LONG = 1.9  # power of the share of a short text that the query asks for
TOGETHER = 2.1  # what all short texts add that answer the whole query together
TITLE = 3.7  # what likeness to the title adds at most
NEARLY = 6.0  # what its fourth power adds: nearly the whole title
EXACT = 5.1  # what the words of a title add, all of them and no others
TYPICAL = 0.36  # what the category adds that has all the hits
PAIR = 0.93  # weight of two neighbouring words found as neighbours in a short text
CUT = 0.05  # of the best score
COVERED = (0.30, 0.15)  # of the query's weight, at least, in any hit: for one word, and for ten or more
WHOLE = 0.95  # share of the query in one short text that leaves no doubt
LENDERS = 10  # best hits that lend to the problems their cards call related
LENT = 0.35  # of the lender's score
LOOKED_INTO = 40  # hits whose short texts are looked into
LONGEST = 300  # characters of a query that are read
NEAR = 3  # problems that are named where none is believed to answer


class Hit(NamedTuple):
    """A problem, how well it fits (only the order means anything), and the words of the query it answers, rarest first.

    `beside` is the better hit whose card calls this one related, if one does.
    """

    problem: Problem
    score: float
    matched: tuple[str, ...]
    beside: Problem | None = None


Meanings = Mapping[str, Sequence[tuple[int, float, tuple[str, ...]]]]
"""What can stand for the query's concepts, by its first term: the concept's number, what it is worth, all its terms."""


class Findings(NamedTuple):
    """What a query finds: `hits` where something is believed to answer it, else the `near`est; both best first.

    `belief` is how likely it is that something here answers the query, 0 to 1, by the graded queries used for tuning.
    """

    hits: list[Hit]
    near: list[Hit]
    belief: float


def search(registry: Registry, query: str) -> list[Hit]:
    """Every problem that fits the words, best first; empty where nothing is believed to fit.

    An id finds that problem, an arXiv number or an address the problems that cite it.
    """
    return find(registry, query).hits


def find(registry: Registry, query: str) -> Findings:
    """The problems that answer a query, or those that come nearest where none is believed to."""
    named = _named(registry, query)
    if named is not None:
        return Findings(named, [], float(bool(named)))
    index = index_of(registry)
    query = query[:LONGEST]
    stems, concepts = terms(query), concepts_of(index, query)
    found, matched = _found(index, concepts, stems) if concepts else ({}, {})
    if not found:
        return Findings([], [], 0.0)
    problems = registry.problems
    scores, answered = _looked_into(index, concepts, set(stems), _typical(problems, found))
    evidence = weigh(index, concepts, stems, scores)
    surely = answered > WHOLE or (len(concepts) == 1 and all(map(index.posts, concepts[0].options[0][1])))
    belief = 1.0 if surely and not evidence.elsewhere else likelihood(evidence)
    if belief < BELIEVED:
        words = tokens(query)
        cited = titled([problems[at] for at in sorted(scores)], words)
        if cited:
            return Findings([Hit(problem, 1.0, tuple(words)) for problem in cited], [], 1.0)
        best = sorted(scores, key=lambda place: (-scores[place], place))[:LOOKED_INTO]
        near = [place for place in best if is_near(index, concepts, place)]
        return Findings([], _hits(problems, {place: scores[place] for place in near}, matched, {})[:NEAR], belief)
    lenders = _lend(index, scores)
    least = CUT * max(scores.values())
    kept = {place: score for place, score in scores.items() if score >= least}
    return Findings(_hits(problems, kept, matched, lenders), [], belief)


def _hits(
    problems: Sequence[Problem],
    scores: Mapping[int, float],
    matched: Mapping[int, Sequence[str]],
    lenders: Mapping[int, int],
) -> list[Hit]:
    """The problems at the places that have a score, best first, else in their order."""
    beside = {place: problems[lender] for place, lender in lenders.items()}
    hits = (Hit(problems[at], round(scores[at], 3), tuple(matched[at]), beside.get(at)) for at in sorted(scores))
    return sorted(hits, key=lambda hit: -hit.score)


def _named(registry: Registry, query: str) -> list[Hit] | None:
    """What an id, an arXiv number or an address finds; None where the query is words."""
    address = address_in(query)
    if address:
        return [Hit(problem, 1.0, (address,)) for problem in citing(registry, address)]
    identifier = asked_id(registry, query)
    if identifier is None:
        return None
    try:
        exact = registry.problem(identifier)
    except UnknownProblem:
        return []
    return [Hit(exact, 1.0, (exact.id,))]


def _found(
    index: Index, concepts: Sequence[Concept], stems: Sequence[str]
) -> tuple[dict[int, float], defaultdict[int, list[str]]]:
    """The problems that hold enough of the query, each with its score and the words it answers."""
    scores: defaultdict[int, float] = defaultdict(float)
    covered: defaultdict[int, float] = defaultdict(float)
    matched: defaultdict[int, list[str]] = defaultdict(list)
    for concept in sorted(concepts, key=lambda concept: -concept.weight):
        for place, score in _best(index, concept).items():
            scores[place] += score
            covered[place] += concept.weight
            matched[place] += concept.words
    for place, score in _neighbours(index, stems).items():
        if place in scores:
            scores[place] += score
    whole = sum(concept.weight for concept in concepts)
    enough = COVERED[0] - (COVERED[0] - COVERED[1]) * min(len(concepts) - 1, 9) / 9
    shares = {place: covered[place] / whole for place in scores}
    found = {place: score * shares[place] for place, score in scores.items() if shares[place] >= enough}
    return found, matched


def _typical(problems: Sequence[Problem], found: Mapping[int, float]) -> dict[int, float]:
    """The scores raised by the share of all scores that is in the same category: what a query is about lies close."""
    shares: defaultdict[str, float] = defaultdict(float)
    for place, score in found.items():
        shares[problems[place].category] += score
    whole = sum(shares.values())
    return {place: score * (1 + TYPICAL * shares[problems[place].category] / whole) for place, score in found.items()}


def _looked_into(
    index: Index, concepts: Sequence[Concept], asked: set[str], found: dict[int, float]
) -> tuple[dict[int, float], float]:
    """The scores with what title and short texts add, and how much of the query one short text answers at best."""
    scores: dict[int, float] = {}
    answered = 0.0
    meanings: defaultdict[str, list[tuple[int, float, tuple[str, ...]]]] = defaultdict(list)
    for number, concept in enumerate(concepts):
        for weight, option in concept.options:
            meanings[option[0]].append((number, concept.doubt * weight, option))
    whole = sum(concept.doubt for concept in concepts)
    for place in sorted(found, key=lambda place: (-found[place], place)):
        extra = 0.0
        if len(scores) < LOOKED_INTO:
            units = index.units(place)
            share, extra = _within(units, meanings, whole)
            answered = max(answered, share)
            title = set(units[0][1])
            like = len(asked & title) / len(asked | title)
            extra += TITLE * like + NEARLY * like**4 + EXACT * (asked == title)
        scores[place] = found[place] * (1 + extra)
    return scores, answered


def _lend(index: Index, scores: dict[int, float]) -> dict[int, int]:
    """Adds to the related problems of the best hits a share of those hits' scores; returns who lent to whom."""
    lent: dict[int, float] = {}
    lenders: dict[int, int] = {}
    for place in sorted(scores, key=lambda place: (-scores[place], place))[:LENDERS]:
        for other in index.related(place):
            if lent.setdefault(other, 0.0) < LENT * scores[place]:
                lent[other], lenders[other] = LENT * scores[place], place
    for place, score in lent.items():
        scores[place] = scores.get(place, 0.0) + score
    return lenders


def _best(index: Index, concept: Concept) -> dict[int, float]:
    """For each problem the score there of the best option of the concept that it holds."""
    best: dict[int, float] = {}
    for weight, option in concept.options:
        sums: defaultdict[int, float] = defaultdict(float)
        hits: Counter[int] = Counter()
        for term in option:
            rarity = weight * index.rarity(term)
            for place, strength in index.posts(term):
                sums[place] += rarity * strength
                hits[place] += 1
        for place, score in sums.items():
            share = hits[place] / len(option)
            if share == 1 or weight == 1 or (len(option) > 2 and share >= 0.6):
                best[place] = max(score * share, best.get(place, 0.0))
    return best


def _neighbours(index: Index, stems: Sequence[str]) -> dict[int, float]:
    """What pairs of neighbouring words add where title or keywords hold them as neighbours."""
    sums: defaultdict[int, float] = defaultdict(float)
    for pair in map(" ".join, pairwise(stems)):
        for place, strength in index.posts(pair):
            sums[place] += PAIR * index.rarity(pair) * strength
    return sums


def _within(units: Sequence[tuple[str, list[str]]], meanings: Meanings, whole: float) -> tuple[float, float]:
    """The share of the query that one short text answers by itself, at best; and what all of them add to the score."""
    best = 0.0
    close = []
    together: dict[int, float] = {}
    for kind, text in units:
        if meanings.keys().isdisjoint(text):
            continue
        held = set(text)
        values: dict[int, tuple[float, int]] = {}
        for term in text:  # not of the set, whose order hashes decide
            for number, value, option in meanings.get(term, ()):
                if (len(option) == 1 or held.issuperset(option)) and value > values.get(number, (0.0, 0))[0]:
                    values[number] = (value, len(option))
        for number, (value, _) in values.items():
            together[number] = max(value, together.get(number, 0.0))
        used = sum(length for _, length in values.values())
        close.append(KINDS[kind] * min(1.0, used / len(held)) ** LONG)
        best = max(best, sum(value for value, _ in values.values()))
    share = sum(together[number] for number in sorted(together)) / whole
    return best / whole, sum(sorted(close, reverse=True)[:CLOSEST]) + TOGETHER * share**2
