"""Measures of a ranking against graded queries: success at 1, mean reciprocal rank and nDCG at 10."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

KINDS = ("id", "title", "typo", "paraphrase", "jargon", "topic", "external", "question")
SETS = {
    "tuned": (
        "dev", "own-tuned", "second-tuned", "since2024-own-tuned", "questions-dev", "negative-tuned", "elsewhere-tuned"
    ),
    "by another writer, on the problems since 2024": ("since2024-dev",),
    "untouched": (
        "own-untouched", "second-untouched", "since2024-own-untouched", "negative-untouched", "elsewhere-untouched"
    ),
}  # fmt: skip
QUERIES = Path(__file__).parent / "queries"
Engine = Callable[[str], Sequence[str]]


def read(*names: str) -> list[dict[str, Any]]:
    """The queries of these files below `queries/`."""
    lines = [line for name in names for line in (QUERIES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    return [json.loads(line) for line in lines if line.strip()]


def score(relevant: Mapping[str, int], found: Sequence[str]) -> tuple[float, float, float]:
    """Success@1 and MRR@10 (grade 2 or more counts), nDCG@10 (gains are 2^grade - 1)."""
    found = found[:10]
    first = float(bool(found) and relevant.get(found[0], 0) >= 2)
    rank = next((1 / place for place, name in enumerate(found, 1) if relevant.get(name, 0) >= 2), 0.0)
    best = _gain(sorted(relevant.values(), reverse=True)[:10])
    return first, rank, (_gain(relevant.get(name, 0) for name in found) / best if best else 0.0)


def _gain(grades: Iterable[int]) -> float:
    return float(sum((2**grade - 1) / math.log2(place + 1) for place, grade in enumerate(grades, 1)))


def evaluate(engine: Engine, queries: Sequence[Mapping[str, Any]]) -> dict[str, tuple[float, ...]]:
    """For each kind, and for all that have an answer, the three means; for negatives the share left empty."""
    rows: dict[str, list[tuple[float, ...]]] = {}
    for query in queries:
        found = list(engine(query["q"]))
        value = (float(not found),) if query["kind"] == "negative" else score(query["rel"], found)
        rows.setdefault(query["kind"], []).append(value)
        if query["kind"] != "negative":
            rows.setdefault("all", []).append(value)
    return {kind: tuple(fmean(column) for column in zip(*values, strict=True)) for kind, values in rows.items()}


def doubts(engine: Engine, queries: Sequence[Mapping[str, Any]]) -> float:
    """The share of the queries that have an answer for which nothing is found."""
    return fmean(not engine(query["q"]) for query in queries if query["kind"] != "negative")
