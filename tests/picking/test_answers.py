"""From answers to picks: the command line that repeats them, interests of all kinds, and where they fail."""

from __future__ import annotations

import re
import shlex

import pytest

from mi_problems.picking.answers import Answers, draw
from mi_problems.picking.interests import near_to
from mi_problems.picking.likeness import neighbours
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
