"""mip compare"""

from typing import Annotated

import typer

from mi_problems.errors import UsageFault
from mi_problems.terminal import options
from mi_problems.terminal.session import Session

HELP = "Compare two to five problems side by side."
EXAMPLES = """\b
Examples:
  mip compare 2.17 2.18
  mip compare 1.6 3.3 10.4 --json
"""
_LEAST, _MOST = 2, 5


def run(
    ctx: typer.Context,
    ids: Annotated[list[str], typer.Argument(metavar="ID ID...", help="Two to five ids, such as 2.17.")],
    as_json: options.Json = False,
) -> None:
    from mi_problems.terminal.render import records, texts

    session: Session = ctx.obj
    registry = session.registry()
    found = list(dict.fromkeys(registry.problem(text) for text in ids))
    if not _LEAST <= len(found) <= _MOST:
        raise UsageFault(
            f"`mip compare` needs two to five problems, not {len(found)}", "such as `mip compare 2.17 2.18`"
        )

    def seen() -> tuple[str, str]:
        from mi_problems.terminal.pages.compare import side_by_side

        return side_by_side(found, registry, session.out), "`mip show ID` shows a whole card"

    def piped() -> str:
        from mi_problems.terminal.render.formats import markdown_table

        cards = [texts.compared(problem, registry) for problem in found]
        rows = [[label, *(card[label] for card in cards)] for label in cards[0]]
        return markdown_table(["", *(f"{problem.id} {problem.title}" for problem in found)], rows)

    session.answer(
        options.form(None, as_json),
        json=lambda: records.problems(found, session.out, [{"left": problem.left} for problem in found]),
        piped=piped,
        seen=seen,
    )
