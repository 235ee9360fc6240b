"""What is new on a problem's card since its repository was made."""

from __future__ import annotations

import re
from pathlib import Path

from mi_problems.escapes import markdown
from mi_problems.records.problem import Problem
from mi_problems.scaffold.provenance import CardThen, Provenance, card_now
from mi_problems.scaffold.settle import content_of


def news(problem: Problem, before: Provenance, target: Path) -> tuple[str, ...]:
    """Status, works and first steps of today that the card did not have then, a line each; none if all is as it was."""
    then, now = before.card or _in_the_files(target), card_now(problem)
    lines = [f"status: {then.status}, now {now.status}"] if now.status != then.status else []
    for work in problem.card.newest_first:
        if work.url not in then.works:
            lines.append(f"work: {work.title} ({work.year or 'n.d.'}, {work.relation})")
    for number, step in enumerate(now.first_steps, 1):
        if not {step, markdown(step)} & set(then.first_steps):
            lines.append(f"first step {number}: {step}")
    return tuple(lines)


def _in_the_files(target: Path) -> CardThen:
    """What the card said, as far as the files say it that version 0.1 wrote: README.md and references.bib."""
    readme, bibliography = (_text(target / name) for name in ("README.md", "references.bib"))
    status = re.search(r"^(?:Difficulty|Not rated)\b.*?, (open|active|addressed)\b", readme, re.MULTILINE)
    steps = re.search(r"^## First steps\n(.*?)(?=^## |\Z)", readme, re.MULTILINE | re.DOTALL)
    return CardThen(
        status[1] if status else "not told",
        tuple(re.findall(r"^  url = \{(.*)\},$", bibliography, re.MULTILINE)),
        tuple(re.findall(r"^\d+\. (.*)$", steps[1], re.MULTILINE)) if steps else (),
    )


def _text(path: Path) -> str:
    return (content_of(path) or b"").decode(errors="replace").replace("\r\n", "\n")
