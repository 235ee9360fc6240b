"""mip mine"""

from typing import Annotated

import typer

from mi_problems.errors import UsageFault
from mi_problems.progress.entries import NONE
from mi_problems.records.terms import plural
from mi_problems.terminal import options
from mi_problems.terminal.session import Session

HELP = """\
Show what you saved, started and finished, newest first.

All is kept in one file, a JSON object a line, which is yours to edit: MIP_NOTES names another, such as one that a
class or a lab shares. A line that cannot be read is told with its number and passed over. Without --who everybody
is shown.
"""
EXAMPLES = """\b
Examples:
  mip mine
  mip mine started saved
  mip mine --history
  mip mine --who anna --format md
  cd "$(mip mine 2.17 --folder)"
"""


def run(
    ctx: typer.Context,
    asked: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[STATE|ID]...", help="saved, started, done, dropped; '!done' excludes.", show_default=False
        ),
    ] = None,
    who: options.Who = None,
    whole: Annotated[bool, typer.Option("--history", help="Every line of the file, not only the last word.")] = False,
    folder: Annotated[bool, typer.Option("--folder", help="Only the folders that `mip init` made.")] = False,
    format_: options.Format = None,
    as_json: options.Json = False,
) -> None:
    from mi_problems.progress.kept import where
    from mi_problems.progress.marks import fits, history, marks, stranger
    from mi_problems.terminal.memory import marks as memory
    from mi_problems.terminal.memory import told
    from mi_problems.terminal.memory.asked import meant, states_and_ids

    session: Session = ctx.obj
    form = options.form(format_, as_json)
    if folder and form:
        raise UsageFault("--folder prints folders alone", "leave out --json and --format, which have them, too")
    states, words = states_and_ids(asked or ())
    registry = session.registry()
    entries = memory.entries(session)
    every = marks(entries)
    ids = list(dict.fromkeys(meant(word, registry, every).id for word in words))
    name = None if who is None else memory.read_who(who)
    asked_for = history(entries) if whole else [mark for mark in every if mark.state != NONE]
    told_of = [one for one in asked_for if fits(one, *states) and name in {None, one.who}]
    found = [one for one in told_of if not ids or one.id in ids]
    if folder:
        session.show(told.folders(found, ids, registry, session.remark))
        return
    if not found:
        session.note(f"mip: {stranger(name or '', every) or told.why_nothing(every)}")

    def seen() -> tuple[str, str]:
        hint = f"{plural(len(found), 'line' if whole else 'mark')}, kept in {where()}, yours to edit"
        return (told.table(found, registry, session.out), hint) if found else ("", "")

    session.answer(
        form,
        json=lambda: told.records(found, registry, session.out),
        rows=lambda: (told.HEAD, (told.row(mark, registry) for mark in found)),
        piped=lambda: told.lines(found, registry),
        seen=seen,
    )
