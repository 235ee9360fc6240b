"""mip pick"""

import random
from typing import Annotated

import typer

from mi_problems.errors import UsageFault
from mi_problems.picking.answers import Answers, draw
from mi_problems.registry.filters import read_weeks
from mi_problems.terminal import options
from mi_problems.terminal.session import Session

HELP = """\
Pick a few problems that fit you.

Each comes with its reasons and its catch. The same seed gives the same picks on every machine. On a terminal,
without a level, it asks.
"""
EXAMPLES = """\b
Examples:
  mip pick --level beginner
  mip pick -l intermediate -i "reward models" --compute laptop --weeks 6
  mip pick -l intermediate -c circuits --starred --status open
  mip pick --like 2.17 -n 5
  mip pick -l beginner -n 10 --seed 7 --json
  mip pick -l beginner -c circuits -n 1 --seed 7 --json
"""

YourLevel = Annotated[
    str | None, typer.Option("--level", "-l", metavar="LEVEL", help="beginner, intermediate, advanced or expert.")
]
Interest = Annotated[
    list[str] | None,
    typer.Option("--interest", "-i", metavar="WORDS", help="What you like, in your words, or a category. Repeatable."),
]
AtHand = Annotated[str | None, typer.Option(metavar="COMPUTE", help="The most you have: laptop, gpu or cluster.")]
Know = Annotated[list[str] | None, typer.Option(metavar="SKILL", help="A skill you have. Repeatable.")]
Exclude = Annotated[
    list[str] | None, typer.Option("--not", metavar="ID", help="Not this one; the other picks stay. Repeatable.")
]
Seed = Annotated[
    int | None, typer.Option(metavar="N", min=0, help="The same seed gives the same picks, with the same data.")
]
Addressed = Annotated[bool, typer.Option("--include-addressed", help="Also problems already answered.")]


def run(
    ctx: typer.Context,
    level: YourLevel = None,
    interest: Interest = None,
    category: options.Category = None,
    status: options.Status = None,
    starred: options.Starred = False,
    compute: AtHand = None,
    weeks: options.Weeks = None,
    know: Know = None,
    exclude: Exclude = None,
    like: Annotated[str | None, typer.Option(metavar="ID", help="Neighbours of this problem.")] = None,
    count: Annotated[int, typer.Option("--count", "-n", metavar="N", min=1, help="How many.")] = 3,
    seed: Seed = None,
    include_addressed: Addressed = False,
    as_json: options.Json = False,
) -> None:
    answers = Answers(
        level=level,
        interests=tuple(interest or ()),
        categories=tuple(category or ()),
        statuses=tuple(status or ()),
        starred=starred,
        compute=compute,
        weeks=read_weeks(weeks),
        know=tuple(know or ()),
        exclude=tuple(exclude or ()),
        like=like,
        number=count,
        seed=seed if seed is not None else random.SystemRandom().randrange(1, 10**6),
        include_addressed=include_addressed,
    )
    _answer(ctx.obj, answers, as_json)


def _answer(session: Session, answers: Answers, as_json: bool) -> None:
    if answers.level is None and answers.like is None:
        if as_json or not session.can_ask():
            raise UsageFault("`mip pick` needs your level", "add --level beginner, intermediate, advanced or expert")
        from mi_problems.terminal.interview import interview

        interview(session, answers)
        return
    registry = session.registry()
    picks, wanted, notice = draw(registry, answers)
    if notice:
        session.note(f"mip: {notice}")
    if not picks:
        session.explain_empty(registry.problems, wanted)
    elif len(picks) < answers.number:
        session.note(f"mip: only {len(picks)} of {answers.number}: no more fit")
    if as_json:
        from mi_problems.terminal.render.records import problems

        more = [{"reasons": p.reasons, "catch": p.catch, "score": p.score, "seed": answers.seed} for p in picks]
        session.show(problems([pick.problem for pick in picks], session.out, more))
        return
    if session.out.terminal:
        from mi_problems.terminal.render.picks import pick_list

        session.show(pick_list(picks, session.out))
    else:
        from mi_problems.terminal.render.lines import lines

        session.show(lines((pick.problem for pick in picks), session.out))
        for pick in picks:
            session.note(f"{pick.problem.id}: {'; '.join(pick.reasons)}; but {pick.catch}")
    if picks:
        session.remark(f"seed {answers.seed}: repeat with --seed {answers.seed}")
