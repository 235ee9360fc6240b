"""Compiles the bundled registry and its search index into the wheel: an installation parses no YAML of ours.

What goes in is what the cache would hold after the first list and the first search, under the same keys. Whoever edits
the data of an installation changes the key, and the tool falls back to the cache. So does an editable install.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ENTRIES = 2  # the registry and its index


class Compiled(BuildHookInterface[Any]):
    """Adds `mi_problems/data/compiled/` to a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version != "editable":
            self.folder = TemporaryDirectory(prefix="mip-compiled-")
            compile_into(Path(self.folder.name), Path(self.root) / "src")
            build_data["force_include"][self.folder.name] = "mi_problems/data/compiled"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if version != "editable":
            self.folder.cleanup()


def compile_into(folder: Path, source: Path) -> None:
    """Writes the entries of the bundled registry below `source` into an empty folder; RuntimeError where it cannot."""
    os.environ["MIP_CACHE_DIR"] = str(folder)
    sys.path.insert(0, str(source))
    from mi_problems.finding.index import index_of
    from mi_problems.registry.load import load

    index_of(load())
    if len(list(folder.glob("*.json"))) != ENTRIES:
        raise RuntimeError(f"the registry was not compiled into {folder}")
