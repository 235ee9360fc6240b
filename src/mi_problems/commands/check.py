"""mip check"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mi_problems.errors import UsageFault
from mi_problems.records.terms import plural
from mi_problems.registry.bundle import format_page, template
from mi_problems.registry.load import examine, with_ids
from mi_problems.terminal import options
from mi_problems.terminal.session import Session

if TYPE_CHECKING:
    from mi_problems.reading.faults import Fault

HELP = """\
Check a registry for faults.

Every fault at once, each as file:line:column. Without an argument: the registry in use. --template prints one to
fill in.
"""
_EXAMPLES = """\b
Every field of a registry:
  {format_page}

\b
Examples:
  mip check
  mip check --template
  mip check my-problems.yaml
  mip check - < my-problems.yaml
"""
NUMBERED = (
    "ids were given by order, for trying out: they change when a problem is put in between; "
    "`mip check --number FILE` prints the file with ids written in"
)


def __getattr__(name: str) -> str:
    """`EXAMPLES`: where the page on the format is, the disk is asked only for this verb's own help."""
    if name != "EXAMPLES":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return _EXAMPLES.format(format_page=format_page())


def run(
    ctx: typer.Context,
    path: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FILE|DIR|-]", readable=False, help="A registry; - is standard input.", show_default=False
        ),
    ] = None,
    blank: Annotated[bool, typer.Option("--template", help="Print a registry to fill in.")] = False,
    number: Annotated[bool, typer.Option("--number", help="Print FILE with ids written in.")] = False,
    as_json: options.Json = False,
) -> None:
    session: Session = ctx.obj
    if blank:
        session.show(f"{template()}# every field: {format_page()}\n")
        return
    if number and path is None:
        raise UsageFault("--number needs a FILE", "such as `mip check --number mine.yaml`")
    paths = (path,) if path is not None else session.data
    if number:
        text, faults = with_ids(paths[0], session.only)
        count, given = 0, 0
        if not faults:
            session.out.write(text)
            return
    else:
        count, faults, given = examine(*paths, only=session.only)
    if as_json:
        from mi_problems.terminal.render.records import check_record, document

        session.show(document(check_record(", ".join(map(str, paths)) or "bundled", count, faults), session.out))
    else:
        _tell(session, paths, count, faults, given)
    if faults:
        raise typer.Exit(1)


def _tell(session: Session, paths: tuple[Path, ...], count: int, faults: "list[Fault]", given: int) -> None:
    from mi_problems.clean import clean

    session.show("".join(f"{clean(str(fault))}\n" for fault in faults))
    of = "" if paths else "bundled registry: "
    session.note(f"mip: {of}{plural(count, 'problem')}, {plural(len(faults), 'fault')}")
    if given and not faults:
        session.remark(f"mip: {NUMBERED}")
    if faults and paths:
        session.remark(f"mip: `mip check --template` prints a registry to fill in; the format: {format_page()}")
