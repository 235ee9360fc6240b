"""Choosing by flags, and explaining an empty answer."""

from __future__ import annotations

import re
from itertools import product
from typing import Any

import pytest

from mi_problems.errors import UsageFault
from mi_problems.records.terms import Compute, Level, Status
from mi_problems.registry.filters import (
    SORTS,
    Criterion,
    criteria,
    ordered,
    read_compute,
    read_difficulty,
    read_level,
    read_weeks,
    select,
    ways_out,
    why_empty,
    within,
)
from mi_problems.registry.registry import Registry
from tests.conftest import PROBLEMS


def ids(registry: Registry, **flags: object) -> set[str]:
    return {problem.id for problem in select(registry.problems, criteria(registry, **flags))}  # type: ignore[arg-type]


def test_without_flags_everything_is_chosen(registry: Registry) -> None:
    assert len(ids(registry)) == PROBLEMS


def test_repeating_a_flag_means_or(registry: Registry) -> None:
    both = ids(registry, categories=["circuits", "rl"])
    assert both == ids(registry, categories=["circuits"]) | ids(registry, categories=["8"])
    assert len(both) == sum(len(registry.in_category(registry.category(slug))) for slug in ("circuits", "rl"))


def test_different_flags_mean_and(registry: Registry) -> None:
    both = ids(registry, categories=["circuits"], levels=["beginner"])
    assert both == ids(registry, categories=["circuits"]) & ids(registry, levels=["beginner"])
    assert both


def test_a_bang_excludes(registry: Registry) -> None:
    assert ids(registry, categories=["!rl"]) == ids(registry) - ids(registry, categories=["rl"])
    assert ids(registry, categories=["rl", "circuits", "!rl"]) == ids(registry, categories=["circuits"])


def test_a_level_takes_every_range_that_spans_it(registry: Registry) -> None:
    for level in Level:
        expected = {problem.id for problem in registry.problems if level in problem.levels}
        assert ids(registry, levels=[level]) == expected


def test_a_difficulty_is_exact(registry: Registry) -> None:
    assert {str(p.difficulty) for p in registry.problems if p.id in ids(registry, difficulties=["B"])} == {"B"}
    assert {str(p.difficulty) for p in registry.problems if p.id in ids(registry, difficulties=["b-c", "~D"])} == {
        "B-C",
        "D",
    }


def test_starred_takes_only_known_stars(registry: Registry) -> None:
    assert ids(registry, starred=True) == {problem.id for problem in registry.problems if problem.starred is True}


@pytest.mark.parametrize("flags", [
    {"levels": ["begin"]}, {"levels": ["A"]}, {"statuses": ["OPEN"]}, {"machines": ["lap"]},
    {"skills": ["activation-p"]},
])  # fmt: skip
def test_words_may_be_begun_or_in_capitals(registry: Registry, flags: dict[str, object]) -> None:
    assert ids(registry, **flags)


@pytest.mark.parametrize(
    ("flags", "what"),
    [
        ({"categories": ["x"]}, "category"), ({"levels": ["x"]}, "level"), ({"difficulties": ["x"]}, "difficulty"),
        ({"statuses": ["x"]}, "status"), ({"skills": ["zz"]}, "skill"), ({"machines": ["x"]}, "compute"),
        ({"categories": ["!x"]}, "category"), ({"levels": [""]}, "level"),
    ],
)  # fmt: skip
def test_an_unknown_word_is_a_usage_fault_that_names_the_kind(
    registry: Registry, flags: dict[str, object], what: str
) -> None:
    with pytest.raises(UsageFault, match=what):
        ids(registry, **flags)


def test_levels_and_difficulties_are_read_alike() -> None:
    assert read_level("b") is Level.INTERMEDIATE
    assert str(read_difficulty("b-c")) == "B-C"


@pytest.mark.parametrize(
    ("word", "machine"),
    [("cpu", "laptop"), ("CPU", "laptop"), ("no gpu", "laptop"), ("None", "laptop"), ("gp", "gpu"), ("lap", "laptop"),
     ("colab", "gpu"), ("slurm", "cluster"), ("MacBook", "laptop")],
)  # fmt: skip
def test_a_machine_goes_by_its_beginning_and_a_cpu_is_a_laptop(word: str, machine: str) -> None:
    assert read_compute(word) == machine


@pytest.mark.parametrize(
    ("word", "level"),
    [("undergrad", "beginner"), ("engineer", "intermediate"), ("PhD", "advanced"), ("postdoc", "expert")],
)
def test_a_level_goes_by_what_people_call_themselves(word: str, level: str) -> None:
    assert read_level(word) == level


@pytest.mark.parametrize(
    ("word", "weeks"), [("1", 1), (" 6 ", 6), ("6w", 6), ("1 week", 1), ("12 Weeks", 12), ("007", 7)]
)
def test_weeks_are_a_number_with_or_without_the_word(word: str, weeks: int) -> None:
    assert read_weeks(word) == weeks


