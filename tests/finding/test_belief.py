"""Honest nothing: hits only where something is believed to answer, else the nearest, told as no more than that."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from random import Random

import pytest
from benchmarks.measures import read
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mi_problems.finding.belief import BELIEVED
from mi_problems.finding.ranking import NEAR, find, search
from mi_problems.registry.load import load
from mi_problems.registry.registry import BESIDE, Part, Registry
from tests.conftest import GOOD_CARD, GOOD_FILE, Mip
from tests.pseudo_terminal import mip_seen

TITLES = {
    "2.1": "Zebra stripes seen from afar",
    "2.2": "Giraffe necks and gravity",
    "2.3": "Veils of the desert runner",
}


@pytest.fixture
def three(tmp_path: Path) -> Registry:
    """A registry of three problems by itself."""
    cards = "".join(
        GOOD_CARD.replace('"2.1"', f'"{name}"').replace("A card for tests", title).replace('["2.2"]', '["9.1"]')
        for name, title in TITLES.items()
    )
    (tmp_path / "problems").mkdir()
    (tmp_path / "problems" / "02.yaml").write_text(GOOD_FILE.split("problems:\n")[0] + "problems:\n" + cards)
    (tmp_path / "elsewhere.yaml").write_text("elsewhere:\n  - zebra crossing\n  - gravity wave\n")
    return load(tmp_path, only=True)


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("why do zebras have stripes", "2.1"),
        ("giraffe necks", "2.2"),
        ("a runner in the desert", "2.3"),
        ("veil", "2.3"),
    ],
)
def test_three_problems_answer_what_they_are_about(three: Registry, query: str, wanted: str) -> None:
    assert [hit.problem.id for hit in search(three, query)][:1] == [wanted]


@pytest.mark.parametrize(
    "query", ["grokking in modular addition", "a deception probe that holds on new data", "how do I train my dragon"]
)
def test_three_problems_answer_nothing_else(three: Registry, query: str) -> None:
    assert search(three, query) == []


@pytest.fixture
def twenty_thousand(three: Registry) -> Registry:
    """Problems that differ by titles of three words out of 900, in memory alone; one is about something else."""
    (part,) = three.parts
    chance = Random(3)
    words = [
        "".join(syllables)
        for syllables in product(["bra", "kel", "mon", "tuf", "sil", "dor", "vex", "pim", "gan", "zor"], repeat=3)
    ]
    titles = [" ".join(chance.sample(words[:900], 3)).capitalize() for _ in range(20_000)]
    titles[12_345] = "Marmots that hum at dawn"
    heads = [[f"2.{place}", title, *part.heads[0][2:]] for place, title in enumerate(titles, 1)]
    lines = [*part.lines[: len(BESIDE)], *[part.records[0]] * len(heads)]
    return Registry([Part("twenty thousand", heads, lines)])


def test_one_in_twenty_thousand_is_believed_and_what_none_is_about_is_not(twenty_thousand: Registry) -> None:
    assert search(twenty_thousand, "humming marmots")[0].problem.id == "2.12346"
    assert search(twenty_thousand, twenty_thousand.problems[7].title)[0].problem.id == "2.8"
    assert search(twenty_thousand, "the price of violins in lisbon") == []


def test_words_of_a_phrase_that_means_something_else_are_no_answer(three: Registry) -> None:
    assert search(three, "zebra stripes")
    assert search(three, "zebra crossing accidents") == []
    assert search(three, "gravity wave") == []


def test_a_phrase_that_a_card_names_means_the_card(registry: Registry) -> None:
    assert "anomaly detection" in registry.elsewhere
    assert search(registry, "anomaly detection in streaming tokens")
    assert search(registry, "anomaly detection in hospital records") == []


def test_the_name_of_an_author_of_a_list_is_no_topic(registry: Registry) -> None:
    assert search(registry, "Neel Nanda") == []
    assert search(registry, "neel nanda grokking")


def test_what_comes_near_is_never_a_hit(registry: Registry) -> None:
    for query in (line["q"] for line in read("negative-tuned", "elsewhere-tuned")):
        hits, near, belief = find(registry, query)
        assert not (hits and near)
        assert len(near) <= NEAR
        assert all(hit.matched for hit in near)
        assert 0 <= belief <= 1
        assert bool(hits) <= (belief >= BELIEVED)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=80))
def test_any_text_has_a_belief_and_hits_only_where_it_is_high(registry: Registry, text: str) -> None:
    hits, near, belief = find(registry, text)
    assert 0 <= belief <= 1
    assert not hits or belief >= BELIEVED
    assert not near or belief < BELIEVED


def test_most_of_what_nothing_answers_gets_no_hit(registry: Registry) -> None:
    queries = read("negative-untouched", "elsewhere-untouched")
    assert sum(not search(registry, query["q"]) for query in queries) / len(queries) >= 0.85


def test_few_of_those_that_have_an_answer_are_doubted(registry: Registry) -> None:
    files = ("own-untouched", "second-untouched", "since2024-own-untouched", "since2024-dev", "questions-dev")
    asked = [query for query in read(*files) if query["kind"] != "negative"]
    assert sum(not search(registry, query["q"]) for query in asked) / len(asked) <= 0.05


NEARBY = "mixture of experts inference latency"


def test_a_pipe_is_told_the_nearest_in_one_line_and_gets_no_record(mip: Mip) -> None:
    done = mip("search", NEARBY)
    assert (done.code, done.out, done.err.count("\n")) == (0, "", 1)
    assert done.err.startswith(f'mip: nothing is about "{NEARBY}"; nearest: ')
    assert "10.33 Mixture-of-experts dictionaries" in done.err
    assert "`mip categories saes`" in done.err
    assert mip("search", NEARBY, "--json").out == "[]\n"


def test_a_terminal_has_the_nearest_under_a_line_of_their_own(mip: Mip) -> None:
    _, shown = mip_seen("search", NEARBY)
    lines = shown.splitlines()
    assert lines[0].endswith("nearest:")
    assert lines[1].startswith("  10.33 ")


def test_a_near_one_that_a_filter_removes_is_not_told(mip: Mip) -> None:
    assert "10.33" not in mip("search", NEARBY, "--category", "circuits").err
