"""The parts of a generated experiment, by which a run later tells what its user has changed."""

import ast
import hashlib
from typing import cast


def parts(text: str) -> dict[str, str]:
    """{name: source} of the constants at the top level of a module, {name(): hash} of its functions and classes.

    `lab.py` of a generated repository takes the present experiment apart in the same way.
    """
    found = {}
    for node in ast.parse(text).body:
        source = ast.get_source_segment(text, node) or ""
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            found[f"{node.name}()"] = hashlib.sha256(source.encode()).hexdigest()[:8]
        elif isinstance(node, ast.Assign) and (name := source.partition("=")[0].strip()).isupper():
            found[name] = ast.get_source_segment(text, node.value) or ""
    return found


def how_to_read(text: str) -> dict[str, str]:
    """The experiment's HOW_TO_READ: {panel: the sentence that says how to read it}. ValueError if it is not literal."""
    return cast("dict[str, str]", ast.literal_eval(parts(text).get("HOW_TO_READ", "{}")))
