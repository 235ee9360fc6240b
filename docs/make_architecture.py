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
LEVEL = {name: level for level, layer in enumerate(LAYERS) for name in sorted(layer)}
PARTS = {  # from the ground up: what it is for, and a module of its highest layer
    "words and records": "model",
    "registry": "registry",
    "library": "writer",
    "terminal": "session",
    "verbs": "commands",
    "program": "__main__",
}
PART = {name: next(part for part, top in PARTS.items() if level <= LEVEL[top]) for name, level in LEVEL.items()}

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

An arrow means "imports"; imports for type checking only are left out. Within a box, too, imports run one way.
"""

TABLE = """\
## The modules

From the top down. A module imports from its own package and the layers below only, and some libraries have one user:
{users}. The terminal ({terminal}) is known to
{knowing} only.
[`tests/test_architecture.py`](../tests/test_architecture.py) holds all of this.
"""


def first_sentence(path: Path) -> str:
    """The first sentence of a module's docstring on one line."""
    doc = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return re.split(r"(?<=\.)\s+(?=[A-Z`])", " ".join(doc.split()))[0]


def arrows() -> set[tuple[str, str]]:
    """The parts that import one another when they run."""
    found = set()
    for path in MODULES:
        for module, typing_only in imports(path):
            top, *rest = module.split(".")
            if top == "mi_problems" and rest and rest[0] in PART and name_of(path) in PART and not typing_only:
                found.add((PART[name_of(path)], PART[rest[0]]))
        for name in re.findall(r'import_module\(f?"mi_problems\.(\w+)', path.read_text(encoding="utf-8")):
            found.add((PART[name_of(path)], PART[name]))
    return {(part, other) for part, other in found if part != other}


def picture() -> str:
    """The parts and their arrows as a Mermaid graph."""
    down = list(reversed(PARTS))
    words = {part: ", ".join(name for name in PART if PART[name] == part) for part in down}
    boxes = [f'  part{down.index(part)}["<b>{part}</b><br>{words[part]}"]' for part in down]
    lines = [
        f"  part{start} --> part{end}" for start, end in sorted((down.index(a), down.index(b)) for a, b in arrows())
    ]
    return "\n".join(["```mermaid", "flowchart TD", *boxes, *lines, "```\n"])


def table() -> str:
    """Every module or package with its sentence, the highest layer first."""
    rows = ["| part | module | why it exists |", "| --- | --- | --- |"]
    paths = [SOURCE / name if (SOURCE / name).is_dir() else SOURCE / f"{name}.py" for name in LEVEL]
    for path in sorted(paths, key=lambda path: (-LEVEL[path.stem], path)):
        name = f"{path.name}/" if path.is_dir() else path.name
        sentence = first_sentence(path / "__init__.py" if path.is_dir() else path).replace("|", "\\|")
        rows.append(f"| {PART[path.stem]} | [`{name}`](../src/mi_problems/{name}) | {sentence} |")
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
