"""How arguments are parsed: global options on either side of the verb, help as output, usage errors on one line."""

from typing import Any

from typer.core import TyperCommand

from mi_problems.errors import UsageFault, nearest
from mi_problems.terminal.render.screen import standard

WITH_VALUE = {"--data", "--color"}
ALONE = {"-q", "--quiet", "--no-pager", "--only", "-V", "--version"}
SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def hoist(args: list[str]) -> list[str]:
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
        if word in ALONE or word.startswith(tuple(f"{name}=" for name in WITH_VALUE)):
            front.append(word)
        elif word in WITH_VALUE:
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


class Helping:
    """Help that is written as all output is: a full disk is one line, a reader that has gone is no error."""

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        option.callback = _show_help
        return option


class MipCommand(Helping, TyperCommand):
    """A verb."""


def usage(error: Any) -> str:
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
