"""mip show"""

from typing import TYPE_CHECKING, Annotated

import typer

from mi_problems.errors import UsageFault
from mi_problems.terminal import options
from mi_problems.terminal.session import Session

if TYPE_CHECKING:
    from mi_problems.progress.marks import Mark

HELP = "Show a problem's whole card."
EXAMPLES = """\b
Examples:
  mip show 2.17
  mip show 4.10 coda:9.60
  mip show 2.17 --web
  mip show 3.20 --json
"""


def run(
    ctx: typer.Context,
    ids: Annotated[
        list[str], typer.Argument(metavar="ID...", help="An id such as 2.17; coda:9.60 is a catalogue number.")
    ],
    web: Annotated[
        bool, typer.Option("--web", help="Open its source in the web browser; in a pipe, its address.")
    ] = False,
    work: Annotated[int | None, typer.Option(metavar="N", min=1, help="Open its Nth work, as shown.")] = None,
    who: options.Who = None,
    as_json: options.Json = False,
) -> None:
    from mi_problems.terminal.render import records

    session: Session = ctx.obj
    registry = session.registry()
    asked = [text for text in ids if text.casefold() != "problem"] or ids  # `mip show problem 2.17`
    found = list(dict.fromkeys(registry.problem(text) for text in asked))
    if web or work is not None:
        from mi_problems.registry.words import address

        if as_json:
            raise UsageFault("--json does not go with --web or --work", "in a pipe they print the address alone")
        session.visit([address(registry, problem, work) for problem in found])
        return

    def marked() -> "dict[str, Mark]":
        from mi_problems.terminal.memory.marks import own

        return own(session, registry, who)

    def piped() -> str:
        from mi_problems.terminal.memory.told import card_with

        marks = marked()
        return "\n".join(card_with(problem, registry, session.out, marks.get(problem.id)) for problem in found)

    def seen() -> tuple[str, str]:
        from mi_problems.terminal.memory.card import card_with
        from mi_problems.terminal.pages.card import printed

        marks = marked()
        cards = [card_with(problem, registry, marks.get(problem.id)) for problem in found]
        return printed(cards, session.out), ""

    session.answer(
        options.form(None, as_json), json=lambda: records.problems(found, session.out), piped=piped, seen=seen
    )
