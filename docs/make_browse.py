"""Makes docs/browse.png, the picture of `mip browse` in the README: python docs/make_browse.py

Needs Chromium and playwright, as the tests of the pages do.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from mi_problems import load
from mi_problems.site.catalogue import Catalogue
from mi_problems.site.pages import pages, planned
from mi_problems.site.write import write

PICTURE = Path(__file__).parent / "browse.png"
VIEW = "level=beginner&compute=laptop"


def main() -> None:
    registry = load()
    catalogue = Catalogue(registry, registry.problems)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        write(pages(catalogue, planned(catalogue)), Path(folder) / "site")
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1240, "height": 860}, color_scheme="light")
        page.goto(f"{(Path(folder) / 'site').as_uri()}/index.html#{VIEW}")
        page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    main()
