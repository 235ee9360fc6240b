"""mip browse"""

from pathlib import Path
from typing import Annotated

import typer

from mi_problems.registry.filters import criteria, read_weeks, select
from mi_problems.terminal import options
from mi_problems.terminal.session import Session

HELP = "Open the catalogue as web pages, or write them as a site."
EXAMPLES = """\b
Examples:
  mip browse
  mip browse --mine saved
  mip browse -l beginner --compute laptop --out class/
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
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write a site to put online, without your marks.")
    ] = None,
) -> None:
    from mi_problems.progress.marks import criterion
    from mi_problems.site.catalogue import BUNDLED, Catalogue
    from mi_problems.terminal.browsed import browse, publish
    from mi_problems.terminal.memory.marks import own

    session: Session = ctx.obj
    registry = session.registry()
    wanted = criteria(
        registry, category, level, difficulty, status, skill, starred, compute, source, since, read_weeks(weeks)
    )
    chosen = "" if mine else " ".join(one.flag for one in wanted)
    marks = own(session, registry, who, asked=bool(mine)) if mine or not out else {}
    wanted += [criterion(mine, marks)] if mine else []
    found = tuple(select(registry.problems, wanted))
    title = registry.collection.name if session.only else BUNDLED
    if not found:
        session.explain_empty(registry.problems, wanted)
    elif out:
        publish(session, Catalogue(registry, found, title, chosen), out)
    else:
        browse(session, Catalogue(registry, found, title, chosen, marks))
