"""Text that others wrote, put into a file so that a reader of its format finds text there, and just that text.

By format, not by what a text looks like. What editors obey (modelines) is broken up in each, where the format has a
second way to write a sign.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

# Vim, vi and Kate read options behind these words in the first and last lines of a file, Emacs in the last ones.
_EDITORS = r"(?i:(?<!\S)(?:vim[<=>]?\d*|vi|ex|kate)|local[ ]variables)(?=:)"
_MODELINE = re.compile(rf"(?P<kept>{_EDITORS}|-(?=\*-))(?P<sign>[:*])")

_PUNCTUATION = re.compile(r"[!-/:-@[-`{-~]")
# Of the signs of Markdown those that would mean something where they stand. It is put together here, since `re` takes
# twice as long over a pattern with comments.
_SIGNS = "|".join(
    (
        r"\\(?=[!-/:-@[-`{-~]|$)",  # a backslash that would take the next sign's meaning
        r"[`$]",  # code without an end, formulas
        r"^\[|\[(?=[\[^])|(?<=!)\[|](?=[\[({:]|$)",  # links, images, footnotes, boxes to tick, definitions
        r"\*(?!(?<= \*) )",  # emphasis: not a star between blanks,
        r"(?<!\w)_+|_++(?![^\W_])",  # not what stands within a word,
        r"~(?!(?<= ~)\w)",  # not "about": nothing is struck out without an end
        r"<(?=/?[A-Za-z]|[!?]|[^\s<>]*@\w|$)",  # HTML and addresses in angle brackets
        r"&(?=#?\w{1,40};)",  # entities
        r":(?=//)|(?i:(?<=mailto)|(?<=xmpp)):",  # what GitHub makes a link unasked
        r"(?<=[wW]{3})\.|(?<=[\w.+-])@(?=[\w-]+\.\w)",
        r"^(?:[#>]|[-+=](?=[-+= ]|$))",  # headings, quotations, lists, rules, underlines
        r"(?<= )#(?=#*$)",  # the end of a heading
    )
)
_IN_TEXT = re.compile(
    r"(?=[!-/:-@[-`{-~\d]|(?i:[vekl]))(?:"  # with what any of these begins: most signs are none of it
    r"(?P<code>(?<!`)(?P<ticks>``?)(?!`).+?(?<!`)(?P=ticks)(?!`))"
    rf"|(?P<kept>^\d{{1,9}}(?=[.)](?: |$))|{_EDITORS})(?P<sign>[.):])"
    rf"|(?P<signs>{_SIGNS})"
    r"|(?P<bracket>[][]))"  # which ends or nests a link, and else is text
)

_LATEX = {c: f"\\{c}" for c in "&%$#_"} | {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    "{": r"\textbraceleft{}", "}": r"\textbraceright{}",  # BibTeX counts braces behind a backslash, too
}  # fmt: skip

_LONGEST_NAME = 3  # words


def one_line(text: str) -> str:
    """The text with every run of white space as one blank: in most formats a new line means something."""
    return " ".join(text.split())


def _without_modelines(text: str, write: Callable[[str], str]) -> str:
    """The text with one sign of every modeline written in another way."""
    return _MODELINE.sub(lambda match: match["kept"] + write(match["sign"]), text)


def _in_markdown(match: re.Match[str]) -> str:
    if match["bracket"]:
        return match["bracket"]
    code = match["code"]
    if not code:
        return (match["kept"] or "") + _PUNCTUATION.sub(r"\\\g<0>", match["sign"] or match["signs"])
    # Nothing can be escaped in code: what an editor would obey there becomes text.
    return _PUNCTUATION.sub(r"\\\g<0>", code) if _MODELINE.search(code) else code


def _in_link(match: re.Match[str]) -> str:
    return f"\\{match['bracket']}" if match["bracket"] else _in_markdown(match)


def markdown(text: str) -> str:
    """A paragraph, a heading, or a part of one; what stands in backticks stays code."""
    return _IN_TEXT.sub(_in_markdown, one_line(text))


def markdown_cell(text: str) -> str:
    """A cell of a table, where a bar ends the cell even in code."""
    return markdown(text).replace("|", "\\|")


def markdown_link(title: str, url: str) -> str:
    """A link to an http address without blanks and angle brackets, whatever its title."""
    shown = _IN_TEXT.sub(_in_link, one_line(title))
    address = re.sub(r"&(?=#?\w+;)", "&amp;", url)
    return f"[{shown}]({address.replace('(', '%28').replace(')', '%29')})"


def web_address(url: str | None) -> str:
    """The address in printable ASCII if it is one of the web, http or https, else nothing: what a link may lead to."""
    from urllib.parse import quote

    plain = quote(url or "", safe="!#$%&'()*+,/:;=?@[]~")
    return plain if re.fullmatch(r"https?://[!-.0-~][!-~]*", plain, re.IGNORECASE) else ""


def docstring(text: str) -> str:
    """A part of a Python string between three double quotes that is not its end."""
    quoted = re.sub(r'"(?="")', r"\"", one_line(text).replace("\\", "\\\\"))
    return _without_modelines(quoted, lambda sign: f"\\x{ord(sign):02x}")


def json_document(value: Any) -> str:
    """Plain data as the JSON of a file."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    return _without_modelines(text, lambda sign: f"\\u{ord(sign):04x}") + "\n"


def toml_string(text: str) -> str:
    """A string of TOML, which unlike one of JSON may hold no DEL."""
    quoted = json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
    return _without_modelines(quoted, lambda sign: f"\\u{ord(sign):04x}")


def bibtex(text: str) -> str:
    """The value of a BibTeX field, as LaTeX prints it; braces always balance."""
    latex = "".join(_LATEX.get(char, char) for char in one_line(text))
    return _without_modelines(latex, lambda sign: f"{{{sign}}}")


def bibtex_verbatim(text: str) -> str:
    """The value of a BibTeX field in letters that no style may change; a command at its very beginning would let it."""
    latex = bibtex(text)
    return f"{{{'{}' if latex.startswith(chr(92)) else ''}{latex}}}"


def bibtex_names(text: str) -> str:
    """Authors: first name first, joined by `and`; anything else is one name, which no reader takes apart.

    More than three words, or a last one without a capital, are an institute or a team.
    """
    parts = re.split(r"(?<=\s)and(?=\s)", f" {one_line(text)} ", flags=re.IGNORECASE)
    names = "," not in text and all(_is_person(part.split()) for part in parts)
    return bibtex(text) if names or not text else bibtex_verbatim(text)


def _is_person(words: list[str]) -> bool:
    return words == ["others"] or (0 < len(words) <= _LONGEST_NAME and not words[-1][0].islower())
