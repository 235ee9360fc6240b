"""YAML text to a tree of nodes that know their line and column. The only user of yaml.

Built from parser events with a stack, so that nothing hostile costs more than its own length: aliases, tags and deep
nesting are faults, no object is ever constructed, and of two equal keys the second is reported and not obeyed.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

import yaml

from mi_problems.reading.faults import Enough, Fault, Report, cure
from mi_problems.reading.limits import MAX_BYTES, MAX_DEPTH, MAX_TEXT, MAX_VALUES

_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_DIRECTIVE = re.compile(r"%TAG(?<![^\n\r\x85\u2028\u2029]%TAG)")  # many of them take libyaml time by their square
_COMMENT = re.compile(r"[ \t]+#([^\n\r\x85\u2028\u2029]{0,60})")
_KINDS = {
    "list": "a list", "map": "a mapping", "str": "text", "int": "a whole number", "float": "a number",
    "bool": "true or false", "null": "nothing", "alias": "an alias",
}  # fmt: skip
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_IMPLICIT: dict[str, list[tuple[str, Callable[[str], Any]]]] = {
    first: [(tag.rpartition(":")[2], form.match) for tag, form in forms]
    for first, forms in yaml.resolver.Resolver.yaml_implicit_resolvers.items()
}
_LONGEST_WORD = len("false")  # of those that YAML takes for no text
_NO_ENTRIES: Any = MappingProxyType({})
_OF_A_SCRIPT = re.compile(r"id[0-9]{3,9}")  # what Python's yaml calls what stands twice
_TOO_DEEP = f"nested deeper than {MAX_DEPTH} levels"


class Node:
    """A scalar, list or map.

    `kind` is list, map or the scalar's type: str, int, float, bool, null, another tag, or alias, which is told already.
    """

    __slots__ = ("column", "comment", "entries", "items", "kind", "line", "text")

    def __init__(self, kind: str, line: int, column: int, text: str = "", comment: Node | None = None) -> None:
        self.kind = kind
        self.line = line
        self.column = column
        self.text = text
        self.comment = comment  # what stands behind a text without quotes, and was perhaps meant to belong to it
        self.items: Sequence[Node] = [] if kind == "list" else ()
        self.entries: dict[str, tuple[Node, Node]] = {} if kind == "map" else _NO_ENTRIES

    @property
    def called(self) -> str:
        """The kind in words, for a message."""
        return _KINDS.get(self.kind, f"a {self.kind}")


class Tree(NamedTuple):
    """The root of a document, or None where there is none to speak of; the faults of its form; the number of values."""

    root: Node | None
    faults: list[Fault]
    values: int = 0


class _Builder:
    """Collects nodes and faults from the events of one document. Every step of it is taken for each of its values."""

    def __init__(self, report: Report, text: str) -> None:
        self.report = report
        self.text = text
        self.anchors: dict[str, Any] = {}  # those that no alias names: nobody meant an anchor
        self.root: Node | None = None
        self.values = 0
        self.parent: Node | None = None  # the list or map that is open, and of a map the key that awaits its value
        self.key: Node | None = None
        self.outer: list[tuple[Node | None, Node | None]] = []  # the same of those around it

    def fault(self, mark: Any, message: str) -> None:
        self.report.at(mark.line + 1, mark.column + 1, message)

    def scalar(self, event: Any) -> None:
        mark, text = event.start_mark, event.value
        self.properties(event)
        if len(text) > MAX_TEXT:
            self.fault(mark, f"a value of more than {MAX_TEXT} characters; shorten it")
            text = text[:MAX_TEXT]
        kind, comment = "str", None
        if event.implicit[0]:  # without quotes
            if text[:1] in _IMPLICIT and (len(text) <= _LONGEST_WORD or not text[0].isalpha()):
                kind = _kind(text)
            comment = None if event.tag else self.comment(event.end_mark)
        self.place(Node(kind, mark.line + 1, mark.column + 1, text, comment))

    def comment(self, end: Any) -> Node | None:
        """What stands behind # on the line where a plain text ends."""
        if not (found := _COMMENT.match(self.text, end.index)):
            return None
        return Node("comment", end.line + 1, end.column + 1 + found.start(1) - 1 - found.start(), found[1])

    def properties(self, event: Any) -> None:
        """Tags are faults, and anchors that no alias names."""
        if event.tag is not None:
            self.fault(
                event.start_mark, f"the tag {event.tag[:80]} is not allowed; put a text that begins with ! in quotes"
            )
        if event.anchor is not None:
            self.anchors.setdefault(event.anchor, event.start_mark)

    def start(self, event: Any) -> None:
        mark: Any = event.start_mark
        self.properties(event)
        node = Node("map" if isinstance(event, yaml.MappingStartEvent) else "list", mark.line + 1, mark.column + 1)
        self.place(node)
        self.outer.append((self.parent, self.key))
        self.parent, self.key = node, None
        if len(self.outer) > MAX_DEPTH:
            self.fault(mark, _TOO_DEEP)
            raise Enough

    def end(self, event: Any) -> None:
        self.parent, self.key = self.outer.pop()

    def alias(self, event: Any) -> None:
        mark = event.start_mark
        self.anchors[event.anchor] = None
        script = "; Python's yaml does with `yaml.SafeDumper.ignore_aliases = lambda *_: True`"
        cure = f"write the value out{script if _OF_A_SCRIPT.fullmatch(event.anchor) else ''}"
        self.fault(mark, f"the alias *{event.anchor[:80]} is not allowed; {cure}; text that begins with * in quotes")
        self.place(Node("alias", mark.line + 1, mark.column + 1))

    def close(self, event: Any) -> None:
        for name, mark in self.anchors.items():
            if mark:
                self.fault(mark, f"the anchor &{name[:80]} is not allowed; put a text that begins with & in quotes")

    def document(self, event: Any) -> None:
        if self.root is not None:
            self.fault(event.start_mark, "a second document starts here; keep one document to a file")
            raise Enough

    def place(self, node: Node) -> None:
        self.values += 1
        if self.values > MAX_VALUES:
            self.report.add(node, f"more than {MAX_VALUES} values in one file; split it into several")
            raise Enough
        parent, key = self.parent, self.key
        if parent is None:
            self.root = node
        elif isinstance(parent.items, list):
            parent.items.append(node)
        elif key is None:
            self.key = node
        else:
            self.key = None
            self.entry(parent, key, node)

    def entry(self, parent: Node, key: Node, value: Node) -> None:
        if key.kind in {"list", "map"}:
            self.report.add(key, "a key must be a word, not a list or mapping; put a text that begins with ? in quotes")
        elif key.text in parent.entries:
            first = parent.entries[key.text][0].line
            self.report.add(key, f"duplicate key {key.text[:80]!r}; it stands first in line {first}")
        else:
            parent.entries[key.text] = (key, value)

    def feed(self, events: Iterable[Any]) -> None:
        """Builds the tree; Enough where the document is deeper, longer or worse than that of any registry."""
        handlers: dict[Any, Callable[[Any], None]] = {
            yaml.ScalarEvent: self.scalar,
            yaml.MappingStartEvent: self.start,
            yaml.SequenceStartEvent: self.start,
            yaml.MappingEndEvent: self.end,
            yaml.SequenceEndEvent: self.end,
            yaml.AliasEvent: self.alias,
            yaml.DocumentStartEvent: self.document,
            yaml.DocumentEndEvent: self.close,
        }
        for event in events:
            handle = handlers.get(type(event))
            if handle:
                handle(event)


