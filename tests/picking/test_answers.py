"""From answers to picks: the command line that repeats them, interests of all kinds, and where they fail."""

from __future__ import annotations

import re
import shlex
from typing import Any

import pytest

from mi_problems.finding.ranking import Hit
from mi_problems.picking.answers import Answers, any_seed, by_marks, draw, recommend, touched
from mi_problems.picking.interests import NAMED as NAMED_LEAST
from mi_problems.picking.interests import in_order, near_to
from mi_problems.picking.likeness import neighbours
from mi_problems.progress.marks import Mark
from mi_problems.records.terms import Status
from mi_problems.registry.filters import criteria, select
from mi_problems.registry.registry import Registry
from tests.conftest import Mip

NAMED = re.compile('matches "|as you asked')
ALL_WISHES = [
    Answers(("beginner", "C"), compute="gpu", seed=6),
    Answers(("beginner",), seed=7),
    Answers(("A",), compute="cpu", weeks=3, know=("linear-probes", "steering"), seed=8),
    Answers(("expert",), ("superposition geometry", "rl"), seed=9, number=5),
    Answers(like="2.17", exclude=("2.18", "2.20"), seed=10, number=4),
    Answers(("B",), categories=("circuits", "!rl"), shown=("2.17", "2.18"), seed=11),
    Answers(("B",), statuses=("open", "active"), starred=True, seed=12),
    Answers(("beginner",), include_addressed=True, seed=13, number=10),
    Answers(("intermediate",), ('it\'s "odd" $HOME',), seed=14),
]


@pytest.mark.parametrize("answers", ALL_WISHES, ids=lambda answers: answers.command())
def test_the_command_line_told_gives_these_picks(registry: Registry, mip: Mip, answers: Answers) -> None:
    picks = draw(registry, answers).picks
    program, *words = shlex.split(answers.command())
    assert program == "mip"
    done = mip(*words)
    assert done.code == 0
    assert [line.split("\t")[0] for line in done.lines] == [pick.problem.id for pick in picks]


def test_a_category_is_an_interest_by_its_whole_title(registry: Registry) -> None:
    for category in registry.categories:
        by_title = draw(registry, Answers(("intermediate",), (category.title,), number=5)).picks
        assert by_title == draw(registry, Answers(("intermediate",), (category.slug,), number=5)).picks


def test_of_two_interests_each_brings_its_own(registry: Registry) -> None:
    asked = Answers(("intermediate",), number=300)
    one, two, both = (
        {
            pick.problem.id
            for pick in draw(registry, asked._replace(interests=words)).picks
            if NAMED.search(str(pick.reasons))
        }
        for words in (("induction heads",), ("rl",), ("induction heads", "rl"))
    )
    assert one
    assert two
    assert both == one | two


def test_what_leaves_nothing_is_told_with_the_problems_struck_out(registry: Registry) -> None:
    fitting = draw(registry, Answers(("expert",), categories=("rl",), number=99)).picks
    struck = tuple(pick.problem.id for pick in fitting)
    picks, wanted = draw(registry, Answers(("expert",), categories=("rl",), exclude=struck[:1], shown=struck[1:]))[:2]
    assert picks == []
    assert wanted[-1].flag.split("--not ")[1:]
    assert {word.strip() for word in wanted[-1].flag.split("--not ")[1:]} == set(struck)
    assert not any(wanted[-1].keeps(pick.problem) for pick in fitting)


def test_when_an_interest_is_used_up_nothing_more_is_near(registry: Registry) -> None:
    asked = Answers(("intermediate",), ("induction heads",), number=300)
    picks, _, missed, _ = draw(registry, asked)
    near = tuple(pick.problem.id for pick in picks if NAMED.search(str(pick.reasons)))
    assert near
    assert missed is None
    drawn = draw(registry, asked._replace(shown=near))
    assert drawn.missed is not None
    assert not {problem.id for problem in drawn.missed} & set(near)
    assert "--not" not in str(drawn.ways_out())
    assert draw(registry, asked._replace(interests=("qwertzuiop",))).missed == []


@pytest.mark.parametrize(
    ("interest", "slug"),
    [("sparse autoencoders", "saes"), ("Reasoning models", "reasoning"), ("vision", "vision"), ("RL", "rl")],
)
def test_a_category_is_an_interest_by_the_first_part_of_its_title_too(
    registry: Registry, interest: str, slug: str
) -> None:
    near = near_to(registry, [interest]).shares
    assert set(near) == {problem.id for problem in registry.problems if problem.category == slug}


def test_the_words_that_matched_are_named_in_their_order(registry: Registry) -> None:
    said = near_to(registry, ["how do the induction heads of transformers form"]).said
    assert said
    assert all(re.fullmatch('matches "[a-z ]+"', text) for text in said.values())
    assert any("induction heads" in text for text in said.values())


def test_the_nearer_a_neighbour_is_the_more_it_weighs(registry: Registry) -> None:
    picks = draw(registry, Answers(like="2.17", number=40, include_addressed=True)).picks
    near = neighbours(registry, registry.problem("2.17"), 12)
    assert [pick.problem for pick in picks[:12]] == near
    assert {pick.problem for pick in picks if "is much like 2.17" in pick.reasons} == set(near)


def test_the_command_line_names_every_answer_once_and_nothing_that_is_usual() -> None:
    assert Answers(seed=4).command() == "mip pick --seed 4"
    every = Answers(
        ("A", "B"), ("in context",), ("circuits",), "gpu", 6, ("sae",), ("2.1",), "2.17", 5, 9, True, ("2.2",),
        ("open",), True, ("saved",), "anna", True,
    )  # fmt: skip
    assert every.command() == (
        "mip pick --level A --level B --like 2.17 --compute gpu --weeks 6 --who anna --interest 'in context'"
        " --category circuits --status open --know sae --mine saved --not 2.1 --not 2.2 --starred --count 5 --seed 9"
        " --include-addressed --no-marks"
    )


