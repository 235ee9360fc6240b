"""The pages in a real browser: filters, order, words, address, keyboard, dark, paper, without a script, for all."""

from __future__ import annotations

import functools
import http.server
import re
import statistics
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from mi_problems.progress.marks import Mark
from mi_problems.records.terms import word_count
from mi_problems.registry.filters import criteria, select
from mi_problems.registry.load import load
from mi_problems.registry.registry import Registry
from mi_problems.site.catalogue import Catalogue
from mi_problems.site.pages import pages, planned
from mi_problems.site.write import write
from tests.conftest import ROOT
from tests.hostile import write_registry
from tests.site.conftest import Open

pytestmark = pytest.mark.browser

AXE = ROOT / ".browser" / "node_modules" / "axe-core" / "axe.min.js"
KINDS = ("index.html", "p/2.17.html", "p/10.5.html", "category/circuits.html", "categories.html", "sources.html",
         "source/mats12.html", "skills.html", "skill/ablation.html")  # fmt: skip
SOON = 1000  # milliseconds


def shown(page: Any) -> list[str]:
    """The ids of the rows that are to be seen, in their order."""
    found: list[str] = page.evaluate(
        "[...document.querySelectorAll('#problems tbody tr:not(.group)')]"
        ".filter((row) => row.offsetParent).map((row) => row.cells[0].textContent)"
    )
    return found


def option(page: Any, facet: str, label: str) -> Any:
    """The link of a filter, its facet opened."""
    box = page.locator("#facets details", has=page.locator("summary", has_text=re.compile(f"^{facet}$")))
    if box.get_attribute("open") is None:
        box.locator("summary").click()
    return box.get_by_role("link", name=re.compile(rf"^{re.escape(label)} \d+$"))


def heard(page: Any, act: Callable[[], Any]) -> None:
    """Does what changes the address, and waits until the page has heard of it."""
    page.evaluate("() => { window.heard = new Promise((done) => addEventListener('hashchange', done, {once: true})); }")
    act()
    page.evaluate("() => window.heard")


# what is to be seen


def test_without_a_script_every_row_and_link_is_there(visit: Open, registry: Registry) -> None:
    page = visit(java_script_enabled=False)
    rows = page.locator("#problems tbody tr:not(.group)")
    assert rows.count() == len(registry.problems)
    assert rows.last.is_visible()
    assert not page.locator("#filters").is_visible()
    page.get_by_role("link", name=registry.problem("2.17").title).click()
    assert page.locator("h1").inner_text().startswith("2.17")
    assert page.locator("button").count() == 0


@pytest.mark.parametrize(
    ("address", "flags"),
    [
        ("level=beginner", {"levels": ["beginner"]}),
        ("level=beginner,expert", {"levels": ["beginner", "expert"]}),
        ("level=beginner&status=open", {"levels": ["beginner"], "statuses": ["open"]}),
        ("compute=gpu&category=circuits,saes", {"machines": ["gpu"], "categories": ["circuits", "saes"]}),
        ("weeks=2&starred=yes", {"weeks": 2, "starred": True}),
        ("source=mats12&skill=ablation", {"sources": ["mats12"], "skills": ["ablation"]}),
    ],
)
def test_filters_choose_what_mip_list_chooses(
    visit: Open, registry: Registry, address: str, flags: dict[str, Any]
) -> None:
    expected = [problem.id for problem in select(registry.problems, criteria(registry, **flags))]
    page = visit(f"index.html#{address}")
    assert shown(page) == expected
    assert f"{len(expected)} of {len(registry.problems)} problems" in page.locator("#count").inner_text()


def test_a_count_is_a_link_that_leads_to_so_many_and_back(visit: Open, registry: Registry) -> None:
    page = visit()
    count = int(option(page, "Level", "beginner").locator(".count").inner_text())
    heard(page, option(page, "Level", "beginner").click)
    assert len(shown(page)) == count
    further = int(option(page, "Status", "open").locator(".count").inner_text())
    heard(page, option(page, "Status", "open").click)
    assert len(shown(page)) == further < count
    assert option(page, "Status", "open").get_attribute("aria-current") == "true"
    heard(page, option(page, "Status", "open").click)
    assert len(shown(page)) == count
    heard(page, page.get_by_role("link", name="Show all").click)
    assert len(shown(page)) == len(registry.problems)


