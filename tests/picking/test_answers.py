"""From answers to picks: the command line that repeats them, interests of all kinds, and where they fail."""

from __future__ import annotations

import shlex

import pytest

from mi_problems.picking.answers import Answers, draw
from mi_problems.picking.recommend import INTEREST, Wishes, neighbours, weight
from mi_problems.registry.registry import Registry
from tests.conftest import Mip

ALL_WISHES = [
    Answers("beginner", seed=7),
    Answers("A", compute="cpu", weeks=3, know=("linear-probes", "steering"), seed=8),
    Answers("expert", ("superposition geometry", "rl"), seed=9, number=5),
    Answers(like="2.17", exclude=("2.18", "2.20"), seed=10, number=4),
    Answers("B", categories=("circuits", "!rl"), shown=("2.17", "2.18"), seed=11),
    Answers("B", statuses=("open", "active"), starred=True, seed=12),
    Answers("beginner", include_addressed=True, seed=13, number=10),
    Answers("intermediate", ('it\'s "odd" $HOME',), seed=14),
]


@pytest.mark.parametrize("answers", ALL_WISHES, ids=lambda answers: answers.command())
def test_the_command_line_told_gives_these_picks(registry: Registry, mip: Mip, answers: Answers) -> None:
    picks, _, _ = draw(registry, answers)
    program, *words = shlex.split(answers.command())
    assert program == "mip"
    done = mip(*words)
    assert done.code == 0
    assert [line.split("\t")[0] for line in done.lines] == [pick.problem.id for pick in picks]


def test_a_category_is_an_interest_by_its_whole_title(registry: Registry) -> None:
    for category in registry.categories:
        by_title, _, _ = draw(registry, Answers("intermediate", (category.title,), number=5))
        assert by_title == draw(registry, Answers("intermediate", (category.slug,), number=5))[0]


def test_of_two_interests_each_brings_its_own(registry: Registry) -> None:
    asked = Answers("intermediate", number=300)
    one, two, both = (
        {
            pick.problem.id
            for pick in draw(registry, asked._replace(interests=words))[0]
            if INTEREST in str(pick.reasons)
        }
        for words in (("induction heads",), ("rl",), ("induction heads", "rl"))
    )
    assert one
    assert two
    assert both == one | two


def test_what_leaves_nothing_is_told_with_the_problems_struck_out(registry: Registry) -> None:
    fitting, _, _ = draw(registry, Answers("expert", categories=("rl",), number=99))
    struck = tuple(pick.problem.id for pick in fitting)
    picks, wanted, _ = draw(registry, Answers("expert", categories=("rl",), exclude=struck[:1], shown=struck[1:]))
    assert picks == []
    assert wanted[-1].flag.split("--not ")[1:]
    assert {word.strip() for word in wanted[-1].flag.split("--not ")[1:]} == set(struck)
    assert not any(wanted[-1].keeps(pick.problem) for pick in fitting)


def test_when_an_interest_is_used_up_nothing_more_is_near(registry: Registry) -> None:
    asked = Answers("intermediate", ("induction heads",), number=300)
    picks, _, missed = draw(registry, asked)
    near = tuple(pick.problem.id for pick in picks if INTEREST in str(pick.reasons))
    assert near
    assert missed == ""
    told = draw(registry, asked._replace(shown=near))[2]
    assert told.startswith("nothing more that fits is near that interest; ")
    assert "--not" not in told
    assert draw(registry, asked._replace(interests=("qwertzuiop",)))[2].startswith("nothing that fits is near ")


def test_the_nearer_a_neighbour_is_the_more_it_weighs(registry: Registry) -> None:
    picks, _, _ = draw(registry, Answers(like="2.17", number=40, include_addressed=True))
    times = {pick.problem.id: pick.score / weight(pick.problem, Wishes()) for pick in picks}
    near = neighbours(registry, registry.problem("2.17"), 12)
    assert [times[problem.id] for problem in near] == sorted(times.values(), reverse=True)[:12]
    assert times[near[0].id] > 10 * min(times.values())
    assert {pick.problem for pick in picks if "much like 2.17" in str(pick.reasons)} == set(near)
