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
from mi_problems.errors import MipError, UsageFault, did_you_mean
from mi_problems.records.terms import plural
from mi_problems.terminal.parsing import ALONE, SETTINGS, WITH_VALUE, Helping, MipCommand, hoist, usage
from mi_problems.terminal.render.screen import COLORS, OutputClosed, standard
from mi_problems.terminal.session import Session
from mi_problems.terminal.typed import data_of

GROUPS = {
    "Choose": ("pick", "search", "list", "show", "compare", "browse"),
    "Start": ("init", "mark", "mine"),
    "Know": ("categories", "sources", "skills"),
    "Problems of your own": ("check",),
}
VERBS = tuple(verb for verbs in GROUPS.values() for verb in verbs)
HELP = "Pick, search and start one of 523 problems in mechanistic interpretability."
BEGIN = """\
Where to begin:
  mip pick             asks what you like and have, and picks three problems
  mip search WORDS     finds problems by what you remember of them
  mip 2.17             shows a problem in full, and what is known of it
  mip categories       the fields, each with what to read first
  mip -h               all commands and options
"""


class MipGroup(Helping, TyperGroup):
    """The verbs, each imported only when it is used; and the one place where errors become exit codes."""

    color = "auto"  # as chosen for this run, for the error line
    anywhere = WITH_VALUE | ALONE

    def list_commands(self, ctx: Any) -> list[str]:
        return list(VERBS)

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)
        option.is_eager = False  # after --data and --only, which it looks at
        return option

    def get_help(self, ctx: Any) -> str:
        return super().get_help(ctx).replace(HELP, in_use(ctx), 1)

    def summary(self, name: str) -> str:
        """The first line of a verb's help, without the cost of making the command."""
        return str(_module(name).HELP).partition("\n")[0]

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """The verbs by what they are for."""
        widest = max(map(len, VERBS))
        for title, verbs in GROUPS.items():
            with formatter.section(title):
                formatter.write_dl([(f"{verb:{widest}}", self.summary(verb)) for verb in verbs])

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in VERBS:
            return None
        module = _module(cmd_name)
        verb = typer.Typer(add_completion=False, rich_markup_mode=None)
        texts = {"help": module.HELP, "epilog": module.EXAMPLES}
        verb.command(cmd_name, cls=MipCommand, context_settings=SETTINGS, **texts)(module.run)
        return get_command(verb)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args and args[0] not in VERBS and not args[0].startswith("-"):
            from mi_problems.terminal.meant import unknown_verb

            raise unknown_verb(self, ctx, args)
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        front, rest = hoist(args)
        if rest and rest[0] not in VERBS:
            from mi_problems.terminal.meant import placed

            rest = placed(self, ctx, rest)
        rest = super().parse_args(ctx, [*front, *rest])
        self.color = ctx.params.get("color", self.color)
        return rest

    def _main_shell_completion(self, ctx_args: Any, prog_name: str, complete_var: str | None = None) -> None:
        """Answers Tab, or prints the script that asks, and ends; in Typer's place."""
        asked = os.environ.get("_MIP_COMPLETE")
        if not asked:
            return
        action, _, shell = asked.partition("_")
        from mi_problems.terminal import completion, shells

        if shell not in shells.SHELLS or action not in {"complete", "source"}:
            raise UsageFault("_MIP_COMPLETE is set, to what no shell asks", "unset it")
        if action == "complete":
            sys.exit(completion.complete(self, shell))
        standard()[0].write(shells.script(shell))
        sys.exit(0)

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


def in_use(ctx: Any) -> str:
    """What the tool is for, with the number and the name of the problems in use."""
    paths, only = data_of(ctx), ctx.params.get("only", False)
    if not paths:
        return HELP
    from mi_problems.registry.load import load

    try:
        registry = load(*paths, only=only)
    except MipError:  # told by the verbs; help is for finding out
        return HELP
    whose = registry.collections[-1].name
    where = whose if only else f"mechanistic interpretability and {whose}"
    return f"Pick, search and start one of {plural(len(registry.problems), 'problem')} in {where}."


def _module(verb: str) -> Any:
    return importlib.import_module(f"mi_problems.commands.{verb}")


app = typer.Typer(
    cls=MipGroup,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings=SETTINGS,
)


def _shell_option(help_: str) -> Any:
    return typer.Option(metavar="[SHELL]", help=help_, show_default=False)


@app.callback(help=HELP, invoke_without_command=True)
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
    install_completion: Annotated[
        str | None, _shell_option("Complete with Tab in bash, zsh or fish; without a name in this shell.")
    ] = None,
    show_completion: Annotated[str | None, _shell_option("Print the script that does it.")] = None,
    remove_completion: Annotated[str | None, _shell_option("Take it out of the shell again.")] = None,
) -> None:
    if color not in COLORS:
        raise UsageFault(f"unknown --color {color!r}", did_you_mean(color, COLORS))
    out, err = standard(color)
    session = Session(data_of(ctx), out, err, quiet, not no_pager, only)
    ctx.obj = session
    asked = {"install": install_completion, "show": show_completion, "remove": remove_completion}
    for action, shell in asked.items():
        if shell is not None:
            from mi_problems.terminal import shells

            out.write(shells.answer(action, shell))
            raise typer.Exit()
    if version:
        registry = session.registry()
        out.write(f"mip {__version__} (data {registry.collection.version}, {len(registry.problems)} problems)\n")
        raise typer.Exit()
    if ctx.invoked_subcommand is None:
        out.write(f"{in_use(ctx)}\n\n{BEGIN}")
