"""What problems an interest means: all of a category that it names, else those that search believes to be near."""

from collections.abc import Sequence
from typing import NamedTuple

from mi_problems.records.typed import dashed
from mi_problems.registry.registry import Registry

NEAR = 0.4  # of the best hit of an interest: what is less near is about something else,
NAMED = 0.3  # but for a problem whose title holds all the words that it is found for
_PARTS = (" and ", ", ", ": ")  # where the first part of a category's title ends


class Near(NamedTuple):
    """Problems that an interest means, each with how near it is, above 0 to 1, and what of the interest it meets."""

    shares: dict[str, float]
    said: dict[str, str]


def near_to(registry: Registry, interests: Sequence[str]) -> Near:
    """The problems near to any of the interests; none where there is no answer to them.

    An interest is words, or a category by its slug, its title or the first part of that: then all of it is meant.
    """
    found = Near({}, {})
    for words in interests:
        slug = _category(registry, words)
        near = _all_of(registry, slug) if slug else _by_words(registry, words)
        for identifier, share in near.shares.items():
            if share > found.shares.get(identifier, 0.0):
                found.shares[identifier], found.said[identifier] = share, near.said[identifier]
    return found


def _category(registry: Registry, words: str) -> str:
    """The slug of the category that the words name; empty for none."""
    names: dict[str, str] = {}
    for one in registry.categories:
        first = min((one.title.partition(sign)[0] for sign in _PARTS), key=len)
        names |= {dashed(first): one.slug} if " " in first else {}
    names |= {dashed(name): one.slug for one in registry.categories for name in (one.title, one.slug)}
    return names.get(dashed(words), "")


def _all_of(registry: Registry, slug: str) -> Near:
    ids = [problem.id for problem in registry.problems if problem.category == slug]
    return Near(dict.fromkeys(ids, 1.0), dict.fromkeys(ids, f"is in {slug} as you asked"))


def _by_words(registry: Registry, words: str) -> Near:
    """The hits that hold most of the words of the best one, and are at least `NEAR` as good, or `NAMED`."""
    from mi_problems.finding.ranking import Hit, search
    from mi_problems.finding.words import stem, terms

    def least(hit: Hit) -> float:
        known = terms(hit.problem.title)
        return NAMED if all(stem(word) in known for word in hit.matched) else NEAR

    hits = search(registry, words)
    near = [hit for hit in hits if 2 * len(hit.matched) > len(hits[0].matched)]
    shares = {hit.problem.id: share for hit in near if (share := hit.score / hits[0].score) >= least(hit)}
    return Near(shares, {hit.problem.id: f'matches "{in_order(words, hit.matched)}"' for hit in near})


def in_order(words: str, matched: Sequence[str]) -> str:
    """The words that matched, in the order in which they were typed."""
    text = words.casefold()
    return " ".join(sorted(matched, key=lambda word: text.find(word) if word in text else len(text)))
