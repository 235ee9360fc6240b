"""mip show"""

from typing import Annotated

import typer

from mi_problems.terminal import options
from mi_problems.terminal.session import Session

HELP = "Show a problem's whole card."
EXAMPLES = """\b
Examples:
  mip show 2.17
  mip show 4.10 coda:9.60
  mip show 3.20 --json
"""


def run(
    ctx: typer.Context,
    ids: Annotated[
        list[str], typer.Argument(metavar="ID...", help="An id such as 2.17; coda:9.60 is a catalogue number.")
    ],
    as_json: options.Json = False,
) -> None:
    session: Session = ctx.obj
    registry = session.registry()
    asked = [text for text in ids if text.casefold() != "problem"] or ids  # `mip show problem 2.17`
    found = list(dict.fromkeys(registry.problem(text) for text in asked))
    if as_json:
        from mi_problems.terminal.render.records import problems

        session.show(problems(found, session.out))
    elif session.out.terminal:
        from mi_problems.terminal.render.card import card, printed

        session.show(printed([card(problem, registry) for problem in found], session.out))
    else:
        from mi_problems.terminal.render.lines import card as plain_card

        session.show("\n".join(plain_card(problem, registry, session.out) for problem in found))
