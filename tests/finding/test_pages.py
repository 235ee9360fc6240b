"""What people know beside the problems, a category, a list, its author, a resource, leads to the page of that."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mi_problems.finding.index import index_of
from mi_problems.finding.pages import SEEN, pages_named
from mi_problems.finding.words import terms
from mi_problems.registry.registry import Registry
from tests.conftest import Mip


@pytest.mark.parametrize(
    ("query", "page"),
    [
        ("neel nanda", "sources mats12"),
        ("Stefan Heimersheim's project ideas", "sources heimersheim"),
        ("200 concrete open problems", "sources nanda-2022"),
        ("mats problems", "sources mats12"),
        ("apollo research ideas", "sources apollo"),
        ("weird results", "sources weird-results"),
        ("chain of thought", "categories reasoning"),
        ("image models", "categories vision"),
        ("model diffing", "categories post-training"),
        ("towards monosemanticity", "categories toy-models"),
        ("SAELens tutorial", "categories saes"),
    ],
)
def test_what_people_know_of_a_page_names_it(registry: Registry, query: str, page: str) -> None:
    assert any(found.startswith(f"`mip {page}`") for found in pages_named(index_of(registry).pages, query))


@pytest.mark.parametrize("query", ["why do heads copy names", "feature splitting", "open problems", "security", "2.17"])
def test_words_that_name_no_page_name_none(registry: Registry, query: str) -> None:
    assert pages_named(index_of(registry).pages, query) == []


def test_every_list_and_category_is_named_by_its_own_name(registry: Registry) -> None:
    pages = index_of(registry).pages
    for one in registry.lists:
        assert any(f"sources {one.slug}`" in found for found in pages_named(pages, one.name.partition(":")[0])), one
    for category in registry.categories:
        assert f"categories {category.slug}`" in pages_named(pages, category.title)[0]


@given(st.text(max_size=60))
def test_no_text_names_more_than_a_few_pages(registry: Registry, text: str) -> None:
    assert len(pages_named(index_of(registry).pages, text)) <= SEEN


def test_a_page_is_told_beside_the_hits_and_alone_where_there_are_none(mip: Mip) -> None:
    both = mip("search", "chain of thought", "-n", "1")
    assert both.out.count("\n") == 1
    assert both.err == "mip: see also `mip categories reasoning` (Reasoning models and chain of thought)\n"
    alone = mip("search", "logan riggs smith", "--json")
    assert alone.out == "[]\n"
    assert alone.err == "mip: see `mip sources toy-languages` (Logan Riggs Smith and Thomas Dooms, 2026)\n"


def page(command: str, *names: str) -> list[list[str]]:
    return [[command, "what"], *(terms(name) for name in names)]


@pytest.mark.parametrize(
    ("query", "name", "named"),
    [
        ("heron otter", "heron otter", True),
        ("heron", "heron otter", False),
        ("heron otter", "heron otter newt", True),
        ("otter newt", "heron otter newt", True),
        ("heron newt", "heron otter newt", False),
        ("otter heron", "heron otter", False),
        ("heron otter newt", "heron", False),
        ("list of papers by heron", "heron", True),
        ("heron 2024", "heron", True),
        ("paper", "paper list", False),
        ("", "heron", False),
    ],
)
def test_a_page_is_named_by_more_than_half_of_its_name_in_order(query: str, name: str, named: bool) -> None:
    assert pages_named([page("`a`", name)], query) == ["`a` (what)"] * named


def test_the_page_named_best_comes_first_and_each_once() -> None:
    pages = [page("`a`", "heron otter newt"), page("`b`", "heron otter"), page("`a`", "zebra", "heron otter newt toad")]
    assert pages_named(pages, "heron otter") == ["`b` (what)", "`a` (what)"]


def test_three_pages_are_named_at_most() -> None:
    assert len(pages_named([page(f"`{number}`", "heron") for number in range(5)], "heron")) == 3


def test_of_one_page_under_two_headings_the_better_one_is_told() -> None:
    better = [["`a`", "better"], terms("heron otter")]
    assert pages_named([page("`a`", "heron otter newt"), better], "heron otter") == ["`a` (better)"]
    assert pages_named([better, page("`a`", "heron otter")], "heron otter") == ["`a` (better)"]
