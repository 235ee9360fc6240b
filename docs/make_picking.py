"""Writes the table of docs/picking.md from the weights of the code."""

from __future__ import annotations

from pathlib import Path

from mi_problems.picking.weights import WEIGHTS

PAGE = Path(__file__).parent / "picking.md"
BEGIN, END = "| what is so of a problem | points | why |\n| --- | --- | --- |\n", "\n\n"


def table() -> str:
    """A row for each weight."""
    rows = (f"| {one.what} | {one.points:+d} | {one.why} |" for one in WEIGHTS)
    return BEGIN + "\n".join(rows)


def page(text: str) -> str:
    """The page with the table as the code has it."""
    before, _, rest = text.partition(BEGIN)
    return before + table() + END + rest.partition(END)[2]


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
