"""Text measured in the cells of a terminal: how wide it is, cut to fit, padded, wrapped between words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from unicodedata import category, combining, east_asian_width

from mi_problems.clean import EMOJI, EMOJI_ENDS, SIGNS

LINK = r"\x1b]8;[^\x07\x1b]*(?:\x07|\x1b\\)"  # where a hyperlink begins or ends
_ESCAPES = rf"\x1b\[[0-9;]*m|{LINK}"  # these are compiled when they are used: few commands meet such text
_JOINED = "[\u200d\ufe0f\U0001f3fb-\U0001f3ff]"
_PIECE = f"(?s){EMOJI}{EMOJI_ENDS}*(?:\u200d{EMOJI}{EMOJI_ENDS}*)*|.\ufe0f?"
_WIDENED = frozenset("#*0123456789\u00a9\u00ae")  # with what makes an emoji of them


def cells(text: str) -> int:
    """The columns that a text takes on a terminal."""
    if text.isascii():
        return len(text)
    return sum(map(_width, _pieces(text)))


def _pieces(text: str) -> Iterable[str]:
    """What a terminal shows as one: a character, or a sequence that makes one emoji."""
    return re.findall(_PIECE, text) if re.search(_JOINED, text) else text


def _width(piece: str) -> int:
    char = piece[0]
    if len(piece) > 1 and piece[1] == "\ufe0f" and (char in _WIDENED or not char.isalnum()):
        return 2
    return _cell(char)


def _cell(char: str) -> int:
    if combining(char) or (category(char) in {"Cf", "Mn", "Me"} and char not in SIGNS):
        return 0
    return 2 if east_asian_width(char) in "WF" else 1


def fills(text: str, width: int, height: int) -> bool:
    """Whether a text takes as many lines as a terminal of this size has, which breaks what is longer than a line."""
    if text.count("\n") >= height:  # no line takes less than one: of a long list none need be measured
        return True
    lines = re.sub(_ESCAPES, "", text).splitlines()
    return sum(max(1, -(-cells(line) // width)) for line in lines) >= height


def _split(text: str, width: int) -> tuple[str, str]:
    """The text in two, the first part as long as `width` columns allow."""
    if text.isascii():
        return text[: max(0, width)], text[max(0, width) :]
    used = place = 0
    for piece in _pieces(text):
        used += _width(piece)
        if used > width:
            return text[:place], text[place:]
        place += len(piece)
    return text, ""


def fit(text: str, width: int, mark: str = "\u2026") -> str:
    """The text cut to `width` columns, the cut shown by a mark."""
    if cells(text) <= width:
        return text
    mark = mark[: max(0, width)]
    return _split(text, width - len(mark))[0].rstrip() + mark


def pad(text: str, width: int) -> str:
    return text + " " * max(0, width - cells(text))


def wrap(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    """Lines of at most `width` columns that begin with `first`, then `rest`; a word longer than a line is broken.

    Where the beginning leaves less than two columns, two stand beside it all the same.
    """
    lines: list[str] = []
    line, begun = first, False
    for word in text.split():
        if begun and cells(line) + 1 + cells(word) > width:
            lines.append(line)
            line, begun = rest, False
        while not begun and cells(word) > (room := max(2, width - cells(line))):
            head, word = _split(word, room)  # noqa: PLW2901
            lines.append(line + head)
            line = rest
        line += f" {word}" if begun else word
        begun = True
    return [*lines, line]
