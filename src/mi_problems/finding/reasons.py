"""Why a hit is here: the sentence of its card that answers most of the query."""

import re

from mi_problems.finding.citations import address_in, title_at
from mi_problems.finding.index import fields_of
from mi_problems.finding.ranking import Hit
from mi_problems.finding.words import stem, terms, tokens

_NAMES = {
    "listed": "listed as",
    "gist": "in short",
    "keywords": "keyword",
    "questions": "asked as",
    "works": "follow-up",
    "skills": "skill",
    "models": "model",
    "steps": "first step",
    "done": "done when",
    "notes": "known",
}


def why(hit: Hit) -> tuple[str, str]:
    """The field and the sentence of the problem that answer most of what the hit was found for."""
    if not hit.matched and hit.beside:
        return f"related to {hit.beside.id}", hit.beside.title
    if (address := address_in(" ".join(hit.matched))) and (cited := title_at(hit.problem, address)):
        return _NAMES["works"], cited
    wanted = {stem(token): len(hit.matched) - place for place, word in enumerate(hit.matched) for token in tokens(word)}
    best, found = (0, 0), ("title", hit.problem.title)
    for field, texts in fields_of(hit.problem, hit.problem.category).items():
        for sentence in (
            sentence for text in texts for sentence in re.split(r"(?<=[.?!:;]) |(?<=[。？！；।۔؟])", text)
        ):
            held = set(terms(sentence))
            value = (sum(weight for term, weight in wanted.items() if term in held), -len(held))
            if value > best:
                best, found = value, (_NAMES.get(field, field), sentence.rstrip(":;"))
    return found
