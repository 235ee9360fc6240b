"""Which pages a site has, each with its address and what it is made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from mi_problems.records.problem import Problem
from mi_problems.registry.bundle import data_text
from mi_problems.site import facets, html
from mi_problems.site.catalogue import Catalogue

ASSETS = ("style.css", "script.js", "icon.svg")


class Page(NamedTuple):
    """A file of a site: its path within it, and its text."""

    path: str
    text: str


class Planned(NamedTuple):
    """A page that is still to be made: its path, its template, and what it shows."""

    path: str
    template: str
    values: dict[str, Any]

    @property
    def root(self) -> str:
        """The way from this page to the folder of the site."""
        return "../" * self.path.count("/")


def planned(catalogue: Catalogue) -> list[Planned]:
    """Every page, the index first."""
    found = [Planned("index.html", "index.html", {})]
    found += [Planned(f"p/{one.id}.html", "problem.html", {"problem": one}) for one in catalogue.problems]
    found += _beside("category", "categories", [(one.slug, one, those) for one, those in catalogue.categories])
    found += _beside("source", "sources", [(one.slug, one, those) for one, those in catalogue.sources])
    found += _beside("skill", "skills", [(one.id, one, those) for one, those in catalogue.skills])
    return found


def _beside(kind: str, whole: str, rows: list[tuple[str, Any, list[Problem]]]) -> Iterator[Planned]:
    """A page that names them all, and one for each."""
    yield Planned(f"{whole}.html", f"{whole}.html", {})
    for name, one, problems in rows:
        yield Planned(f"{kind}/{name}.html", f"{kind}.html", {"one": one, "problems": problems})


def pages(catalogue: Catalogue, plan: list[Planned]) -> Iterator[Page]:
    """The files of the site, made one by one: those that pages load, then the pages."""
    for name in ASSETS:
        yield Page(f"assets/{name}", data_text(f"site/assets/{name}"))
    yield Page("assets/data.js", facets.script_data(catalogue))
    for page in plan:
        text = html.render(page.template, catalogue=catalogue, path=page.path, root=page.root, **page.values)
        yield Page(page.path, text)
