"""What a query names outright is found: the cards that cite a work, and the one card that holds a word."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from types import SimpleNamespace

import pytest

from mi_problems.finding.citations import address_in, asked_id, citing, title_at, titled, why_nothing
from mi_problems.finding.index import fields_of
from mi_problems.finding.ranking import search
from mi_problems.finding.reasons import why
from mi_problems.finding.words import stem, telling, tokens
from mi_problems.registry.filters import Criterion
from mi_problems.registry.registry import Registry


def found(registry: Registry, query: str) -> list[str]:
    return [hit.problem.id for hit in search(registry, query)]


@pytest.mark.parametrize(
    "query",
    """
    2502.12150 arXiv:2502.12150 https://arxiv.org/abs/2502.12150 https://arxiv.org/pdf/2502.12150v2
    """.split(),
)
def test_an_arxiv_number_in_any_form_finds_the_cards_that_cite_it(registry: Registry, query: str) -> None:
    hits = search(registry, query)
    assert "6.53" in [hit.problem.id for hit in hits]
    assert why(hits[0]) == ("follow-up", "Idiosyncrasies in Large Language Models")


def test_the_address_of_every_follow_up_finds_its_card(registry: Registry) -> None:
    for problem in registry.problems:
        for work in problem.card.follow_ups:
            address = address_in(work.url)
            assert address
            assert problem in citing(registry, address), work.url


def test_cards_that_follow_a_work_up_come_before_those_that_name_it(registry: Registry) -> None:
    follows = registry.problem("2.2")
    number = "2311.04131"
    record = json.loads(registry.problem("1.1").record)
    record["summary"] += f" See arXiv:{number}."
    names = registry.problem("1.1")._replace(stored=json.dumps(record).encode())
    assert number in follows.card.follow_ups[0].url + follows.card.follow_ups[1].url
    assert citing(SimpleNamespace(problems=(names, follows)), number) == [follows, names]  # type: ignore[arg-type]


@pytest.mark.parametrize("query", ["9999.12345", "https://example.org/nowhere", "see arXiv:9999.12345"])
def test_a_work_that_no_card_cites_finds_nothing(registry: Registry, query: str) -> None:
    assert search(registry, query) == []


@pytest.mark.parametrize("query", ["2.17", "12.345", "123.4567", "2023", "3.14159"])
def test_a_number_that_is_no_arxiv_number_is_none(query: str) -> None:
    assert address_in(query) is None


def test_the_title_of_every_follow_up_finds_a_card_that_has_it(registry: Registry) -> None:
    owners: dict[str, set[str]] = {}
    for problem in registry.problems:
        for work in problem.card.follow_ups:
            owners.setdefault(work.title, set()).add(problem.id)
    for title in random.Random(8).sample(sorted(owners), 60):
        assert owners[title].intersection(found(registry, title)), title


def test_a_title_is_found_by_its_words_in_order_and_not_by_one_word(registry: Registry) -> None:
    assert [problem.id for problem in titled(registry.problems, tokens("persian RUG"))] == ["4.2"]
    assert titled(registry.problems, ["rug", "persian"]) == []
    assert titled(registry.problems, ["rug"]) == titled(registry.problems, []) == []


def _stems(entry: Iterable[str]) -> list[list[str]]:
    return [[stem(word) for word in telling(phrase)] for phrase in entry]


def test_a_word_that_stands_in_a_card_finds_one_that_holds_it_or_what_it_means(registry: Registry) -> None:
    texts = {p.id: [text for texts in fields_of(p, "").values() for text in texts] for p in registry.problems}
    held = {name: {stem(word) for text in found for word in telling(text)} for name, found in texts.items()}
    words = {word for found in texts.values() for text in found for word in telling(text)}
    other_fields = _stems(registry.elsewhere)  # a word of these alone finds nothing, and is meant to
    words = {word for word in words if [stem(word)] not in other_fields}
    for word in random.Random(8).sample(sorted(word for word in words if word.isalpha() and len(word) > 3), 200):
        hits = search(registry, word)
        assert hits, word
        same = [entry for entry in map(_stems, registry.glossary) if [stem(word)] in entry]
        meant = [phrase for entry in same for phrase in entry] or [[stem(word)]]
        assert any(held[hits[0].problem.id].issuperset(phrase) for phrase in meant), word


@pytest.mark.parametrize(
    ("query", "identifier"),
    [
        ("2.17", "2.17"), ("open problem 2.17", "2.17"), ("the Nanda problem #2.17", "2.17"), ("77.7", "77.7"),
        ("coda:9.60", "coda:9.60"), ("CODA: 9.60", "coda:9.60"), ("apollo:17", "apollo:17"), ("sheet:17", None),
        ("apollo:heads", None), ("apollo:17-18", None), ("coda:", None), ("qwen2.5", None), ("2.17 heads", None),
        ("induction heads", None), ("", None), ("apollo:1234567890123", None),
    ],
)  # fmt: skip
def test_an_id_is_asked_for_where_a_query_is_nothing_else(
    registry: Registry, query: str, identifier: str | None
) -> None:
    assert asked_id(registry, query) == identifier


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("see https://example.org/a/ now", "https://example.org/a"), ("http://example.org", "http://example.org"),
        ("arXiv:2502.12150v2", "2502.12150"), ("2502.12150 https://example.org", "2502.12150"),
        ("https://host/page", "https://host/page"), ("heads", None), ("heads.", None), ("12502.12150", None),
        ("2502.121501", None), ("1.2502.12150", None),
    ],
)  # fmt: skip
def test_an_address_is_taken_out_of_a_query(query: str, address: str | None) -> None:
    assert address_in(query) == address


def test_the_title_of_a_work_goes_by_its_address(registry: Registry) -> None:
    for work in registry.problem("2.17").card.follow_ups:
        assert title_at(registry.problem("2.17"), work.url) == work.title
    assert title_at(registry.problem("2.17"), "https://example.org/nowhere") is None


def test_why_nothing_was_found_is_a_filter_an_id_or_the_words(registry: Registry) -> None:
    none = [Criterion("--starred", lambda p: False)]
    told = why_nothing(registry, [registry.problem("2.17")], none, "heads")
    assert told == "no problem fits --starred; without --starred: 1 problem (2.17)"
    assert why_nothing(registry, [], none, "2.999").startswith("no problem '2.999'; nearest: ")
    assert why_nothing(registry, [], none, "qwertzuiop").startswith("nothing found; try fewer or other words")
    assert why_nothing(registry, [], none, "2.17").startswith("nothing found")
