"""mip search"""

from collections.abc import Sequence
from typing import Annotated

import typer

from mi_problems.records.problem import Problem
from mi_problems.registry.filters import criteria, read_weeks, select
from mi_problems.registry.registry import Registry
from mi_problems.terminal import options
from mi_problems.terminal.memory import beside
from mi_problems.terminal.session import Session

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
    mine: options.Mine = None,
    who: options.Who = None,
    limit: Annotated[int, typer.Option("--limit", "-n", metavar="N", min=1, help="At most this many.")] = 10,
    format_: options.Format = None,
    as_json: options.Json = False,
) -> None:
    from mi_problems.finding.citations import why_nothing
    from mi_problems.finding.ranking import find

    session: Session = ctx.obj
    form = options.form(format_, as_json)
    registry = session.registry()
    wanted = criteria(
        registry, category, level, difficulty, status, skill, starred, compute, source, since, read_weeks(weeks)
    )
    words_beside, more = beside(session, registry, mine, who)
    wanted += more
    fitting = {problem.id for problem in select(registry.problems, wanted)}
    every, nearest, _ = find(registry, query := " ".join(words))
    found = [hit for hit in every if hit.problem.id in fitting]
    hits = found[:limit] if any(hit.matched for hit in found) else []  # neighbours alone of what is filtered are noise
    near = [hit.problem for hit in nearest if hit.problem.id in fitting]
    named = _pages(registry, query)
    if near:
        session.note(f"mip: {_nearest(session, query, near)}")
    elif not hits and (every or not named):
        session.note(f"mip: {why_nothing(registry, [hit.problem for hit in every], wanted, query)}")
    if named:
        session.note(f"mip: {'see also' if hits or near else 'see'} {named}")

    def seen() -> tuple[str, str]:
        from mi_problems.terminal.render.hits import hit_list

        hint = f"{len(hits)} of {len(found)}; -n {len(found)} shows all" if len(found) > len(hits) else ""
        return hit_list(hits, session.out, words_beside), hint

    session.answer_problems(form, [hit.problem for hit in hits], seen, [{"score": hit.score} for hit in hits])


def _nearest(session: Session, query: str, near: Sequence[Problem]) -> str:
    from mi_problems.terminal.render.hits import near_ones

    return near_ones(query, near, session.err)


def _pages(registry: Registry, query: str) -> str:
    """The pages beside the problems that the query names, in a line; empty where it names none, as a number does."""
    if not any(map(str.isalpha, query)):
        return ""
    from mi_problems.finding.index import index_of
    from mi_problems.finding.pages import pages_named

    return ", ".join(pages_named(index_of(registry).pages, query))
