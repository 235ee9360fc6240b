"""Draws what a terminal shows after a command, for the top of the README: python docs/make_picture.py"""

from __future__ import annotations

import html
import re
import shlex
import sys
from io import StringIO
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.text import Text

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.pseudo_terminal import mip_seen

PICTURE = Path(__file__).parent / "pick.svg"
COMMAND = "mip pick --level beginner --interest 'sparse autoencoders' -n 2 --seed 1"
WIDTH = 84
FONTS = re.compile(r"@font-face \{\{.*?\}\}\n", re.DOTALL)  # drawn with the reader's own monospace font


def terminal(raw: bool) -> str:
    """The command at its prompt and what it prints; with colours if `raw`."""
    _, printed = mip_seen(*shlex.split(COMMAND)[1:], columns=WIDTH, raw=raw)
    return f"$ {COMMAND}\n{printed}"


def picture() -> str:
    """The terminal as SVG."""
    console = Console(record=True, width=WIDTH, file=StringIO(), force_terminal=True, color_system="truecolor")
    console.print(Text.from_ansi(terminal(raw=True)), soft_wrap=True)
    text = console.export_svg(title="mip", code_format=FONTS.sub("", CONSOLE_SVG_FORMAT), unique_id="mip")
    return "\n".join(line.rstrip() for line in text.splitlines()) + "\n"


def letters(text: str) -> str:
    """The text without its spaces, which a picture makes by its coordinates."""
    return "".join(text.split())


def text_of(svg: str) -> str:
    """All text in such a picture, line by line."""
    lines: dict[str, str] = {}
    for row, text in re.findall(r'<text class="mip-r\d+" .*?clip-path="url\(#mip-line-(\d+)\)">(.*?)</text>', svg):
        lines[row] = lines.get(row, "") + html.unescape(text)
    return "\n".join(lines.values())


if __name__ == "__main__":
    PICTURE.write_text(picture(), encoding="utf-8")
