"""mip search"""

from typing import TYPE_CHECKING, Annotated

import typer

from mi_problems.errors import UnknownProblem
from mi_problems.registry.filters import Criterion, criteria, read_weeks, select
from mi_problems.registry.registry import Registry
from mi_problems.terminal import options
from mi_problems.terminal.session import Session

if TYPE_CHECKING:
    from mi_problems.finding.ranking import Hit

HELP = """\
Find problems by words.

A phenomenon, a method, a half-remembered title, an id, a paper's arXiv number: type what you remember.
"""
EXAMPLES = """\b
Examples:
  mip search why does removing the first mlp break gpt-2
  mip search induction heads --level beginner
  mip search arXiv:2405.04156
  mip search "reward model" --json
"""


def run(
    ctx: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="WORDS...", help="What you remember of it; no quotes needed.")],
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
    limit: Annotated[int, typer.Option("--limit", "-n", metavar="N", min=1, help="At most this many.")] = 10,
    as_json: options.Json = False,
) -> None:
    from mi_problems.finding.ranking import search

    session: Session = ctx.obj
    registry = session.registry()
    wanted = criteria(
        registry, category, level, difficulty, status, skill, starred, compute, source, since, read_weeks(weeks)
    )
    fitting = {problem.id for problem in select(registry.problems, wanted)}
    query = " ".join(words)
    every = search(registry, query)
    found = [hit for hit in every if hit.problem.id in fitting]
    hits = found[:limit] if any(hit.matched for hit in found) else []  # neighbours alone of what is filtered are noise
    if not hits:
        _explain(session, registry, every, wanted, query)
    if as_json:
        from mi_problems.terminal.render.records import problems

        session.show(problems([hit.problem for hit in hits], session.out, [{"score": hit.score} for hit in hits]))
    elif hits and session.out.terminal:
        from mi_problems.terminal.render.hits import hit_list

        session.show(hit_list(hits, session.out))
        if len(found) > len(hits):
            session.remark(f"{len(hits)} of {len(found)}; -n {len(found)} shows all")
    else:
        from mi_problems.terminal.render.lines import lines

        session.show(lines([hit.problem for hit in hits], session.out))


def _explain(session: Session, registry: Registry, every: "list[Hit]", wanted: list[Criterion], query: str) -> None:
    """Why nothing is shown: the filters, an id that does not exist, or words that fit nothing."""
    from mi_problems.finding.citations import asked_id

    if every:
        session.explain_empty([hit.problem for hit in every], wanted)
    elif identifier := asked_id(registry, query):
        try:
            registry.problem(identifier)
        except UnknownProblem as error:
            session.note(f"mip: {error}")
    else:
        session.note("mip: nothing found; try fewer or other words, or `mip categories`")