def _kind(text: str) -> str:
    """What YAML takes a plain scalar for that begins as no word does."""
    for kind, fits in _IMPLICIT[text[:1]]:
        if fits(text):
            return kind
    return "str"


def _position(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _readable(file: str, content: bytes) -> str | Fault:
    """The text of these bytes, or what keeps it from being parsed: its length, its encoding, or a character in it."""
    if len(content) > MAX_BYTES:
        return Fault(file, 1, 1, f"larger than {MAX_BYTES // 1_000_000} MB; leave out what is not needed")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode()
        return Fault(file, *_position(before, len(before)), "not UTF-8 text; save the file as UTF-8")
    if match := _FORBIDDEN.search(text):
        message = f"the control character U+{ord(match[0]):04X} is not allowed; remove it"
        return Fault(file, *_position(text, match.start()), message)
    if match := _DIRECTIVE.search(text):
        return Fault(file, *_position(text, match.start()), "%TAG is not allowed, as tags are not; remove it")
    return text


def _misread(file: str, text: str, error: yaml.MarkedYAMLError) -> Fault:
    """What the library complains of, where it stands, and what to do."""
    problem = error.problem or error.context or ""
    if "nesting depth" in problem:  # libyaml reads ahead of its events, and newer ones have a limit of their own
        problem, told = "", _TOO_DEEP
    mark: Any = error.problem_mark or error.context_mark
    begun: Any = error.context_mark or mark
    if "expected ':'" in problem:  # noticed far below the line that lacks it
        mark = begun
    if problem:
        told = f"not YAML: {problem}; {cure(problem, text, mark.index, begun.index)}"
    return Fault(file, mark.line + 1, mark.column + 1, told)


def read_tree(file: str, content: bytes) -> Tree:
    """The tree of one YAML document with the faults of its form.

    `file` names the source in faults. Time and memory grow with the length of `content` alone.
    """
    text = _readable(file, content)
    if isinstance(text, Fault):
        return Tree(None, [text])
    report = Report(file)
    builder = _Builder(report, text)
    try:
        builder.feed(iter(_Loader(content.removeprefix(BOM_UTF8)).get_event, None))
    except Enough:
        return Tree(None if builder.outer else builder.root, report.faults, builder.values)
    except yaml.MarkedYAMLError as error:
        report.faults.append(_misread(file, text, error))
        return Tree(None, report.faults, builder.values)
    if builder.root is None:
        report.faults.append(Fault(file, 1, 1, "the file is empty; a registry holds at least `problems:`"))
    return Tree(builder.root, report.faults, builder.values)
