"""Templates and what stands in them: every text is text, code in backticks is code, and a link leads to the web."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup, escape

from mi_problems import __version__
from mi_problems.escapes import web_address
from mi_problems.records.terms import Level, plural
from mi_problems.registry import words
from mi_problems.registry.bundle import data_text

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
    "require-trusted-types-for 'script'"
)
_MARKED = re.compile(
    r"`(?P<code>[^`]+)`"
    r"|(?<![\w.])(?P<paper>(?:arXiv:)?(?P<number>[012]\d(?:0[1-9]|1[0-2])\.\d{5}))(?![\w.]?\d)"
    r"|(?<!\S)(?P<option>--[a-z]+)\b"
)


def render(template: str, **values: Any) -> str:
    """The page that a template of `data/site/` makes of these values; BadRegistry where the installation lacks it."""
    return _environment().get_template(template).render(values)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    made = Environment(
        loader=FunctionLoader(lambda name: data_text(f"site/{name}")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"prose": prose, "web": web_address}
    made.tests["beginner"] = lambda problem: Level.BEGINNER in problem.levels
    made.globals |= {"policy": POLICY, "version": __version__, "words": words, "plural": plural}
    return made


def prose(text: str) -> Markup:
    """A text as HTML: code in backticks, a link for a number of arXiv (`2404.15255`), and options that stay whole."""
    return Markup(_MARKED.sub(_marked, str(escape(text))))


def _marked(match: re.Match[str]) -> str:
    """The HTML for a part of a text that is escaped already."""
    if match["code"]:
        return f"<code>{match['code']}</code>"
    if match["option"]:
        return f'<span class="option">{match["option"]}</span>'
    return f'<a href="https://arxiv.org/abs/{match["number"]}" rel="noreferrer">{match["paper"]}</a>'
