"""mip list"""

from typing import Annotated

import typer

from mi_problems.records.typed import match_word
from mi_problems.registry.filters import SORTS, criteria, ordered, read_weeks, select
from mi_problems.terminal import options
from mi_problems.terminal.session import Session

HELP = "List the problems, all or filtered."
EXAMPLES = """\b
Examples:
  mip list --category circuits --level beginner
  mip list --status open --starred --sort difficulty
  mip list -t activation-patching --compute laptop --json
"""


def run(
    ctx: typer.Context,
    category: options.Category = None,
    level: options.Level = None,
    difficulty: options.Difficulty = None,
    status: options.Status = None,
    skill: options.Skill = None,
    starred: options.Starred = False,
    compute: options.Compute = None,
    source: options.Source = None,
    since: options.Since = None,
    weeks: options.Weeks = None,
    sort: Annotated[str, typer.Option(metavar="KEY", help="id, difficulty, title, status, newest or weeks.")] = "id",
    limit: Annotated[int | None, typer.Option("--limit", "-n", metavar="N", min=1, help="At most this many.")] = None,
    as_json: options.Json = False,
) -> None:
    session: Session = ctx.obj
    key = match_word(sort, tuple(SORTS), "sort key")
    registry = session.registry()
    wanted = criteria(
        registry, category, level, difficulty, status, skill, starred, compute, source, since, read_weeks(weeks)
    )
    fitting = select(registry.problems, wanted)
    found = ordered(fitting, key)[:limit]
    if not found:
        session.explain_empty(registry.problems, wanted)
    if as_json:
        from mi_problems.terminal.render.records import problems

        session.show(problems(found, session.out))
    elif found and session.out.terminal:
        from mi_problems.terminal.render.table import legend, table

        session.show(table(found, session.out))
        session.remark(legend(found, len(fitting)))
    else:
        from mi_problems.terminal.render.lines import lines

        session.show(lines(found, session.out))