@pytest.mark.parametrize("word", ["", "0", "-1", "1.5", "weeks", "6 months", "6 weeks or so", "1234567"])
def test_what_is_no_number_of_weeks_is_a_usage_fault(word: str) -> None:
    with pytest.raises(UsageFault, match="is not a whole number from 1"):
        read_weeks(word)


@pytest.mark.parametrize(
    ("word", "hint"), [(" advanced", "did you mean C, or --level advanced?"), ("e", ""), ("", ""), ("zzz", "")]
)
def test_a_level_in_place_of_a_letter_is_told_both_ways_to_ask(word: str, hint: str) -> None:
    with pytest.raises(UsageFault) as raised:
        read_difficulty(word)
    assert raised.value.hint == hint


def test_flags_are_told_as_they_could_have_been_typed(registry: Registry) -> None:
    wanted = criteria(
        registry,
        ["!RL", "circ"],
        ["b", "A"],
        ["c-d", "b"],
        ["op", "ad", "ac"],
        ["linear-p", "abl"],
        True,
        ["gp", "cl", "cpu"],
    )
    assert [criterion.flag for criterion in wanted] == [
        "--category !RL --category circ",
        "--level beginner --level intermediate",
        "--difficulty B --difficulty C-D",
        "--status active --status addressed --status open",
        "--skill ablation --skill linear-probes",
        "--starred",
        "--compute cluster --compute gpu --compute laptop",
    ]


@pytest.mark.parametrize("key", SORTS)
def test_every_sort_order_is_total_and_keeps_all(registry: Registry, key: str) -> None:
    ordered = sorted(registry.problems, key=SORTS[key])
    assert set(ordered) == set(registry.problems)
    assert len({str(SORTS[key](problem)) for problem in ordered}) == PROBLEMS


def test_status_sorts_from_open_to_addressed(registry: Registry) -> None:
    order = [problem.status for problem in sorted(registry.problems, key=SORTS["status"])]
    assert order == sorted(order, key=list(Status).index)


def test_an_empty_answer_says_what_to_relax_and_what_that_brings(registry: Registry) -> None:
    wanted = criteria(registry, categories=["rl"], levels=["beginner"], difficulties=["D"])
    assert not select(registry.problems, wanted)
    line = why_empty(registry.problems, wanted)
    found = re.search(r"; without --level beginner: (\d+) problems? \(([\d., ]+)\)(;|$)", line)
    assert found
    rated = [registry.problem(name).difficulty for name in found[2].split(", ")]
    assert [difficulty and difficulty.high for difficulty in rated] == [3] * int(found[1])
    assert "\n" not in line


def test_every_empty_combination_is_explained_in_one_true_line(registry: Registry) -> None:
    for level, status, compute, category in product(Level, Status, Compute, registry.categories):
        flags = {"levels": [level], "statuses": [status], "machines": [compute], "categories": [category.slug]}
        wanted = criteria(registry, **flags)  # type: ignore[arg-type]
        if not select(registry.problems, wanted):
            asked, *ways = why_empty(registry.problems, wanted).split("; ")
            assert asked == "no problem fits " + " ".join(criterion.flag for criterion in wanted)
            assert 1 <= len(ways) <= 4
            for way in ways:
                relaxed, count = way.removeprefix("without ").split(": ")
                rest = [criterion for criterion in wanted if criterion.flag not in relaxed.split(" and ")]
                assert len(select(registry.problems, rest)) == int(count.split()[0]) > 0


def test_what_brings_most_comes_first_and_is_counted_in_words(registry: Registry) -> None:
    few = [problem for problem in registry.problems if problem.category == "rl"][:3]
    wanted = [Criterion("--a", lambda p: p is few[0]), Criterion("--b", lambda p: p is few[1])]
    assert why_empty(few[:2], wanted) == "no problem fits --a --b; without --b: 1 problem (8.1); without --a: 1 (8.2)"
    wanted = [Criterion("--a", lambda p: False), Criterion("--b", lambda p: p in few[:2])]
    assert why_empty(few, wanted) == "no problem fits --a --b; without --a: 2 problems (8.1, 8.2)"


def test_where_one_flag_is_not_enough_the_fewest_are_named(registry: Registry) -> None:
    wanted = [Criterion("--a", lambda p: False), Criterion("--b", lambda p: False), Criterion("--c", lambda p: True)]
    line = why_empty(registry.problems, wanted)
    assert line == f"no problem fits --a --b --c; without --a and --b: {PROBLEMS} problems"


def test_what_is_left_out_by_default_is_brought_in_by_its_flag(registry: Registry) -> None:
    wanted = [Criterion("--a", lambda p: True), Criterion("", lambda p: False, "with --include-addressed")]
    assert why_empty(registry.problems, wanted) == f"no problem fits --a; with --include-addressed: {PROBLEMS} problems"


