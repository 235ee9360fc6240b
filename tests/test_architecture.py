"""Imports run one way, each library has one user, and nothing grows beyond the size one reads at a glance."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import ROOT

SOURCE = ROOT / "src" / "mi_problems"
MODULES = sorted(SOURCE.rglob("*.py"))

# From the ground up: a room is a folder, or a file of the top; it imports only from rooms below it.
ROOMS = (
    "errors", "clean", "escapes", "cache", "records", "reading", "registry", "progress", "finding",
    "picking", "scaffold", "site", "terminal", "commands", "cli", "__main__",
)  # fmt: skip
ONE_USER = {
    "yaml": {"reading/yaml_tree"},
    "rapidfuzz": {"finding/query", "errors"},
    "platformdirs": {"cache"},
    "shellingham": {"terminal/shells"},
    "jinja2": {"site/html"},
    "markupsafe": {"site/html"},
}
TERMINAL = {"typer", "rich"}
MAY_KNOW_THE_TERMINAL = {"terminal", "commands", "cli"}
MOST_LOOSE, MOST_IN_A_ROOM = 6, 12


def room_of(path: Path) -> str:
    """The room of a file: its folder below the top, or itself."""
    parts = path.relative_to(SOURCE).parts
    return parts[0] if len(parts) > 1 else path.stem


def name_of(path: Path) -> str:
    """A module by its path: `registry/parse`."""
    return path.relative_to(SOURCE).with_suffix("").as_posix()


@cache
def imports(path: Path) -> tuple[tuple[str, bool], ...]:
    """Every imported module, and whether it is imported for type checking only."""
    return tuple(_imports(path))


def _imports(path: Path) -> Iterator[tuple[str, bool]]:
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


def own_imports(path: Path) -> Iterator[str]:
    """The modules of ours that a file imports, as `registry/parse`, for type checking too."""
    for module, _ in imports(path):
        parts = module.split(".")
        if parts[0] == "mi_problems" and len(parts) > 1 and parts[1] != "__version__":
            inner = "/".join(parts[1:])
            if not (SOURCE / f"{inner}.py").exists() and not (SOURCE / inner).is_dir():
                inner = inner.rpartition("/")[0]  # a name in that module
            yield inner


def test_every_room_stands_in_the_list() -> None:
    assert {room_of(path) for path in MODULES} == {*ROOMS, "__init__"}, "a new room needs its place in ROOMS"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_room_imports_from_rooms_below_it(path: Path) -> None:
    if room_of(path) == "__init__":
        return
    below = ROOMS[: ROOMS.index(room_of(path))]
    for module in own_imports(path):
        room = module.split("/")[0]
        assert room in below or room == room_of(path), f"{name_of(path)} imports {module}"


def test_no_modules_import_each_other_in_a_circle() -> None:
    wanted = {name_of(path): set(own_imports(path)) for path in MODULES if path != SOURCE / "__init__.py"}
    while free := {name for name, needs in wanted.items() if not needs & wanted.keys()}:
        wanted = {name: needs for name, needs in wanted.items() if name not in free}
    assert not wanted


def test_a_folder_is_seen_at_a_glance() -> None:
    loose = [path for path in SOURCE.glob("*.py") if path.name != "__init__.py"]
    assert len(loose) <= MOST_LOOSE
    for folder in {path.parent for path in MODULES} - {SOURCE, SOURCE / "commands"}:
        assert len(list(folder.glob("*.py"))) <= MOST_IN_A_ROOM, folder.name


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_each_library_has_one_user_and_the_library_knows_no_terminal(path: Path) -> None:
    for module, _ in imports(path):
        top = module.split(".")[0]
        assert name_of(path) in ONE_USER.get(top, {name_of(path)}), f"{path.name} imports {top}"
        if top in TERMINAL:
            assert room_of(path) in MAY_KNOW_THE_TERMINAL, f"{path.name} imports {top}"


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


def test_only_these_modules_write_files() -> None:
    writing = ("write_text", "write_bytes", "os.replace", "os.rename", "shutil.rmtree", "mkdir(", ".unlink(")
    writers = {name_of(path) for path in MODULES if any(word in path.read_text(encoding="utf-8") for word in writing)}
    assert writers == {
        "scaffold/write",
        "scaffold/disk",
        "progress/store",
        "cache",
        "terminal/users_file",
        "site/write",
    }


def test_nothing_reaches_for_the_network() -> None:
    for path in MODULES:
        for module, _ in imports(path):
            assert module.split(".")[0] not in {"socket", "http", "requests", "httpx", "ftplib", "ssl"}
            assert module != "urllib.request"


def test_the_only_clock_is_that_of_the_memory() -> None:
    clocks = {name_of(path) for path in MODULES for module, _ in imports(path) if module in {"time", "datetime"}}
    assert clocks == {"progress/clock", "scaffold/git"}  # and git's, which only counts how long it has run
