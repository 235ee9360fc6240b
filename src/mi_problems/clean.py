"""Text that others wrote, made harmless to whoever reads it: a terminal, a pipe, an editor, a JSON reader."""

import json
from typing import Any


def clean(text: str) -> str:
    """The text on one line, without control characters, escape sequences, direction overrides or invisible joiners."""
    if text.isprintable():
        return text
    from unicodedata import category

    shown = {"Cc": "", "Cf": "", "Cs": "\ufffd"}
    return "".join(" " if char.isspace() else shown.get(category(char), char) for char in text)


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
