"""The index of a registry of several parts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mi_problems.finding import index
from mi_problems.finding.ranking import search
from mi_problems.finding.words import terms
from mi_problems.registry.load import load

OWN = """\
problems:
  - title: Zebra circuits under induction heads
    summary: What do they do?
  - title: A second question of ours
    summary: It stands beside zebra circuits.
"""


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MIP_CACHE_DIR", str(tmp_path / "cache"))
    file = tmp_path / "lab.yaml"
    file.write_text(OWN, encoding="utf-8")
    return file


def test_beside_indexed_problems_only_own_ones_are_indexed(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index.index_of(load())
    built: list[str] = []

    def build(registry: Any, part: Any, before: Any, really: Any = index.build) -> Any:
        built.append(part.key)
        return really(registry, part, before)

    monkeypatch.setattr(index, "build", build)
    registry = load(own)
    index.index_of(registry)
    assert built == [registry.parts[1].key]


def test_a_word_of_a_title_leads_to_its_problem_in_either_part(own: Path) -> None:
    registry = load(own)
    found = index.index_of(registry)
    for place, problem in enumerate(registry.problems):
        for term in terms(problem.title):
            assert place in dict(found.posts(term)), (problem.id, term)
        assert " ".join(terms(problem.title)) == " ".join(found.units(place)[0][1])


def test_problems_of_both_parts_answer_one_query(own: Path) -> None:
    hits = search(load(own), "zebra circuits induction heads")
    assert hits[0].problem.title == "Zebra circuits under induction heads"
    assert any(not hit.problem.id.startswith("lab.") for hit in hits)


def test_a_card_leads_to_related_ones_of_this_registry_alone(own: Path) -> None:
    registry = load(own)
    found = index.index_of(registry)
    for place, problem in enumerate(registry.problems):
        related = {registry.problems[at].id for at in found.related(place)}
        assert related == {name for name in problem.card.related if registry.find(name)}
