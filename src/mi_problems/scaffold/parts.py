"""The parts of a generated experiment, by which a run later tells what its user has changed."""

import re
from ast import literal_eval
from collections.abc import Mapping
from typing import cast

from mi_problems.cache import sha256

# From a line at the left margin to the last that belongs to it: that is indented, closes a bracket, or stands in a text
# of several lines. The comment at its end is left out. Python's parser, which `lab.py` asks, finds the same in every
# experiment here, and is a tenth of all the work on a new repository.
_PART = re.compile(
    r"^(?:(?:def|class) (?P<code>\w+)|(?P<name>[A-Z][A-Z\d_, ]*?) = )"
    r'(?:"{3}(?s:.*?)"{3})?'
    r".*?(?:\n+(?:[ \t]+(?!\s)|[)\]}]).*?)*(?=(?:  # .*)?$(?!\n+[ \t)\]}]))",
    re.MULTILINE,
)


def parts(text: str) -> dict[str, str]:
    """{name: source} of the constants at the top level of a module, {name(): hash} of its functions and classes.

    `lab.py` of a generated repository takes the present experiment apart in the same way.
    """
    found = {}
    for part in _PART.finditer(text, text.find('"""', 3)):  # behind the docstring
        if part["code"]:
            found[f"{part['code']}()"] = sha256(part[0].encode()).hexdigest()[:8]
        else:
            found[part["name"]] = part[0].partition(" = ")[2]
    return found


def how_to_read(found: Mapping[str, str]) -> dict[str, str]:
    """HOW_TO_READ among the parts: {panel: the sentence that says how to read it}. ValueError if it is not literal."""
    return cast("dict[str, str]", literal_eval(found.get("HOW_TO_READ", "{}")))
