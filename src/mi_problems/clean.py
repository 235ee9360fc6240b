"""Text that others wrote, made harmless to whoever reads it: a terminal, a pipe, an editor, a JSON reader."""

import json
import re
from typing import Any

# Format characters that are read: the number and verse signs of Arabic, Syriac and Kaithi.
SIGNS = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")
EMOJI = "[\u203c\u2049\u2122\u2139\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001fbff]"
EMOJI_ENDS = "[\ufe0f\U0001f3fb-\U0001f3ff]"  # shown as a picture, and of which colour

# Joiners shape words in the scripts from Arabic to Sinhala, Tibetan to Myanmar, Khmer to Lepcha, and their later parts,
# beside a Latin word, too: a plural in Persian. Between pictures of emoji they make one of two.
_SHAPED = (
    "[\u0600-\u0dff\u0f00-\u109f\u1780-\u18ff\u1a20-\u1c4f\u1cd0-\u1cff\ua800-\uabff\ufb50-\ufdff\ufe70-\ufefc"
    "\U00010ac0-\U00010fff\U00011000-\U00011fff\U0001e900-\U0001e95f]"
)
_JOINERS = "[\u180e\u200c\u200d]"
_KEPT = SIGNS.union("\u180e\u200c\u200d")


def clean(text: str) -> str:
    """The text on one line, without control characters, escape sequences, direction marks or hidden characters.

    Joiners stay, one at a time, where a script or an emoji is read with them.
    """
    if text.isprintable():
        return text
    from unicodedata import category

    shown = {"Cc": "", "Cf": "", "Cs": "\ufffd"}
    once = "".join(
        char if char in _KEPT else " " if char.isspace() else shown.get(category(char), char) for char in text
    )
    return re.sub(f"{_JOINERS}+", _needed, once)


def _needed(run: re.Match[str]) -> str:
    """One joiner of a run that shapes the letters beside it, or joins emoji; nothing of any other."""
    before, after = run.string[max(0, run.start() - 3) : run.start()], run.string[run.end() : run.end() + 1]
    shapes = re.match(_SHAPED, before[-1:]) or re.match(_SHAPED, after)
    joins = run[0][0] == "\u200d" and re.search(f"{EMOJI}{EMOJI_ENDS}*$", before) and re.match(EMOJI, after)
    return run[0][0] if shapes or joins else ""


def cleaned(value: Any) -> Any:
    """Plain data with every text in it clean."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, (list, tuple)):
        return [cleaned(item) for item in value]
    if isinstance(value, dict):
        return {name: cleaned(item) for name, item in value.items()}
    return value


def json_text(value: Any, indent: int | None = None) -> str:
    """The JSON of plain data: every text as it stands, with all that is not printable escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    if text.isprintable():
        return text
    unusual = {char for char in set(text) if not char.isprintable() and char != "\n"}
    return text.translate({ord(char): json.dumps(char)[1:-1] for char in unusual}) if unusual else text