def test_a_seed_that_nobody_chose_has_six_digits_at_most() -> None:
    seeds = {any_seed() for _ in range(50)}
    assert len(seeds) > 40
    assert all(1 <= seed < 10**6 for seed in seeds)


@pytest.mark.parametrize(
    ("state", "left_out"), [("started", True), ("done", True), ("dropped", True), ("saved", False)]
)
def test_what_is_behind_a_person_is_left_out(registry: Registry, state: str, left_out: bool) -> None:
    wanted = by_marks(Answers(), {"2.17": Mark("2.17", state)})
    assert [one.relaxed for one in wanted] == ["with --no-marks"] * left_out
    assert (registry.problem("2.17") not in select([registry.problem("2.17")], wanted)) == left_out
    assert select([registry.problem("2.18")], wanted) == [registry.problem("2.18")]


def test_marks_that_are_asked_for_take_the_place_of_those_left_out(registry: Registry) -> None:
    own = {"2.17": Mark("2.17", "done"), "2.18": Mark("2.18", "saved")}
    (wanted,) = by_marks(Answers(mine=("done",)), own)
    assert wanted.flag == "--mine done"
    assert [problem.id for problem in select(registry.problems, [wanted])] == ["2.17"]


def test_marks_had_a_part_where_their_problems_meet_all_else(registry: Registry) -> None:
    own = {"2.17": Mark("2.17", "done"), "8.1": Mark("8.1", "done"), "2.18": Mark("2.18", notes=("x",))}
    wanted = [*criteria(registry, ["circuits"]), *by_marks(Answers(), own)]
    assert touched(registry, wanted, own) == [own["2.17"]]
    assert touched(registry, by_marks(Answers(), own), own) == [own["2.17"], own["8.1"]]
    assert touched(registry, wanted, {}) == []


@pytest.mark.parametrize(
    ("fields", "included"),
    [
        ({}, False),
        ({"include_addressed": True}, True),
        ({"statuses": ("addressed",)}, True),
        ({"starred": True}, False),
    ],
)
def test_who_names_a_status_is_not_kept_from_what_is_answered(
    registry: Registry, fields: dict[str, Any], included: bool
) -> None:
    drawn = draw(registry, Answers(number=600, **fields))
    assert any(pick.problem.status is Status.ADDRESSED for pick in drawn.picks) == included
    assert ("with --include-addressed" in [one.relaxed for one in drawn.wanted]) != included


def test_the_picks_are_those_of_a_draw_without_marks(registry: Registry) -> None:
    answers = Answers(("beginner",), seed=4)
    assert recommend(registry, answers) == draw(registry, answers).picks


def test_of_two_interests_that_mean_a_problem_the_nearer_one_speaks(registry: Registry) -> None:
    one, other, both = (near_to(registry, words) for words in (["induction"], ["circuits"], ["induction", "circuits"]))
    assert both.shares == {
        name: max(one.shares.get(name, 0.0), other.shares.get(name, 0.0)) for name in {**one.shares, **other.shares}
    }
    for name in one.shares.keys() & other.shares.keys():
        first = one if one.shares[name] >= other.shares[name] else other
        assert both.said[name] == first.said[name]


def test_the_nearest_of_an_interest_is_near_by_1_and_none_by_less_than_the_bound(registry: Registry) -> None:
    for words in ("induction heads", "superposition geometry", "steering vectors"):
        shares = near_to(registry, [words]).shares
        assert max(shares.values()) == 1.0
        assert min(shares.values()) >= NAMED_LEAST


@pytest.mark.parametrize(
    ("words", "matched", "said"),
    [
        ("Heads of induction", ["induction", "heads"], "heads induction"),
        ("a b c", ["c", "a"], "a c"),
        ("heads", ["zebra", "heads"], "heads zebra"),
    ],
)
def test_words_are_put_into_the_order_in_which_they_were_typed(words: str, matched: list[str], said: str) -> None:
    assert in_order(words, matched) == said


@pytest.mark.parametrize(
    ("score", "matched", "title", "near"),
    [
        (4.0, ("heads", "form"), "Another", True),
        (3.9, ("heads", "form"), "Another", False),
        (3.0, ("heads", "form"), "Where a head forms", True),
        (3.0, ("heads", "form"), "Where a head stands", False),
        (2.9, ("heads", "form"), "Where a head forms", False),
        (9.0, ("heads",), "Where a head forms", False),
        (10.0, ("heads", "form"), "Another", True),
    ],
)
def test_a_hit_is_near_by_its_score_or_by_a_title_that_holds_its_words(
    registry: Registry, monkeypatch: pytest.MonkeyPatch, score: float, matched: tuple[str, ...], title: str, near: bool
) -> None:
    best = Hit(registry.problem("2.17"), 10.0, ("how", "heads", "form"))
    if len(matched) == 1:
        best = best._replace(matched=("heads", "form"))
    other = Hit(registry.problem("2.18")._replace(title=title), score, matched)
    monkeypatch.setattr("mi_problems.finding.ranking.search", lambda registry, words: [best, other])
    found = near_to(registry, ["heads that form"])
    assert found.shares == {"2.17": 1.0} | ({"2.18": score / 10} if near else {})
    assert found.said.get("2.18") == ('matches "heads form"' if near else None)


@pytest.mark.parametrize("words", ["", "   ", "qwertzuiop", "the of and"])
def test_an_interest_that_means_nothing_has_nothing_near(registry: Registry, words: str) -> None:
    assert near_to(registry, [words]) == ({}, {})
