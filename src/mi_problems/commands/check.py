"""mip check"""

from pathlib import Path
from typing import Annotated

import typer

from mi_problems.records.terms import plural
from mi_problems.registry.load import examine
from mi_problems.terminal import options
from mi_problems.terminal.session import Session

HELP = """\
Check a registry for faults.

Every fault at once, each as file:line:column. Without an argument: the registry in use.
"""
EXAMPLES = """\b
Examples:
  mip check
  mip check my-problems.yaml
  mip check - < my-problems.yaml
"""


def run(
    ctx: typer.Context,
    path: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FILE|DIR|-]", readable=False, help="A registry; - is standard input.", show_default=False
        ),
    ] = None,
    as_json: options.Json = False,
) -> None:
    session: Session = ctx.obj
    target = path if path is not None else session.data
    problems, faults = examine(target)
    if as_json:
        from mi_problems.terminal.render.records import check_record, document

        session.show(document(check_record(str(target or "bundled"), problems, faults), session.out))
    else:
        from mi_problems.clean import clean

        session.show("".join(f"{clean(str(fault))}\n" for fault in faults))
        of = "" if target else "bundled registry: "
        session.note(f"mip: {of}{plural(problems, 'problem')}, {plural(len(faults), 'fault')}")
    if faults:
        raise typer.Exit(1)