def test_the_address_holds_the_view_and_the_back_button_undoes_a_step(visit: Open) -> None:
    page = visit()
    heard(page, option(page, "Machine", "gpu").click)
    heard(page, option(page, "Category", "2 Circuits in the wild").click)
    heard(page, page.get_by_role("link", name="Newest work").click)
    assert page.url.endswith("#compute=gpu&category=circuits&sort=-newest")
    seen = shown(page)
    assert shown(visit(page.url.rpartition("/")[2])) == seen
    heard(page, page.go_back)
    heard(page, page.go_back)
    assert page.url.endswith("#compute=gpu")
    assert len(shown(page)) > len(seen)


def test_what_an_address_holds_that_is_no_filter_is_passed_over(visit: Open, registry: Registry) -> None:
    page = visit("index.html#level=nonsense&colour=red&sort=nothing&__proto__=x&words=")
    assert len(shown(page)) == len(registry.problems)
    page = visit("index.html#words=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E")
    assert page.locator("#words").input_value() == "<img src=x onerror=alert(1)>"
    assert page.locator("img").count() == 0


@pytest.mark.parametrize("name", ["Problem", "Rating", "Status", "Machine", "Weeks", "Newest work"])
def test_a_column_sorts_up_and_down_and_what_is_unknown_stands_last(visit: Open, name: str) -> None:
    page = visit("index.html#category=circuits,superposition")
    at = ["No.", "Problem", "Rating", "Status", "Machine", "Weeks", "Newest work"].index(name)

    def column() -> list[str]:
        cells: list[str] = page.evaluate(
            "(at) => [...document.querySelectorAll('#problems tbody tr:not(.group)')].filter((row) => row.offsetParent)"
            ".map((row) => (row.cells[at].querySelector('a') || row.cells[at]).textContent.toLowerCase())",
            at,
        )
        return cells

    link = page.get_by_role("columnheader", name=name).get_by_role("link")
    heard(page, link.click)
    one, first = column(), page.get_by_role("columnheader", name=name).get_attribute("aria-sort")
    heard(page, link.click)
    other, second = column(), page.get_by_role("columnheader", name=name).get_attribute("aria-sort")
    assert {first, second} == {"ascending", "descending"}
    known = [value for value in one if value]
    assert one[: len(known)] == known
    assert other[: len(known)] == [value for value in other if value]
    up = known if first == "ascending" else [value for value in other if value]
    order = {"status": ["open", "active", "addressed"], "machine": ["laptop", "gpu", "cluster"]}.get(name.lower())
    keys = [order.index(value) if order else _key(name, value) for value in up]
    assert keys == sorted(keys)
    assert len(set(keys)) > 1


def _key(name: str, value: str) -> Any:
    if name == "Weeks":
        low, _, high = value.partition("\u2013")
        return int(low), int(high or low)
    if name == "Rating":
        low, _, high = value.replace("estimated", "").strip(" ~").partition("-")
        return low, high or low
    return value


def test_typed_words_are_beginnings_and_all_must_be_there(visit: Open, registry: Registry) -> None:
    page = visit()
    page.get_by_label("Find words").fill("INDUC héad")
    found = shown(page)
    assert found
    for identifier in found:
        card = registry.problem(identifier).card
        words = " ".join([registry.problem(identifier).title, *card.keywords, *card.questions, card.gist]).lower()
        assert re.search(r"\binduc", words), identifier
        assert re.search(r"\bhead", words), identifier
    page.get_by_label("Find words").fill("nduction")
    assert not shown(page)
    assert page.get_by_text("No problem fits.").is_visible()
    assert "mip search" in page.locator("#more-words").inner_text()


def test_hits_in_titles_come_first_and_the_address_keeps_the_words(visit: Open, registry: Registry) -> None:
    page = visit()
    page.get_by_label("Find words").fill("grokking")
    found = shown(page)
    titled = [bool(re.search(r"\bgrokking", registry.problem(one).title.lower())) for one in found]
    assert titled == sorted(titled, reverse=True)
    assert titled[0]
    assert shown(visit(page.url.rpartition("/")[2])) == found


