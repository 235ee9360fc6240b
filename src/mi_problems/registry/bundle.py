"""Finds the data folder: inside the installed package (a wheel, even zipped), or beside `src/` in a checkout."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mi_problems.errors import BadRegistry, why_failed

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_HERE = Path(__file__).parents[1]
_FORMAT = "data-format.md"


def data_dir() -> Traversable:
    """The folder with `collection.yaml`, `problems/` and `templates/`; BadRegistry if the installation lacks it."""
    for folder in (_HERE / "data", _HERE.parents[1] / "data"):
        if folder.is_dir():
            return folder
    from importlib.resources import files  # a zipped wheel: slower, and only then

    inside = files("mi_problems") / "data"
    if not inside.is_dir():
        raise damaged("the installation holds no data folder")
    return inside


def format_page() -> str:
    """Where the page on the format of a registry stands: in the data folder, or in `docs/` of a checkout."""
    installed, checkout = _HERE / "data" / _FORMAT, _HERE.parents[1] / "docs" / _FORMAT
    return str(checkout if checkout.is_file() else installed)


def template() -> str:
    """A registry to fill in, with comments."""
    return data_text("templates/registry.yaml.tmpl")


def data_text(path: str) -> str:
    """The text of a file below the data folder; BadRegistry if the installation lacks it or it is none."""
    try:
        return data_dir().joinpath(*path.split("/")).read_text(encoding="utf-8")
    except (OSError, ValueError, KeyError) as error:  # in a zip a missing file is a key
        raise damaged(f"the installation has no readable {path}", error) from None


def damaged(what: str, error: Exception | None = None) -> BadRegistry:
    """The error for a part of the installation that is missing or broken."""
    return BadRegistry(f"{what}: {why_failed(error)}" if error else what, "reinstall mi-problems")
