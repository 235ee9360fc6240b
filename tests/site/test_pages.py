"""What the pages say, as one who has no script reads them: markup, links, words and bounds."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from mi_problems.progress.marks import Mark
from mi_problems.registry.load import load
from mi_problems.registry.registry import Registry
from mi_problems.site.catalogue import Catalogue
from mi_problems.site.pages import pages, planned
from tests.hostile import BREAKOUTS, ESCAPES, MARKDOWN, nasty, write_registry

KB = 1000
VOID = {"meta", "link", "br", "input"}


class Reader(HTMLParser):
    """The elements of a page with their attributes, its text, and whether all that was opened was closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.opened: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.opened.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.opened.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def links(self) -> list[str]:
        return [attributes["href"] or "" for attributes in self.all("a")]


def files(registry: Registry, marks: Mapping[str, Mark] = {}, ids: tuple[str, ...] = ()) -> dict[str, str]:
    """The files of a site, by path: of these problems, or of all."""
    problems = tuple(map(registry.problem, ids)) or registry.problems
    catalogue = Catalogue(registry, problems, marks=marks)
    return dict(pages(catalogue, planned(catalogue)))


@pytest.fixture(scope="module")
def site(registry: Registry) -> dict[str, str]:
    return files(registry)


@pytest.fixture(scope="module")
def read(site: dict[str, str]) -> dict[str, Reader]:
    return {path: Reader(text) for path, text in site.items() if path.endswith(".html")}


def data_of(site: Mapping[str, str]) -> dict[str, Any]:
    """What the script of the index is given."""
    text = site["assets/data.js"]
    found: dict[str, Any] = json.loads(text[text.index("{") : text.rindex("}") + 1])
    return found


def test_every_problem_has_a_row_that_leads_to_its_page(registry: Registry, read: dict[str, Reader]) -> None:
    links = read["index.html"].links
    for problem in registry.problems:
        assert f"p/{problem.id}.html" in links
        assert problem.title in read[f"p/{problem.id}.html"].text


def test_every_category_list_and_skill_in_use_has_a_page_with_its_problems(
    registry: Registry, read: dict[str, Reader]
) -> None:
    for problem in registry.problems:
        for page in (f"category/{problem.category}", *(f"skill/{skill}" for skill in problem.skills)):
            assert f"../p/{problem.id}.html" in read[f"{page}.html"].links, problem.id
        for stated in problem.sources:
            assert f"../p/{problem.id}.html" in read[f"source/{stated.list}.html"].links, problem.id


def test_links_within_the_site_are_relative_and_lead_to_a_page(site: dict[str, str], read: dict[str, Reader]) -> None:
    for path, page in read.items():
        loaded = [
            attributes.get("src") or attributes.get("href") or ""
            for tag in ("script", "link")
            for attributes in page.all(tag)
        ]
        for link in {*page.links, *loaded}:
            if link.startswith(("https://", "http://", "#")):
                continue
            parts: list[str] = []
            for part in (PurePosixPath(path).parent / link).parts:
                parts = parts[:-1] if part == ".." else [*parts, part]
            assert "/".join(parts) in site, f"{path}: {link}"


def test_a_page_loads_nothing_but_its_own_files(read: dict[str, Reader]) -> None:
    for path, page in read.items():
        assert {tag for tag, _ in page.elements}.isdisjoint({"img", "iframe", "style", "object", "form", "base"}), path
        assert all(attributes.get("src") for attributes in page.all("script")), path
        assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")], path
        assert not [attributes for _, attributes in page.elements if "style" in attributes], path


def test_every_page_has_a_strict_policy_a_language_a_title_and_one_heading(read: dict[str, Reader]) -> None:
    for path, page in read.items():
        policy = next(one["content"] for one in page.all("meta") if one.get("http-equiv"))
        assert "default-src 'none'" in (policy or ""), path
        assert "unsafe" not in (policy or ""), path
        assert page.all("html") == [{"lang": "en"}], path
        assert len(page.all("h1")) == len(page.all("title")) == len(page.all("main")) == 1, path
        assert not page.opened, path


def test_every_page_says_as_of_when_its_works_are(registry: Registry, read: dict[str, Reader]) -> None:
    for path, page in read.items():
        assert f"Works as of {registry.collection.as_of}" in page.text, path


def test_a_problem_page_holds_the_whole_card(registry: Registry, read: dict[str, Reader]) -> None:
    for problem in registry.problems:
        page = read[f"p/{problem.id}.html"]
        text = " ".join(page.text.split())
        card = problem.card
        told = [card.gist, card.summary, *card.first_steps, card.done_when, *(work.note for work in card.follow_ups)]
        for said in told:
            assert " ".join(said.replace("`", "").split()) in text, problem.id
        assert f"mip init {problem.id}" in text
        for work in card.follow_ups:
            assert work.url in page.links, f"{problem.id}: {work.url}"


def test_works_stand_newest_first(registry: Registry, site: dict[str, str]) -> None:
    for problem in registry.problems:
        years = [int(year) for year in re.findall(r'class="year">(\d+)<', site[f"p/{problem.id}.html"])]
        assert years == sorted(years, reverse=True), problem.id


def test_the_pages_of_problems_lead_from_the_first_to_the_last(registry: Registry, read: dict[str, Reader]) -> None:
    path, walked = "1.1", 1
    while following := [one["href"] for one in read[f"p/{path}.html"].all("a") if one.get("rel") == "next"]:
        path, walked = (following[0] or "").removesuffix(".html"), walked + 1
    assert walked == len(registry.problems)


