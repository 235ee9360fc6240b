"""No pattern takes more than the length of its text asks for, whatever the text."""

from __future__ import annotations

import ast
import importlib
import re
import time
from collections.abc import Iterator

import pytest

from mi_problems.errors import MipError
from mi_problems.records.terms import Difficulty
from mi_problems.records.typed import read_id
from mi_problems.registry.filters import read_weeks
from mi_problems.registry.registry import Registry
from tests.test_architecture import MODULES, name_of

WHOLE = {"fullmatch", "match", "matching"}
ANYWHERE = {"search", "sub", "split", "findall", "finditer"}
LENGTH = 4_000
PUMPS = [" ", "\t", "0", "1", "a", "p", ".", "-", "_", "#", ":", "~", "/", "[", "{", "- ", "a-", "1:", "1.", "a ", "\n",
         "\u3042", "\x1b[", "\x1b]8;;", "http://", "{{ ", "(", "\\", "%TAG", "a_a", ">>>>>>> ", "a/"]  # fmt: skip
BEGINNINGS = ["", "p", "problem", "2", "2.", "a", "-", "# {{ include ", "\x1b]8;;", "https://", "1:1", " #"]
ENDINGS = ["", "x", "!", "\n"]


def used() -> Iterator[tuple[str, re.Pattern[str], bool]]:
    """Every use of a pattern in the source, written out or by its name, and whether it is sought anywhere in a text."""
    for path in MODULES:
        names = (
            vars(importlib.import_module(f"mi_problems.{name_of(path).replace('/', '.')}"))
            if name_of(path) != "__main__"
            else {}
        )
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            method = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if method not in WHOLE | ANYWHERE:
                continue
            owner = getattr(getattr(node.func, "value", None), "id", "")
            pattern = names.get(owner)
            if owner in {"re", ""} and node.args:
                first = node.args[0]
                pattern = first.value if isinstance(first, ast.Constant) else names.get(getattr(first, "id", ""))
            if isinstance(pattern, str) and (owner == "re" or method == "matching"):
                pattern = re.compile(pattern)
            if isinstance(pattern, re.Pattern) and isinstance(pattern.pattern, str):
                yield f"{name_of(path)}:{node.lineno}", pattern, method in ANYWHERE


PATTERNS = {name: (pattern, anywhere) for name, pattern, anywhere in used()}


def slowest(pattern: re.Pattern[str], anywhere: bool) -> float:
    """Seconds of the slowest text of about this length."""
    look = pattern.search if anywhere else pattern.fullmatch
    worst = 0.0
    for begin in BEGINNINGS:
        for pump in PUMPS:
            for end in ENDINGS:
                text = begin + pump * (LENGTH // len(pump)) + end
                begun = time.thread_time()
                look(text)
                worst = max(worst, time.thread_time() - begun)
    return worst


def test_the_patterns_of_the_source_are_found() -> None:
    assert len(PATTERNS) >= 25
    assert any(name.startswith("records/typed") for name in PATTERNS)


@pytest.mark.parametrize("name", PATTERNS)
def test_a_pattern_takes_no_more_than_the_length_of_its_text(name: str) -> None:
    assert slowest(*PATTERNS[name]) < 0.02


@pytest.mark.parametrize("pump", [" ", "0", "\t", "#", "p ", "\u3000", "9"])
def test_an_argument_of_any_length_is_read_or_refused_at_once(registry: Registry, pump: str) -> None:
    begun = time.thread_time()
    for read in (read_id, read_weeks, Difficulty.parse, registry.problem, registry.category, registry.skill):
        for text in (f"p{pump * 500_000}x", f"2{pump * 500_000}.17", pump * 500_000):
            try:
                read(text)
            except (MipError, ValueError):
                continue
    assert time.thread_time() - begun < 5
