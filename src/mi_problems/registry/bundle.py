"""Finds the data folder: inside the installed package (a wheel, even zipped), or beside `src/` in a checkout."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mi_problems.errors import BadRegistry

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_HERE = Path(__file__).parents[1]


def data_dir() -> Traversable:
    """The folder with `collection.yaml`, `problems/` and `templates/`; BadRegistry if the installation lacks it."""
    for folder in (_HERE / "data", _HERE.parents[1] / "data"):
        if folder.is_dir():
            return folder
    from importlib.resources import files  # a zipped wheel: slower, and only then

    inside = files("mi_problems") / "data"
    if not inside.is_dir():
        raise BadRegistry("the installation holds no data folder", "reinstall mi-problems")
    return inside


def format_page() -> str:
    """Where the page on the format of a registry stands: in the data folder, or in `docs/` of a checkout."""
    page = data_dir() / "data-format.md"
    return str(page) if page.is_file() else str(_HERE.parents[1] / "docs" / "data-format.md")


def template() -> str:
    """A registry to fill in, with comments."""
    return (data_dir() / "templates" / "registry.yaml.tmpl").read_text(encoding="utf-8")
