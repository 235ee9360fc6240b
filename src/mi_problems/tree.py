"""YAML text to a tree of nodes that know their line and column. The only user of yaml.

Built from parser events with a stack, so that nothing hostile costs more than its own length: aliases, tags and deep
nesting are faults, no object is ever constructed, and of two equal keys the second is reported and not obeyed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

MAX_BYTES = 64_000_000
MAX_DEPTH = 20
MAX_FAULTS = 200
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_KINDS = {"str": "text", "int": "a whole number", "float": "a number", "bool": "true or false", "null": "nothing"}
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_resolver: Any = yaml.resolver.Resolver()


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong with a file, at a line and column counted from 1."""

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


@dataclass(slots=True)
class Node:
    """A scalar, list or map. `kind` is list, map or the scalar's type: str, int, float, bool, null, or another tag."""

    kind: str
    line: int
    column: int
    text: str = ""
    items: list[Node] = field(default_factory=list)
    entries: dict[str, tuple[Node, Node]] = field(default_factory=dict)

    @property
    def called(self) -> str:
        """The kind in words, for a message."""
        return {"list": "a list", "map": "a mapping"}.get(self.kind) or _KINDS.get(self.kind, f"a {self.kind}")


class _Builder:
    """Collects nodes and faults from the events of one document."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []
        self.root: Node | None = None
        self.stack: list[tuple[Node, Node | None]] = []  # an open list or map, and a map's key that awaits its value

    def fault(self, mark: Any, message: str) -> None:
        self.faults.append(Fault(self.file, mark.line + 1, mark.column + 1, " ".join(message.split())))

    def scalar(self, event: Any) -> Node:
        mark = event.start_mark
        tag = event.tag
        if tag is not None and tag != "!":
            self.fault(mark, f"the tag {tag} is not allowed; write plain text, numbers, lists and mappings")
        kind = "str"
        if event.implicit[0]:
            kind = _resolver.resolve(yaml.ScalarNode, event.value, event.implicit).rpartition(":")[2]
        return Node(kind, mark.line + 1, mark.column + 1, event.value)

    def start(self, event: Any, kind: str) -> None:
        if event.tag is not None:
            self.fault(event.start_mark, f"the tag {event.tag} is not allowed; write plain lists and mappings")
        node = Node(kind, event.start_mark.line + 1, event.start_mark.column + 1)
        self.place(node)
        self.stack.append((node, None))

    def place(self, node: Node) -> None:
        if not self.stack:
            self.root = node
            return
        parent, key = self.stack[-1]
        if parent.kind == "list":
            parent.items.append(node)
        elif key is None:
            self.stack[-1] = (parent, node)
        else:
            self.stack[-1] = (parent, None)
            self.entry(parent, key, node)

    def entry(self, parent: Node, key: Node, value: Node) -> None:
        if key.kind in {"list", "map"}:
            self.faults.append(Fault(self.file, key.line, key.column, "a key must be a word, not a list or mapping"))
        elif key.text in parent.entries:
            first = parent.entries[key.text][0].line
            message = f"duplicate key {key.text!r}; it stands first in line {first}"
            self.faults.append(Fault(self.file, key.line, key.column, message))
        else:
            parent.entries[key.text] = (key, value)

    def feed(self, events: Iterator[Any]) -> None:
        for event in events:
            mark: Any = event.start_mark
            if isinstance(event, yaml.ScalarEvent):
                self.place(self.scalar(event))
            elif isinstance(event, yaml.MappingStartEvent):
                self.start(event, "map")
            elif isinstance(event, yaml.SequenceStartEvent):
                self.start(event, "list")
            elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                self.stack.pop()
            elif isinstance(event, yaml.AliasEvent):
                self.fault(mark, f"the alias *{event.anchor} is not allowed; write the value out")
                self.place(Node("null", mark.line + 1, mark.column + 1))
            elif isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
                self.fault(mark, "a second document starts here; keep one document to a file")
                return
            if len(self.stack) > MAX_DEPTH:
                self.fault(mark, f"nested deeper than {MAX_DEPTH} levels")
                return
            if len(self.faults) >= MAX_FAULTS:
                return


def _position(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - (text.rfind("\n", 0, offset) + 1) + 1


def _decode(file: str, content: bytes) -> tuple[str, list[Fault]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line, column = before.count(b"\n") + 1, error.start - (before.rfind(b"\n") + 1) + 1
        return "", [Fault(file, line, column, "not UTF-8 text; save the file as UTF-8")]
    match = _FORBIDDEN.search(text)
    if match:
        message = f"the control character U+{ord(match[0]):04X} is not allowed; remove it"
        return "", [Fault(file, *_position(text, match.start()), message)]
    return text, []


def read_tree(file: str, content: bytes) -> tuple[Node | None, list[Fault]]:
    """The tree of one YAML document and the faults of its form; None where there is no tree to speak of.

    `file` names the source in faults. Time and memory grow with the length of `content` alone.
    """
    if len(content) > MAX_BYTES:
        return None, [Fault(file, 1, 1, f"larger than {MAX_BYTES // 1_000_000} MB; split the registry into files")]
    text, faults = _decode(file, content)
    if faults:
        return None, faults
    builder = _Builder(file)
    try:
        builder.feed(yaml.parse(text, Loader=_Loader))
    except yaml.MarkedYAMLError as error:
        mark: Any = error.problem_mark or error.context_mark
        builder.fault(mark, f"not YAML: {error.problem or error.context}")
        return None, builder.faults
    if builder.root is None:
        return None, [Fault(file, 1, 1, "the file is empty; a registry holds at least `problems:`")]
    return builder.root, builder.faults
