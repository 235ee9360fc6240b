"""Writes docs/cli.md from the help texts of the commands: python docs/make_cli.py

What no help text says, the streams, formats, exit codes and environment variables, stands here. tests/test_docs.py
compares page and help.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from typer.main import get_command

from mi_problems.cli import VERBS, app

PAGE = Path(__file__).parent / "cli.md"

HEAD = """\
# The commands of `mip`

Made from the help texts by `python docs/make_cli.py`. `mip -h` and `mip COMMAND -h` print the same.

[mip](#mip), {verbs}, \
[completion](#completion), [formats](#formats), [exit codes](#exit-codes), [environment](#environment)
"""

FORMATS = """\
## Formats

Standard output carries the result and nothing else; hints, notices and errors go to standard error, an error as one
line.

- **On a terminal**: a table, a card or a list, as wide as the terminal.
- **In a pipe**: one problem a line, `id`, `difficulty`, `status`, `category` and `title`, separated by tabs, without
  header, colour or cutting. `mip show` prints the card without wrapping, `mip init` the absolute path of the
  repository alone, `mip check` a fault a line as `file:line:column: message`. `mip mine` and `mip mark` print `id`,
  `state`, `since`, `who`, `folder`, `note` and `title`; all notes are one, and what is not known is empty.
- **`--json`**, short for `--format json`: one document. `list`, `show`, `compare`, `search` and `pick` print an array
  of records, `[]` where nothing fits; `search` adds `score`, `pick` adds `reasons`, `catch`, `score` and `seed`,
  `compare` adds `left`; `mine` and `mark` add `state`, `since`, `who`, `folder` and `notes`, and where the id is not in
  the registry in use all but `id` and `title` of the card is `null`. `categories`, `sources` and `skills` print an
  array; `init` an object with `path`, `files` (each with `path`, `action` and what is put `beside` it), `commands` and
  `news`; `check` an object with `file`, `problems` and `faults`. Fields are only ever added.
- **`--format csv`, `--format md`**: a table with a header, for a spreadsheet (RFC 4180) and for a page of Markdown. Of
  problems the columns are `id`, `title`, `category`, `difficulty`, `difficulty_basis`, `status`, `starred`, `compute`,
  `weeks` (`1 to 2`), `source`, `newest` (the year of the newest work), `url` and `name`: a spreadsheet reads the id
  4.10 as 4.1, and `mip-4-10` survives it; `mip show mip-4-10` takes it. Of `mine` they are those of the pipe. In csv an
  apostrophe stands before what a spreadsheet would calculate.
- **`mip compare`** prints a table of Markdown into a pipe; `mip show --web` and `--work` the address alone.

Ids are read forgivingly (`#2.17`, `2.17.`, `problem 2.17`; `coda:9.60` is a number of the Coda catalogue) and printed
exactly. Repeating an option means or, different options mean and, `-c '!rl'` excludes. A difficulty with `~` is an
estimate of ours.

## The memory

What `mip mark` and `mip init` remember is one file of yours, which `mip mine` names below its table: one JSON object a
line, with `id`, `state` (`saved`, `started`, `done`, `dropped` or `none`), `at` (ISO 8601, in UTC), `who`, `note`,
`folder` and `title`; only `id` must be there. Lines are added and never rewritten, so the history is there, two copies
can be merged line by line (`notes.jsonl merge=union` in `.gitattributes`), and the file is yours to edit. For each
problem and person the last line counts; `since` is the time of the line that began the state. A line that cannot be
read is told with its number and passed over; fields that this version does not know are kept, and shown as `other` in
JSON. A mark keeps the title of its problem: where the id stands for another one in the registry in use, the mark is not
applied, and `mip mine` says so. `MIP_NOTES=/dev/null` remembers nothing.
"""

FIELDS = [
    ("category", "the slug of its category"),
    ("url", "the post that lists the problem; a follow-up has its own"),
    ("levels", "every level that `difficulty` spans; of a category: how many problems each level finds in it"),
    ("listed", "how the list names it; `title` is ours"),
    ("difficulty_basis", "`published`: the letter was read in a copy of the list; `estimated`: it is ours"),
    ("starred", "whether the author starred it; `null`: not known"),
    ("status", "as of the date of the data: `open` means that no follow-up is known, not that none exists"),
    (
        "reach",
        "how far the starter of `mip init` carries: `small`, `pretrained` or `warm-up`; see [starters](starters.md)",
    ),
    (
        "relation",
        "of a follow-up: `answers` the question or a part of it, `extends` or `replicates` it, or is `background`: "
        "near it, and answers none of it",
    ),
    ("keywords", "with `questions`: the words of people who look for it, for search; no part of the card"),
    ("left", "of `compare`: what is left to do, by the note of the newest work that answers a part of it"),
    (
        "beginners",
        "of a skill: the ids of its problems for beginners; `meaning` is what it means, `learn` where to learn it",
    ),
    ("confidence", "of a follow-up: `seen`, its abstract or page was read; `title`, only title and link"),
    ("score", "of `search` and `pick`: only the order means anything"),
    ("reasons", "of `pick`, with `catch`: why this one, and what speaks against it"),
    ("seed", "of `pick`: with the same flags, data (`mip -V`) and marks it gives the same picks again"),
    ("state", "of `mine`: the last state; `null` where there are only notes"),
    ("since", "of `mine`: when that state began"),
    ("who", "of `mine`: for whom; `null` for yourself"),
    ("folder", "of `mine`: where `mip init` wrote the repository"),
    ("notes", "of `mine`: every note, the first one first"),
    ("other", "of `mine`: fields of the file that this version does not know"),
    ("problems", "of a category, a list, a skill or of `check`: how many"),
]

COMPLETION = """\
## Completion

`mip --install-completion` lets Tab complete verbs, options, ids, categories and every other fixed word in the shell
that you type it in; `mip --install-completion zsh` in that one. For bash and zsh it adds one block to `~/.bashrc` or
`.zshrc`, between two lines of marks, and changes no other byte; fish gets a file of its own,
`fish/completions/mip.fish`. A second time it brings the block up to date. `mip --remove-completion` takes it out again;
so does deleting the block. Zsh and fish show what each word means beside it, bash when it lists several, on a second
Tab. To do it by hand, put one of these into a file that your shell reads when it starts:

```sh
eval "$(mip --show-completion bash)"
autoload -Uz compinit; compinit; eval "$(mip --show-completion zsh)"
mip --show-completion fish | source
```
"""

COLOR = """\
`--color always` and `--color never` outrank the variables on colour. Each stream is judged by itself: where only
standard output is a pipe, hints on the terminal keep their colour.
"""

EXIT_CODES = [
    ("0", "done; an empty result is no error"),
    ("1", "failed: an unknown id, files in the way, a faulty registry, a full disk"),
    ("2", "wrong usage"),
    ("130", "interrupted"),
]

ENVIRONMENT = [
    ("MIP_DATA", "a registry of your own, as `--data DIR|FILE`"),
    ("MIP_CACHE_DIR", "where parsed registries are kept"),
    ("XDG_CACHE_HOME", "on Linux, without `MIP_CACHE_DIR`: they are kept in `mip` below it, else in `~/.cache/mip`"),
    ("MIP_NOTES", "the file in which marks are kept, in place of your own, such as one that a class shares"),
    ("XDG_DATA_HOME", "on Linux, without `MIP_NOTES`: `mip/notes.jsonl` below it, else below `~/.local/share`"),
    ("BROWSER", "the web browser of `mip show --web`, `--work` and `mip browse`"),
    ("MIP_PAGER", "the pager for output longer than the terminal; empty for none"),
    ("PAGER", "the pager, where `MIP_PAGER` is not set; without either it is `less`"),
    ("NO_COLOR", "not empty: no colour"),
    ("FORCE_COLOR", "not empty or 0: colour even in a pipe, unless `NO_COLOR` is set"),
    ("CLICOLOR_FORCE", "the same"),
    ("CLICOLOR", "0: no colour"),
    ("FORCE_HYPERLINK", "hyperlinks on a coloured terminal that is not known to take them; 0: none"),
    ("TERM", "`dumb`: no colour"),
    ("COLUMNS", "the width of the terminal, in place of its own"),
    ("LINES", "its height"),
    ("LC_ALL", "`C` or `POSIX`: plain ASCII marks"),
    ("ZDOTDIR", "where `--install-completion` looks for `.zshrc`, as zsh does; else in `HOME`"),
    ("XDG_CONFIG_HOME", "where it puts the file for fish, as fish does; else in `~/.config`"),
    ("SHELL", "which shell to complete in, where the one that runs `mip` cannot be told"),
]


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; the first column is code."""
    lines = [head, ["---"] * len(head), *([f"`{first}`", *rest] for first, *rest in rows)]
    escaped = ([" ".join(cell.split()).replace("|", "\\|") for cell in line] for line in lines)
    return "".join(f"| {' | '.join(line)} |\n" for line in escaped)


def section(command: Any, context: Any) -> str:
    """One command: usage, description, arguments, options, examples."""
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    parts = [f"## {context.command_path}\n", f"```\n{usage}\n```\n", f"{command.help}\n"]
    for kind in ("argument", "option"):
        records = [one.get_help_record(context) for one in command.get_params(context) if one.param_type_name == kind]
        if records:
            parts.append(table([kind, "meaning"], records))
    if command.epilog:
        lines = re.sub(r"^.*Examples:\n", "", command.epilog, flags=re.DOTALL).rstrip().splitlines()
        parts.append("```sh\n" + "".join(f"{line.strip()}\n" for line in lines) + "```\n")
    return "\n".join(parts)


def page() -> str:
    """The whole page."""
    group: Any = get_command(app)
    with group.make_context("mip", [], resilient_parsing=True) as context:
        sections = [section(group, context)]
        for verb in VERBS:
            command = group.get_command(context, verb)
            with command.make_context(verb, [], parent=context, resilient_parsing=True) as inner:
                sections.append(section(command, inner))
    verbs = ", ".join(f"[{verb}](#mip-{verb})" for verb in VERBS)
    codes = "## Exit codes\n\n" + table(["code", "meaning"], EXIT_CODES)
    variables = "## Environment\n\n" + table(["variable", "meaning"], ENVIRONMENT)
    fields = "What the [format of a registry](data-format.md#problem) does not say of a record's fields:\n\n" + table(
        ["field", "meaning"], FIELDS
    )
    return "\n".join([HEAD.format(verbs=verbs), *sections, COMPLETION, FORMATS, fields, codes, variables, COLOR])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
