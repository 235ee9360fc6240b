"""How each shell asks at Tab, and how it is answered.

The scripts ask by `_MIP_COMPLETE=complete_<shell>`, with the line in the environment. We answer in Typer's place: it
runs every description through rich, which takes long and drops `[brackets]`, and leaves backslashes to zsh.
"""

import os
from collections.abc import Mapping
from typing import NamedTuple

from typer._click.shell_completion import split_arg_string

from mi_problems.terminal.render.screen import number

_LISTS = {"63", "33", "64"}  # what bash tells in COMP_TYPE when it shows all that fits: ?, ! and @


class Found(NamedTuple):
    """What may stand at the cursor: words, or the names of files or of directories."""

    words: tuple[tuple[str, str], ...] = ()
    paths: str = ""


def _bash_raw(environment: Mapping[str, str]) -> list[str]:
    """The words up to the cursor with their quotes; bash tells them one a line."""
    line, place = environment.get("COMP_WORDS", ""), environment.get("COMP_CWORD", "")
    words = line.split("\n") if "\n" in line else [*split_arg_string(line), ""]
    return words[: number(place) + 1] if place.isdecimal() else words


def _bash_words(environment: Mapping[str, str]) -> tuple[list[str], str]:
    """Bash parts words at `=` and `:`."""
    *before, incomplete = [" ".join(split_arg_string(word)) for word in _bash_raw(environment)]
    if before[-1:] == [":"]:
        incomplete = f":{incomplete}"  # the end of a word such as coda:9.60
    return [word for word in before[1:] if word != "="], "" if incomplete == "=" else incomplete


def _line_words(environment: Mapping[str, str]) -> tuple[list[str], str]:
    """Zsh and fish tell the line up to the cursor."""
    line = environment.get("_TYPER_COMPLETE_ARGS", "")
    words = split_arg_string(line)[1:]
    return (words, "") if not words or line.endswith(" ") else (words[:-1], words[-1])


def _bash_answer(found: Found) -> str:
    """The words, and beside them what they mean where bash lists them; it puts in what they begin with alike.

    An exclamation mark outside quotes would call up the history.
    """
    escape = "" if _bash_raw(os.environ)[-1][:1] in {"'", '"'} else "\\"
    pairs = [(word.replace("!", f"{escape}!"), help_) for word, help_ in found.words]
    if len(pairs) < 2 or os.environ.get("COMP_TYPE") not in _LISTS:
        return "".join(f"{word}\n" for word, _ in pairs)
    from mi_problems.terminal.render.cells import fit, pad

    widest, room = max(len(word) for word, _ in pairs), (number(os.environ.get("COLUMNS", "")) or 80) - 1
    return "".join(f"{fit(f'{pad(word, widest)}  {help_}', room)}".rstrip() + "\n" for word, help_ in pairs)


def _zsh_answer(found: Found) -> str:
    """A piece of zsh, which the script evaluates once."""
    if found.paths:
        return f"compset -P 1 '--*='; _files{' -/' if found.paths == 'directories' else ''}\n"
    if not found.words:
        return ""
    pairs = (_colons(word) + (f":{_colons(help_)}" if help_ else "") for word, help_ in found.words)
    quoted = " ".join("'" + pair.replace("'", "'\\''") + "'" for pair in pairs)
    return f"local -a found; found=({quoted}); _describe -V mip found\n"


def _colons(text: str) -> str:
    """The text with what `_describe` reads as its own marks escaped."""
    return text.replace("\\", "\\\\").replace(":", "\\:")


def _fish_answer(found: Found) -> str:
    return "".join(f"{word}\t{help_}\n" for word, help_ in found.words)


def _power_words(environment: Mapping[str, str]) -> tuple[list[str], str]:
    """PowerShell tells the line and, once more, the word that is begun."""
    words = split_arg_string(environment.get("_TYPER_COMPLETE_ARGS", ""))[1:]
    incomplete = environment.get("_TYPER_COMPLETE_WORD_TO_COMPLETE", "")
    return words[:-1] if incomplete else words, incomplete


def _power_answer(found: Found) -> str:
    return "".join(f"{word}:::{help_ or ' '}\n" for word, help_ in found.words)


ANSWERS = {
    "bash": (_bash_words, _bash_answer),
    "zsh": (_line_words, _zsh_answer),
    "fish": (_line_words, _fish_answer),
    "powershell": (_power_words, _power_answer),
    "pwsh": (_power_words, _power_answer),
}
