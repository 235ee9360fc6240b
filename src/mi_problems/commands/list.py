"""mip list"""

from typing import Annotated

import typer

from mi_problems.records.typed import match_word
from mi_problems.registry.filters import SORTS, criteria, ordered, read_weeks, select
from mi_problems.terminal import options
from mi_problems.terminal.memory import beside
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
    mine: options.Mine = None,
    who: options.Who = None,
    sort: Annotated[str, typer.Option(metavar="KEY", help="id, difficulty, title, status, newest or weeks.")] = "id",
    limit: Annotated[int | None, typer.Option("--limit", "-n", metavar="N", min=1, help="At most this many.")] = None,
    format_: options.Format = None,
    as_json: options.Json = False,
) -> None:
    session: Session = ctx.obj
    form = options.form(format_, as_json)
    key = match_word(sort, tuple(SORTS), "sort key")
    registry = session.registry()
    wanted = criteria(
        registry, category, level, difficulty, status, skill, starred, compute, source, since, read_weeks(weeks)
    )
    words_beside, more = beside(session, registry, mine, who)
    wanted += more
    fitting = select(registry.problems, wanted)
    found = ordered(fitting, key)[:limit]
    if not found:
        session.explain_empty(registry.problems, wanted)

    def seen() -> tuple[str, str]:
        from mi_problems.terminal.render.table import legend, table

        return table(found, session.out, words_beside), legend(found, len(fitting))

    session.answer_problems(form, found, seen)
