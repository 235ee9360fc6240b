"""The parts of a generated experiment, by which a run later tells what its user has changed."""

import ast
from collections.abc import Mapping
from typing import cast

from mi_problems.cache import sha256


def parts(text: str) -> dict[str, str]:
    """{name: source} of the constants at the top level of a module, {name(): hash} of its functions and classes.

    `lab.py` of a generated repository takes the present experiment apart in the same way.
    """
    found, lines = {}, text.encode().splitlines(keepends=True)
    for node in ast.parse(text).body:
        last = lines[(node.end_lineno or node.lineno) - 1][: node.end_col_offset]
        source = b"".join([*lines[node.lineno - 1 : (node.end_lineno or node.lineno) - 1], last]).decode()
        name, _, value = (part.strip() for part in source.partition("="))
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            found[f"{node.name}()"] = sha256(source.encode()).hexdigest()[:8]
        elif isinstance(node, ast.Assign) and name.isupper():
            found[name] = value
    return found


def how_to_read(found: Mapping[str, str]) -> dict[str, str]:
    """HOW_TO_READ among the parts: {panel: the sentence that says how to read it}. ValueError if it is not literal."""
    return cast("dict[str, str]", ast.literal_eval(found.get("HOW_TO_READ", "{}")))
