"""mip mark"""

from typing import Annotated

import typer

from mi_problems.errors import UsageFault
from mi_problems.progress.entries import IN_WORDS, NONE
from mi_problems.terminal import options
from mi_problems.terminal.session import Session

HELP = """\
Remember what you saved, started, finished or dropped.

Each mark is a line added to a file of yours. `mip mine` shows them and says where the file is.
"""
EXAMPLES = """\b
Examples:
  mip mark 2.17 saved
  mip mark done 2.17 --note "the circuit recurs in four of five seeds"
  mip mark 2.17 --note "ask Ada about the fifth"
  mip mark 3.3 4.4 saved --who anna
"""


def run(
    ctx: typer.Context,
    marking: Annotated[
        list[str],
        typer.Argument(metavar="ID... [STATE]", help=f"Problems, and first or last: {IN_WORDS}.", show_default=False),
    ],
    note: Annotated[str | None, typer.Option(metavar="TEXT", help="Remember this as well; notes add up.")] = None,
    who: options.Who = None,
    as_json: options.Json = False,
) -> None:
    from mi_problems.progress.marks import marks
    from mi_problems.terminal.memory import marks as memory
    from mi_problems.terminal.memory import told
    from mi_problems.terminal.memory.asked import ids_and_state, meant

    session: Session = ctx.obj
    words, state = ids_and_state(marking)
    text, name = memory.read_note(note), memory.read_who(who)
    if not state and not text:
        raise UsageFault("`mip mark` needs a state or a --note", f"the states are {IN_WORDS}")
    registry = session.registry()
    entries = memory.entries(session)
    known = marks(entries)
    problems = [meant(word, registry, known) for word in words]
    if state == NONE:  # what was marked under an older title, too
        problems += [old for old in known if old.who == name and old.id in {one.id for one in problems}]
    meant_once = {(problem.id, problem.title): problem for problem in problems}
    added = memory.add(meant_once.values(), state, name, text)
    now = {(mark.id, mark.title): mark for mark in marks([*entries, *added]) if mark.who == name}
    done = [now[pair] for pair in meant_once]
    session.answer(
        options.form(None, as_json),
        json=lambda: told.records(done, registry, session.out),
        piped=lambda: told.lines(done, registry),
        seen=lambda: ("".join(f"{told.sentence(mark, bool(state))}\n" for mark in done), ""),
    )
