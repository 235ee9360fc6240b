"""`mip categories` as a script and a person meet it."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from mi_problems.registry.registry import Registry
from tests.conftest import GOOD_FILE, Mip, facts
from tests.pseudo_terminal import mip_seen

SLUGS = ["toy-models", "circuits", "algorithmic", "superposition", "training-dynamics", "techniques", "vision", "rl"]
SLUGS += ["features", *(row["slug"] for row in facts("since2024/categories"))]
LEVELS = ["beginner", "intermediate", "advanced", "expert"]


def records(mip: Mip, *words: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(mip(*words, "--json").out)
    return rows


def test_they_come_in_the_order_of_their_numbers(mip: Mip) -> None:
    named = [(row["number"], row["slug"]) for row in records(mip, "categories")]
    assert named == list(enumerate(SLUGS, start=1))


def test_a_pipe_gets_a_line_each_with_slug_count_and_post(mip: Mip) -> None:
    done = mip("categories")
    assert (done.code, done.err) == (0, "")
    for line, row in zip(done.lines, records(mip, "categories"), strict=True):
        assert {row["slug"], str(row["problems"]), row["url"] or ""} <= set(line.split("\t"))


def test_a_line_counts_each_level(mip: Mip) -> None:
    for line, row in zip(mip("categories").lines, records(mip, "categories"), strict=True):
        assert all(f"{level}:{row['levels'][level]}" in line for level in LEVELS)


def test_the_counts_are_those_of_list(mip: Mip) -> None:
    counted = Counter(row["category"] for row in records(mip, "list"))
    assert {row["slug"]: row["problems"] for row in records(mip, "categories")} == counted


def test_the_levels_are_those_of_list(mip: Mip) -> None:
    counted = Counter((row["category"], level) for row in records(mip, "list") for level in row["levels"])
    for row in records(mip, "categories"):
        assert row["levels"] == {level: counted[row["slug"], level] for level in LEVELS}


def test_every_category_says_why_and_where_to_read(mip: Mip) -> None:
    for row in records(mip, "categories"):
        assert row["number"] > 9 if row["url"] is None else row["url"].startswith("https://")
        assert row["motivation"].strip()
        assert row["resources"]


@pytest.mark.parametrize("slug", SLUGS)
def test_one_category_has_the_record_it_has_among_all(mip: Mip, slug: str) -> None:
    among = [row for row in records(mip, "categories") if row["slug"] == slug]
    assert records(mip, "categories", slug) == among


@pytest.mark.parametrize("word", ["4", "sup", "Superposition"])
def test_a_category_is_a_slug_a_number_or_a_unique_beginning(mip: Mip, word: str) -> None:
    assert mip("categories", word).out == mip("categories", "superposition").out


def test_a_beginning_that_fits_several_names_them(mip: Mip) -> None:
    done = mip("categories", "t")
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert all(slug in done.err for slug in ("toy-models", "training-dynamics", "techniques"))


@pytest.mark.parametrize("words", [["0"], ["99"], [""], ["!rl"], ["rl", "circuits"]])
def test_what_is_no_category_is_a_usage_error_of_one_line(mip: Mip, words: list[str]) -> None:
    done = mip("categories", *words)
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)


def test_a_piped_page_is_whole(mip: Mip) -> None:
    page, row = mip("categories", "rl"), records(mip, "categories", "rl")[0]
    assert row["motivation"].strip() in page.out
    for resource in row["resources"]:
        assert resource["title"] in page.out
        assert resource["url"] in page.out


def test_a_page_says_what_its_skills_mean_and_where_to_learn_them(mip: Mip, registry: Registry) -> None:
    for category in registry.categories:
        page = mip("categories", category.slug).out
        for skill in registry.skills_of(category):
            assert f"- {skill.id}: {skill.meaning} Learn it: {skill.learn} <{skill.url}>\n" in page


def test_a_piped_page_does_not_depend_on_columns(mip: Mip, monkeypatch: pytest.MonkeyPatch) -> None:
    wide = mip("categories", "rl").out
    monkeypatch.setenv("COLUMNS", "20")
    assert mip("categories", "rl").out == wide


def test_json_is_never_coloured(mip: Mip) -> None:
    assert mip("--color", "always", "categories", "--json").out == mip("categories", "--json").out


def test_a_terminal_gets_a_table_of_the_nine(mip: Mip) -> None:
    code, seen = mip_seen("categories")
    assert code == 0
    assert "\t" not in seen
    assert all(f"{row['slug']} " in seen and f"{row['problems']}" in seen for row in records(mip, "categories"))


def test_a_registry_of_ones_own_has_its_own_categories(mip: Mip, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(GOOD_FILE)
    rows = records(mip, "--only", "--data", str(file), "categories")
    assert [(row["slug"], row["problems"]) for row in rows] == [("circuits", 2)]
