"""BibTeX for a problem: its post and every follow-up. Notes are `annote`, which bibliographies do not print."""

from __future__ import annotations

import re

from mi_problems.escapes import bibtex, bibtex_names, bibtex_verbatim
from mi_problems.records.model import Problem
from mi_problems.registry.registry import Registry

_ARXIV = r"https?://arxiv\.org/abs/([0-9]{4}\.[0-9]{4,5})"


def _entry(key: str, fields: dict[str, str]) -> str:
    body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@misc{{{key},\n{body}}}\n"


def bibliography(problem: Problem, registry: Registry) -> str:
    """One entry for the post and one for each follow-up, whose authors are not known here and left out."""
    category = registry.category_of(problem)
    years = re.findall(r"\d{4}", registry.collection.published)
    post = {
        "title": bibtex_verbatim(category.post),
        "author": bibtex_names(registry.collection.author),
        "year": years[0] if years else "",
        "url": category.url,
        "note": f"Problem {problem.id}",
    }
    entries = [_entry(f"problem-{problem.id}", post)]
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
