"""mip categories"""

from typing import Annotated

import typer

from mi_problems.terminal import options
from mi_problems.terminal.session import Session

HELP = "List the categories, or show one."
EXAMPLES = """\b
Examples:
  mip categories
  mip categories circuits
"""


def run(
    ctx: typer.Context,
    slug: Annotated[str | None, typer.Argument(metavar="[SLUG]", help="One category as a page.")] = None,
    as_json: options.Json = False,
) -> None:
    session: Session = ctx.obj
    registry = session.registry()
    found = [registry.category(slug)] if slug is not None else list(registry.categories)
    if as_json:
        from mi_problems.terminal.render.records import category_record, document

        session.show(document([category_record(category, registry) for category in found], session.out))
    elif slug is not None and session.out.terminal:
        from mi_problems.terminal.render.card import printed
        from mi_problems.terminal.render.page import category_page

        session.show(printed([category_page(found[0], registry)], session.out))
    elif slug is not None:
        from mi_problems.terminal.render.lines import category_page as plain_page

        session.show(plain_page(found[0], registry))
    elif session.out.terminal:
        from mi_problems.terminal.render.lines import about
        from mi_problems.terminal.render.table import category_table

        session.show(category_table(found, registry, session.out))
        session.remark(about(registry.collection))
    else:
        from mi_problems.terminal.render.lines import category_line

        session.show("".join(f"{category_line(category, registry)}\n" for category in found))
