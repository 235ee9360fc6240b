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
    format_: options.Format = None,
    as_json: options.Json = False,
) -> None:
    from mi_problems.terminal.render import lines, records, texts

    session: Session = ctx.obj
    form = options.form(format_, as_json)
    registry = session.registry()
    found = [registry.category(slug)] if slug is not None else list(registry.categories)

    def seen() -> tuple[str, str]:
        if slug is None:
            from mi_problems.terminal.render.table import category_table

            return category_table(found, registry, session.out), texts.about(registry.collection)
        from mi_problems.terminal.pages.beside import category_page
        from mi_problems.terminal.pages.card import printed

        return printed([category_page(found[0], registry)], session.out), ""

    session.answer_beside(
        form,
        found,
        registry,
        record=records.category_record,
        columns=records.CATEGORY,
        line=lines.category_line,
        page=texts.category_page if slug is not None else None,
        seen=seen,
    )
