"""Writes docs/architecture.md from the syntax trees of the package: python docs/make_architecture.py

The layers are those that tests/test_architecture.py holds; the lines on the modules are the first sentences of their
docstrings. tests/test_docs.py compares page and package.
"""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.test_architecture import LAYERS, MAY_KNOW_THE_TERMINAL, MODULES, ONE_USER, SOURCE, TERMINAL, imports, name_of

PAGE = Path(__file__).parent / "architecture.md"
LEVEL = {name: level for level, layer in enumerate(LAYERS) for name in layer}

HEAD = """\
# How `mip` is built

Made by `python docs/make_architecture.py`; the picture and the table come from the syntax trees of `src/mi_problems`.

## What happens when a command runs

1. **Start.** [`__main__.py`](../src/mi_problems/__main__.py) imports [`cli.py`](../src/mi_problems/cli.py), which moves
   the global options to the front and imports the one file in `commands/` that is asked for.
2. **Session.** The callback in `cli.py` looks at the two streams and makes a
   [`Session`](../src/mi_problems/session.py): the registry to use, where to write, whether to page and to hint.
3. **Registry.** `Session.registry` calls [`registry.load`](../src/mi_problems/registry.py).
   [`sources.py`](../src/mi_problems/sources.py) reads the bytes of the files, and a digest of them and of the code that
   parses them is the key in the [cache](../src/mi_problems/cache.py). What is kept there becomes a `Registry` at once.
   Else [`tree.py`](../src/mi_problems/tree.py) makes nodes of the YAML, [`parse.py`](../src/mi_problems/parse.py)
   checks them by the rules of [`schema.py`](../src/mi_problems/schema.py), and the result is kept.
   `mip check` asks for the faults alone and always parses.
4. **Library.** The command turns words into values and asks the library: `filters` to choose, `search` to rank,
   `recommend` to pick, `scaffold` to plan a repository and `writer` to write it. None of these knows a terminal.
5. **Render.** `render/` makes text of the answer: tables and cards on a terminal, tab-separated lines in a pipe,
   records with `--json`. `Session.show` writes it, through a pager where it is long.
6. **Errors.** What a user got wrong is a [`MipError`](../src/mi_problems/errors.py) wherever it is found; `cli.py`
   alone makes one line on standard error and an exit code of it. Everything else is a bug and keeps its traceback.
"""

PICTURE = """\
## Who imports whom

An arrow means "imports". Arrows that a longer way already implies are left out, and so are imports for type checking
only.
"""

TABLE = """\
## The layers

From the top down. A module imports from its own package and the layers below only, and some libraries have one user:
{users}. The terminal ({terminal}) is known to
{knowing} only.
[`tests/test_architecture.py`](../tests/test_architecture.py) holds all of this.
"""


def first_sentence(path: Path) -> str:
    """The first sentence of a module's docstring on one line."""
    doc = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return re.split(r"(?<=\.)\s+(?=[A-Z`])", " ".join(doc.split()))[0]


def arrows() -> dict[int, set[int]]:
    """For each layer those that it imports from when it runs."""
    found: dict[int, set[int]] = {level: set() for level in range(len(LAYERS))}
    for path in MODULES:
        for module, typing_only in imports(path):
            top, *rest = module.split(".")
            if top == "mi_problems" and rest and rest[0] in LEVEL and name_of(path) in LEVEL and not typing_only:
                found[LEVEL[name_of(path)]].add(LEVEL[rest[0]])
        for name in re.findall(r'import_module\(f?"mi_problems\.(\w+)', path.read_text(encoding="utf-8")):
            found[LEVEL[name_of(path)]].add(LEVEL[name])
    return {level: below - {level} for level, below in found.items()}


def reduced(graph: dict[int, set[int]]) -> dict[int, set[int]]:
    """The arrows without those that a longer way implies."""
    reach: dict[int, set[int]] = {}
    for level in sorted(graph):  # from the ground up: what is below is known
        reach[level] = graph[level].union(*(reach[below] for below in graph[level]))
    return {
        level: {end for end in ends if not any(end in reach[other] for other in ends)} for level, ends in graph.items()
    }


def picture() -> str:
    """The layers and their arrows as a Mermaid graph."""
    graph = reduced(arrows())
    down = range(len(LAYERS) - 1, -1, -1)
    boxes = [f'  layer{level}["{", ".join(sorted(LAYERS[level]))}"]' for level in down]
    lines = [f"  layer{level} --> layer{end}" for level in down for end in sorted(graph[level], reverse=True)]
    return "\n".join(["```mermaid", "flowchart TD", *boxes, *lines, "```\n"])


def table() -> str:
    """Every module with its sentence, the highest layer first."""
    rows = ["| layer | module | why it exists |", "| --- | --- | --- |"]
    known = [path for path in MODULES if name_of(path) in LEVEL]
    for path in sorted(known, key=lambda path: (-LEVEL[name_of(path)], path)):
        name = path.relative_to(SOURCE).as_posix().removesuffix("__init__.py")
        sentence = first_sentence(path).replace("|", "\\|")
        rows.append(f"| {LEVEL[name_of(path)] + 1} | [`{name}`](../src/mi_problems/{name}) | {sentence} |")
    return "\n".join(rows) + "\n"


def page() -> str:
    """The whole page."""
    users = ", ".join(f"`{library}` in `{next(iter(names))}`" for library, names in ONE_USER.items())
    terminal, knowing = (
        ", ".join(f"`{name}`" for name in sorted(names)) for names in (TERMINAL, MAY_KNOW_THE_TERMINAL)
    )
    return "\n".join([HEAD, PICTURE, picture(), TABLE.format(users=users, terminal=terminal, knowing=knowing), table()])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