def test_stars_and_estimates_are_said_in_words_too(registry: Registry, read: dict[str, Reader]) -> None:
    text = " ".join(read["index.html"].text.split())
    assert text.count("starred by the author") == sum(problem.starred is True for problem in registry.problems)
    assert text.count("estimated") == sum(problem.rating.startswith("~") for problem in registry.problems)


def test_code_in_a_card_is_code_and_a_number_of_arxiv_a_link(registry: Registry, site: dict[str, str]) -> None:
    assert "<code>hook_pattern</code>" in site["p/2.1.html"]
    assert (
        '<a href="https://arxiv.org/abs/2311.04131" rel="noreferrer">arXiv:2311.04131</a>'
        in site["category/circuits.html"]
    )


def test_sizes_are_within_their_bounds(site: dict[str, str]) -> None:
    sizes = {path: len(text.encode()) for path, text in site.items()}
    loaded = sum(size for path, size in sizes.items() if path.startswith("assets/"))
    assert sizes["index.html"] <= 400 * KB
    assert sizes["index.html"] + loaded <= 1200 * KB
    assert max(size for path, size in sizes.items() if path.startswith("p/")) <= 60 * KB


def test_a_selection_shows_its_problems_and_names_the_others_without_a_link(registry: Registry) -> None:
    site = files(registry, ids=("2.17", "2.18"))
    assert [path for path in site if path.startswith("p/")] == ["p/2.17.html", "p/2.18.html"]
    for path in ("p/2.17.html", "index.html", "skills.html"):
        for link in Reader(site[path]).links:
            if not link.startswith(("http", "#")):
                assert str((Path("/") / path).parent.joinpath(link).resolve())[1:] in site, link
    absent = [name for name in registry.problem("2.17").card.related if name not in {"2.17", "2.18"}]
    assert all(registry.problem(name).title in Reader(site["p/2.17.html"]).text for name in absent)


def test_what_the_author_says_of_his_list_stands_where_one_of_its_problems_does(registry: Registry) -> None:
    caveat = " ".join(registry.collection.caveat.split())
    assert caveat in " ".join(Reader(files(registry, ids=("2.17", "10.4"))["index.html"]).text.split())
    assert caveat not in " ".join(Reader(files(registry, ids=("10.4",))["index.html"]).text.split())


def test_marks_stand_on_a_page_of_ones_own(registry: Registry) -> None:
    mark = Mark("2.17", "started", "2026-11-02T10:00:00Z", "", "/home/x/ioi", ("look at <L5H5>",))
    site = files(registry, {"2.17": mark}, ("2.17", "2.18"))
    text = Reader(site["p/2.17.html"]).text
    assert "started since 2026-11-02, in /home/x/ioi" in text
    assert "look at <L5H5>" in text
    assert "Yours" not in site["p/2.18.html"]
    assert "started" in Reader(site["index.html"]).text
    assert [one for one in data_of(site)["facets"] if one["name"] == "mine"]


def test_a_problem_with_notes_alone_has_no_state_to_filter_by(registry: Registry) -> None:
    marks = {"2.17": Mark("2.17", "saved"), "2.18": Mark("2.18", notes=("a note",))}
    site = files(registry, marks, ("2.17", "2.18"))
    mine = next(facet for facet in data_of(site)["facets"] if facet["name"] == "mine")
    assert mine["options"] == [["saved", "saved"]]
    assert "a note" in site["p/2.18.html"]


def test_the_script_has_the_options_and_the_words_of_every_row(registry: Registry, site: dict[str, str]) -> None:
    data = data_of(site)
    names = [str(facet["name"]) for facet in data["facets"]]
    assert names == ["level", "status", "compute", "weeks", "starred", "category", "source", "skill"]
    assert len(data["problems"]) == len(registry.problems)
    row = data["problems"][list(registry.problems).index(registry.problem("2.17"))]
    assert row["has"][names.index("status")] == [1]
    assert "ioi" in row["words"][0]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=nasty([*BREAKOUTS, *ESCAPES, *MARKDOWN], 50))
def test_text_of_a_registry_is_text_on_every_page(text: str, tmp_path: Path) -> None:
    write_registry(tmp_path, "plain")
    plain = files(load(tmp_path, only=True))
    write_registry(tmp_path, text)
    site = files(load(tmp_path, only=True))
    for path in plain:
        if path.endswith(".html"):
            before, after = Reader(plain[path]), Reader(site[path])
            kept = [(tag, attributes.get("href")) for tag, attributes in after.elements if tag not in {"code", "span"}]
            assert kept == [(tag, one.get("href")) for tag, one in before.elements if tag not in {"code", "span"}]
    assert "<" not in site["assets/data.js"]
    data_of(site)


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", " https://a.example", "//a.example", "file:///x"]
)
def test_only_addresses_of_the_web_become_links(registry: Registry, address: str) -> None:
    problem = registry.problem("2.17")
    record = json.loads(problem.record)
    record["url"] = address
    record["follow_ups"][0]["url"] = address
    catalogue = Catalogue(registry, (problem._replace(stored=json.dumps(record).encode()),))
    site = dict(pages(catalogue, planned(catalogue)))
    assert not [link for link in Reader(site["p/2.17.html"]).links if address.strip() in link]
