"""mip skills"""

from typing import Annotated

import typer

from mi_problems.terminal import options
from mi_problems.terminal.session import Session

HELP = "List the skills and where to learn them, or show one."
EXAMPLES = """\b
Examples:
  mip skills
  mip skills activation-patching
  mip list -t activation-patching --level beginner
"""


def run(
    ctx: typer.Context,
    skill: Annotated[str | None, typer.Argument(metavar="[SKILL]", help="One skill as a page.")] = None,
    format_: options.Format = None,
    as_json: options.Json = False,
) -> None:
    from mi_problems.terminal.render import lines, records, texts

    session: Session = ctx.obj
    form = options.form(format_, as_json)
    registry = session.registry()
    name = registry.skill(skill) if skill is not None else None
    found = [one for one in registry.skills if name in {one.id, None}]

    def seen() -> tuple[str, str]:
        if name is None:
            from mi_problems.terminal.render.table import skill_table

            hint = "`mip skills SKILL` says where to learn it; `mip list -t SKILL` has its problems"
            return skill_table(found, registry, session.out), hint
        from mi_problems.terminal.pages.beside import skill_page
        from mi_problems.terminal.pages.card import printed

        return printed([skill_page(found[0], registry)], session.out), ""

    session.answer_beside(
        form,
        found,
        registry,
        record=records.skill_record,
        columns=records.SKILL,
        line=lines.skill_line,
        page=texts.skill_page if name is not None else None,
        seen=seen,
    )
