"""The bibliography of a problem: what stands in it and what is left out where it is not known."""

from __future__ import annotations

from pathlib import Path

import pytest
from pybtex.database import parse_string

from mi_problems.escapes import bibtex
from mi_problems.registry import load as registries
from mi_problems.scaffold.text.bibtex import bibliography
from tests.conftest import GOOD_FILE

WORKS = """follow_ups:
      - title: 100% of $5
        url: https://arxiv.org/abs/2211.00593
        year: 2022
        relation: extends
        confidence: seen
        note: It leaves _all_ of it open.
      - title: Elsewhere
        url: https://example.org/arxiv.org/abs/2211.00593
        relation: background
        confidence: title
        note: It leaves nothing of it open. No date was seen.
"""
ENTRIES = r"""@misc{problem-2.1,
  title = {{A post \& more}},
  author = {Ada \& Co},
  year = {2022},
  url = {https://example.org/post},
  note = {Problem 2.1},
}

@misc{problem-2.1-follow-up-1,
  title = {{100\% of \$5}},
  year = {2022},
  url = {https://arxiv.org/abs/2211.00593},
  eprint = {2211.00593},
  archiveprefix = {arXiv},
  annote = {extends: It leaves \_all\_ of it open.},
}

@misc{problem-2.1-follow-up-2,
  title = {{Elsewhere}},
  url = {https://example.org/arxiv.org/abs/2211.00593},
  annote = {background: It leaves nothing of it open. No date was seen.},
}
"""


def of_registry(folder: Path, published: str, author: str = "Ada & Co") -> str:
    """The bibliography of a problem with two works, of a list that was published then."""
    (folder / "a.yaml").write_text(
        GOOD_FILE.replace("A post", "A post & more")
        .replace("status: open", "status: active", 1)
        .replace("follow_ups: []\n", WORKS, 1)
    )
    lines = ["name: L", f"author: {author}", f"published: {published}", "caveat: C", "version: '1'", "as_of: A"]
    (folder / "collection.yaml").write_text("\n".join([*lines, "url: https://example.org"]))
    registry = registries.load(folder, only=True)
    return bibliography(registry.problem("2.1"), registry)


def test_post_and_works_are_entries_without_an_empty_field(tmp_path: Path) -> None:
    assert of_registry(tmp_path, "December 2022 to January 2023") == ENTRIES


def test_a_list_without_a_year_has_none_in_its_bibliography(tmp_path: Path) -> None:
    assert of_registry(tmp_path, "never") == ENTRIES.replace("  year = {2022},\n", "", 1)


def test_without_a_collection_the_post_has_no_author(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOOD_FILE)
    registry = registries.load(tmp_path / "a.yaml", only=True)
    assert "author" not in bibliography(registry.problem("2.1"), registry)


def test_a_list_of_five_people_stops_no_reader(tmp_path: Path) -> None:
    text = of_registry(tmp_path, "December 2022", "A, B, C, D, E")
    assert "  author = {{A, B, C, D, E}},\n" in text
    post = parse_string(text, "bibtex").entries["problem-2.1"]
    assert [str(person) for person in post.persons["author"]] == ["{A, B, C, D, E}"]


@pytest.mark.parametrize(
    ("sign", "latex"),
    [(sign, f"\\{sign}") for sign in "&%$#_"]
    + [("\\", r"\textbackslash{}"), ("~", r"\textasciitilde{}"), ("^", r"\textasciicircum{}")]
    + [("{", r"\textbraceleft{}"), ("}", r"\textbraceright{}"), ("é", "é")],
)
def test_signs_of_latex_are_written_as_latex_writes_them(sign: str, latex: str) -> None:
    assert bibtex(f"a{sign}b") == f"a{latex}b"
