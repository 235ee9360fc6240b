"""Picks: constraints hold, wishes weigh, everybody gets a turn, and each pick says why and what the catch is."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mi_problems.errors import UnknownProblem, UsageFault
from mi_problems.picking.answers import Answers, draw
from mi_problems.picking.interests import near_to
from mi_problems.picking.likeness import neighbours
from mi_problems.picking.reasons import catch, reasons
from mi_problems.picking.recommend import choose as recommend
from mi_problems.picking.recommend import score
from mi_problems.picking.weights import weight
from mi_problems.picking.wishes import Wishes, constraints
from mi_problems.progress.marks import Mark
from mi_problems.records.problem import Problem
from mi_problems.records.terms import Basis, Compute, Difficulty, Level, Reach, Status
from mi_problems.registry.filters import select, why_empty
from mi_problems.registry.load import load
from mi_problems.registry.registry import Registry
from tests.conftest import outcomes_by_hashing


def picked(registry: Registry, **answers: object) -> list[str]:
    level = answers.pop("level", None)
    levels = {"levels": (level,)} if level else {}
    picks = draw(registry, Answers(**levels, **answers)).picks  # type: ignore[arg-type]
    return [pick.problem.id for pick in picks]


def test_constraints_hold_for_every_combination(registry: Registry) -> None:
    slugs = [category.slug for category in registry.categories]
    for level, compute, addressed, slug in product(Level, (None, *Compute), (False, True), slugs):
        answers = Answers(
            (str(level),), categories=(slug,), compute=compute, include_addressed=addressed, seed=3, weeks=6
        )
        picks, wanted = draw(registry, answers)[:2]
        for pick in picks:
            problem = pick.problem
            assert level in problem.levels
            assert problem.category == slug
            assert problem.compute
            assert compute is None or list(Compute).index(problem.compute) <= list(Compute).index(compute)
            assert problem.weeks
            assert problem.weeks[1] <= 6
            assert addressed or problem.status is not Status.ADDRESSED
        if not picks:
            assert not select(registry.problems, wanted)
            assert why_empty(registry.problems, wanted).startswith("no problem fits")


def test_the_same_seed_gives_the_same_picks(registry: Registry) -> None:
    for seed in (0, 1, 7, 10**30):
        assert picked(registry, level="beginner", seed=seed) == picked(registry, level="beginner", seed=seed)
    assert len({tuple(picked(registry, level="beginner", seed=seed)) for seed in range(20)}) > 10


def test_picks_do_not_depend_on_the_order_of_hashes() -> None:
    script = (
        "from mi_problems.registry.load import load; from mi_problems.picking.answers import *; registry = load();"
        "print([[p.problem.id for p in draw(registry, Answers(('intermediate',), seed=s))[0]] for s in range(30)])"
    )
    assert len(outcomes_by_hashing(script)) == 1


@pytest.mark.parametrize("level", Level)
def test_over_400_seeds_every_fitting_problem_gets_its_turn_and_stars_more_often(
    registry: Registry, level: Level
) -> None:
    wishes = Wishes((level,))
    fitting = select(registry.problems, constraints(wishes))
    turns = Counter(pick for seed in range(400) for pick in picked(registry, level=str(level), seed=seed))
    assert set(turns) == {problem.id for problem in fitting}
    starred = [turns[problem.id] for problem in fitting if problem.starred]
    others = [turns[problem.id] for problem in fitting if not problem.starred and problem.year == 2022]
    if starred and others:
        assert sum(starred) / len(starred) > sum(others) / len(others)


def test_picks_come_from_different_sections(registry: Registry) -> None:
    for level, seed in product(Level, range(30)):
        picks = draw(registry, Answers((str(level),), seed=seed)).picks
        assert len({(pick.problem.category, pick.problem.section) for pick in picks}) == len(picks) == 3


def test_within_one_section_there_are_still_as_many_as_asked(registry: Registry) -> None:
    assert (
        len(picked(registry, level="intermediate", categories=("circuits",), number=20, include_addressed=True)) == 20
    )


def test_a_range_is_a_weaker_pick_than_an_exact_rating(registry: Registry) -> None:
    wishes = Wishes((Level.BEGINNER,))
    exact = registry.problem("2.20")
    assert exact.levels == (Level.BEGINNER,)
    wider = exact._replace(difficulty=Difficulty(0, 2))
    assert weight(exact, wishes) > weight(wider, wishes)


def test_published_open_and_starred_weigh_more(registry: Registry) -> None:
    wishes = Wishes((Level.BEGINNER,))
    base = registry.problem("2.20")._replace(starred=None, status=Status.ACTIVE, difficulty_basis=Basis.ESTIMATED)
    for better in (
        base._replace(starred=True),
        base._replace(status=Status.OPEN),
        base._replace(difficulty_basis=Basis.PUBLISHED),
    ):
        assert weight(better, wishes) > weight(base, wishes)


PLAIN: dict[str, Any] = {
    "starred": None, "status": Status.ACTIVE, "difficulty_basis": Basis.ESTIMATED, "reach": Reach.WARM_UP,
    "skills": ("sae", "probing"), "category": "circuits", "difficulty": Difficulty(0, 0),
}  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "early", "late"),
    [
        ({}, "plain", "plain"),
        ({"reach": Reach.SMALL}, "more", "more"),
        ({"reach": Reach.PRETRAINED}, "plain", "plain"),
        ({"status": Status.ADDRESSED}, "plain", "plain"),
        ({"starred": False}, "plain", "plain"),
        ({"category": "rl"}, "less", "plain"),
        ({"skills": ("sae", "probing", "patching")}, "less", "plain"),
        ({"skills": ("sae",)}, "plain", "plain"),
        ({"difficulty": Difficulty(0, 1)}, "less", "less"),
    ],
)
def test_what_makes_a_start_harder_weighs_against_it_for_those_who_start(
    registry: Registry, fields: dict[str, Any], early: str, late: str
) -> None:
    problem = registry.problem("2.20")._replace(**{**PLAIN, **fields})
    for level in Level:
        points = weight(problem, Wishes((level,)))
        expected = early if level in {Level.BEGINNER, Level.INTERMEDIATE} else late
        assert ("less" if points < 100 else "more" if points > 100 else "plain") == expected


def test_every_problem_keeps_a_turn_however_much_weighs_against_it(registry: Registry) -> None:
    skills = tuple(f"skill-{number}" for number in range(30))
    hard = registry.problem("2.20")._replace(**{**PLAIN, "skills": skills, "difficulty": Difficulty(0, 3)})
    assert weight(hard, Wishes((Level.BEGINNER,))) >= 50


def test_the_nearer_to_what_was_named_the_more_a_problem_weighs(registry: Registry) -> None:
    problem = registry.problem("2.20")
    shares = [{"2.20": share} for share in (0.0, 0.5, 1.0)]
    for wishes in ([Wishes(relevance=share) for share in shares], [Wishes(likeness=share) for share in shares]):
        far, near, nearest = (weight(problem, wish) for wish in wishes)
        assert 10 * far < near < nearest
        assert score(problem, wishes[0]) < score(problem, wishes[1]) < score(problem, wishes[2])
    both = Wishes(relevance={"2.20": 0.5}, likeness={"2.20": 1.0})
    assert weight(problem, both) == weight(problem, Wishes(likeness={"2.20": 1.0}))


def test_picks_come_best_first(registry: Registry) -> None:
    for level, seed in product(Level, range(10)):
        picks = draw(registry, Answers((str(level),), seed=seed, number=8)).picks
        order = [(-pick.score, pick.problem.key) for pick in picks[:8]]
        assert order == sorted(order)


def test_a_skill_one_has_weighs_and_is_named(registry: Registry) -> None:
    problem = registry.problem("2.17")
    wishes = Wishes((Level.BEGINNER,), know=frozenset({"activation-patching"}))
    assert weight(problem, wishes) > weight(problem, Wishes((Level.BEGINNER,)))
    picks = recommend(registry, [*constraints(wishes)], wishes, 1, 40)
    assert any(reason == "uses what you know: activation-patching" for pick in picks for reason in pick.reasons)


def test_an_interest_comes_first(registry: Registry) -> None:
    for seed in range(10):
        picks = draw(registry, Answers(("intermediate",), interests=("induction heads",), seed=seed, number=2)).picks
        for pick in picks:
            assert 'matches "induction heads"' in pick.reasons
            assert "induction" in pick.problem.record.decode().lower()


@pytest.mark.parametrize("words", ["being tested", "what does one neuron do", "why does it make things up"])
def test_the_first_pick_is_nearly_as_near_to_an_interest_as_the_best_hit(registry: Registry, words: str) -> None:
    near = near_to(registry, [words]).shares
    every = tuple(level.value for level in Level)
    for seed in range(10):
        first = draw(registry, Answers(every, interests=(words,), seed=seed, include_addressed=True)).picks[0]
        assert near[first.problem.id] >= 0.8


def test_an_interest_that_means_nothing_still_gives_picks(registry: Registry) -> None:
    assert len(picked(registry, level="beginner", interests=("qwertzuiop",), seed=1)) == 3


def test_excluded_problems_are_never_picked(registry: Registry) -> None:
    first = picked(registry, level="beginner", seed=1)
    assert not set(first) & set(picked(registry, level="beginner", seed=1, exclude=tuple(first)))


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**40), st.sampled_from(list(Level)), st.integers(0, 4))
def test_what_is_struck_out_leaves_its_place_to_the_next(
    registry: Registry, seed: int, level: Level, place: int
) -> None:
    first = picked(registry, level=str(level), seed=seed, number=5)
    struck = first[place]
    again = picked(registry, level=str(level), seed=seed, number=5, exclude=(struck,))
    assert set(first) - {struck} <= set(again)
    assert len(again) == 5
    assert struck not in again


def test_striking_out_what_was_not_picked_changes_nothing(registry: Registry) -> None:
    first = picked(registry, level="beginner", seed=7, number=10)
    others = [problem.id for problem in registry.problems if problem.id not in first]
    assert picked(registry, level="beginner", seed=7, number=10, exclude=(others[50],)) == first


def test_more_picks_keep_the_fewer(registry: Registry) -> None:
    for seed in range(10):
        few = picked(registry, level="intermediate", seed=seed, number=3)
        assert set(few) <= set(picked(registry, level="intermediate", seed=seed, number=8))


def test_a_category_as_an_interest_is_all_of_it_and_nothing_else_while_any_is_left(registry: Registry) -> None:
    for seed in range(5):
        picks = draw(registry, Answers(("intermediate",), interests=("circuits",), seed=seed, number=6)).picks
        assert {pick.problem.category for pick in picks} == {"circuits"}
        assert all("is in circuits as you asked" in pick.reasons for pick in picks)


def test_neighbours_of_a_problem_are_held_to_no_level_that_was_not_named(registry: Registry) -> None:
    picks, wanted = draw(registry, Answers(like="2.17", seed=3, number=10))[:2]
    assert not any(criterion.flag.startswith("--level") for criterion in wanted)
    assert not any("it can grow beyond" in pick.catch or "easier than" in pick.catch for pick in picks)


def test_every_pick_has_reasons_that_read_after_because_it_and_one_catch(registry: Registry) -> None:
    for level in Level:
        picks = draw(registry, Answers((str(level),), number=400, include_addressed=True)).picks
        for pick in picks:
            assert len(pick.reasons) >= 3
            assert all(re.match("is |has |runs |takes ", reason) and "\n" not in reason for reason in pick.reasons)
            assert pick.catch
            basis = "the author" if pick.problem.difficulty_basis is Basis.PUBLISHED else "our estimate"
            assert f"is rated {pick.problem.rating} by {basis}" in pick.reasons


def test_the_catch_names_what_weighs_most_against_it(registry: Registry) -> None:
    wishes = Wishes((Level.INTERMEDIATE,))
    for problem in registry.problems:
        text = catch(problem, wishes)
        if problem.status is Status.ADDRESSED:
            assert "already answered" in text
        elif problem.compute is not Compute.LAPTOP:
            assert str(problem.compute) in text
        elif problem.category == "rl" and Level.INTERMEDIATE in problem.levels:
            assert "harder than a B elsewhere" in text


WITHOUT_CATCH: dict[str, Any] = {
    "status": Status.OPEN, "compute": Compute.LAPTOP, "category": "circuits", "reach": Reach.SMALL,
    "difficulty": Difficulty(1, 1), "difficulty_basis": Basis.PUBLISHED,
}  # fmt: skip
ORDER_OF_CATCHES: list[tuple[dict[str, Any], str]] = [
    ({"status": Status.ADDRESSED}, "already answered"),
    ({"compute": Compute.GPU}, "it needs a gpu for the real model"),
    ({"category": "rl"}, "harder than a B elsewhere"),
    ({"difficulty": Difficulty(1, 2)}, "it can grow beyond intermediate"),
    ({"difficulty": Difficulty(0, 1)}, "it can turn out easier than intermediate"),
    ({"years": (2025, 2026, 2025)}, "others are at it: 3 works since 2025"),
    ({"reach": Reach.WARM_UP}, "only a warm-up"),
    ({"starter": None}, "the experiment is yours to write"),
    ({"reach": Reach.PRETRAINED}, "must be downloaded first"),
    ({"years": (2025, 2026, 2024, None)}, "search for newer work"),
]


def with_works(problem: Problem, *years: int | None) -> Problem:
    """The problem with a follow-up of each of these years."""
    works = [
        {"title": f"T{n}", "url": "u", "year": year, "relation": "extends", "note": "n", "confidence": "seen"}
        for n, year in enumerate(years)
    ]
    return problem._replace(stored=json.dumps(json.loads(problem.record) | {"follow_ups": works}).encode())


def test_of_all_that_speaks_against_a_problem_the_weightiest_is_told(registry: Registry) -> None:
    fields: dict[str, Any] = WITHOUT_CATCH | {"years": ()}
    for more, words in reversed(ORDER_OF_CATCHES):
        fields = fields | more
        plain = {name: value for name, value in fields.items() if name != "years"}
        problem = with_works(registry.problem("2.20"), *fields["years"])._replace(**plain)
        assert words in catch(problem, Wishes((Level.INTERMEDIATE,)))


def test_what_is_far_from_the_interest_is_said_to_be(registry: Registry) -> None:
    problem = registry.problem("2.20")._replace(**{**WITHOUT_CATCH, "compute": Compute.GPU})
    assert "not near the interest" in catch(problem, Wishes(relevance={"2.17": 1.0}))
    assert "needs a gpu" in catch(problem, Wishes(relevance={"2.20": 0.1}))


@pytest.mark.parametrize(
    ("status", "years", "reason"),
    [
        (Status.OPEN, (), "is open (no follow-up known{dated})"),
        (Status.OPEN, (2024,), "is open (nothing known answers it{dated})"),
        (Status.ACTIVE, (2023, 2025), 'is partly addressed, last by "T1" (2025)'),
        (Status.ACTIVE, (None,), 'is partly addressed, last by "T0" (n.d.)'),
        (Status.ACTIVE, (), "is active, 0 follow-ups known"),
        (Status.ADDRESSED, (2024,), "is addressed, 1 follow-up known, to replicate or extend"),
        (Status.ADDRESSED, (2024, 2025), "is addressed, 2 follow-ups known, to replicate or extend"),
    ],
)
def test_a_reason_says_how_the_problem_stands_today(
    registry: Registry, status: Status, years: tuple[int | None, ...], reason: str
) -> None:
    problem = with_works(registry.problem("2.20"), *years)._replace(status=status)
    assert reason.format(dated=" as of May") in reasons(problem, Wishes(), " as of May")


def test_how_a_problem_stands_takes_one_line_of_80_columns_of_a_dialogue(registry: Registry) -> None:
    for problem in registry.problems:
        standing = [one for one in reasons(problem, Wishes(), " as of November 2026") if one.startswith("is ")]
        assert all(len(f"     because it {reason}") <= 80 for reason in standing)


def test_those_who_wrote_nearby_are_not_said_to_be_at_it(registry: Registry) -> None:
    works = with_works(registry.problem("2.20"), 2025, 2026, 2026)
    record = json.loads(works.record)
    for work in record["follow_ups"]:
        work["relation"] = "background"
    problem = works._replace(stored=json.dumps(record).encode(), **WITHOUT_CATCH)
    assert "others are at it" in catch(works._replace(**WITHOUT_CATCH), Wishes((Level.INTERMEDIATE,)))
    assert "others are at it" not in catch(problem, Wishes((Level.INTERMEDIATE,)))


def test_the_warning_of_a_hard_b_is_for_a_b(registry: Registry) -> None:
    rl = [problem for problem in registry.problems if problem.category == "rl"]
    warned = {problem.id for problem in rl if "a B in rl" in catch(problem, Wishes())}
    assert warned
    assert warned <= {problem.id for problem in rl if Level.INTERMEDIATE in problem.levels}


def test_what_is_answered_already_is_counted_among_what_was_asked_for(registry: Registry) -> None:
    for interest in ("saes", "circuits", "induction heads"):
        drawn = draw(registry, Answers(("beginner",), interests=(interest,)))
        asked = draw(registry, Answers(("beginner",), interests=(interest,), include_addressed=True, number=400))
        near = [pick.problem for pick in asked.picks if "not near" not in pick.catch]
        assert drawn.answered in (0, sum(problem.status is Status.ADDRESSED for problem in near))


def test_a_rating_of_your_own_list_is_yours(registry: Registry) -> None:
    own = registry.problem("2.20")._replace(difficulty_basis=Basis.ESTIMATED)
    assert "is rated ~A by you" in reasons(own, Wishes(own=frozenset({"2.20"})), "")
    assert "is rated ~A by our estimate" in reasons(own, Wishes(), "")


def test_a_machine_one_has_is_no_catch(registry: Registry) -> None:
    on_a_gpu = [problem for problem in registry.problems if problem.compute is Compute.GPU]
    assert on_a_gpu
    for problem, compute in product(on_a_gpu, (Compute.GPU, Compute.CLUSTER)):
        text = catch(problem, Wishes((Level.INTERMEDIATE,), compute))
        assert text
        assert "needs a" not in text
    assert "needs a gpu" in catch(on_a_gpu[0]._replace(status=Status.OPEN), Wishes((Level.INTERMEDIATE,)))
    on_a_cluster = on_a_gpu[0]._replace(status=Status.OPEN, compute=Compute.CLUSTER)
    assert "needs a cluster" in catch(on_a_cluster, Wishes((Level.INTERMEDIATE,), Compute.GPU))


def test_neighbours_are_like_the_problem_and_never_itself(registry: Registry) -> None:
    for problem in registry.problems[::10]:
        near = neighbours(registry, problem, 6)
        assert problem not in near
        assert len(set(near)) == 6
        assert set(problem.card.related) & {other.id for other in near}


LONE: dict[str, Any] = {"category": "none", "section": "none", "starter": "none", "skills": ("none",)}


@pytest.mark.parametrize(
    ("fields", "alike"),
    [
        ({"section", "category"}, lambda one, other: (one.category, one.section) == (other.category, other.section)),
        ({"starter"}, lambda one, other: one.starter == other.starter),
        ({"skills"}, lambda one, other: set(one.skills) & set(other.skills)),
        (set(), lambda one, other: other.id in one.card.related),
    ],
)
def test_neighbours_share_what_is_shared_at_all(
    registry: Registry, fields: set[str], alike: Callable[[Problem, Problem], object]
) -> None:
    whole = registry.problem("2.17")
    record = json.loads(whole.record) | ({"related": []} if fields else {})
    kept = {name: value for name, value in LONE.items() if name not in fields}
    one = whole._replace(stored=json.dumps(record).encode(), **kept)
    near = neighbours(registry, one, 5)
    like = [other for other in registry.problems if other.id != one.id and alike(one, other)]
    assert [bool(alike(one, other)) for other in near] == [True] * min(5, len(like))


def test_like_needs_no_level_and_stays_near(registry: Registry) -> None:
    problem = registry.problem("2.17")
    near = {other.id for other in neighbours(registry, problem, 40)}
    found = picked(registry, like="2.17", seed=5, number=5)
    assert len(found) == 5
    assert set(found) <= near


def test_neighbours_are_said_to_be_like_the_problem_and_interests_to_match(registry: Registry) -> None:
    for seed in range(10):
        like = draw(registry, Answers(like="2.17", seed=seed)).picks
        assert all("is much like 2.17" in pick.reasons and "as you asked" not in str(pick.reasons) for pick in like)
        both = draw(registry, Answers(like="2.17", interests=("reinforcement learning",), seed=seed)).picks
        assert any("is much like 2.17" in pick.reasons for pick in both)
    only = draw(registry, Answers(("intermediate",), interests=("induction heads",))).picks
    assert not any("much like" in reason for pick in only for reason in pick.reasons)


def test_wrong_answers_are_user_errors(registry: Registry) -> None:
    for answers in (
        {"level": "wizard"},
        {"level": "beginner", "know": ("zzz",)},
        {"level": "beginner", "compute": "abacus"},
    ):
        with pytest.raises(UsageFault):
            picked(registry, **answers)
    with pytest.raises(UnknownProblem):
        picked(registry, like="77.7")


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**80), st.sampled_from(list(Level)), st.integers(1, 30))
def test_any_seed_gives_distinct_fitting_picks(registry: Registry, seed: int, level: Level, number: int) -> None:
    found = picked(registry, level=str(level), seed=seed, number=number)
    assert len(set(found)) == len(found) <= number


@pytest.mark.parametrize("wish", [{"level": "beginner"}, {"level": "expert"}])
def test_not_three_picks_are_of_one_section_where_no_interest_was_named(
    registry: Registry, wish: dict[str, object]
) -> None:
    for seed in range(8):
        sections = Counter(registry.problem(found).section for found in picked(registry, seed=seed, **wish))
        assert sections.most_common(1)[0][1] <= 2


def test_an_interest_counts_more_than_the_spread_over_sections(registry: Registry) -> None:
    for seed in range(20):
        picks = draw(registry, Answers(("beginner",), ("rl",), include_addressed=True, seed=seed)).picks
        of_it = [p for p in registry.problems if p.category == "rl" and Level.BEGINNER in p.levels]
        assert sum(pick.problem in of_it for pick in picks) == min(3, len(of_it))


def test_where_nothing_else_fits_a_section_may_fill_the_picks(registry: Registry) -> None:
    section = Counter((p.category, p.section) for p in registry.problems if p.compute is Compute.LAPTOP)
    (slug, name), _ = section.most_common(1)[0]
    inside = [p.id for p in registry.problems if (p.category, p.section) == (slug, name)]
    others = tuple(p.id for p in registry.problems if p.category == slug and p.id not in inside)
    found = picked(registry, level="beginner", categories=(slug,), exclude=others, number=4)
    assert len(found) > 2
    assert set(found) <= set(inside)


def test_what_was_wished_is_named_first_and_nothing_else_is_left_out(registry: Registry) -> None:
    wish = Answers(("intermediate",), ("circuits",), know=("activation-patching",), like="2.17", number=6, seed=3)
    picks = draw(registry, wish).picks
    assert picks
    for pick in picks:
        assert pick.reasons[0] in {"is in circuits as you asked", "is much like 2.17"}
        assert f"runs on a {pick.problem.compute}" in pick.reasons
        assert f"takes {pick.problem.span}" in pick.reasons
        assert any(reason.startswith(f"has a running {pick.problem.starter} experiment") for reason in pick.reasons)


def test_a_work_near_a_problem_is_not_said_to_address_it(registry: Registry) -> None:
    for problem in registry.problems:
        if problem.status is Status.ACTIVE:
            told = next(text for text in reasons(problem, Wishes(), "") if text.startswith("is partly"))
            near = all(work.relation in {"background", "tool"} for work in problem.card.follow_ups)
            assert ("nearest is" in told) == near, problem.id


def test_one_that_was_saved_has_a_seat_and_not_all_of_them(registry: Registry) -> None:
    own = {one: Mark(one, "saved") for one in ("2.18", "2.20", "1.6", "9.1", "3.4")}
    for seed in range(20):
        found = [pick.problem.id for pick in draw(registry, Answers(("beginner",), seed=seed), own).picks]
        assert 1 <= len(set(found) & set(own)) < 3
        assert found[0] in own


def test_a_machine_that_is_named_is_made_use_of_first_and_said_to_be(registry: Registry) -> None:
    for level, seed in product(("intermediate", "advanced"), range(10)):
        for pick in draw(registry, Answers((level,), compute="gpu", seed=seed)).picks:
            assert pick.problem.compute is Compute.GPU
            assert "makes use of your gpu" in pick.reasons
            assert "runs on a gpu" not in pick.reasons
    near = draw(registry, Answers(("intermediate",), ("vision",), compute="gpu")).picks
    assert {pick.problem.category for pick in near} == {"vision"}


def test_several_levels_mean_any_of_them(registry: Registry) -> None:
    levels = ("beginner", "expert")
    one, other, both = (
        {pick.problem.id for pick in draw(registry, Answers(words, number=999)).picks}
        for words in (levels[:1], levels[1:], levels)
    )
    assert both == one | other
    assert not one & other or len(both) < len(one) + len(other)


def test_newer_problems_come_more_often_than_their_number_says(registry: Registry) -> None:
    fitting = select(registry.problems, constraints(Wishes((Level.INTERMEDIATE,))))
    newer = {problem.id for problem in fitting if (problem.year or 0) >= 2024}
    turns = [found for seed in range(200) for found in picked(registry, level="intermediate", seed=seed)]
    assert sum(found in newer for found in turns) / len(turns) > 1.3 * len(newer) / len(fitting)


def test_an_own_problem_has_a_seat(tmp_path: Path) -> None:
    own = "problems:\n" + "".join(f"- title: Own question number {n}\n  summary: What is asked.\n" for n in range(4))
    (tmp_path / "lab.yaml").write_text(own)
    both = load(tmp_path / "lab.yaml")
    for seed in range(10):
        picks = draw(both, Answers(("expert",), seed=seed)).picks
        assert any("is of your own list" in pick.reasons for pick in picks)


def test_how_many_answered_problems_would_fit_is_counted_where_they_are_many(registry: Registry) -> None:
    many = draw(registry, Answers(("beginner",)))
    plain = select(registry.problems, [one for one in many.wanted if one.flag])
    assert many.answered == sum(problem.status is Status.ADDRESSED for problem in plain) > 10
    assert draw(registry, Answers(("expert",))).answered == 0
    assert draw(registry, Answers(("beginner",), include_addressed=True)).answered == 0
