"""Pages of the catalogue from the terminal: where they go, how far it is, and the web browser."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from mi_problems.cache import folder_of
from mi_problems.errors import MipError, why_failed
from mi_problems.site.catalogue import Catalogue
from mi_problems.site.pages import ASSETS, Page, pages, planned
from mi_problems.site.write import write
from mi_problems.terminal.render.links import opened_page
from mi_problems.terminal.render.screen import Screen
from mi_problems.terminal.session import Session
from mi_problems.terminal.started import printed

_EVERY = 25
_CLEAR = "\r\x1b[K"


def publish(session: Session, catalogue: Catalogue, folder: Path) -> None:
    """Writes a site into the folder; the path of its index is the result. MipError where it cannot be written."""
    _write(session, catalogue, folder, 0o777)
    session.out.write(f"{printed(session, folder / 'index.html')}\n")


def browse(session: Session, catalogue: Catalogue) -> None:
    """Writes the pages into the cache, for the user alone, and opens them in the web browser at a terminal."""
    try:
        folder = folder_of("site")
    except (OSError, ValueError, RuntimeError) as error:
        raise MipError(f"no cache to write pages into: {why_failed(error)}", "name a folder with --out") from None
    _write(session, catalogue, folder, 0o700)
    session.out.write(f"{folder / 'index.html'}\n")
    if session.out.terminal:
        taken = opened_page(folder / "index.html")
        session.note("opened in the web browser" if taken else "mip: no web browser here; open that file in one")


def _write(session: Session, catalogue: Catalogue, folder: Path, mode: int) -> None:
    plan = planned(catalogue)
    whole = len(plan) + len(ASSETS) + 1
    quiet = session.err._replace(terminal=session.err.terminal and not session.quiet)
    write(counted(pages(catalogue, plan), whole, quiet), folder, mode)


def counted(made: Iterable[Page], whole: int, screen: Screen) -> Iterator[Page]:
    """The same pages; meanwhile a terminal says how many of all are written, on a line that goes at the end.

    A terminal that knows no such line (`TERM=dumb`, which has no colour either) is told once.
    """
    live = screen.terminal and screen.color
    if screen.terminal and not live:
        screen.write(f"writing {whole} pages\n")
    for number, page in enumerate(made):
        if live and number % _EVERY == 0:
            screen.write(f"{_CLEAR}writing pages: {number} of {whole}")
        yield page
    if live:
        screen.write(_CLEAR)
