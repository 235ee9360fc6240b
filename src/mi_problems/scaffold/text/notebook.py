"""The experiment as a notebook that stands alone: its `# %%` cells, and the modules it imports in cells of their own.

The modules are made in memory: the notebook writes no file but the records of its runs. The form is that of nbformat
4.5 (https://nbformat.readthedocs.io/en/latest/format_description.html).
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Mapping
from typing import Any

from mi_problems.escapes import json_document
from mi_problems.scaffold.parts import parts

NAME = "experiment.ipynb"
_MODULES = ("figures", "lab", "tinylens")  # in this order one may import those before it
_FOLDED = {"jupyter": {"source_hidden": True}, "cellView": "form"}  # JupyterLab's word for it, and Colab's
_INSTALL = """\
# Installs what is missing here.{lens}
from importlib.util import find_spec

if missing := " ".join(name for name in ("torch", "matplotlib") if find_spec(name) is None):
    %pip install -q {{missing}}"""
_MAKER = """\
# Below, %%module NAME makes a module of the text of its cell, so that the notebook needs no file beside it.
import sys
from types import ModuleType

made = sys.modules.setdefault
into_module = lambda name, text: exec(compile(text, name + ".py", "exec"), vars(made(name, ModuleType(name))))
get_ipython().register_magic_function(into_module, "cell", "module")"""
_RUN = """\
import IPython.display

seed, device = 0, "auto"  # the same seed gives the same run; device: cpu, cuda, mps, auto
done = lab.record(run, seed=seed, device=device)
IPython.display.Image(f"{done['folder']}/figure.png")"""


def notebook(files: Mapping[str, str], title: str, lens: str) -> str:
    """The notebook of these files, as JSON; `title` is Markdown, `lens` what `--model` needs or empty."""
    experiment = files["experiment.py"]
    head, *sections = re.split(r"^# %% ", experiment, flags=re.MULTILINE)
    says = ast.get_docstring(ast.parse(experiment)) or ""
    cells = [
        _markdown(f"# {title}\n\n" + "\n".join(f"    {line}".rstrip() for line in says.splitlines())),
        _code(_INSTALL.format(lens=f' For a pretrained model also: %pip install -q "{lens}"' if lens else "")),
        _code(_MAKER, _FOLDED),
        *(_code(f"%%module {name}\n{files[f'{name}.py']}", _FOLDED) for name in _MODULES if f"{name}.py" in files),
        _code(f"# What was generated, by which a run tells what you have changed.\n{_generated(experiment)}", _FOLDED),
        _code(_without_docstring(head)),
    ]
    for section in sections:
        heading, _, code = section.partition("\n")
        cells += [_markdown(f"## {heading}"), _code(code.partition('if __name__ == "__main__":')[0])]
    cells += [_markdown("## A run, and its record in results/"), _code(_RUN)]
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    return json_document({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


def _generated(experiment: str) -> str:
    return f"import lab\n\nlab.GENERATED = {json.dumps(parts(experiment), indent=1)}"


def _without_docstring(head: str) -> str:
    """The imports at the top of the experiment."""
    first = ast.parse(head).body[0]
    return "\n".join(head.splitlines()[first.end_lineno :])


def _markdown(text: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": _lines(text)}


def _code(text: str, metadata: Mapping[str, Any] | None = None) -> dict[str, Any]:
    cell: dict[str, Any] = {
        "cell_type": "code",
        "execution_count": None,
        "metadata": dict(metadata or {}),
        "outputs": [],
    }
    return cell | {"source": _lines(text)}


def _lines(text: str) -> list[str]:
    return text.strip("\n").splitlines(keepends=True)
