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
    format_: options.Format = None,
    as_json: options.Json = False,
) -> None:
    from mi_problems.terminal.render import lines, records, texts

    session: Session = ctx.obj
    form = options.form(format_, as_json)
    registry = session.registry()
    found = [registry.source(list_)] if list_ is not None else list(registry.lists)

    def seen() -> tuple[str, str]:
        if list_ is None:
            from mi_problems.terminal.render.table import source_table

            hint = "`mip sources LIST` has its caveat; `mip list --source LIST` its problems"
            return source_table(found, registry, session.out), hint
        from mi_problems.terminal.pages.beside import source_page
        from mi_problems.terminal.pages.card import printed

        return printed([source_page(found[0], registry)], session.out), ""

    session.answer_beside(
        form,
        found,
        registry,
        record=records.source_record,
        columns=records.SOURCE,
        line=lines.source_line,
        page=texts.source_page if list_ is not None else None,
        seen=seen,
    )
