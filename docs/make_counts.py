"""Counts of the catalogue in the pages, after an edit of the data: python docs/make_counts.py

Each is a phrase of a page with numbers in it. tests/test_docs.py holds that the pages say them.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from mi_problems.records.terms import Basis, Reach, Status
from mi_problems.registry.load import load
from mi_problems.registry.registry import Registry

ROOT = Path(__file__).parents[1]


def counts(registry: Registry) -> dict[str, tuple[str, ...]]:
    """By page the phrases that it holds, with the numbers of this registry."""
    problems = registry.problems
    newer = sum(problem.year != 2022 for problem in problems)
    works = [work for problem in problems for work in problem.card.follow_ups]
    basis = Counter(problem.difficulty_basis for problem in problems)
    status = Counter(problem.status for problem in problems)
    reach = Counter(problem.reach for problem in problems)
    starred = Counter(problem.starred for problem in problems)
    by_title = sum(work.confidence == "title" for work in works)
    return {
        "README.md": (
            f"each of the {len(problems)} problems", f"the {len(problems) - newer} of", f"{newer} stated since 2024",
            "four to six first steps", f"and {len(registry.lists) - 1} lists since 2024",
            f"lists the {len(registry.categories)} categories",
            f"{len(works)} links to {len({work.url for work in works})} works",
            f"{status[Status.OPEN]} problems are open, {status[Status.ACTIVE]} active",
            f"and {status[Status.ADDRESSED]} addressed", f"{basis[Basis.PUBLISHED]} problems have",
            f"{basis[Basis.ESTIMATED]} estimated", f"for {reach[Reach.SMALL]} it can be done small",
            f"for {reach[Reach.PRETRAINED]} the same analysis",
            f"for {reach[Reach.WARM_UP]} the experiment is a warm-up",
            f"{starred[True]} are known to be starred, {starred[False]} not to be,",
            f"and of {starred[None] - newer} it is not",
            f"For {by_title} of the {len(works)} links", f"As of {registry.collection.as_of}",
        ),
        "data/README.md": (
            f"carries {len(problems)} problems", f"the {len(problems) - newer} problems", f"{newer} problems from the",
            f"({basis[Basis.PUBLISHED]} problems)",
            f"({basis[Basis.ESTIMATED]} problems, all", f"{len(works)} works were linked",
        ),
        "pyproject.toml": (f"one of {len(problems)} problems",),
        "src/mi_problems/cli.py": (f"one of {len(problems)} problems",),
    }  # fmt: skip


def put(text: str, phrase: str) -> str:
    """The text with the numbers of the phrase, wherever its lines break; ValueError where it holds no such phrase."""
    words = [re.sub(r"\\?\d+", r"\\d+", re.escape(word)) for word in phrase.split()]
    found = re.search(r"(?<!\d)" + r"(\s+)".join(words), text)
    if not found:
        raise ValueError(f"no such phrase: {phrase}")
    blanks = [*found.groups(), ""]
    said = "".join(word + blank for word, blank in zip(phrase.split(), blanks, strict=True))
    return text[: found.start()] + said + text[found.end() :]


def main() -> None:
    for page, phrases in counts(load()).items():
        path = ROOT / page
        text = path.read_text(encoding="utf-8")
        for phrase in phrases:
            text = put(text, phrase)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
