"""mip sources"""

from typing import Annotated

import typer

from mi_problems.terminal import options
from mi_problems.terminal.session import Session

HELP = "List the lists that state the problems, or show one."
EXAMPLES = """\b
Examples:
  mip sources
  mip sources mats12
  mip list --source gemma-scope-2
"""


def run(
    ctx: typer.Context,
    list_: Annotated[str | None, typer.Argument(metavar="[LIST]", help="One list as a page.")] = None,
    as_json: options.Json = False,
) -> None:
    session: Session = ctx.obj
    registry = session.registry()
    found = [registry.source(list_)] if list_ is not None else list(registry.lists)
    if as_json:
        from mi_problems.terminal.render.records import document, source_record

        session.show(document([source_record(source, registry) for source in found], session.out))
    elif list_ is not None and session.out.terminal:
        from mi_problems.terminal.render.card import printed
        from mi_problems.terminal.render.page import source_page

        session.show(printed([source_page(found[0], registry)], session.out))
    elif list_ is not None:
        from mi_problems.terminal.render.lines import source_page as plain_page

        session.show(plain_page(found[0], registry))
    elif session.out.terminal:
        from mi_problems.terminal.render.table import source_table

        session.show(source_table(found, registry, session.out))
        session.remark("`mip sources LIST` has its caveat; `mip list --source LIST` its problems")
    else:
        from mi_problems.terminal.render.lines import source_line

        session.show("".join(f"{source_line(source, registry)}\n" for source in found))
