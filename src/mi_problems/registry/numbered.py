"""A problem file with its ids written in, for problems that were numbered by their order."""

from __future__ import annotations

from contextlib import suppress

from mi_problems.reading.faults import Enough, Fault
from mi_problems.reading.parse import Reader
from mi_problems.reading.vocabulary import Vocabulary
from mi_problems.reading.yaml_tree import Node, read_tree


def written(file: str, content: bytes, vocabulary: Vocabulary) -> tuple[str, list[Fault]]:
    """The text of the file with an `id` before the first field of every problem that has none, and its faults.

    Nothing else of the text changes. With faults the text is empty.
    """
    reader = Reader(vocabulary)
    with suppress(Enough):
        reader.file(file, content)
    if reader.faults:
        return "", sorted(reader.faults)
    root = read_tree(file, content).root
    assert root is not None  # a file without a document has a fault
    nodes = root.items if root.kind == "list" else root.entries["problems"][1].items
    ids = [row["id"] for row in reader.problems]
    lines = content.decode("utf-8-sig").splitlines(keepends=True)
    for node, identifier in reversed(list(zip(nodes, ids, strict=True))):
        if not {"id", "number"} & node.entries.keys():
            _insert(lines, node, identifier)
    return "".join(lines), []


def _insert(lines: list[str], node: Node, identifier: str) -> None:
    """Puts an id where a problem begins: before its first field, or behind the brace of `{title: ...}`."""
    line, start = lines[node.line - 1], node.column - 1
    if line[start : start + 1] == "{":
        lines[node.line - 1] = f'{line[: start + 1]}id: "{identifier}", {line[start + 1 :]}'
    else:
        end = "\r\n" if line.endswith("\r\n") else "\n"
        lines[node.line - 1] = f'{line[:start]}id: "{identifier}"{end}{" " * start}{line[start:]}'
