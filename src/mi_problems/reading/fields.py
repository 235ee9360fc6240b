"""The fields of everything that a registry holds, each with its rule. docs/data-format.md is made from them.

Bounds of length hold in files that say `strict: true`, as the bundled ones do. Elsewhere a problem needs a title and a
summary alone, and what people naturally write is understood: other names of a field, a difficulty in words.
"""

from __future__ import annotations

from mi_problems.reading.loose import COMPUTE, STATUS, at_ease, commas, loosely, meaning, rating, slugged, weeks, work
from mi_problems.reading.rules import (
    Field,
    boolean,
    constants,
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
from mi_problems.records.terms import ID, RELATIONS, STARTERS, Basis, Compute, Difficulty, Reach, Status

_ID = matching(ID, "an id such as 2.17 or lab.1")
_SLUG = matching(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", "a slug of lower-case words joined by dashes")
_MODEL_NAME = matching(r"[A-Za-z0-9][A-Za-z0-9._/-]*", "a model's name: letters, digits and . _ / - only")
_SOURCE = matching(
    r"[a-z][a-z0-9-]*(:[0-9a-z.]+)?",
    "a list's slug, with a colon and its number where it prints one; an address is `url`",
)
_RATING = parsed(Difficulty.parse)

FOLLOW_UP = {
    "title": Field(text()),
    "url": Field(url),
    "year": Field(optional(whole(1950, 2100)), required=False),
    "relation": Field(one_of(RELATIONS)),
    "confidence": Field(one_of(("seen", "title"))),
    "note": Field(text(5, 60)),
}
LOOSE_FOLLOW_UP = FOLLOW_UP | {
    "title": Field(text(typed=False)),
    "relation": Field(one_of(RELATIONS), required=False, default="background"),
    "confidence": Field(one_of(("seen", "title")), required=False, default="title"),
    "note": Field(text(typed=False), required=False, default=""),
}

SETTINGS = {
    "task": Field(optional(_SLUG), required=False),
    "set": Field(constants, required=False, default={}),
    "seconds": Field(optional(whole(1, 60)), required=False),
    "headline": Field(text(3, 40)),
    "baseline": Field(text(2, 40)),
    "expect": Field(text(2, 40)),
}
PROBLEM = {
    "id": Field(_ID),
    "title": Field(text(1, 80, "characters")),
    "section": Field(text(1, 60, "characters")),
    "sources": Field(many(_SOURCE, 1, 5, distinct=True), required=False, default=[]),
    "difficulty": Field(_RATING),
    "difficulty_basis": Field(one_of(tuple(Basis))),
    "starred": Field(optional(boolean), required=False),
    "status": Field(one_of(tuple(Status))),
    "listed": Field(text(1, 14), required=False, default=""),
    "gist": Field(text(8, 25)),
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
    "starter": Field(one_of(STARTERS), required=False),
    "reach": Field(one_of(tuple(Reach)), required=False),
    "settings": Field(optional(record(SETTINGS)), required=False),
    "catalogue": Field(optional(_ID), required=False),
    "url": Field(optional(url), required=False),
    "follow_ups": Field(many(record(FOLLOW_UP)), required=False, default=[]),
}
_TEXT = text(typed=False)
_LINE = text(1, 0, "characters", typed=False)
_OTHER_ID = matching(ID, "an id such as 2.17 or lab.1", typed=False)
_OWN_ID = matching(ID, "an id such as 2.17 or lab.1; leave it out, or write a number such as 1", typed=False)
LOOSE_PROBLEM = {
    "id": Field(at_ease(_OWN_ID), required=False),
    "title": Field(_LINE),
    "section": Field(_LINE, required=False, default=""),
    "sources": Field(commas(many(_SOURCE, distinct=True)), required=False, default=[]),
    "difficulty": Field(rating, required=False),
    "difficulty_basis": Field(one_of(tuple(Basis)), required=False),
    "starred": Field(boolean, required=False),
    "status": Field(meaning(one_of(tuple(Status)), STATUS), required=False, default="open"),
    "listed": Field(_TEXT, required=False, default=""),
    "gist": Field(_TEXT, required=False, default=""),
    "summary": Field(_TEXT),
    "first_steps": Field(loosely(many(_TEXT, distinct=True)), required=False, default=[]),
    "done_when": Field(_TEXT, required=False, default=""),
    "skills": Field(commas(many(slugged(_SLUG), distinct=True)), required=False, default=[]),
    "models": Field(commas(many(text(prose=False, typed=False), distinct=True)), required=False, default=[]),
    "compute": Field(meaning(one_of(tuple(Compute)), COMPUTE), required=False),
    "weeks": Field(weeks, required=False),
    "keywords": Field(commas(many(_TEXT)), required=False, default=[]),
    "questions": Field(loosely(many(_TEXT, distinct=True)), required=False, default=[]),
    "related": Field(commas(many(_OTHER_ID, distinct=True)), required=False, default=[]),
    "starter": Field(one_of(STARTERS), required=False),
    "reach": Field(one_of(tuple(Reach)), required=False),
    "settings": Field(record(SETTINGS), required=False),
    "catalogue": Field(_OTHER_ID, required=False),
    "url": Field(url, required=False),
    "follow_ups": Field(loosely(many(work(record(LOOSE_FOLLOW_UP)))), required=False, default=[]),
}
OTHERWISE = "put what it says into `summary` or `keywords`, or leave it out"

RESOURCE = {"kind": Field(text()), "title": Field(text()), "url": Field(url), "why": Field(text(3, 60))}
SUPERSEDED = {"framing": Field(text()), "now": Field(text()), "url": Field(optional(url), required=False)}
LINK = {"title": Field(text()), "url": Field(url)}

CATEGORY = {
    "number": Field(whole(1, 999)),
    "slug": Field(_SLUG),
    "title": Field(text()),
    "post": Field(optional(text()), required=False),
    "url": Field(optional(url), required=False),
    "source": Field(optional(_SLUG), required=False),
    "motivation": Field(text(80, 150)),
    "progress": Field(text(40, 150)),
    "begin": Field(text(40, 110)),
    "contested": Field(text(20, 80), required=False, default=""),
    "contested_links": Field(many(record(LINK), 0, 8), required=False, default=[]),
    "skills": Field(many(_SLUG, 1, 8, distinct=True)),
    "resources": Field(many(record(RESOURCE), 0, 8)),
    "superseded": Field(many(record(SUPERSEDED)), required=False, default=[]),
}
LOOSE_CATEGORY = CATEGORY | {
    "number": Field(optional(whole(1, 999)), required=False),
    "slug": Field(_SLUG, required=False),
    "title": Field(_TEXT, required=False),
    "motivation": Field(_TEXT, required=False, default=""),
    "progress": Field(_TEXT, required=False, default=""),
    "begin": Field(_TEXT, required=False, default=""),
    "contested": Field(_TEXT, required=False, default=""),
    "skills": Field(many(_SLUG, distinct=True), required=False, default=[]),
    "resources": Field(many(record(RESOURCE | {"why": Field(text(), required=False, default="")})), required=False,
                       default=[]),
}  # fmt: skip

COLLECTION = {name: Field(text()) for name in ("name", "author", "published", "caveat", "version", "as_of")}
COLLECTION["url"] = Field(url)

SOURCE_LIST = {
    "slug": Field(_SLUG),
    "name": Field(text()),
    "author": Field(text()),
    "published": Field(text()),
    "year": Field(whole(1950, 2100)),
    "url": Field(url),
    "items": Field(text(), required=False, default="unknown"),
    "here": Field(optional(whole(0, 99_999)), required=False),
    "numbered": Field(boolean, required=False, default=False),
    "caveat": Field(text(), required=False, default=""),
}
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
LISTS = many(record(SOURCE_LIST), 1, distinct="slug")
GLOSSARY = many(many(text(), 2))
ELSEWHERE = many(text())
