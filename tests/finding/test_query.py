"""What the words of a query stand for, in a registry of a few cards whose every word is known."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mi_problems.finding.ranking import find
from mi_problems.registry.load import load
from mi_problems.registry.registry import Registry
from tests.conftest import GOOD_CARD, GOOD_FILE

Matches = Callable[[str], dict[str, tuple[str, ...]]]
TITLES = {
    "2.1": "Zebra stripes",
    "2.2": "Giraffe necks",
    "2.3": "Zebra and giraffe veil",
    "2.4": "Hoofed runners of the plain",
    "2.5": "Trunks that hold water",
    "2.6": "Runners of the desert",
}
GLOSSARY = """\
glossary:
  - [giraffe necks, long throat]
  - [giraffe, trunks]
  - [equid, stripes]
  - [equid, hoofed]
"""


@pytest.fixture
def matches(tmp_path: Path) -> Matches:
    """The ids that a query finds or comes near to in the registry of `TITLES`, each with the words it answers."""
    (tmp_path / "problems").mkdir()
    cards = "".join(
        GOOD_CARD.replace('"2.1"', f'"{name}"').replace("A card for tests", title).replace('["2.2"]', '["9.1"]')
        for name, title in TITLES.items()
    )
    (tmp_path / "problems" / "02.yaml").write_text(GOOD_FILE.split("problems:\n")[0] + "problems:\n" + cards)
    (tmp_path / "glossary.yaml").write_text(GLOSSARY)
    registry: Registry = load(tmp_path, only=True)

    def answered(query: str) -> dict[str, tuple[str, ...]]:
        found = find(registry, query)
        return {hit.problem.id: hit.matched for hit in (*found.hits, *found.near)}

    return answered


def test_a_hit_names_the_words_it_answers_and_no_others(matches: Matches) -> None:
    assert matches("runners plain") == {"2.4": ("plain", "runners"), "2.6": ("runners",)}


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("plain dese", ("dese",)),  # it begins desert
        ("plain de", ()),
        ("des plain", ()),
        ("vel plain", ()),  # too short to be a slip
        ("vei plain", ()),
        ("plain desrt", ("desrt",)),
        ("desrt plain", ("desrt",)),
        ("plain dessert", ("dessert",)),
        ("plain despair", ()),
    ],
)
def test_a_word_may_be_begun_at_the_end_and_misspelt_anywhere(
    matches: Matches, query: str, words: tuple[str, ...]
) -> None:
    found = {word for answered in matches(query).values() for word in answered} - {"plain"}
    assert found == set(words)


def test_a_word_stands_for_its_entry_in_the_glossary_as_well(matches: Matches) -> None:
    assert set(matches("trunks")) == {"2.2", "2.3", "2.5"}


def test_the_longest_phrase_of_the_glossary_counts_and_no_shorter_one(matches: Matches) -> None:
    assert set(matches("giraffe")) == {"2.2", "2.3", "2.5"}
    assert set(matches("giraffe necks")) == {"2.2"}
    assert matches("long throat") == {"2.2": ("long", "throat")}


def test_a_word_of_two_entries_stands_for_both(matches: Matches) -> None:
    assert set(matches("equid")) == {"2.1", "2.4"}


def test_words_that_no_card_knows_count_against_an_answer(matches: Matches) -> None:
    assert matches("zebra")
    assert matches("zebra qwertzuiop asdfghjkl yxcvbnm") == {}