def test_what_holds_by_default_is_told_only_as_the_flag_that_lifts_it(registry: Registry) -> None:
    few, usual = registry.problems[:3], Criterion("", lambda p: False, "with --more")
    wanted = [usual, Criterion("--a", lambda p: False)]
    assert why_empty(few, [usual]) == "no problem fits; with --more: 3 problems (1.1, 1.2, 1.3)"
    assert why_empty(few, wanted) == "no problem fits --a; without --a and with --more: 3 problems (1.1, 1.2, 1.3)"
    assert why_empty([], wanted) == "no problem fits --a"


def test_what_fits_and_was_held_back_is_counted_with_what_a_way_brings(registry: Registry) -> None:
    few = registry.problems[:3]
    wanted = [Criterion("--a", lambda p: p in few[:2])]
    assert why_empty(few, wanted) == "no problem fits --a; without --a: 3 problems (1.1, 1.2, 1.3)"


@pytest.mark.parametrize("word", ["3090", "4090"])
def test_a_number_is_no_machine(word: str) -> None:
    with pytest.raises(UsageFault, match="unknown compute"):
        read_compute(word)


def test_a_skill_takes_the_problems_that_use_it(registry: Registry) -> None:
    both = ids(registry, skills=["ablation", "linear-probes"])
    assert both == {p.id for p in registry.problems if {"ablation", "linear-probes"} & set(p.skills)}


def test_weeks_take_what_fits_and_what_nobody_has_estimated(registry: Registry) -> None:
    problem = registry.problem("2.17")
    spans = [(1, 2), (2, 3), (4, 4), None]
    kept = select([problem._replace(weeks=span) for span in spans], [within(3)])
    assert [one.weeks for one in kept] == [(1, 2), (2, 3), None]


def test_a_year_takes_what_was_stated_then_or_later_and_nothing_undated(registry: Registry) -> None:
    problem = registry.problem("2.17")
    years = [2022, 2024, 2025, None]
    kept = select([problem._replace(year=year) for year in years], criteria(registry, since=2024))
    assert [one.year for one in kept] == [2024, 2025]


def test_a_source_takes_what_any_of_the_lists_states(registry: Registry) -> None:
    both = ids(registry, sources=["apollo", "mats12"])
    assert both == {one.id for slug in ("apollo", "mats12") for one in registry.stated_by(registry.source(slug))}


@pytest.mark.parametrize("key", ["difficulty", "weeks"])
def test_what_nobody_has_estimated_stands_last(registry: Registry, key: str) -> None:
    unknown: dict[str, Any] = {key: None}
    problems = [registry.problem("2.17")._replace(**unknown), registry.problem("2.18"), registry.problem("2.19")]
    assert [problem.id for problem in ordered(problems, key)][-1] == "2.17"


def test_the_newest_work_stands_first_and_what_has_none_last(registry: Registry) -> None:
    problems = [registry.problem(f"2.{at}")._replace(newest=year) for at, year in ((1, 2023), (2, None), (3, 2025))]
    assert [problem.newest for problem in ordered(problems, "newest")] == [2025, 2023, None]


def test_titles_sort_without_regard_to_case(registry: Registry) -> None:
    problems = [registry.problem(f"2.{at}")._replace(title=title) for at, title in ((1, "b"), (2, "C"), (3, "A"))]
    assert [problem.title for problem in ordered(problems, "title")] == ["A", "b", "C"]
    assert ordered(problems, "id") == problems


@pytest.mark.parametrize(
    ("flag", "words"),
    [("--level beginner --level expert", "at another level"), ("--weeks 3", "with more weeks"), ("", "behind you")],
)
def test_a_way_out_is_spoken_without_flags(registry: Registry, flag: str, words: str) -> None:
    few, wanted = registry.problems[:1], [Criterion(flag, lambda p: False, "" if flag else "with --no-marks")]
    assert why_empty(few, wanted, spoken=True) == f"no problem fits all of that; {words}: 1 problem (1.1)"


def test_two_things_to_relax_are_spoken_together(registry: Registry) -> None:
    wanted = [Criterion("--starred", lambda p: False), Criterion("--not 2.1", lambda p: False)]
    assert ways_out(registry.problems[:1], wanted, spoken=True) == ["without a star and seen before: 1 problem (1.1)"]


def test_no_more_than_four_ways_are_told_and_three_problems_named(registry: Registry) -> None:
    some = registry.problems[:9]
    wanted = [Criterion(f"--{at}", lambda p, at=at: p is not some[at]) for at in range(5)]  # type: ignore[misc]
    assert len(ways_out(some[:5], wanted)) == 4
    (way,) = ways_out(some[:4], [Criterion("--a", lambda p: False)])
    assert way == "without --a: 4 problems"