def test_the_command_that_lists_the_same_can_be_copied(visit: Open) -> None:
    page = visit("index.html#level=beginner&weeks=2&starred=yes", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy").click()
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == "mip list --level beginner --weeks 2 --starred"


def test_the_command_that_starts_a_problem_can_be_copied(visit: Open) -> None:
    page = visit("p/2.17.html", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy").click()
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == "mip init 2.17"


def test_where_a_page_may_not_copy_the_command_is_selected(visit: Open) -> None:
    page = visit("p/2.17.html")
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }")
    page.get_by_role("button", name="Copy").click()
    page.get_by_role("button", name="Selected").wait_for()
    assert page.evaluate("getSelection().toString()") == "mip init 2.17"


# with the keyboard


def focused(page: Any) -> str:
    text: str = page.evaluate("document.activeElement.textContent.trim() || document.activeElement.id")
    return text


def test_the_keyboard_reaches_everything_in_order_and_focus_is_seen(visit: Open) -> None:
    page = visit()
    reached = []
    for _ in range(9):
        page.keyboard.press("Tab")
        reached.append(focused(page))
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none", reached[-1]
    assert reached[:6] == ["Skip to the content", "Problems", "Categories", "Sources", "Skills", "words"]
    assert reached[7].startswith("beginner")


def test_the_skip_link_leads_to_the_content_and_keeps_the_view(visit: Open) -> None:
    page = visit("index.html#level=expert")
    before = shown(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    assert shown(page) == before


def test_a_filter_chosen_by_keyboard_keeps_the_focus(visit: Open) -> None:
    page = visit()
    link = option(page, "Level", "expert")
    link.focus()
    heard(page, lambda: page.keyboard.press("Enter"))
    assert page.url.endswith("#level=expert")
    assert focused(page).startswith("expert")
    heard(page, lambda: page.keyboard.press("Enter"))
    assert page.url.endswith("#all=yes")
    assert focused(page).startswith("expert")


# for every eye, on every screen, on paper


def test_a_screen_reader_hears_words_and_no_signs(visit: Open) -> None:
    page = visit("index.html#compute=cluster")
    heard_there = page.locator("body").aria_snapshot() + visit("p/2.17.html").locator("body").aria_snapshot()
    assert not re.search("[\u25cb\u25d0\u25cf\u2191\u2193\u00b7\u2605]", heard_there)
    assert "active" in heard_there


def test_a_filter_that_has_nothing_to_offer_is_not_there(visit: Open) -> None:
    page = visit("index.html#source=mats12")
    assert page.locator("#facets details", has_text="Stars").count() == 1
    assert not page.locator("#facets details", has_text="Stars").is_visible()


def luminance(page: Any, part: str) -> float:
    colour = page.evaluate(f"getComputedStyle(document.documentElement).{part}")
    return statistics.mean(map(int, re.findall(r"\d+", colour)[:3]))


def test_it_is_dark_where_the_reader_wants_it_dark(visit: Open) -> None:
    light, dark = visit(color_scheme="light"), visit(color_scheme="dark")
    assert luminance(light, "backgroundColor") - luminance(light, "color") > 180
    assert luminance(dark, "color") - luminance(dark, "backgroundColor") > 180


@pytest.mark.parametrize("width", [360, 800, 1600])
@pytest.mark.parametrize("path", KINDS)
def test_nothing_is_wider_than_the_screen(visit: Open, path: str, width: int) -> None:
    page = visit(path, viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_on_a_telephone_the_filters_are_folded_away(visit: Open) -> None:
    page = visit(viewport={"width": 360, "height": 700})
    assert not page.locator("#facets").is_visible()
    page.get_by_text("Filters", exact=True).click()
    assert page.locator("#facets").is_visible()


def test_a_card_fits_on_one_sheet_of_paper(visit: Open, registry: Registry) -> None:
    def length(identifier: str) -> int:
        card = registry.problem(identifier).card
        works = [f"{work.title} {work.note}" for work in card.follow_ups]
        return word_count(" ".join([card.summary, *card.first_steps, card.done_when, *works]))

    longest = sorted((problem.id for problem in registry.problems), key=length)[-12:]
    page = visit(f"p/{longest[0]}.html")
    for identifier in longest:
        page.goto(f"{page.url.rpartition('/')[0]}/{identifier}.html")
        assert sheets(page) == 1, identifier


def sheets(page: Any) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4", prefer_css_page_size=True)))


def test_a_printed_list_has_its_rows_and_no_controls(visit: Open) -> None:
    page = visit("index.html#level=beginner&status=open")
    page.emulate_media(media="print")
    assert shown(page)
    for control in ("#filters", ".top", "#same", "button"):
        assert not page.locator(control).first.is_visible(), control
    assert sheets(page) <= 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", KINDS)
def test_axe_finds_nothing_serious(visit: Open, path: str, scheme: str) -> None:
    if not AXE.is_file():
        pytest.skip("needs axe-core: npm install --no-save --prefix .browser axe-core")
    page = visit(path, color_scheme=scheme)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations'], preload: false})")
    told = [
        (one["impact"], one["id"], [node["html"][:120] for node in one["nodes"][:3]])
        for one in found["violations"]
        if one["impact"] in {"serious", "critical", "moderate"}
    ]
    assert not told


# at ease, and safe


def test_it_can_be_used_within_a_second(visit: Open) -> None:
    taken = []
    for _ in range(5):
        page = visit()
        taken.append(page.evaluate("performance.getEntriesByName('ready')[0].startTime"))
    assert min(taken) <= SOON, taken


def test_a_site_works_the_same_from_a_host(visit: Open, folder: Path) -> None:
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            page = visit("index.html#level=expert", root=f"http://127.0.0.1:{server.server_port}")
            assert len(shown(page)) > 1
            page.locator("#problems tbody tr:not(.group):not([hidden]) a").first.click()
            page.locator("nav.around a[rel=next]").click()
            assert page.locator("h1").is_visible()
        finally:
            server.shutdown()


def test_the_policy_lets_no_script_run_that_is_not_a_file_of_the_site(
    browser: Any, folder: Path, tmp_path: Path
) -> None:
    text = (folder / "p" / "2.17.html").read_text(encoding="utf-8")
    slipped_in = "<script>document.title = 'hit'</script><h1 onclick=\"document.title = 'hit'\""
    (tmp_path / "page.html").write_text(text.replace("<h1", slipped_in), encoding="utf-8")
    page = browser.new_page()
    page.goto((tmp_path / "page.html").as_uri())
    page.locator("h1").click()
    assert page.title().startswith("2.17")
    with pytest.raises(Exception, match="Trusted"):
        page.evaluate("document.body.innerHTML = '<b>x</b>'")
    page.close()


@pytest.mark.parametrize(
    "text", ["<img src=x onerror=alert(1)>", "</script><script>alert(1)//", "\"'><svg onload=alert(1)>", "{{7*7}}`x`"]
)
def test_a_hostile_registry_does_nothing(visit: Open, tmp_path: Path, text: str) -> None:
    write_registry(tmp_path, text)
    write_site(load(tmp_path, only=True), tmp_path / "site")
    for path in ("index.html", "p/2.1.html", "category/circuits.html", "categories.html", "skill/probing.html"):
        page = visit(path, root=(tmp_path / "site").as_uri())
        assert page.locator("img, svg, script:not([src])").count() == 0
        assert "49" not in page.locator("main").inner_text()
    page = visit("index.html", root=(tmp_path / "site").as_uri())
    page.get_by_label("Find words").fill("word")
    assert shown(page) == ["2.1", "2.2"]


def write_site(registry: Registry, folder: Path, marks: Mapping[str, Mark] = {}, ids: Sequence[str] = ()) -> None:
    problems = tuple(map(registry.problem, ids)) or registry.problems
    catalogue = Catalogue(registry, problems, marks=marks)
    write(pages(catalogue, planned(catalogue)), folder)


def test_a_selection_names_no_command_that_would_list_more(visit: Open, registry: Registry, tmp_path: Path) -> None:
    write_site(registry, tmp_path, ids=("2.17", "2.18", "10.4"))
    page = visit("index.html#status=active", root=tmp_path.as_uri())
    assert "of 3 problems" in page.locator("#count").inner_text()
    assert not page.locator("#command").is_visible()


def test_ones_own_marks_can_be_filtered_by(visit: Open, registry: Registry, tmp_path: Path) -> None:
    marks = {"2.17": Mark("2.17", "saved"), "2.18": Mark("2.18", "done")}
    write_site(registry, tmp_path, marks, ("2.17", "2.18", "2.20"))
    page = visit(root=tmp_path.as_uri())
    heard(page, option(page, "Yours", "saved").click)
    assert shown(page) == ["2.17"]
