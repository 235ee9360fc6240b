"""The fields of everything that a registry holds, each with its rule. docs/data-format.md is made from them."""

from __future__ import annotations

from mi_problems.records.terms import ID, RELATIONS, STARTERS, Basis, Compute, Difficulty, Reach, Status
from mi_problems.registry.rules import (
    Field,
    boolean,
    many,
    matching,
    number,
    one_of,
    optional,
    parsed,
    record,
    span,
    text,
    url,
    whole,
)

_ID = matching(ID, "an id such as 2.17 or 2.25b")
_SLUG = matching(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", "a slug of lower-case words joined by dashes")
_MODEL_NAME = matching(r"[A-Za-z0-9][A-Za-z0-9._/-]*", "a model's name: letters, digits and . _ / - only")


FOLLOW_UP = {
    "title": Field(text()),
    "url": Field(url),
    "year": Field(optional(whole(1950, 2100)), required=False),
    "relation": Field(one_of(RELATIONS)),
    "confidence": Field(one_of(("seen", "title"))),
    "note": Field(text(5, 60)),
}

PROBLEM = {
    "id": Field(_ID),
    "title": Field(text(1, 80, "characters")),
    "section": Field(text(1, 60, "characters")),
    "difficulty": Field(parsed(Difficulty.parse)),
    "difficulty_basis": Field(one_of(tuple(Basis))),
    "starred": Field(optional(boolean), required=False),
    "status": Field(one_of(tuple(Status))),
    "listed": Field(text(1, 14), required=False, default=""),
    "gist": Field(text(4, 70), required=False, default=""),
    "summary": Field(text(30, 110)),
    "first_steps": Field(many(text(8, 60), 3, 6, distinct=True)),
    "done_when": Field(text(12, 80)),
    "skills": Field(many(_SLUG, 1, 5, distinct=True)),
    "models": Field(many(text(prose=False), 1, 8, distinct=True)),
    "compute": Field(one_of(tuple(Compute))),
    "weeks": Field(span),
    "keywords": Field(many(text(1, 60, "characters"), 6, 15, distinct=True)),
    "questions": Field(many(text(3, 20), 0, 30, distinct=True), required=False, default=[]),
    "related": Field(many(_ID, 1, 5, distinct=True)),
    "starter": Field(one_of(STARTERS)),
    "reach": Field(one_of(tuple(Reach))),
    "catalogue": Field(optional(_ID), required=False),
    "follow_ups": Field(many(record(FOLLOW_UP)), required=False, default=[]),
}

RESOURCE = {"kind": Field(text()), "title": Field(text()), "url": Field(url), "why": Field(text(3, 60))}
SUPERSEDED = {"framing": Field(text()), "now": Field(text()), "url": Field(optional(url), required=False)}

CATEGORY = {
    "number": Field(whole(1, 999)),
    "slug": Field(_SLUG),
    "title": Field(text()),
    "post": Field(text()),
    "url": Field(url),
    "motivation": Field(text(80, 150)),
    "progress": Field(text(40, 150)),
    "begin": Field(text(40, 110)),
    "skills": Field(many(_SLUG, 1, 8, distinct=True)),
    "resources": Field(many(record(RESOURCE), 0, 8)),
    "superseded": Field(many(record(SUPERSEDED)), required=False, default=[]),
}

COLLECTION = {name: Field(text()) for name in ("name", "author", "published", "caveat", "version", "as_of")}
COLLECTION["url"] = Field(url)

SKILL = {
    "id": Field(_SLUG),
    "title": Field(text()),
    "meaning": Field(text()),
    "learn": Field(text()),
    "url": Field(url),
}
MODEL = {
    "name": Field(_MODEL_NAME),
    "aliases": Field(many(_MODEL_NAME), required=False, default=[]),
    "parameters": Field(optional(number), required=False),
    "download_mb": Field(optional(whole(0, 999_999_999)), required=False),
    "url": Field(optional(url), required=False),
}


SKILLS = many(record(SKILL), 1, distinct="id")
MODELS = many(record(MODEL), 1, distinct="name")
GLOSSARY = many(many(text(), 2))
