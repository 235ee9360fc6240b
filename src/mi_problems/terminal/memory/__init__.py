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
    from mi_problems.progress.kept import content, glance

    if not wanted and not who:
        with contextlib.suppress(MipError):  # told below
            seen = glance(content(), registry, "")
            if seen is not None:
                return seen, []
    from mi_problems.progress.marks import criterion
    from mi_problems.terminal.memory.marks import own

    found = own(session, registry, who, asked=bool(wanted))
    words = {identifier: mark.word for identifier, mark in found.items()}
    return words, [criterion(wanted, found)] if wanted else []
