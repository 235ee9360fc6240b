"""BibTeX for a problem: its post and every follow-up. Notes are `annote`, which bibliographies do not print."""

from __future__ import annotations

import re

from mi_problems.records.problem import Problem
from mi_problems.registry.registry import Registry

_ARXIV = r"https?://arxiv\.org/abs/([0-9]{4}\.[0-9]{4,5})"
_ESCAPES = {c: f"\\{c}" for c in "&%$#_"} | {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    "{": r"\textbraceleft{}", "}": r"\textbraceright{}",  # BibTeX counts braces behind a backslash, too
}  # fmt: skip


def escaped(text: str) -> str:
    """Text for a BibTeX field: special characters escaped, so braces always balance."""
    return "".join(_ESCAPES.get(char, char) for char in text)


def _entry(key: str, fields: dict[str, str]) -> str:
    body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@misc{{{key},\n{body}}}\n"


def bibliography(problem: Problem, registry: Registry) -> str:
    """One entry for the post and one for each follow-up, whose authors are not known here and left out."""
    category = registry.category_of(problem)
    years = re.findall(r"\d{4}", registry.collection.published)
    post = {
        "title": f"{{{escaped(category.post)}}}",
        "author": escaped(registry.collection.author),
        "year": years[0] if years else "",
        "url": category.url,
        "note": f"Problem {problem.id}",
    }
    entries = [_entry(f"problem-{problem.id}", post)]
    for number, work in enumerate(problem.card.follow_ups, 1):
        preprint = re.fullmatch(_ARXIV, work.url)
        fields = {
            "title": f"{{{escaped(work.title)}}}",
            "year": str(work.year or ""),
            "url": work.url,
            "eprint": preprint[1] if preprint else "",
            "archiveprefix": "arXiv" if preprint else "",
            "annote": escaped(f"{work.relation}: {work.note}"),
        }
        entries.append(_entry(f"problem-{problem.id}-follow-up-{number}", fields))
    return "\n".join(entries)
