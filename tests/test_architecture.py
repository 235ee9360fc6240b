"""Imports run one way, each library has one user, and nothing grows beyond the size one reads at a glance."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

SOURCE = ROOT / "src" / "mi_problems"
MODULES = sorted(SOURCE.rglob("*.py"))

# From the ground up: a module may import from its own layer's predecessors only.
LAYERS = [
    {"errors", "terms", "words", "clean", "limits"},
    {"model", "bundle", "faults"},
    {"tree"},
    {"schema"},
    {"fields"},
    {"parse", "sources", "cache"},
    {"registry"},
    {"filters", "index", "templates", "names", "references", "named"},
    {"query"},
    {"search"},
    {"recommend", "wording"},
    {"picking", "scaffold"},
    {"writer"},
    {"render"},
    {"session", "options"},
    {"starting"},
    {"interview", "completion"},
    {"commands"},
    {"cli"},
    {"__main__"},
]
ONE_USER = {"yaml": {"tree"}, "rapidfuzz": {"query"}, "platformdirs": {"cache"}}
TERMINAL = {"typer", "rich"}
MAY_KNOW_THE_TERMINAL = {"render", "options", "completion", "commands", "cli"}


def name_of(path: Path) -> str:
    """The layer name of a file: its module, or its package below the top."""
    parts = path.relative_to(SOURCE).parts
    return parts[0] if len(parts) > 1 else path.stem


def imports(path: Path) -> Iterator[tuple[str, bool]]:
    """Every imported module, and whether it is imported for type checking only."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing_only = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, id(node) in typing_only
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "mi_problems":
                for alias in node.names:
                    yield f"mi_problems.{alias.name}", id(node) in typing_only
            else:
                yield node.module, id(node) in typing_only


def test_every_module_has_its_layer() -> None:
    known = set().union(*LAYERS)
    assert {name_of(path) for path in MODULES} - known == {"__init__"}, "a new module needs its place in LAYERS"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_run_one_way(path: Path) -> None:
    if name_of(path) == "__init__":
        return
    level = next(number for number, layer in enumerate(LAYERS) if name_of(path) in layer)
    below = set().union(*LAYERS[:level])
    for module, typing_only in imports(path):
        parts = module.split(".")
        if parts[0] != "mi_problems" or len(parts) == 1 or parts[1] == "__version__":
            continue
        assert parts[1] in below or parts[1] == name_of(path) or typing_only, f"{path.name} imports {module}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_each_library_has_one_user_and_the_library_knows_no_terminal(path: Path) -> None:
    for module, _ in imports(path):
        top = module.split(".")[0]
        assert name_of(path) in ONE_USER.get(top, {name_of(path)}), f"{path.name} imports {top}"
        if top in TERMINAL:
            assert name_of(path) in MAY_KNOW_THE_TERMINAL, f"{path.name} imports {top}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_module_is_over_250_lines_and_no_function_over_50(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 250
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            assert node.end_lineno - node.lineno < 50, f"{path.name}: {node.name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_every_module_says_why_it_exists(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), path.name


def test_only_the_writer_and_the_cache_write_files() -> None:
    writing = ("write_text", "write_bytes", "os.replace", "os.rename", "shutil.rmtree", "mkdir(", ".unlink(")
    writers = {name_of(path) for path in MODULES if any(word in path.read_text(encoding="utf-8") for word in writing)}
    assert writers == {"writer", "cache"}


def test_nothing_reaches_for_the_network() -> None:
    for path in MODULES:
        for module, _ in imports(path):
            assert module.split(".")[0] not in {"socket", "http", "requests", "httpx", "ftplib", "ssl"}
            assert module != "urllib.request"
