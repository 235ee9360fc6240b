"""What a registry file may hold: each field with its rule, and the reading of a tree by those rules."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from mi_problems.reading.faults import LIKE_A_NAME, Report
from mi_problems.reading.yaml_tree import Node
from mi_problems.records.terms import MEANING, plural, word_count

Rule = Callable[[Node, Report], Any]
_MISTAKEN = {
    "list": "; a text that begins with [ or - stands in quotes",
    "map": "; a text that begins with { or holds a colon with a space after it stands in quotes",
}
_PLAIN_URL = re.compile(
    r"https?://[a-z0-9-]+(\.[a-z0-9-]+)+(/[\w/.~:@!$&'()*+,;=%?#-]*)?", re.ASCII
)  # as nearly all are
_NOT_IN_URL = re.compile(r"""[\s<>"{}|\\^`]""")
_COMMENT = (
    "what follows # is a comment, and {!r} no part of the text; "
    "put the text in quotes, or the comment on a line of its own"
)


class Field(NamedTuple):
    """A field's rule, and what stands for it where it is absent; `required` fields have nothing to stand for them."""

    rule: Rule
    required: bool = True
    default: Any = None


def text(low: int = 1, high: int = 0, unit: str = "words", prose: bool = True, typed: bool = True) -> Rule:
    """Text of `low` to `high` words or characters; 0 for no upper bound.

    Behind `prose` that is not in quotes no comment may stand, which may be meant as a part of it. Unless it is `typed`,
    what YAML takes for a number, a date or a truth is text as it stands: `4.10` keeps its zero.
    """

    def rule(node: Node, report: Report) -> Any:
        if prose and node.comment:
            return report.add(node.comment, _COMMENT.format(node.comment.text.strip()[:40]))
        if node.kind in _MISTAKEN or (node.kind == "null" and not node.text):
            return report.add(node, f"expected text, got {node.called}{_MISTAKEN.get(node.kind, '') if prose else ''}")
        if node.kind != "str" and (typed or node.kind == "null"):
            return report.add(node, f'expected text, got {node.called}; put it in quotes: "{node.text}"')
        if unit == "words":
            words = node.text.split()
            value, size = " ".join(words), word_count(words)
        else:
            value = node.text.strip()
            size = len(value)
        if size < low or (high and size > high):
            bound = f"{low} to {high}" if high else f"at least {low}"
            return report.add(node, f"{plural(size, unit.removesuffix('s'))}; wanted {bound}")
        return value

    return rule


_word = text(prose=False)


def matching(pattern: str, wanted: str, typed: bool = True) -> Rule:
    """Text of a form, described in words for the message."""
    compiled = re.compile(pattern)
    word = text(prose=False, typed=typed)

    def rule(node: Node, report: Report) -> Any:
        value = word(node, report)
        if value is not None and not compiled.fullmatch(value):
            return report.add(node, f"{value!r} is not {wanted}")
        return value

    return rule


def one_of(choices: tuple[str, ...]) -> Rule:
    """One word of a closed list."""

    def rule(node: Node, report: Report) -> Any:
        if node.kind in {"list", "map"}:
            return report.add(node, f"unknown value {node.called}; choose from {', '.join(choices)}")
        if node.text not in choices:
            return report.add(node, f"unknown value {node.text[:80]!r}; choose from {explained(choices)}")
        return node.text

    return rule


def explained(choices: tuple[str, ...]) -> str:
    """The words of a closed list with their meanings."""
    return ", ".join(f"{word} ({MEANING[word]})" if word in MEANING else word for word in choices)


def parsed(convert: Callable[[str], Any]) -> Rule:
    """Text that a function of the model understands; its ValueError is the fault."""

    def rule(node: Node, report: Report) -> Any:
        value = _word(node, report)
        if value is None:
            return None
        try:
            return convert(value)
        except ValueError as error:
            return report.add(node, str(error))

    return rule


def url(node: Node, report: Report) -> Any:
    """An http or https address without spaces."""
    value = _word(node, report)
    if value is None or _PLAIN_URL.fullmatch(value):
        return value
    try:
        parts = urlsplit(value)
    except ValueError:
        return report.add(node, f"bad URL {value!r}")
    if parts.scheme not in {"http", "https"} or "." not in parts.netloc:
        return report.add(node, f"bad URL {value!r}; it must start with http:// or https:// and name a host")
    if not value.isprintable() or _NOT_IN_URL.search(value):
        return report.add(node, f"bad URL {value!r}; write spaces and signs such as {{ and < as %20, %7B, %3C")
    return value


