"""What Tab offers in bash, zsh and fish: verbs, options, and the values that an option or argument takes."""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import typer
from typer._click.shell_completion import _resolve_context

from mi_problems.errors import MipError
from mi_problems.records.terms import MEANING, Compute, Level, Status, plural
from mi_problems.registry.filters import SORTS
from mi_problems.registry.load import load
from mi_problems.registry.registry import Registry
from mi_problems.terminal.memory import offered
from mi_problems.terminal.options import FORMATS
from mi_problems.terminal.render.screen import COLORS, standard
from mi_problems.terminal.shells import INSTALLABLE
from mi_problems.terminal.tab import ANSWERS, Found
from mi_problems.terminal.typed import data_of

Words = Iterable[tuple[str, str]]  # values with their descriptions


def _categories(registry: Registry) -> Words:
    return ((category.slug, category.title) for category in registry.categories)


def _wanted_or_not(registry: Registry) -> Words:
    yield from _categories(registry)
    yield from ((f"!{slug}", f"not {title}") for slug, title in _categories(registry))


def _lists(registry: Registry) -> Words:
    return ((one.slug, one.name) for one in registry.lists)


def _skills(registry: Registry) -> Words:
    return ((skill.id, skill.meaning) for skill in registry.skills)


def _interests(registry: Registry) -> Words:
    return (*_categories(registry), *_skills(registry))


def _difficulties(registry: Registry) -> Words:
    counts = Counter(problem.difficulty for problem in registry.problems if problem.difficulty)
    return ((str(rating), plural(count, "problem")) for rating, count in sorted(counts.items()))


def _licenses() -> Words:
    from mi_problems.scaffold.provenance import LICENSES

    return LICENSES.items()


def _vcs() -> Words:
    from mi_problems.scaffold.start import VCS

    return ((name, "") for name in VCS)


def _shells() -> Words:
    return ((name, "") for name in INSTALLABLE)


# By the names of the parameters of the commands; one that stands nowhere takes any text.
OF_REGISTRY: dict[str, Callable[[Registry], Words]] = {
    "ids": offered.ids, "identifier": offered.ids, "exclude": offered.ids, "like": offered.ids,
    "category": _wanted_or_not, "slug": _categories, "interest": _interests, "source": _lists, "list_": _lists,
    "skill": _skills, "know": _skills, "difficulty": _difficulties, "marking": offered.ids,
    "asked": offered.states_and_ids,
}  # fmt: skip
FIXED: dict[str, Callable[[], Words]] = {
    "level": lambda: ((level, MEANING[level]) for level in Level),
    "status": lambda: ((status, MEANING[status]) for status in Status),
    "compute": lambda: ((machine, MEANING[machine]) for machine in Compute),
    "sort": lambda: ((key, "") for key in SORTS),
    "format_": FORMATS.items,
    "color": lambda: ((when, "") for when in COLORS),
    "mine": offered.wanted_states,
    "who": offered.people,
    "license_": _licenses,
    "vcs": _vcs,
    **dict.fromkeys(("install_completion", "show_completion", "remove_completion"), _shells),
}
PATHS = {"data": "files", "path": "files", "folder": "directories", "out": "directories"}


def suggest(group: Any, args: list[str], incomplete: str) -> Found:
    """What fits at the cursor, after the words `args` and with `incomplete` begun; MipError for a faulty registry."""
    lacking = bool(args) and args[-1].startswith("-") and "=" not in args[-1]  # its value, perhaps
    context = _resolve_context(group, {}, "mip", args[:-1] if lacking else args)
    name, equals, value = incomplete.partition("=")
    if equals and name.startswith("--"):
        param = _awaiting(context, [*args, name])
        found = values(context, param, value) if param else Found()
        return found._replace(words=tuple((f"{name}={word}", help_) for word, help_ in found.words))
    ended = "--" in args
    param = None if ended else _awaiting(context, args)
    if param is None and (ended or not incomplete.startswith("-")):
        param = _next_argument(context)
    if param is not None:
        return values(context, param, incomplete)
    words = _verbs(context) if context.parent is None and not incomplete.startswith("-") else _options(context, args)
    return _beginning(words, incomplete)


def _params(context: Any) -> list[Any]:
    """The parameters of the verb, and the options of `mip` that work on either side of it."""
    own, root = context.command.get_params(context), context.find_root()
    if context is root:
        return list(own)
    return [*own, *(one for one in root.command.get_params(root) if root.command.anywhere.intersection(one.opts))]


def _awaiting(context: Any, args: list[str]) -> Any:
    """The option that the last word names, if it takes a value."""
    options = [param for param in _params(context) if param.param_type_name == "option" and not param.is_flag]
    return next((option for option in options if args and args[-1] in option.opts), None)


def _next_argument(context: Any) -> Any:
    arguments = [param for param in context.command.get_params(context) if param.param_type_name == "argument"]
    return next((one for one in arguments if one.nargs == -1 or context.params.get(one.name) is None), None)


def values(context: Any, param: Any, incomplete: str) -> Found:
    """What the parameter takes that begins so; MipError for a faulty registry."""
    if param.name in PATHS:
        return Found(paths=PATHS[param.name])
    if param.name in FIXED:
        return _beginning(FIXED[param.name](), incomplete)
    if param.name in OF_REGISTRY:
        # as they were typed: the shell has not looked at them yet
        paths = [Path(os.path.expandvars(typed)) for typed in data_of(context)]
        registry = load(*paths, only=bool(context.find_root().params.get("only") and paths))
        states = offered.states() if param.name == "marking" and context.params.get("marking") else ()
        return _beginning((*states, *OF_REGISTRY[param.name](registry)), incomplete)
    return Found()


def _beginning(words: Words, incomplete: str) -> Found:
    return Found(tuple((str(word), help_) for word, help_ in words if word.startswith(incomplete)))


def _verbs(context: Any) -> Iterator[tuple[str, str]]:
    for name in context.command.list_commands(context):
        yield name, context.command.summary(name)


def _options(context: Any, args: list[str]) -> Iterator[tuple[str, str]]:
    """The options that may still come."""
    for param in _params(context):
        if param.param_type_name == "option" and (param.multiple or not set(param.opts).intersection(args)):
            yield from ((name, param.help or "") for name in param.opts)


def complete(group: Any, shell: str) -> int:
    """Tells the shell what fits; nothing for a faulty line or registry, or on Ctrl-C. The exit code."""
    read, answer = ANSWERS[shell]
    try:
        found = suggest(group, *read(os.environ))
    except (MipError, typer.TyperException, KeyboardInterrupt):
        found = Found()
    if os.environ.get("_TYPER_COMPLETE_FISH_ACTION") == "is-args":
        return 1 if found.paths else 0  # on 1 fish completes file names itself
    standard()[0].write(answer(found))
    return 1 if found.paths and shell == "bash" else 0  # on which its script has bash complete file names
