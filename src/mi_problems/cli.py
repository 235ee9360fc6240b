"""The command line: global options, verbs loaded when they are asked for, and every user error turned into one line."""

import contextlib
import importlib
import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from mi_problems import __version__
from mi_problems.clean import clean
from mi_problems.errors import MipError, UsageFault, did_you_mean, why_failed
from mi_problems.terminal.parsing import ALONE, SETTINGS, WITH_VALUE, Helping, MipCommand, hoist, usage
from mi_problems.terminal.render.screen import COLORS, OutputClosed, standard
from mi_problems.terminal.session import Session

VERBS = ("list", "show", "search", "pick", "init", "mark", "mine", "categories", "sources", "check")
_MEANT = {"start": "init", "new": "init", "create": "init", "ls": "list", "find": "search", "get": "show"}
_COMPLETION = {"--install-completion", "--show-completion"}


class MipGroup(Helping, TyperGroup):
    """The verbs, each imported only when it is used; and the one place where errors become exit codes."""

    color = "auto"  # as chosen for this run, for the error line
    anywhere = WITH_VALUE | ALONE

    def list_commands(self, ctx: Any) -> list[str]:
        return list(VERBS)

    def summary(self, name: str) -> str:
        """The first line of a verb's help, without the cost of making the command."""
        return str(_module(name).run.__doc__).partition("\n")[0]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in VERBS:
            return None
        module = _module(cmd_name)
        verb = typer.Typer(add_completion=False, rich_markup_mode=None)
        verb.command(cmd_name, cls=MipCommand, epilog=module.EXAMPLES, context_settings=SETTINGS)(module.run)
        return get_command(verb)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args and args[0] not in VERBS and not args[0].startswith("-"):
            meant = _MEANT.get(args[0])
            hint = f"did you mean {meant}?" if meant else did_you_mean(args[0], VERBS)
            raise UsageFault(f"unknown command {args[0]!r}", hint)
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if not _COMPLETION.isdisjoint(args):
            from mi_problems.terminal.completion import mend_scripts

            mend_scripts()
        try:
            rest = super().parse_args(ctx, hoist(args))
        except OSError as error:  # of `--install-completion`, which writes at once
            raise MipError(f"cannot write {error.filename}: {why_failed(error)}") from None
        self.color = ctx.params.get("color", self.color)
        return rest

    def _main_shell_completion(self, ctx_args: Any, prog_name: str, complete_var: str | None = None) -> None:
        """Answers Tab and ends; what else Typer is asked for, such as a script, it answers itself."""
        action, _, shell = os.environ.get("_MIP_COMPLETE", "").partition("_")
        if action == "complete":
            from mi_problems.terminal.completion import SHELLS, complete

            if shell in SHELLS:
                sys.exit(complete(self, shell))
        super()._main_shell_completion(ctx_args, prog_name, complete_var)

    def main(self, *args: Any, **extra: Any) -> Any:
        try:
            code = super().main(*args, **extra, standalone_mode=False)  # type: ignore[misc]
        except OutputClosed:
            code = 0
        except MipError as error:
            code = self.complain(str(error), error.exit_code)
        except typer.TyperException as error:
            code = self.complain(usage(error), error.exit_code)
        except typer.Abort:
            code = self.complain("interrupted", 130)
        sys.exit(code if isinstance(code, int) else 0)

    def complain(self, message: str, code: int) -> int:
        """One line on standard error, and the exit code back."""
        _, err = standard(self.color if self.color in COLORS else "auto")
        with contextlib.suppress(MipError, OutputClosed):
            err.write(f"mip: {err.style('error', 'red', 'bold')}: {clean(' '.join(message.split()))}\n")
        return code


def _module(verb: str) -> Any:
    return importlib.import_module(f"mi_problems.commands.{verb}")


app = typer.Typer(
    cls=MipGroup,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings=SETTINGS,
)


@app.callback(invoke_without_command=True)
def options(
    ctx: typer.Context,
    version: Annotated[bool, typer.Option("--version", "-V", help="Print the versions of tool and data.")] = False,
    data: Annotated[
        list[Path] | None,
        typer.Option(
            envvar="MIP_DATA",
            metavar="DIR|FILE",
            readable=False,
            show_default=False,
            help="Problems of your own beside the bundled ones. Repeatable.",
        ),
    ] = None,
    only: Annotated[bool, typer.Option("--only", help="Leave the bundled problems out.")] = False,
    color: Annotated[str, typer.Option(metavar="WHEN", help="auto, always or never.")] = "auto",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No hints on standard error.")] = False,
    no_pager: Annotated[bool, typer.Option("--no-pager", help="Print long output at once.")] = False,
) -> None:
    """Pick, search and start one of 523 problems in mechanistic interpretability."""
    if color not in COLORS:
        raise UsageFault(f"unknown --color {color!r}", did_you_mean(color, COLORS))
    out, err = standard(color)
    own = tuple(path.expanduser() for path in data or () if str(path) != ".")
    session = Session(own, out, err, quiet, not no_pager, only)
    ctx.obj = session
    if version:
        registry = session.registry()
        out.write(f"mip {__version__} (data {registry.collection.version}, {len(registry.problems)} problems)\n")
        raise typer.Exit()
    if ctx.invoked_subcommand is None:
        out.write(ctx.get_help() + "\n")
