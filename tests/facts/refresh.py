"""Brings the tables of later works to what the cards say: python tests/facts/refresh.py

For when works were looked up again. Rewrites followups.tsv of both parts, and status and difficulty in
since2024/problems.tsv. What was gathered otherwise is kept in changes.tsv with the reason: a reason that stands there
stays, a new one is taken from the works of the card.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "src"))

from mi_problems.records.problem import Problem  # noqa: E402
from mi_problems.records.terms import ANSWERING, Status  # noqa: E402
from mi_problems.registry.load import load  # noqa: E402

HERE = Path(__file__).parent
WORK = ("title", "url", "year", "relation", "confidence", "note")
CHANGE = ("id", "field", "gathered", "now", "reason")
NONE = dict.fromkeys(WORK, "")  # where there is no work the status stands all the same
Row = Mapping[str, str]


def read(name: str) -> list[dict[str, str]]:
    with open(HERE / f"{name}.tsv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def write(name: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    with open(HERE / f"{name}.tsv", "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, delimiter="\t", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def works(problem: Problem) -> list[dict[str, str]]:
    """The works of a card as rows."""
    return [{name: str(getattr(work, name) or "") for name in WORK} for work in problem.card.follow_ups]


def reason(problem: Problem) -> str:
    """Why a card has its status, by its works."""
    answering = [work for work in problem.card.newest_first if work.relation in ANSWERING]
    if problem.status is Status.OPEN:
        return "no work on the card answers, extends or replicates a part: those there are background or tools"
    told = [f"{work.title} ({work.year or 'n.d.'}) {work.relation}: {work.note}" for work in answering]
    if problem.status is Status.ADDRESSED:
        return next(line for work, line in zip(answering, told, strict=True) if work.relation != "extends")
    return f"parts alone are done: {told[0]}"


def changes(gathered: Mapping[tuple[str, str], str], problems: Sequence[Problem]) -> list[Row]:
    """What differs from what was gathered, with a reason for each."""
    known = {(row["id"], row["field"]): row for row in read("changes")} if (HERE / "changes.tsv").exists() else {}
    found: list[Row] = []
    for problem in problems:
        now = {"status": str(problem.status), "difficulty": str(problem.difficulty)}
        for field, value in now.items():
            key = (problem.id, field)
            first = known[key]["gathered"] if key in known else gathered.get(key, value)
            if first != value:
                same = key in known and known[key]["now"] == value
                told = reason(problem) if field == "status" else "estimated anew when the card was written"
                told = known[key]["reason"] if same else told
                found.append({"id": problem.id, "field": field, "gathered": first, "now": value, "reason": told})
    return found


def main() -> None:
    problems = load().problems
    newer = read("since2024/problems")
    of_newer = {row["id"] for row in newer}
    gathered = {(row["number"], "status"): row["status"] for row in read("followups")}
    gathered |= {(row["id"], field): row[field] for row in newer for field in ("status", "difficulty")}
    write("changes", CHANGE, changes(gathered, problems))
    sequence = [problem for problem in problems if problem.id not in of_newer]
    since = [problem for problem in problems if problem.id in of_newer]
    write(
        "followups",
        ("number", "status", *WORK),
        ({"number": one.id, "status": str(one.status), **row} for one in sequence for row in works(one) or [NONE]),
    )
    write("since2024/followups", ("id", *WORK), ({"id": one.id, **row} for one in since for row in works(one)))
    by_id = {problem.id: problem for problem in since}
    for row in newer:
        row["status"] = str(by_id[row["id"]].status)
        row["difficulty"] = str(by_id[row["id"]].difficulty)
    write("since2024/problems", list(newer[0]), newer)


if __name__ == "__main__":
    main()
