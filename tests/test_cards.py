"""The cards as a whole: complete, distinct, and linked with meaning. `mip check` holds each to the schema."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import pairwise

from mi_problems.records.problem import Problem
from mi_problems.records.terms import Compute, Level, Reach, Status
from mi_problems.registry.registry import Registry
from mi_problems.scaffold import templates

KINDS = {"dataset", "models", "paper", "tool", "tutorial"}


def texts(problem: Problem) -> list[str]:
    card = problem.card
    return [card.summary, *card.first_steps, card.done_when]


def runs(text: str, length: int = 9) -> list[str]:
    words = re.findall(r"\w+", text.lower())
    return [" ".join(words[start : start + length]) for start in range(len(words) - length + 1)]


def test_runs_of_nine_words_shared_by_cards_are_under_2_percent(registry: Registry) -> None:
    owners: defaultdict[str, set[str]] = defaultdict(set)
    total = 0
    for problem in registry.problems:
        for text in texts(problem):
            for run in runs(text):
                owners[run].add(problem.id)
                total += 1
    shared = sum(len(ids) for ids in owners.values() if len(ids) > 1)
    assert total > 100_000
    assert shared / total < 0.02


def test_no_two_cards_share_a_first_step_or_a_title(registry: Registry) -> None:
    firsts = Counter(problem.card.first_steps[0].casefold() for problem in registry.problems)
    titles = Counter(problem.title.casefold() for problem in registry.problems)
    assert firsts.most_common(1)[0][1] == 1
    assert titles.most_common(1)[0][1] == 1


def test_no_two_cards_have_the_same_bunch_of_keywords(registry: Registry) -> None:
    bunches = [(p.id, {word.casefold() for word in p.card.keywords}) for p in registry.problems]
    for (one, a), (other, b) in pairwise(bunches):
        assert len(a & b) <= len(a | b) / 2, (one, other)


def test_no_keyword_stands_in_the_title(registry: Registry) -> None:
    for problem in registry.problems:
        assert not [word for word in problem.card.keywords if word.casefold() == problem.title.casefold()], problem.id


def test_every_skill_is_used_and_the_list_has_20_to_45(registry: Registry) -> None:
    used = Counter(skill for problem in registry.problems for skill in problem.skills)
    assert 20 <= len(registry.skills) <= 45
    assert {skill.id for skill in registry.skills} == set(used)


def test_nothing_dated_is_taught_as_current(registry: Registry) -> None:
    for problem in registry.problems:
        for step in problem.card.first_steps:
            assert "HookedTransformer" not in step, problem.id


def test_open_cards_never_claim_proof_of_absence(registry: Registry) -> None:
    claims = re.compile(r"\bnobody has (ever )?(done|studied|tried)\b|\bnever been (done|studied)\b", re.IGNORECASE)
    for problem in registry.problems:
        if problem.status is Status.OPEN:
            assert not [text for text in texts(problem) if claims.search(text)], problem.id


def test_time_fits_the_level(registry: Registry) -> None:
    for problem in registry.problems:
        assert problem.weeks
        _, high = problem.weeks
        assert high <= 26
        if problem.levels == (Level.BEGINNER,):
            assert high <= 4, problem.id
        if Level.EXPERT in problem.levels and len(problem.levels) == 1:
            assert high >= 8, problem.id


def test_a_beginner_on_a_laptop_finds_patching_to_do(registry: Registry) -> None:
    found = [
        problem
        for problem in registry.problems
        if Level.BEGINNER in problem.levels
        and problem.compute is Compute.LAPTOP
        and "activation-patching" in problem.skills
    ]
    assert len(found) >= 3


def test_reach_fits_the_starter(registry: Registry) -> None:
    for problem in registry.problems:
        if problem.reach is Reach.PRETRAINED:
            assert problem.card.models != ("trained from scratch",), problem.id
            assert problem.starter
            assert templates.starter(problem.starter).lens, (problem.id, problem.starter)


def test_every_category_is_a_page(registry: Registry) -> None:
    for category in registry.categories:
        assert 80 <= len(category.motivation.split()) <= 150
        assert 4 <= len(category.resources) <= 8, category.slug
        assert {item.kind for item in category.resources} <= KINDS, category.slug
        assert category.skills
        assert category.superseded or category.contested, category.slug
        assert bool(category.contested) == bool(category.contested_links)


def test_the_text_is_plain(registry: Registry) -> None:
    odd = re.compile("[\u2013\u2014\u2018\u2019\u201c\u201d\u2026!]{1}")
    for problem in registry.problems:
        for text in texts(problem):
            found = [char for char in odd.findall(text) if char != "!"]
            assert not found, (problem.id, found)


def test_a_gist_stands_alone_and_is_neither_title_nor_beginning_of_the_summary(registry: Registry) -> None:
    gists = [problem.card.gist for problem in registry.problems]
    assert len({gist.casefold() for gist in gists}) == len(registry.problems)
    for problem in registry.problems:
        gist = problem.card.gist
        assert 8 <= len(gist.split()) <= 25, problem.id
        assert gist.endswith((".", "?")), problem.id
        assert gist.rstrip(".?").casefold() != problem.title.rstrip(".?").casefold(), problem.id
        assert not problem.card.summary.startswith(gist), problem.id


def test_the_newer_part_has_work_for_beginners_and_for_laptops(registry: Registry) -> None:
    newer = [problem for problem in registry.problems if problem.year != 2022]
    assert sum(Level.BEGINNER in problem.levels for problem in newer) >= 20
    assert sum(problem.compute is Compute.LAPTOP for problem in newer) >= 30


def test_the_newer_cards_are_asked_for_in_many_ways(registry: Registry) -> None:
    for problem in registry.problems:
        if problem.year != 2022:
            assert 16 <= len(problem.card.questions) <= 30, problem.id
