"""The web browser: given addresses of the web alone, and where there is none the address is printed."""

from __future__ import annotations

import sys
import webbrowser
from pathlib import Path

import pytest

from mi_problems.terminal.render.links import opened
from tests.pseudo_terminal import mip_seen


@pytest.fixture
def given_(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that the browser was given."""
    found: list[str] = []

    def take(url: str) -> bool:
        found.append(url)
        return True

    monkeypatch.setattr(webbrowser, "open", take)
    return found


@pytest.mark.parametrize(
    ("address", "plain"),
    [
        ("https://a.example/x?y=1&z=%20#s", "https://a.example/x?y=1&z=%20#s"),
        ("HTTP://a.example", "HTTP://a.example"),
        ("https://a.example/\u00e9", "https://a.example/%C3%A9"),
    ],
)
def test_an_address_of_the_web_is_opened(given_: list[str], address: str, plain: str) -> None:
    assert opened(address)
    assert given_ == [plain]


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "-flag", "", "ftp://a.example", " https:x"],
)
def test_what_is_none_never_reaches_the_browser(given_: list[str], address: str) -> None:
    assert not opened(address)
    assert given_ == []


@pytest.mark.parametrize("error", [webbrowser.Error("none"), OSError("gone")])
def test_a_browser_that_fails_is_none(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail(url: str) -> bool:
        raise error

    monkeypatch.setattr(webbrowser, "open", fail)
    assert not opened("https://a.example")


def browser(folder: Path, code: int) -> str:
    """A browser that writes down what it is given, and ends so."""
    script = folder / "browser.py"
    script.write_text(
        f"import sys\nopen({str(folder / 'given')!r}, 'a').write(sys.argv[1] + '\\n')\nsys.exit({code})\n"
    )
    return f"{sys.executable} {script} %s"


def test_a_terminal_opens_the_browser_and_says_so(tmp_path: Path) -> None:
    code, output = mip_seen("show", "2.17", "1.6", "--web", BROWSER=browser(tmp_path, 0), columns=200)
    given_ = (tmp_path / "given").read_text().splitlines()
    assert (code, len(given_)) == (0, 2)
    assert [line for line in output.splitlines() if line] == [f"opened {url} in the web browser" for url in given_]


def test_without_a_browser_a_terminal_gets_the_address_alone(tmp_path: Path) -> None:
    code, output = mip_seen("show", "2.17", "--work", "1", BROWSER=browser(tmp_path, 1), PATH="/nowhere", columns=200)
    assert code == 0
    assert output.split() == [(tmp_path / "given").read_text().strip()]
