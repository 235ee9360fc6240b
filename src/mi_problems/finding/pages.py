"""What a query names beside the problems: a category, a list or its author, something to read or use."""

import re
from collections.abc import Callable, Sequence

from mi_problems.finding.words import stem, telling, terms
from mi_problems.registry.registry import Registry

SHARE = 0.5  # of the query, or of the name: more than this must be the same
PERSON = 3  # words at most of a person's name; organisations may have more
SEEN = 3  # pages that are named at most
_ABOUT = frozenset(
    terms("list idea ideas problem project open question research paper author by post tutorial library tool")
)
Page = list[list[str]]
"""The words that show it and what it is, then its names in stems."""


def pages_of(registry: Registry, is_rare: Callable[[str], bool]) -> list[Page]:
    """Every page beside the problems; a word of an author's name names a list where few problems hold it."""
    found: list[Page] = []
    for one in registry.lists:
        persons = re.split(r", | and |\(|\)", one.author)
        people = [words for person in persons if len(words := telling(person)) <= PERSON]
        alone = [word for words in people for word in words[1:] if is_rare(stem(word))]
        what = f"{_head(one.author)}, {one.published}"
        found.append(_page("sources", one.slug, what, [one.slug, _head(one.name), one.name, *persons, *alone]))
    for category in registry.categories:
        parts = [part for part in re.split(r"[:,]| and ", category.title) if len(terms(part)) > 1]
        names = [category.slug, category.title, category.post or "", *parts]
        found.append(_page("categories", category.slug, category.title, names))
        for resource in category.resources:
            title = _head(resource.title)
            found.append(_page("categories", category.slug, title, [title]))
    return found


def _page(verb: str, slug: str, what: str, names: Sequence[str]) -> Page:
    return [[f"`mip {verb} {slug}`", what], *(stems for name in names if (stems := terms(name.replace("-", " "))))]


def _head(title: str) -> str:
    """A title as people say it: up to its colon, comma or bracket."""
    return re.split(r"[:,(]", title)[0].strip()


def pages_named(pages: Sequence[Sequence[Sequence[str]]], query: str) -> list[str]:
    """The pages that a query names, each as the command that shows it and what is there; those named best first."""
    asked = terms(query.replace("-", " "))
    known = set(asked)
    named: dict[str, tuple[float, str]] = {}
    for (command, what), *names in pages:
        share = max((_same(asked, name) for name in names if not known.isdisjoint(name)), default=0.0)
        if share > SHARE and share > named.get(command, (0.0, ""))[0]:
            named[command] = share, f"{command} ({what})"
    return [text for _, text in sorted(named.values(), key=lambda found: -found[0])][:SEEN]


def _same(asked: Sequence[str], name: Sequence[str]) -> float:
    """How much of the longer of two names the other is, where it stands in it in order; also without common words."""
    return max(_part(asked, name), _part(_telling(asked), _telling(name)))


def _telling(name: Sequence[str]) -> list[str]:
    return [term for term in name if term not in _ABOUT and not term.isdigit()]


def _part(one: Sequence[str], other: Sequence[str]) -> float:
    short, long = sorted((one, other), key=len)
    return len(short) / len(long) if short and f" {' '.join(short)} " in f" {' '.join(long)} " else 0.0
