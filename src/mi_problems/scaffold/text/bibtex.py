"""BibTeX for a problem: its post and every follow-up. Notes are `annote`, which bibliographies do not print."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mi_problems.escapes import bibtex, bibtex_names, bibtex_verbatim
from mi_problems.records.problem import Problem
from mi_problems.registry.registry import Registry

_ARXIV = r"https?://arxiv\.org/abs/([0-9]{4}\.[0-9]{4,5})"


def _entry(key: str, fields: dict[str, str]) -> str:
    body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@misc{{{key},\n{body}}}\n"


def _stated(problem: Problem, registry: Registry) -> Iterator[tuple[str, dict[str, str]]]:
    """What credits the lists that state a problem, the post in place of its list; else the registry that holds it."""
    category, collection = registry.category_of(problem), registry.collection_of(problem)
    for place, (source, number) in enumerate(registry.sources_of(problem)):
        in_post = category.post is not None and category.source == source.slug
        yield (
            "" if not place else f"-{source.slug}",
            {
                "title": bibtex_verbatim((in_post and category.post) or source.name),
                "author": bibtex_names(source.author),
                "year": str(source.year),
                "url": (in_post and category.url) or source.url,
                "note": bibtex(f"Problem {number}" if number else ""),
            },
        )
    if not problem.sources:
        years = re.findall(r"\d{4}", collection.published)
        yield (
            "",
            {
                "title": bibtex_verbatim(category.post or collection.name),
                "author": bibtex_names(collection.author),
                "year": years[0] if years else "",
                "url": category.url or collection.url,
                "note": bibtex(f"Problem {problem.id}"),
            },
        )


def bibliography(problem: Problem, registry: Registry) -> str:
    """One entry for each list that states the problem and one for each follow-up.

    The authors of follow-ups are not known here and left out.
    """
    entries = [_entry(f"problem-{problem.id}{key}", fields) for key, fields in _stated(problem, registry)]
    for number, work in enumerate(problem.card.follow_ups, 1):
        preprint = re.fullmatch(_ARXIV, work.url)
        fields = {
            "title": bibtex_verbatim(work.title),
            "year": str(work.year or ""),
            "url": work.url,
            "eprint": preprint[1] if preprint else "",
            "archiveprefix": "arXiv" if preprint else "",
            "annote": bibtex(f"{work.relation}: {work.note}"),
        }
        entries.append(_entry(f"problem-{problem.id}-follow-up-{number}", fields))
    return "\n".join(entries)
