"""A real browser for the tests of the pages: Chromium, driven by playwright. Without it they are skipped, with a word.

Whatever a page writes to its console and whatever it asks of the network fails the test that opened it.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from mi_problems.registry.registry import Registry
from mi_problems.site.catalogue import Catalogue
from mi_problems.site.pages import pages, planned
from mi_problems.site.write import write

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
Open = Callable[..., Any]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright: pip install -e '.[browser]'")
    path = next(filter(None, map(shutil.which, _NAMES)), None)
    if path is None:
        pytest.skip("needs Chromium: apt-get install chromium")
    with playwright.sync_playwright() as running:
        started = running.chromium.launch(executable_path=path, args=_FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def folder(registry: Registry, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the bundled problems, on the disk."""
    folder = tmp_path_factory.mktemp("site")
    catalogue = Catalogue(registry, registry.problems)
    write(pages(catalogue, planned(catalogue)), folder)
    return folder


@pytest.fixture
def visit(browser: Any, folder: Path) -> Iterator[Open]:
    """Opens a page of the site (or of another folder, or an address), in a window with these settings."""
    contexts: list[Any] = []
    amiss: list[str] = []

    def asked(address: str, root: str) -> None:
        if not address.startswith(root):
            amiss.append(f"request: {address}")

    def answered(status: int, address: str) -> None:
        if status >= 400:
            amiss.append(f"{status}: {address}")

    def opened(path: str = "index.html", root: str = folder.as_uri(), **settings: Any) -> Any:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **settings})
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: amiss.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: amiss.append(f"error: {error}"))
        page.on("dialog", lambda dialog: amiss.append(f"dialog: {dialog.message}"))
        page.on("request", lambda request: asked(request.url, root))
        page.on("response", lambda response: answered(response.status, response.url))
        page.goto(f"{root}/{path}")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not amiss
