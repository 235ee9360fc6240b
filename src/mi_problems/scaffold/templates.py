"""Reads and fills the templates of generated repositories: `{{ name }}`, and an include of a shared part."""

import json
import re
from collections.abc import Mapping
from typing import NamedTuple

from mi_problems.registry.bundle import damaged, data_text

_INCLUDE = re.compile(r"^# \{\{ include (\w+) \}\}\n", re.MULTILINE)
_TASK = re.compile(r"^# \{\{ task (\w+) \}\}\n", re.MULTILINE)
_NAME = re.compile(r"\{\{ (\w+) \}\}")
_SECTION = re.compile(r"^(?:## [^\n]*|[^\n#]*:)\n\n\{\{ (\w+) \}\}\n\n", re.MULTILINE)


class Starter(NamedTuple):
    """What a starter says of itself: `tinylens` and `lens` tell whether it uses those, the rest is text.

    `checkpoints` is how many of a model `--model` downloads, `loads` names what it takes where that is not a language
    model of TransformerLens. `tasks` are those that it takes, its own first, each with what it asks; `points` says by
    names of its code what else can be changed.
    """

    title: str
    teaches: str
    headline: str
    baseline: str
    expect: str
    seconds: int
    tinylens: bool
    lens: bool
    change: tuple[str, ...]
    not_covered: str
    loads: tuple[str, ...]
    tasks: Mapping[str, str]
    points: Mapping[str, str]
    checkpoints: int


def read(path: str) -> str:
    """The text of a template below `data/templates/`, its name without `.tmpl`; BadRegistry if it cannot be read."""
    return data_text(f"templates/{path}.tmpl")


def starter(name: str) -> Starter:
    """The description of a starter, from its `starter.json`; BadRegistry if the installation's is broken."""
    path = f"starters/{name}/starter.json"
    text = read(path)
    try:
        fields = json.loads(text)
        lists = {"change": tuple(fields["change"]), "loads": tuple(fields.get("loads", ()))}
        return Starter(**{"tasks": {}, "points": {}, "checkpoints": 1, **fields, **lists})
    except (ValueError, KeyError, TypeError) as error:
        raise damaged(f"the installation has a broken templates/{path}.tmpl", error) from None


def fill(text: str, values: Mapping[str, str]) -> str:
    """The template with parts included and names replaced, once; KeyError for a name without a value.

    A heading of Markdown, or a line that ends in a colon, goes where the one name below it has nothing to say.
    """
    text = _SECTION.sub(lambda match: match[0] if values[match[1]] else "", text)
    text = _INCLUDE.sub(lambda match: read(f"base/parts/{match[1]}.py"), text)
    return _NAME.sub(lambda match: values[match[1]], text)


def with_task(text: str, task: str | None) -> str:
    """The template of an experiment with a task in it, its own where `task` is None."""
    return _TASK.sub(lambda match: read(f"tasks/{task or match[1]}.py"), text)


def settled(text: str, constants: Mapping[str, str]) -> str:
    """The module with constants set to other values, below its docstring, which may speak of them; others stay out."""
    docstring, end, body = text.partition('\n"""\n')
    for name, source in constants.items():
        line = re.compile(rf"^{re.escape(name)} = .*?(?=  #|$)", re.MULTILINE)
        body = line.sub(lambda _, said=f"{name} = {source}": said, body, count=1)  # type: ignore[misc]
    return docstring + end + body
