"""The public face: what `import mi_problems` offers to a notebook, what it costs, and its page."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import subprocess
import sys

import pytest

import mi_problems
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")


def test_a_public_name_is_the_same_thing_whatever_was_imported() -> None:
    first = {name: getattr(mi_problems, name) for name in mi_problems.__all__}
    for module in pkgutil.walk_packages(mi_problems.__path__, "mi_problems."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    for name, found in first.items():
        assert getattr(mi_problems, name) is found, name


def test_no_public_name_is_that_of_a_room() -> None:
    rooms = {module.name for module in pkgutil.iter_modules(mi_problems.__path__)}
    assert not rooms & set(mi_problems.__all__)


def test_every_public_name_says_what_it_is() -> None:
    for name in mi_problems.__all__:
        assert inspect.getdoc(getattr(mi_problems, name)), name


def test_the_list_of_public_names_is_what_type_checkers_see() -> None:
    source = inspect.getsource(mi_problems)
    assert sorted(re.findall(r"import (\w+) as \1", source)) == sorted(mi_problems.__all__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        mi_problems.nothing  # noqa: B018


def test_importing_it_imports_nothing_else() -> None:
    probe = "import sys; before = set(sys.modules); import mi_problems; print(*sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-S", "-c", probe], capture_output=True, text=True, check=True, env={
        "PYTHONPATH": str(ROOT / "src"),
    })  # fmt: skip
    assert done.stdout.split() == ["mi_problems"]


def test_the_page_names_every_public_name_and_no_other() -> None:
    named = set(re.findall(r"^\| `(\w+)", PAGE, re.MULTILINE))
    assert named == set(mi_problems.__all__)


def test_the_examples_of_the_page_print_what_it_shows(capsys: pytest.CaptureFixture[str]) -> None:
    blocks = re.findall(r"```python\n(.*?)```(?:\n+```text\n(.*?)```)?", PAGE, re.DOTALL)
    assert len(blocks) >= 4
    names: dict[str, object] = {}
    for code, shown in blocks:
        exec(code, names)
        assert capsys.readouterr().out == shown, code
