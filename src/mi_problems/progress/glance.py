"""The marks of one person at a glance, for lists on a terminal: a thousand lines cost them next to nothing.

It answers for files as `mip` writes them, and leaves all others to `marks`, which it agrees with.
"""

import json
from typing import Any

from mi_problems.registry.registry import Registry

NOTED = "noted"  # the word for a problem with notes alone
_STATES = ("saved", "started", "done", "dropped", "none")


def glance(content: bytes, registry: Registry, who: str) -> dict[str, str] | None:
    """By id, the state of each problem that is marked, empty where there are only notes; None for an unusual file."""
    try:
        rows = json.loads("[" + content.decode().rstrip("\n").replace("\n", ",") + "]")
        if len(rows) == content.count(b"\n"):
            return _states(rows, registry, who)
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
        pass
    return None


def _states(rows: list[Any], registry: Registry, who: str) -> dict[str, str] | None:
    states: dict[str, str] = {}
    for row in rows:
        identifier, person, state = row["id"], row.get("who") or "", row.get("state") or ""
        if person != who:
            if person.strip() == who or not person.isprintable():
                return None
            continue
        problem = registry.find(identifier)
        if problem is None:
            if identifier != identifier.strip() or not identifier.isprintable():
                return None
        elif row.get("title") != problem.title:
            return None
        elif state:
            if state not in _STATES:
                return None
            states[identifier] = state
        elif states.get(identifier, "none") == "none":
            states[identifier] = ""
    return {identifier: state for identifier, state in states.items() if state != "none"}
