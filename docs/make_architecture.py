"""Writes docs/architecture.md from the syntax trees of the package: python docs/make_architecture.py

The rooms are those that tests/test_architecture.py holds; the lines on the modules are the first sentences of their
docstrings. tests/test_docs.py compares page and package.
"""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.test_architecture import (
    MAY_KNOW_THE_TERMINAL,
    MODULES,
    ONE_USER,
    ROOMS,
    SOURCE,
    TERMINAL,
    imports,
    name_of,
    own_imports,
    room_of,
)

PAGE = Path(__file__).parent / "architecture.md"

HEAD = """\
# How `mip` is built

Made by `python docs/make_architecture.py`; the picture and the tables come from the syntax trees of `src/mi_problems`.

## What happens when a command runs

1. **Start.** [`__main__.py`](../src/mi_problems/__main__.py) imports [`cli.py`](../src/mi_problems/cli.py), where
   [`terminal/parsing.py`](../src/mi_problems/terminal/parsing.py) moves the global options to the front and
   [`terminal/meant.py`](../src/mi_problems/terminal/meant.py) what else stands before its verb behind it; the one file
   in `commands/` that is asked for is imported.
2. **Session.** The callback in `cli.py` looks at the two streams and makes a
   [`Session`](../src/mi_problems/terminal/session.py): the registry to use, where to write, whether to page and hint.
3. **Registry.** `Session.registry` calls [`load`](../src/mi_problems/registry/load.py).
   [`files.py`](../src/mi_problems/registry/files.py) reads the bytes of the files, and a digest of them and of the code
   that parses them is the key in the [cache](../src/mi_problems/cache.py). What is kept there becomes a `Registry` at
   once. Else [`yaml_tree.py`](../src/mi_problems/reading/yaml_tree.py) makes nodes of the YAML,
   [`parse.py`](../src/mi_problems/reading/parse.py) checks them by the
   [rules](../src/mi_problems/reading/rules.py) of their [fields](../src/mi_problems/reading/fields.py), and the
   result is kept. `mip check` asks for the faults alone and always parses.
4. **Library.** The command turns words into values and asks the library: `registry/filters` to choose, `finding` to
   rank, `picking` to pick, `scaffold` to plan a repository and to write it, `site` to make web pages. None of these
   knows a terminal.
5. **Render.** `terminal/render/` makes text of the answer: tables and cards on a terminal, tab-separated lines in a
   pipe, records with `--json`. `Session.show` writes it, through a pager where it is long. All output, help and errors
   too, goes through `Screen.write` in [`screen.py`](../src/mi_problems/terminal/render/screen.py).
6. **Errors.** What a user got wrong is a [`MipError`](../src/mi_problems/errors.py) wherever it is found; `cli.py`
   alone makes one line on standard error and an exit code of it. Everything else is a bug and keeps its traceback.

## Two paths

The id of `mip init 2.17`, from the arguments to the README of the repository:

1. `commands/init.py` puts it into a `Request`, as typed, and `scaffold/start.py` checks the words beside it.
2. `Registry.problem` reads it (`records/typed.py` knows `#2.17` and `problem 2.17`) and gives the `Problem`.
3. `scaffold/plan.py` makes values of its card with the sentences of `scaffold/readme.py` and fills the templates.
4. `scaffold/settle.py` looks at what is there and says what becomes of each file; a dry run ends here.
   `scaffold/write.py` puts every file beside the target, then in its place at once.
5. `terminal/started.py` tells what became of each file; the path alone goes to standard output.

The words of `mip search heads that copy`, from the arguments to the printed line:

1. `commands/search.py` joins them and calls `search` in `finding/ranking.py`; `finding/citations.py` looks whether they
   are an id, an address or an arXiv number.
2. `finding/query.py` makes concepts of them: stems (`finding/words.py`), entries of the glossary, near misses.
3. `finding/index.py` gives for each term the problems that hold it, with weights.
4. `finding/ranking.py` adds them up and looks into the best cards; `finding/belief.py` asks whether there is an answer
   at all, with the phrases in `data/elsewhere.yaml` that mean something else, and `finding/reasons.py` says why a hit
   is one; `finding/pages.py` names the pages beside the problems that the words name.
5. `terminal/render/hits.py` or `lines.py` makes lines of the hits; `Session.show` writes them.
"""

