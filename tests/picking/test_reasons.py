"""The phrases of a pick: how reasons are said together, and what of a long title stays."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mi_problems.picking.reasons import catch, reasons, sentence, shared
from mi_problems.picking.wishes import Wishes
from mi_problems.records.problem import Problem
from mi_problems.records.terms import Compute, Difficulty, Level, Reach, Status
from mi_problems.registry.registry import Registry

PHRASES = st.lists(st.sampled_from("abcdef"), min_size=1, max_size=4, unique=True)


@pytest.fixture
def problem(registry: Registry) -> Problem:
    """A problem against which nothing speaks."""
    return registry.problem("2.20")._replace(
        status=Status.OPEN, compute=Compute.LAPTOP, weeks=(1, 2), category="circuits", reach=Reach.SMALL,
        difficulty=Difficulty(1, 1), starter="ioi", skills=("probing", "ablation"), starred=None,
    )  # fmt: skip


def with_title(problem: Problem, title: str) -> Problem:
    work = {"title": title, "url": "u", "year": 2024, "relation": "extends", "note": "n", "confidence": "seen"}
    record = json.loads(problem.record) | {"follow_ups": [work]}
    return problem._replace(stored=json.dumps(record).encode(), status=Status.ACTIVE)


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Exactly 23 letters here", "Exactly 23 letters here"),
        ("Exactly 24 letters there", "Exactly 24 letters..."),
        ("Heads: a long tale of what they do", "Heads"),
        ("Heads (and a long tale of what they do)", "Heads"),
        ("Twenty letters stand here", "Twenty letters stand..."),
        ("Twenty letters stands here", "Twenty letters..."),
        ("Antidisestablishmentarianism", "Antidisestablishment..."),
        ("a:b", "a:b"),
    ],
)
def test_a_long_title_is_cut_between_words_at_its_colon_or_bracket(problem: Problem, title: str, said: str) -> None:
    assert f'is partly addressed, last by "{said}" (2024)' in reasons(with_title(problem, title), Wishes(), "")


@settings(max_examples=25)
@given(st.lists(PHRASES, min_size=2, max_size=4))
def test_what_all_picks_share_is_said_once_in_the_order_of_the_first(found: list[list[str]]) -> None:
    together = shared(found)
    assert set(together) == set.intersection(*map(set, found))
    assert together == [reason for reason in found[0] if reason in together]


@settings(max_examples=10)
@given(PHRASES)
def test_one_pick_shares_nothing(found: list[str]) -> None:
    assert shared([found]) == []


@pytest.mark.parametrize(
    ("phrases", "said"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_phrases_make_a_sentence(phrases: list[str], said: str) -> None:
    assert sentence(phrases) == said


@pytest.mark.parametrize(
    ("wishes", "reason"),
    [
        (Wishes(named={"2.20": 'matches "heads"'}), 'matches "heads"'),
        (Wishes(like="2.17", likeness={"2.20": 0.0}), "is much like 2.17"),
        (Wishes(saved=frozenset({"2.20"})), "is one that you saved"),
        (Wishes(own=frozenset({"2.20"})), "is of your own list"),
        (Wishes(know=frozenset({"probing", "ablation", "x"})), "uses what you know: ablation, probing"),
    ],
)
def test_a_wish_that_is_met_is_the_first_reason(problem: Problem, wishes: Wishes, reason: str) -> None:
    assert reasons(problem, wishes, "")[0] == reason
    assert reason not in reasons(problem._replace(id="9.9", skills=()), wishes, "")


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"starred": True}, "is starred by the author"),
        ({"reach": Reach.SMALL}, "has a running ioi experiment to edit"),
        ({"reach": Reach.PRETRAINED}, "has a running ioi experiment that carries over to the real model"),
        ({"reach": Reach.WARM_UP}, "has a running ioi experiment as a warm-up"),
        ({"reach": None}, "has a running ioi experiment"),
        ({"difficulty": None}, "has no rating and so fits every level"),
        ({"compute": Compute.CLUSTER}, "runs on a cluster"),
        ({"weeks": (3, 3)}, "takes 3 weeks"),
    ],
)
def test_a_fact_of_the_card_is_a_reason(problem: Problem, fields: dict[str, Any], reason: str) -> None:
    assert reason in reasons(problem._replace(**fields), Wishes(), "")


@pytest.mark.parametrize(
    ("fields", "begins"),
    [
        ({"starred": False}, "is starred"), ({"starred": None}, "is starred"), ({"starter": None}, "has a running"),
        ({"compute": None}, "runs on"), ({"weeks": None}, "takes"),
    ],
)  # fmt: skip
def test_what_is_not_known_is_no_reason(problem: Problem, fields: dict[str, Any], begins: str) -> None:
    assert not any(reason.startswith(begins) for reason in reasons(problem._replace(**fields), Wishes(), ""))


@pytest.mark.parametrize(
    ("compute", "at_hand", "first"),
    [
        (Compute.GPU, Compute.GPU, "makes use of your gpu"),
        (Compute.GPU, Compute.CLUSTER, "makes use of your gpu"),
        (Compute.LAPTOP, Compute.GPU, "runs on a laptop"),
        (Compute.GPU, None, "runs on a gpu"),
    ],
)
def test_a_machine_is_made_use_of_only_where_it_was_named(
    problem: Problem, compute: Compute, at_hand: Compute | None, first: str
) -> None:
    found = reasons(problem._replace(compute=compute), Wishes(compute=at_hand), "")
    assert [one for one in found if one.startswith(("makes use", "runs on"))] == [first]


@pytest.mark.parametrize(
    ("fields", "unknown"),
    [
        ({"difficulty": None}, "rating"), ({"compute": None}, "machine"), ({"weeks": None}, "weeks"),
        ({"difficulty": None, "weeks": None}, "rating or weeks"),
        ({"difficulty": None, "compute": None, "weeks": None}, "rating or machine or weeks"),
    ],
)  # fmt: skip
def test_what_nobody_estimated_is_the_catch(problem: Problem, fields: dict[str, Any], unknown: str) -> None:
    assert catch(problem._replace(**fields), Wishes()) == f"it has no {unknown}: nobody has estimated that"


@pytest.mark.parametrize(
    ("levels", "text"),
    [
        ((Level.BEGINNER,), ""),
        ((Level.INTERMEDIATE,), "rated B-C, it can grow beyond intermediate"),
        ((Level.ADVANCED,), "rated B-C, it can turn out easier than advanced"),
        ((Level.INTERMEDIATE, Level.ADVANCED), ""),
        ((), ""),
    ],
)
def test_a_range_is_a_catch_only_beyond_the_levels_asked_for(
    problem: Problem, levels: tuple[Level, ...], text: str
) -> None:
    found = catch(problem._replace(difficulty=Difficulty(1, 2)), Wishes(levels))
    assert found == (text or "search for newer work before you start")


def test_a_card_that_is_not_written_yet_is_said_to_be_before_what_it_leaves_open(problem: Problem) -> None:
    record = json.loads(problem.record) | {"first_steps": []}
    bare = problem._replace(stored=json.dumps(record).encode(), weeks=None)
    assert catch(bare, Wishes()) == "its card is not written yet: a title and a summary"
    assert catch(bare, Wishes(relevance={"1.1": 1.0})) == "it is not near the interest you named"
