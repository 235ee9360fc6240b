"""Markdown as a reader sees it: what is live in it, and what its blocks say. CommonMark with GitHub's additions."""

from __future__ import annotations

import re
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

_READER = MarkdownIt("gfm-like")
_READER.linkify.set({"fuzzy_link": False})  # type: ignore[union-attr]  # GitHub links no bare name of a host
_TEXT = {"text", "text_special", "code_inline", "softbreak"}


class Seen(NamedTuple):
    """What a document does (`form`: everything that is no text) and what each block of it says, code in backticks."""

    form: list[tuple[str, ...]]
    texts: list[str]


def _live(token: Token) -> tuple[str, ...]:
    """What a token does beside saying something: its kind, where it leads, the HTML or fenced code that it is."""
    leads = [str(token.attrs[name]) for name in ("href", "src") if name in token.attrs]
    raw = token.content if token.type in {"html_block", "html_inline", "fence", "code_block"} else ""
    return (token.type, token.tag, token.info, *leads, raw)


def _says(token: Token) -> str:
    if token.type == "code_inline":
        return f"{token.markup}{token.content}{token.markup}"
    return "\n" if token.type == "softbreak" else token.content


def seen(markdown: str) -> Seen:
    """What a reader makes of a document."""
    form, texts = [], []
    for token in _READER.parse(markdown):
        if token.type != "inline":
            form.append(_live(token))
            continue
        children = token.children or []
        form += [_live(child) for child in children if child.type not in _TEXT]
        texts.append("".join(_says(child) for child in children))
    return Seen(form, texts)


def read_alike(text: str) -> str:
    """The text without blanks beside backticks, some of which belong to the code and some not."""
    return re.sub(r" *(`+) *", r"\1", text)