PICTURE = """\
## Who imports whom

An arrow means "imports"; one that follows from others is left out. Within a box, too, imports run one way.
"""

TABLE = """\
## The modules

From the top down. A module imports from its own room and from rooms below, never in a circle, and some libraries have
one user:
{users}. The terminal ({terminal}) is known to {knowing} only.
[`tests/test_architecture.py`](../tests/test_architecture.py) holds all of this.
"""


def first_sentence(path: Path) -> str:
    """The first sentence of a module's docstring on one line."""
    doc = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return re.split(r"(?<=\.)\s+(?=[A-Z`])", " ".join(doc.split()))[0]


def arrows() -> set[tuple[str, str]]:
    """The rooms that import one another when they run."""
    found = set()
    for path in MODULES:
        if room_of(path) not in ROOMS:
            continue
        running = {module for module, typing_only in imports(path) if not typing_only}
        for module in own_imports(path):
            if any(name.startswith("mi_problems." + module.replace("/", ".")) for name in running):
                found.add((room_of(path), module.split("/")[0]))
        for name in re.findall(r'import_module\(f?"mi_problems\.(\w+)', path.read_text(encoding="utf-8")):
            found.add((room_of(path), name))
    return {(room, other) for room, other in found if room != other}


def picture() -> str:
    """The rooms and their arrows as a Mermaid graph; what can be reached by another way has no arrow of its own."""
    down = list(reversed(ROOMS))
    below = {room: {other for start, other in arrows() if start == room} for room in down}

    def reached(room: str) -> set[str]:
        return set().union(*({other} | reached(other) for other in below[room]))

    shown = [(a, b) for a in down for b in sorted(below[a]) if not any(b in reached(c) for c in below[a] - {b})]
    boxes = []
    for room in down:
        modules = sorted(path.stem for path in (SOURCE / room).glob("*.py") if path.stem != "__init__")
        words = f"<b>{room}/</b><br>{', '.join(modules)}" if modules else f"<b>{room}</b>"
        boxes.append(f'  room{down.index(room)}["{words}"]')
    lines = [f"  room{down.index(start)} --> room{down.index(end)}" for start, end in shown]
    return "\n".join(["```mermaid", "flowchart TD", *boxes, *lines, "```\n"])


def table() -> str:
    """Every module with its sentence, the highest room first."""
    rows = ["| module | why it exists |", "| --- | --- |"]
    for room in reversed(ROOMS):
        paths = [path for path in MODULES if room_of(path) == room]
        for path in sorted(paths, key=lambda path: (path.parent, path.stem != "__init__", path.stem)):
            name = f"{path.parent.relative_to(SOURCE)}/" if path.stem == "__init__" else f"{name_of(path)}.py"
            sentence = first_sentence(path).replace("|", "\\|")
            rows.append(f"| [`{name}`](../src/mi_problems/{name}) | {sentence} |")
    return "\n".join(rows) + "\n"


def page() -> str:
    """The whole page."""
    users = ", ".join(
        f"`{library}` in {' and '.join(f'`{name}`' for name in sorted(names))}" for library, names in ONE_USER.items()
    )
    terminal, knowing = (
        ", ".join(f"`{name}`" for name in sorted(names)) for names in (TERMINAL, MAY_KNOW_THE_TERMINAL)
    )
    return "\n".join([HEAD, PICTURE, picture(), TABLE.format(users=users, terminal=terminal, knowing=knowing), table()])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
