"""The index of a registry of several parts."""

from __future__ import annotations

from collections.abc import Mapping
from math import log
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mi_problems.finding import index
from mi_problems.finding.ranking import search
from mi_problems.finding.words import terms
from mi_problems.registry.load import load
from mi_problems.registry.registry import Registry

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


NOTHING: Any = ([], [[]], [])
TERMS = st.text("abcxyz", min_size=1, max_size=4)
POSTS = st.dictionaries(st.integers(0, 99), st.integers(1, index.SCALE), min_size=1, max_size=3)


def shelf(posts: Mapping[str, Mapping[int, int]], words: str = "", *units: str) -> index.Shelf:
    """A shelf of these postings: for each term the places with their weights."""
    numbers = {term: " ".join(f"{place} {weight}" for place, weight in found.items()) for term, found in posts.items()}
    terms_line = "".join(f"|{term}\t{numbers[term]}" for term in sorted(posts)) + "|"
    return index.Shelf(NOTHING, [line.encode() for line in (terms_line, words, *units)])


@settings(max_examples=25)
@given(st.dictionaries(TERMS, POSTS, max_size=6), TERMS)
def test_a_shelf_knows_the_places_of_its_terms_and_no_others(posts: dict[str, dict[int, int]], other: str) -> None:
    kept = shelf(posts)
    for term in {*posts, other}:
        expected = [(place, weight / index.SCALE) for place, weight in posts.get(term, {}).items()]
        assert kept.posts(term) == expected


def test_every_term_of_a_shelf_longer_than_a_window_is_found() -> None:
    names = [f"term{number:04}" for number in range(3000)]
    kept = shelf({name: {place: 1} for place, name in enumerate(names)})
    for place in (0, 1, 2, 777, 1499, 1500, 1501, 2997, 2998, 2999):
        assert kept.posts(names[place]) == [(place, 1 / index.SCALE)]
    assert kept.posts("aaaa") == kept.posts("term1500a") == kept.posts("zzzz") == kept.posts("term") == []


def test_a_term_with_more_places_than_a_window_holds_is_found_with_its_neighbours() -> None:
    many = dict.fromkeys(range(4000), 1234)
    kept = shelf({"a": {1: 2}, "m": many, "z": {3: 4}})
    assert len(kept.posts("m")) == 4000
    assert (kept.posts("a"), kept.posts("z")) == ([(1, 2 / index.SCALE)], [(3, 4 / index.SCALE)])


def test_a_shelf_gives_each_word_with_its_stem() -> None:
    assert shelf({}, "heads=head circuits=circuit").words() == [["heads", "head"], ["circuits", "circuit"]]
    assert shelf({}).words() == []


def test_a_rarer_term_tells_more_and_an_unknown_one_most(registry: Registry) -> None:
    found = index.index_of(registry)
    common, rare, unknown = (found.rarity(term) for term in (*terms("head grokking"), "qwertzuiop"))
    assert common < rare < unknown == found.rarity("")


def test_in_a_small_registry_a_word_of_one_card_tells_as_much_as_among_many(own: Path) -> None:
    small = index.index_of(load(own, only=True))
    assert small.rarity("zebra") == pytest.approx(log(1 + (index.LEAST - 2 + 0.5) / 2.5))


def test_phrases_of_what_is_elsewhere_are_found_whole_and_in_order(own: Path) -> None:
    (own.parent / "lab").mkdir()
    folder = own.rename(own.parent / "lab" / "lab.yaml").parent
    (folder / "elsewhere.yaml").write_text("elsewhere:\n  - qwert asdfgh\n  - yxcvb\n")
    found = index.index_of(load(folder, only=True))
    assert found.elsewhere(terms("why is qwert asdfgh hard")) == [tuple(terms("qwert asdfgh"))]
    assert found.elsewhere(terms("asdfgh qwert")) == []
    assert found.elsewhere(terms("yxcvb and asdfgh")) == [tuple(terms("yxcvb"))]


def test_the_name_of_a_list_alone_is_elsewhere(registry: Registry) -> None:
    found = index.index_of(registry)
    assert found.elsewhere(terms("timaeus")) == [tuple(terms("timaeus"))]
    assert found.elsewhere(terms("timaeus heads")) == []


def test_a_card_just_noted_down_is_in_short_the_first_sentence_of_its_summary(own: Path) -> None:
    problem = load(own, only=True).problem("lab.1")
    assert index.fields_of(problem, "Lab")["gist"] == ["What do they do?"]
    assert index.fields_of(problem, "Lab")["category"] == ["lab", "Lab"]
