"""Words that stand where they fit nothing: put where they belong if that is plain, or named with the right spelling."""

import shlex
from collections.abc import Iterator, Sequence
from typing import Any

from mi_problems.errors import MipError, UsageFault, nearest
from mi_problems.records.typed import list_number, read_id

SYNONYMS = {
    "start": "init", "new": "init", "create": "init", "ls": "list", "find": "search", "get": "show", "diff": "compare",
}  # fmt: skip
_CLOSED = (
    "category", "level", "status", "skill", "difficulty", "compute", "sort", "source", "license_", "vcs", "format_",
)  # fmt: skip
_NEAR = 0.7  # of two words: `serch` is search, `induction` is not init
_LONGEST_ID, _LONGEST_LINE = 40, 60
_MOST_WORDS = 4  # beside a verb that are each looked up


def placed(group: Any, ctx: Any, words: list[str]) -> list[str]:
    """The words after the global options, verb first: options that stood before it follow it, an id alone is shown."""
    verbs = group.list_commands(ctx)
    if words[:1] == ["problem"] and len(words) > 1 and _is_id(words[1]):
        return ["show", *words]
    if not words or not words[0].startswith("-"):
        return ["show", *words] if words and _is_id(words[0]) else words
    end = words.index("--") if "--" in words else len(words)
    places = [at for at, word in enumerate(words[:end]) if word in verbs or _is_id(word)]
    for at in [*filter(lambda at: _fit(group, ctx, words, at), places), *places]:
        verb = [words[at]] if words[at] in verbs else ["show", words[at]]
        return [verb[0], *words[:at], *verb[1:], *words[at + 1 :]]
    return words


def _is_id(word: str) -> bool:
    if len(word) > _LONGEST_ID:
        return False
    numbered = list_number(word)
    return bool(read_id(word) or (numbered and any(sign.isdigit() for sign in numbered[1])))


def _fit(group: Any, ctx: Any, words: Sequence[str], at: int) -> bool:
    """Whether all words before the place are options of the verb there, with their values."""
    command = group.get_command(ctx, words[at] if words[at] in group.list_commands(ctx) else "show")
    takes = {name: not param.is_flag for param in _options(command, ctx) for name in param.opts}
    before = list(words[:at])
    while before:
        word = before.pop(0)
        name, _, value = word.partition("=") if word.startswith("--") else (word[:2], "", word[2:])
        if name not in takes:
            return False
        if takes[name] and not value:
            if not before:
                return False
            before.pop(0)
    return True


def _options(command: Any, ctx: Any) -> list[Any]:
    return [param for param in command.get_params(ctx) if param.param_type_name == "option"]


def unknown_verb(group: Any, ctx: Any, words: Sequence[str]) -> UsageFault:
    """For a first word that is no verb."""
    verbs, word = group.list_commands(ctx), words[0]
    close = close_to(word, verbs)
    if word.casefold() in SYNONYMS:
        hint = f"did you mean {SYNONYMS[word.casefold()]}?"
    elif not close and (options := list(_options_for(group.get_command(ctx, "list"), ctx, word))):
        flag, _, value = options[0].partition(" ")
        command = {"--level": f"pick {options[0]}", "--category": f"categories {value}"}.get(flag, f"list {options[0]}")
        hint = f"did you mean `mip {command}`?"
    else:
        hint = f"did you mean {' or '.join(close)}?" if close else f"did you mean `{_search(words)}`?"
    return UsageFault(f"unknown command {word!r}", hint)


def surplus(command: Any, ctx: Any, words: Sequence[str]) -> UsageFault:
    """For words that a verb has no place for."""
    path, word = ctx.command_path, words[0]
    names = [name for param in _options(command, ctx) for name in param.opts]
    options = [list(_options_for(command, ctx, word)) for word in words[:_MOST_WORDS]]
    ways = [f"{path} {option}" for option in options[0]]
    if len(words) in range(2, _MOST_WORDS + 1) and all(options):
        ways = [" ".join([path, *(option[0] for option in options)])]
    if not ways and _is_id(word):
        ways = [f"mip show {word}"]
    if not ways and "--interest" in names and word.isprintable():
        ways = [f"{path} --interest {shlex.quote(' '.join(words))}"]
    if not ways and "--sort" in names:
        ways = [_search(words)]
    hint = f"did you mean {' or '.join(f'`{way}`' for way in ways)}?" if ways else f"see `{path} -h`"
    return UsageFault(f"unexpected {word!r} after `{path}`", hint)


def of_verbs(ctx: Any) -> dict[str, list[str]]:
    """The options that stand behind verbs, each with the verbs that have it; none where a verb was given."""
    found: dict[str, list[str]] = {}
    verbs = ctx.command.list_commands(ctx) if ctx.parent is None else ()
    for verb in sorted(verbs, key=lambda verb: verb != "list"):  # which takes any option of its own alone
        for param in _options(ctx.command.get_command(ctx, verb), ctx):
            for name in param.opts:
                found.setdefault(name, []).append(verb)
    return found


def close_to(word: str, verbs: Sequence[str]) -> list[str]:
    """The verbs that the word begins, or is nearly one of."""
    from difflib import SequenceMatcher

    found = nearest(word, verbs)
    key = word.casefold()
    return [verb for verb in found if verb.startswith(key) or SequenceMatcher(None, key, verb).ratio() >= _NEAR]


def _options_for(command: Any, ctx: Any, word: str) -> Iterator[str]:
    """Each option of the verb that takes this very word: `--level beginner`."""
    from mi_problems.terminal.completion import values

    for param in _options(command, ctx):
        name = max(param.opts, key=len)
        if name in {"--limit", "--count"} and word.isdecimal():
            yield f"{name} {word}"
        try:
            known = values(ctx, param, "").words if param.name in _CLOSED else ()
        except MipError:  # a faulty registry is told when it is used
            known = ()
        for value, _ in known:
            if value.casefold() == word.casefold():
                yield f"{name} {value}"


def _search(words: Sequence[str]) -> str:
    line = f"mip search {' '.join(map(shlex.quote, words))}"
    return line if len(line) <= _LONGEST_LINE and line.isprintable() else "mip search WORDS"
