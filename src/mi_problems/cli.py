"""The command line: global options, verbs loaded when they are asked for, and every user error turned into one line."""

import contextlib
import importlib
import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from mi_problems import __version__
from mi_problems.clean import clean
from mi_problems.errors import MipError, UsageFault, did_you_mean, nearest, why_failed
from mi_problems.render.screen import COLORS, OutputClosed, standard
from mi_problems.session import Session

VERBS = ("list", "show", "search", "pick", "init", "categories", "check")
_MEANT = {"start": "init", "new": "init", "create": "init", "ls": "list", "find": "search", "get": "show"}
_GLOBAL_WITH_VALUE = {"--data", "--color"}
_GLOBAL_ALONE = {"-q", "--quiet", "--no-pager", "-V", "--version"}
_COMPLETION = {"--install-completion", "--show-completion"}
_SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def _hoist(args: list[str]) -> list[str]:
    """The arguments with global options moved to the front, so that `mip list --color never` works as well.

    `help list` is made `list --help`.
    """
    front: list[str] = []
    rest: list[str] = []
    queue = list(args)
    while queue:
        word = queue.pop(0)
        if word == "--":
            rest += [word, *queue]
            break
        if word in _GLOBAL_ALONE or word.startswith(tuple(f"{name}=" for name in _GLOBAL_WITH_VALUE)):
            front.append(word)
        elif word in _GLOBAL_WITH_VALUE:
            if not queue:
                raise UsageFault(f"{word} needs a value", "see `mip -h`")
            front += [word, queue.pop(0)]
        else:
            rest.append(word)
    if rest[:1] == ["help"]:
        rest = [*rest[1:2], "--help"]
    return [*front, *rest]


def _show_help(ctx: Any, _: Any, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        standard()[0].write(f"{ctx.get_help()}\n")
        ctx.exit()


class _Helping:
    """Help that is written as all output is: a full disk is one line, a reader that has gone is no error."""

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        option.callback = _show_help
        return option


class MipCommand(_Helping, TyperCommand):
    """A verb."""


class MipGroup(_Helping, TyperGroup):
    """The verbs, each imported only when it is used; and the one place where errors become exit codes."""

    color = "auto"  # as chosen for this run, for the error line
    anywhere = _GLOBAL_WITH_VALUE | _GLOBAL_ALONE

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
        verb.command(cmd_name, cls=MipCommand, epilog=module.EXAMPLES, context_settings=_SETTINGS)(module.run)
        return get_command(verb)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args and args[0] not in VERBS and not args[0].startswith("-"):
            meant = _MEANT.get(args[0])
            hint = f"did you mean {meant}?" if meant else did_you_mean(args[0], VERBS)
            raise UsageFault(f"unknown command {args[0]!r}", hint)
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if not _COMPLETION.isdisjoint(args):
            from mi_problems.completion import mend_scripts

            mend_scripts()
        try:
            rest = super().parse_args(ctx, _hoist(args))
        except OSError as error:  # of `--install-completion`, which writes at once
            raise MipError(f"cannot write {error.filename}: {why_failed(error)}") from None
        self.color = ctx.params.get("color", self.color)
        return rest

    def _main_shell_completion(self, ctx_args: Any, prog_name: str, complete_var: str | None = None) -> None:
        """Answers Tab and ends; what else Typer is asked for, such as a script, it answers itself."""
        action, _, shell = os.environ.get("_MIP_COMPLETE", "").partition("_")
        if action == "complete":
            from mi_problems.completion import SHELLS, complete

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
            code = self.complain(_usage(error), error.exit_code)
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


def _usage(error: Any) -> str:
    """A usage error of the option parser on one line, with where to read more."""
    ctx = getattr(error, "ctx", None)
    path = ctx.command_path if ctx else "mip"
    name = getattr(error, "option_name", "")
    if hasattr(error, "possibilities"):
        known = [option.lstrip("-") for option in _long_options(ctx)] if name.startswith("--") else []
        close = nearest(name.lstrip("-"), known, 2)
        hint = "did you mean " + " or ".join(f"--{word}" for word in close) + "?" if close else f"see `{path} -h`"
        return f"unknown option {name}; {hint}"
    return f"{error.format_message().rstrip('.')}; see `{path} -h`"


def _long_options(ctx: Any) -> list[str]:
    """The long options that may stand here: the verb's and the global ones."""
    found = []
    while ctx is not None:
        found += [name for option in ctx.command.get_params(ctx) for name in option.opts if name.startswith("--")]
        ctx = ctx.parent
    return found


app = typer.Typer(
    cls=MipGroup,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings=_SETTINGS,
)


@app.callback(invoke_without_command=True)
def options(
    ctx: typer.Context,
    version: Annotated[bool, typer.Option("--version", "-V", help="Print the versions of tool and data.")] = False,
    data: Annotated[
        Path | None,
        typer.Option(
            envvar="MIP_DATA", metavar="DIR|FILE", readable=False, help="A registry of your own.", show_default=False
        ),
    ] = None,
    color: Annotated[str, typer.Option(metavar="WHEN", help="auto, always or never.")] = "auto",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No hints on standard error.")] = False,
    no_pager: Annotated[bool, typer.Option("--no-pager", help="Print long output at once.")] = False,
) -> None:
    """Pick, search and start one of 335 problems in mechanistic interpretability."""
    if color not in COLORS:
        raise UsageFault(f"unknown --color {color!r}", did_you_mean(color, COLORS))
    out, err = standard(color)
    session = Session(data, out, err, quiet, not no_pager)
    ctx.obj = session
    if version:
        registry = session.registry()
        out.write(f"mip {__version__} (data {registry.collection.version}, {len(registry.problems)} problems)\n")
        raise typer.Exit()
    if ctx.invoked_subcommand is None:
        out.write(ctx.get_help() + "\n")
