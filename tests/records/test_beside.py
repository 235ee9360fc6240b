"""What stands beside the problems, made from plain data."""

from __future__ import annotations

from typing import Any

import pytest

from mi_problems.records.beside import Collection, Link, Model, Resource, SourceList, Superseded, category_of, model_of

ROW: dict[str, Any] = {
    "number": 2, "slug": "circuits", "title": "Circuits", "post": None, "url": None, "source": None,
    "motivation": "m", "progress": "p", "begin": "b", "contested": "c",
    "contested_links": [{"title": "T", "url": "u"}], "skills": ["probing"],
    "resources": [{"kind": "paper", "title": "T", "url": "u", "why": "w"}],
    "superseded": [{"framing": "f", "now": "n", "url": None}],
}  # fmt: skip


def test_a_category_holds_records_in_tuples() -> None:
    category = category_of(ROW)
    assert category.contested_links == (Link("T", "u"),)
    assert category.resources == (Resource("paper", "T", "u", "w"),)
    assert category.superseded == (Superseded("f", "n", None),)
    assert (category.skills, category.number, category.begin) == (("probing",), 2, "b")


def test_a_field_that_no_category_has_is_refused() -> None:
    with pytest.raises(TypeError, match="motto"):
        category_of(ROW | {"motto": "x"})


def test_a_list_is_dated_with_its_author() -> None:
    fields = dict.fromkeys(SourceList._fields, "") | {"author": "Neel Nanda", "published": "August 2026"}
    assert SourceList(**fields).dated == "Neel Nanda, August 2026"  # type: ignore[arg-type]


@pytest.mark.parametrize(("as_of", "dated"), [("", ""), ("May 2026", " as of May 2026")])
def test_a_collection_without_a_date_says_nothing_of_one(as_of: str, dated: str) -> None:
    assert Collection("", "", "", "", "", "", as_of).dated == dated


@pytest.mark.parametrize(
    ("name", "legacy"),
    [
        ("NeelNanda/GELU_1L512W_C4_Code", True), ("Baidicoot/x", True), ("ArthurConmy/x", True), ("gpt2", False),
        ("NeelNanda", False), ("x/NeelNanda/y", False),
    ],
)  # fmt: skip
def test_the_old_format_goes_by_who_keeps_the_model(name: str, legacy: bool) -> None:
    model = model_of({"name": name, "aliases": ["a"], "parameters": None, "download_mb": None, "url": None})
    assert model == Model(name, ("a",), None, None, None)
    assert model.legacy is legacy
