"""mip init"""

from typing import Annotated

import typer

from mi_problems.terminal import options
from mi_problems.terminal.session import Session

HELP = """\
Start a problem: a repository that runs.

Writes eight to ten files: the question, a log, an experiment that runs offline on a laptop in under a minute,
its tests and references; six for a problem that no starter fits. The path goes to standard output, the talk to
standard error.
"""
EXAMPLES = """\b
Examples:
  cd "$(mip init 2.17)"
  mip init 4.4 my-folder --author "Ada Lovelace" --license mit
  mip init 3.3 --dry-run
  mip init 2.17 --update
"""


def run(
    ctx: typer.Context,
    identifier: Annotated[str, typer.Argument(metavar="ID", help="The problem, such as 2.17.")],
    folder: Annotated[
        str | None, typer.Argument(metavar="[DIR]", help="Where; made from the title if left out.")
    ] = None,
    name: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help="The project's name; also the folder's, without DIR.")
    ] = None,
    author: Annotated[str, typer.Option(metavar="NAME", help="For pyproject.toml and the license.")] = "",
    license_: Annotated[
        str | None, typer.Option("--license", metavar="LICENSE", help="mit, apache-2.0 or none; left out, none.")
    ] = None,
    vcs: Annotated[
        str | None,
        typer.Option("--vcs", metavar="VCS", help="git or none; left out, git where it works. It never commits."),
    ] = None,
    notebook: Annotated[bool, typer.Option("--notebook", help="The experiment as a notebook as well.")] = False,
    no_mark: Annotated[bool, typer.Option("--no-mark", help="Do not mark the problem as started.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be written; write nothing.")] = False,
    add_missing: Annotated[bool, typer.Option("--add-missing", help="Write only the files that are absent.")] = False,
    update: Annotated[
        bool,
        typer.Option(
            "--update", help="Bring it to today's card and files; what you edited stays, with NAME.new beside."
        ),
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Write all but LOG.md anew; what you edited is kept as NAME.mine.")
    ] = False,
    as_json: options.Json = False,
) -> None:
    from mi_problems.scaffold.start import Request, checked, mode
    from mi_problems.terminal.memory.marks import begin
    from mi_problems.terminal.started import absolute, commands, talk, tell_git

    session: Session = ctx.obj
    how = mode(add_missing=add_missing, update=update, force=force)
    request = checked(Request(identifier, folder, name, author, license_, vcs, notebook, dry_run, how))
    started = begin(session, session.registry(), request, mark=not no_mark)
    if as_json:
        from mi_problems.terminal.render.records import document, init_record

        path = absolute(started.target)
        record = init_record(path, started.actions, commands(path, started), started.news)
        tell_git(session, started)
        session.show(document(record, session.out))
    else:
        talk(session, started, request)
