"""What somebody typed: an id in whatever form, a word of a closed list by its beginning."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from mi_problems.errors import UsageFault, did_you_mean
from mi_problems.records.terms import WORD

CATALOGUE = "coda"  # the public catalogue of the sequence, which numbers some problems otherwise
_LONGEST = 80
_TYPED_ID = r"(?ai)(?:problem|no\.?|p|mip-)?\s*(?:#\s*)?0*(\d{1,3})\s*[.\-_]\s*0*(\d{1,6})\s*-?([a-z]?)\.?"
_OWN_ID = rf"(?ai)(?:(?:problem|p)\s+)?#?({WORD})\.0*(\d{{1,6}})([a-z]?)\.?"


def read_id(text: str) -> str | None:
    """The id in what somebody typed (`#2.17`, `2.17.`, `problem 2.17`, `lab.1`), or None where there is none."""
    text = text.strip()
    if len(text) > _LONGEST or not any(char.isdecimal() for char in text):
        return None
    match = re.fullmatch(_TYPED_ID, text) or re.fullmatch(_OWN_ID, text)
    return f"{match[1].lower()}.{match[2]}{match[3].lower()}" if match else None


def list_number(text: str) -> tuple[str, str] | None:
    """The list and the number in `apollo:17`, or None where nothing of the kind stands there."""
    prefix, colon, rest = text.partition(":")
    slug = prefix.strip().casefold()
    if not colon or len(text) > _LONGEST or not re.fullmatch(WORD, slug):
        return None
    return slug, rest.strip().casefold()


def match_word(word: str, choices: Sequence[str], what: str, others: Mapping[str, str] = {}) -> str:
    """The choice that `word` is or uniquely begins, whatever its case; UsageFault with the nearest ones otherwise.

    `others` are further names of choices, in lower case, for words that match no choice by its own.
    """
    key = dashed(word)
    for names in ({choice.casefold(): choice for choice in choices}, others):
        if key in names:
            return names[key]
        starts = {choice for name, choice in names.items() if key and name.startswith(key)}
        if len(starts) == 1:
            return starts.pop()
    raise UsageFault(f"unknown {what} {word!r}", did_you_mean(key, choices))


def dashed(text: str) -> str:
    """Lower case with dashes for spaces, as words from lists are written."""
    return text.strip().casefold().replace(" ", "-").replace("_", "-")
