"""The memory at the terminal: marks read and added with a word where that fails, and how they look."""

import contextlib
from collections.abc import Sequence

from mi_problems.errors import MipError
from mi_problems.registry.filters import Criterion
from mi_problems.registry.registry import Registry
from mi_problems.terminal.session import Session


def beside(
    session: Session, registry: Registry, wanted: Sequence[str] | None, who: str | None
) -> tuple[dict[str, str], list[Criterion]]:
    """The words to show beside problems, by id, and the criterion of `--mine`.

    In a pipe nothing is shown: without `--mine` nothing is looked at, nor imported.
    """
    if not wanted and not session.out.terminal:
        return {}, []
    from mi_problems.progress.store import content

    if not wanted and not who:
        with contextlib.suppress(MipError):  # told below
            kept = content()
            states = _glance(kept, registry) if kept else {}
            if states is not None:
                return states, []
    from mi_problems.progress.marks import criterion
    from mi_problems.terminal.memory.marks import own

    found = own(session, registry, who, asked=bool(wanted))
    words = {identifier: mark.word for identifier, mark in found.items()}
    return words, [criterion(wanted, found)] if wanted else []


def _glance(content: bytes, registry: Registry) -> dict[str, str] | None:
    """The words for the user's own marks, if a glance is enough."""
    from mi_problems.progress.glance import NOTED, glance

    states = glance(content, registry, "")
    return states and {identifier: state or NOTED for identifier, state in states.items()}
