"""mip pick"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from mi_problems.errors import UsageFault
from mi_problems.registry.filters import read_weeks
from mi_problems.terminal import options
from mi_problems.terminal.session import Session

if TYPE_CHECKING:
    from mi_problems.picking.answers import Answers
    from mi_problems.picking.recommend import Pick

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
  mip pick -l beginner -n 12 --seed 7 --save --who class-a
"""


def run(
    ctx: typer.Context,
    level: options.Level = None,
    interest: options.Interest = None,
    category: options.Category = None,
    status: options.Status = None,
    starred: options.Starred = False,
    compute: options.AtHand = None,
    weeks: options.Weeks = None,
    know: options.Know = None,
    exclude: options.Exclude = None,
    like: Annotated[str | None, typer.Option(metavar="ID", help="Neighbours of this problem.")] = None,
    count: Annotated[int, typer.Option("--count", "-n", metavar="N", min=1, help="How many.")] = 3,
    seed: options.Seed = None,
    include_addressed: options.Addressed = False,
    mine: options.Mine = None,
    who: options.Who = None,
    no_marks: Annotated[bool, typer.Option("--no-marks", help="As if nothing were marked.")] = False,
    save: Annotated[bool, typer.Option("--save", help="Mark the picks as saved.")] = False,
    format_: options.Format = None,
    as_json: options.Json = False,
) -> None:
    from mi_problems.picking.answers import Answers, any_seed

    form = options.form(format_, as_json)
    answers = Answers(
        levels=tuple(level or ()),
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
        seed=any_seed() if seed is None else seed,
        include_addressed=include_addressed,
        mine=tuple(mine or ()),
        who=who or "",
        no_marks=no_marks,
    )
    if no_marks and mine:
        raise UsageFault("--no-marks and --mine exclude each other", "choose one")
    _answer(ctx.obj, answers, form, save)


def _answer(session: Session, answers: "Answers", form: str, save: bool) -> None:
    if not answers.levels and answers.like is None:
        if form or not session.can_ask():
            raise UsageFault("`mip pick` needs your level", "add --level beginner, intermediate, advanced or expert")
        from mi_problems.terminal.dialogue.talk import interview

        interview(session, answers)
        return
    from mi_problems.picking.answers import draw
    from mi_problems.terminal.dialogue.remarks import above, below
    from mi_problems.terminal.memory import marks as memory
    from mi_problems.terminal.memory.picks import marks_for, part

    registry = session.registry()
    own = marks_for(session, registry, answers)
    drawn = draw(registry, answers, own)
    left_out, depends = part(registry, answers, drawn.wanted, own)
    before = above(answers, drawn, left_out)
    after = below(answers, drawn, depends) if form != "json" else []
    if not drawn.picks:
        session.explain_empty(registry.problems, drawn.wanted)
    for line in before:
        session.remark(line)
    _show(session, answers, drawn.picks, form, [*before, *after])
    for line in after:
        session.remark(line)
    if save and drawn.picks:
        memory.save(session, [pick.problem for pick in drawn.picks], memory.read_who(answers.who))


def _show(session: Session, answers: "Answers", picks: "list[Pick]", form: str, beside: Sequence[str]) -> None:
    """The picks; why each was picked follows on standard error where the form has no place for it."""

    def seen() -> tuple[str, str]:
        from mi_problems.terminal.render.picks import pick_list

        return pick_list(picks, session.out, room=session.room(beside)), ""

    more = [{"reasons": p.reasons, "catch": p.catch, "score": p.score, "seed": answers.seed} for p in picks]
    session.answer_problems(form, [pick.problem for pick in picks], seen, more)
    if form != "json" and (form or not session.out.terminal):
        from mi_problems.picking.reasons import sentence

        for pick in picks:
            session.note(f"{pick.problem.id}: because it {sentence(pick.reasons)}; but {pick.catch}")
