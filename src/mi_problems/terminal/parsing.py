"""How arguments are parsed: global options on either side of the verb, help as output, usage errors on one line."""

import re
from typing import Any

from typer.core import TyperCommand

from mi_problems.errors import UsageFault
from mi_problems.terminal.render.screen import standard
from mi_problems.terminal.typed import as_text

WITH_VALUE = {"--data", "--color"}
ALONE = {"-q", "--quiet", "--no-pager", "--only", "-V", "--version"}
OF_SHELL = {"--install-completion", "--show-completion", "--remove-completion"}  # whose value may be left out
_PATHS = {"folder", "data", "path"}  # names of files are bytes
SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def hoist(args: list[str]) -> tuple[list[str], list[str]]:
    """The global options, wherever they stand, and the other arguments: `mip list --color never` works as well.

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
        if word in ALONE or word.startswith(tuple(f"{name}=" for name in WITH_VALUE | OF_SHELL)):
            front.append(word)
        elif word in OF_SHELL:
            front += [word, queue.pop(0) if queue and not queue[0].startswith("-") else ""]
        elif word in WITH_VALUE:
            if not queue:
                raise UsageFault(f"{word} needs a value", "see `mip -h`")
            front += [word, queue.pop(0)]
        else:
            rest.append(word)
    if rest[:1] == ["help"]:
        rest = [*rest[1:2], "--help"]
    return front, rest


def _show_help(ctx: Any, _: Any, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        standard()[0].write(f"{ctx.get_help()}\n")
        ctx.exit()


class Helping:
    """Help that is written as all output is: a full disk is one line, a reader that has gone is no error."""

    def get_help_option_names(self, ctx: Any) -> list[str]:
        """In the order in which they are set: the parser would take it from a set."""
        return list(ctx.help_option_names)

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        option.callback = _show_help
        return option


class MipCommand(Helping, TyperCommand):
    """A verb. What it has no place for is named with its place; its values are text, whatever the locale."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if ctx.resilient_parsing:
            return super().parse_args(ctx, args)
        self._complain_of_one_dash(ctx, args)
        ctx.allow_extra_args = True
        rest = super().parse_args(ctx, args)
        if rest:
            from mi_problems.terminal.meant import surplus

            raise surplus(self, ctx, rest)
        for param in self.get_params(ctx):
            if param.name in ctx.params and param.name not in _PATHS:
                shown = max(param.opts, key=len) if param.param_type_name == "option" else str(param.metavar)
                ctx.params[param.name] = as_text(shown.strip("[]."), ctx.params[param.name])
        return rest

    def _complain_of_one_dash(self, ctx: Any, args: list[str]) -> None:
        """`-json` would be read as `-j`, `-level` as `-l evel`."""
        known = _long_options(ctx)
        for word in args[: args.index("--") if "--" in args else None]:
            if len(word) > 2 and f"-{word}" in known:
                raise UsageFault(f"unknown option {word}", f"did you mean -{word}?")


def usage(error: Any) -> str:
    """A usage error of the option parser on one line, with where to read more."""
    ctx = getattr(error, "ctx", None)
    path = ctx.command_path if ctx else "mip"
    name = getattr(error, "option_name", "")
    if hasattr(error, "possibilities") and ctx:
        return f"unknown option {name}; {_place_of(ctx, name) or f'see `{path} -h`'}"
    return f"{_in_words(error.format_message().rstrip('.'))}; see `{path} -h`"


def _in_words(message: str) -> str:
    """What the option parser says of a number, without its names for types and sets."""
    message = message.replace("is not a valid int range", "is not a whole number")
    return re.sub(r"is not in the range x>=(-?\d+)$", r"is less than \1", message)


def _place_of(ctx: Any, name: str) -> str:
    """What was meant by an option that the verb, or `mip` itself, does not have."""
    from mi_problems.terminal.meant import close_to, of_verbs

    word, owners = name.lstrip("-"), of_verbs(ctx)
    if word in ctx.find_root().command.list_commands(ctx):
        return f"did you mean `mip {word}`?"
    if name in owners:
        return f"it belongs to {', '.join(owners[name])}: `mip {owners[name][0]} {name}`"
    known = [*_long_options(ctx), *(option for option in owners if option.startswith("--"))]
    close = close_to(word, [option[2:] for option in known])[:2] if name.startswith("--") else []
    return "did you mean " + " or ".join(f"--{option}" for option in close) + "?" if close else ""


def _long_options(ctx: Any) -> list[str]:
    """The long options that may stand here: the verb's and the global ones."""
    found = []
    while ctx is not None:
        found += [name for option in ctx.command.get_params(ctx) for name in option.opts if name.startswith("--")]
        ctx = ctx.parent
    return found
