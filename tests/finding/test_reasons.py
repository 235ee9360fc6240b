"""Why a hit is here: the sentence of its card that answers most of what it was found for."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mi_problems.finding.ranking import Hit
from mi_problems.finding.reasons import why
from mi_problems.records.problem import Problem
from mi_problems.registry.registry import Registry


@pytest.fixture
def problem(registry: Registry) -> Problem:
    """A problem whose every text is known."""
    texts: dict[str, Any] = {
        "listed": "Ocelots", "gist": "A gist of marmots.", "summary": "Lynx come first. Then come badgers: both.",
        "keywords": ["otter den"], "questions": ["where do voles go?"], "first_steps": ["Count the newts."],
        "done_when": "All toads are counted.", "models": ["heron"], "related": [],
        "follow_ups": [
            {"title": "On storks", "url": "https://arxiv.org/abs/2401.00001", "year": 2024, "relation": "extends",
             "note": "Leaves gulls open.", "confidence": "seen"}
        ],
    }  # fmt: skip
    whole = registry.problem("2.17")
    record = json.loads(whole.record) | texts
    return whole._replace(
        title="Ocelots in the wild", section="among ferrets", skills=("bird-song",), category="mammals",
        stored=json.dumps(record).encode(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("matched", "field", "sentence"),
    [
        (("ocelots",), "listed as", "Ocelots"),
        (("wild",), "title", "Ocelots in the wild"),
        (("marmots",), "in short", "A gist of marmots."),
        (("lynx",), "summary", "Lynx come first."),
        (("badgers",), "summary", "Then come badgers"),
        (("otter",), "keyword", "otter den"),
        (("vole",), "asked as", "where do voles go?"),
        (("newt",), "first step", "Count the newts."),
        (("toads",), "done when", "All toads are counted."),
        (("heron",), "model", "heron"),
        (("ferrets",), "section", "among ferrets"),
        (("song",), "skill", "bird song"),
        (("storks",), "follow-up", "On storks"),
        (("gulls",), "known", "Leaves gulls open."),
        (("mammals",), "category", "mammals"),
    ],
)
def test_a_word_leads_to_the_sentence_that_holds_it(
    problem: Problem, matched: tuple[str, ...], field: str, sentence: str
) -> None:
    assert why(Hit(problem, 1.0, matched)) == (field, sentence)


def test_the_sentence_with_most_of_the_words_comes_before_a_shorter_one(problem: Problem) -> None:
    assert why(Hit(problem, 1.0, ("ocelots", "wild"))) == ("title", "Ocelots in the wild")


def test_of_two_words_the_rarer_which_stands_first_decides(problem: Problem) -> None:
    assert why(Hit(problem, 1.0, ("lynx", "toads"))) == ("summary", "Lynx come first.")
    assert why(Hit(problem, 1.0, ("toads", "lynx"))) == ("done when", "All toads are counted.")


@pytest.mark.parametrize("matched", [(), ("qwertzuiop",)])
def test_where_no_sentence_holds_a_word_it_is_the_title(problem: Problem, matched: tuple[str, ...]) -> None:
    assert why(Hit(problem, 1.0, matched)) == ("title", "Ocelots in the wild")


def test_a_problem_that_answers_nothing_itself_is_here_for_the_one_beside_it(problem: Problem) -> None:
    beside = problem._replace(id="2.18", title="Beside")
    assert why(Hit(problem, 1.0, (), beside)) == ("related to 2.18", "Beside")
    assert why(Hit(problem, 1.0, ("lynx",), beside)) == ("summary", "Lynx come first.")


@pytest.mark.parametrize("matched", ["2401.00001", "https://arxiv.org/abs/2401.00001"])
def test_an_address_leads_to_the_work_there(problem: Problem, matched: str) -> None:
    assert why(Hit(problem, 1.0, (matched,))) == ("follow-up", "On storks")