def _got(node: Node, *kinds: str) -> str:
    """What stands there: the value itself where it is of the kind that was expected, or the kind in words."""
    return repr(node.text) if node.kind in kinds else node.called


def whole(low: int, high: int) -> Rule:
    """A whole number within bounds."""

    def rule(node: Node, report: Report) -> Any:
        if node.kind != "int" or not re.fullmatch(r"-?(0|[1-9][0-9]{0,8})", node.text):
            return report.add(node, f"expected a whole number, got {_got(node, 'int')}")
        value = int(node.text)
        if not low <= value <= high:
            return report.add(node, f"{value} is not within {low} to {high}")
        return value

    return rule


def number(node: Node, report: Report) -> Any:
    """A number of zero or more."""
    if node.kind not in {"int", "float"} or not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})?", node.text):
        return report.add(node, f"expected a number of zero or more, got {_got(node, 'int', 'float')}")
    return float(node.text)


def boolean(node: Node, report: Report) -> Any:
    if node.kind != "bool" or node.text.lower() not in {"true", "false"}:
        return report.add(node, f"expected true or false, got {_got(node, 'bool')}")
    return node.text.lower() == "true"


def constants(node: Node, report: Report) -> Any:
    """Constants by name, each as the text of a literal of Python: a number, true or false, or a quoted list."""
    values = {name: _literal(value, report) for name, (_, value) in node.entries.items()}
    return values if node.kind == "map" else report.add(node, f"expected a mapping of constants, got {node.called}")


def _literal(node: Node, report: Report) -> Any:
    source = node.text.capitalize() if node.kind == "bool" else node.text
    with suppress(ValueError, SyntaxError):
        ast.literal_eval(source)
        return source
    return report.add(node, f"expected a number, true, false or a quoted list, got {_got(node, 'str')}")


def optional(rule: Rule) -> Rule:
    """The rule, or null."""
    return lambda node, report: None if node.kind == "null" else rule(node, report)


def many(rule: Rule, low: int = 0, high: int = 0, distinct: bool | str = False) -> Rule:
    """A list of `low` to `high` items, each by the rule; 0 for no upper bound.

    No two items may be the same, or have the same in the field that `distinct` names.
    """

    def read(node: Node, report: Report) -> Any:
        if node.kind != "list":
            return report.add(node, f"expected a list, got {node.called}")
        if len(node.items) < low or (high and len(node.items) > high):
            bound = f"{low} to {high}" if high else f"at least {low}"
            report.add(node, f"{plural(len(node.items), 'item')}; wanted {bound}")
        values, seen = [], set()
        for item in node.items:
            value = rule(item, report) if item.kind != "alias" else None
            values.append(value)
            named = value[distinct] if isinstance(distinct, str) and value is not None else value
            if distinct and named is not None:
                same = str(named).casefold()
                if same in seen:
                    report.add(item, f"{named!r} stands twice")
                seen.add(same)
        return values

    return read


def span(node: Node, report: Report) -> Any:
    """Weeks as `[low, high]`, both 1 to 104."""
    values = many(whole(1, 104), 2, 2)(node, report)
    if values is None or len(values) != 2 or None in values:
        return None
    if values[0] > values[1]:
        return report.add(node, f"the range {values} is upside down")
    return values


def record(fields: Mapping[str, Field], otherwise: str = "") -> Rule:
    """A mapping with these fields and no others; of one that is like none of them `otherwise` says what to do."""

    defaults = {name: known.default for name, known in fields.items()}
    required = [name for name, known in fields.items() if known.required]

    def rule(node: Node, report: Report) -> Any:
        if node.kind != "map":
            glued = node.kind == "str" and re.match(r"\w{1,40}:[^\s/]", node.text)
            return report.add(
                node, f"expected a mapping, got {node.called}{'; write a space after the colon' if glued else ''}"
            )
        values: dict[str, Any] = {}
        for name, (key, value) in node.entries.items():
            if name not in fields:
                report.unknown(key, f"unknown field {name!r}", name, list(fields), LIKE_A_NAME, otherwise)
                continue
            if value.kind == "alias":
                continue
            report.where.append(name)
            values[name] = fields[name].rule(value, report)
            report.where.pop()
        missing = [name for name in required if name not in node.entries]
        if missing:
            report.add(node, f"missing field{'s' if len(missing) > 1 else ''} {', '.join(map(repr, missing))}")
        return defaults | values

    return rule
