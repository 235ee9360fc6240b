"""Hyperlinks on terminals (OSC 8): which take them, what they may point at, text without them; and the web browser."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from mi_problems.escapes import web_address
from mi_problems.terminal.render.cells import LINK
from mi_problems.terminal.render.screen import Screen, forced, number

_ADDRESS = re.compile(r"https?://[!-.0-~][!-~]*", re.IGNORECASE)
_FIRST_VTE = 5001  # 0.50.0 crashed on them
_PROGRAMS = {"iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "Tabby", "rio", "zed"}
_TERMS = ("xterm-kitty", "xterm-ghostty", "alacritty", "foot", "wezterm", "contour")
_OTHERS = ("WT_SESSION", "KONSOLE_VERSION", "DOMTERM")


def takes_links(screen: Screen, environment: Mapping[str, str]) -> bool:
    """Whether to write hyperlinks: in colour on a terminal that is known for them, or as FORCE_HYPERLINK says."""
    if not (screen.terminal and screen.color):
        return False
    if environment.get("FORCE_HYPERLINK"):
        return forced("FORCE_HYPERLINK", environment)
    term = environment.get("TERM", "")
    if term == "dumb" or term.startswith(("screen", "tmux")):
        return False
    return (
        number(environment.get("VTE_VERSION", "")) >= _FIRST_VTE
        or environment.get("TERM_PROGRAM") in _PROGRAMS
        or term.startswith(_TERMS)
        or any(environment.get(name) for name in _OTHERS)
    )


def target(address: str) -> str:
    """The address if a link may point at it: http or https, printable ASCII without spaces; else nothing."""
    return address if _ADDRESS.fullmatch(address) else ""


def unlinked(text: str) -> str:
    """The text without its hyperlinks; the words that carried them stay."""
    return re.sub(LINK, "", text)


def opened(address: str) -> bool:
    """Whether the user's web browser took the address, which it is given only if it is one of the web."""
    plain = web_address(address)
    return bool(plain) and _browser_takes(plain)


def opened_page(page: Path) -> bool:
    """Whether the user's web browser took a page of our own on this machine."""
    return _browser_takes(page.absolute().as_uri())


def _browser_takes(address: str) -> bool:
    import webbrowser

    try:
        return webbrowser.open(address)
    except (webbrowser.Error, OSError):
        return False
