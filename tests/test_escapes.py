"""Text of others is text in every format that it is written in, and a reader of the format gets it unchanged."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections.abc import Callable

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pybtex.database import parse_string

from mi_problems.clean import clean
from mi_problems.escapes import (
    bibtex,
    bibtex_names,
    bibtex_verbatim,
    docstring,
    json_document,
    markdown,
    markdown_cell,
    markdown_link,
    one_line,
    toml_string,
)
from tests.hostile import BREAKOUTS, MARKDOWN, MODELINES, nasty
from tests.markdown import read_alike, seen

HOSTILE = nasty([*MARKDOWN, *MODELINES, *BREAKOUTS], 60).map(clean).map(one_line)
OBEYED = re.compile(r"(?:^|\s)(?:vi|[Vv]im[<=>]?\d*|ex):|-\*-|local variables:", re.IGNORECASE)
URL = "https://a.example/x?a=1&copy;=2#(y)"
PLACES = {
    "paragraph": "{}\n",
    "sentence": "It is {}.\n",
    "list": "- {}\n- {}\n",
    "numbers": "1. {}\n2. {}\n",
    "heading": "# {}\n",
    "emphasis": "See *{}*: it.\n",
    "second line": "One line\n{}\n",
    "last words": "**x**: {} [read](https://b.example)\n",
}


def printed(latex: str) -> str:
    """What a BibTeX field says in print."""
    signs = {"asciitilde": "~", "asciicircum": "^", "braceleft": "{", "braceright": "}", "backslash": "\\"}
    said = re.sub(r"\\(?:text(\w+)\{\}|([&%$#_]))", lambda match: match[2] or f"\0{signs[match[1]]}", latex)
    return re.sub(r"\0(.)|[{}]", lambda match: match[1] or "", said)


@settings(max_examples=300, deadline=None)
@given(text=HOSTILE, place=st.sampled_from(sorted(PLACES)))
def test_a_reader_of_markdown_finds_the_text_and_nothing_live(text: str, place: str) -> None:
    assume(text)
    frame = PLACES[place]
    found, expected = seen(frame.replace("{}", markdown(text))), seen(frame.replace("{}", "plain"))
    assert found.form == expected.form
    assert [*map(read_alike, found.texts)] == [read_alike(said.replace("plain", text)) for said in expected.texts]


@settings(max_examples=200, deadline=None)
@given(title=HOSTILE)
def test_a_markdown_link_leads_where_it_says_whatever_its_title(title: str) -> None:
    assume(title)
    found = seen(f"- {markdown_link(title, URL)} (2024)")
    assert [part for part in found.form if "link" in part[0]] == [
        ("link_open", "a", "", "https://a.example/x?a=1&copy;=2#%28y%29", ""),
        ("link_close", "a", "", ""),
    ]
    assert read_alike(found.texts[0]) == read_alike(f"{title} (2024)")


@given(text=HOSTILE)
def test_a_cell_of_a_markdown_table_stays_a_cell(text: str) -> None:
    assume(text)
    found = seen(f"| a | b |\n|---|---|\n| {markdown_cell(text)} | end |\n")
    assert found.form == seen("| a | b |\n|---|---|\n| c | end |\n").form
    assert [*map(read_alike, found.texts)] == [*map(read_alike, ("a", "b", text, "end"))]


@pytest.mark.parametrize(
    "text",
    [
        "`hook_pattern` and ``a`b`` stay code",
        "hook_pattern, W_OV and katy_j need no help, nor does 2 * 3, a < b, A -> B, R^2, ~5 or [0, 1].",
        "What is P(third | first two)? 50% of them & more, \\n and C:\\x!",
        "blocks[0] holds it; see (Smith, 2009) at 10:30, re: nothing.",
    ],
)
def test_what_means_nothing_to_markdown_is_left_as_it_is(text: str) -> None:
    assert markdown(text) == text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("[x]: https://e.example 'w'", "\\[x\\]: https\\://e.example 'w'"),
        ("![x](https://e.example/t.png)", "!\\[x\\](https\\://e.example/t.png)"),
        ("x <img src=x onerror=alert(1)>", "x \\<img src=x onerror=alert(1)>"),
        ("www.e.example", "www\\.e.example"),
        ("mailto:a@e", "mailto\\:a@e"),
        ("1. one", "1\\. one"),
        ("`a ``b", "\\`a \\`\\`b"),
        ("C# #", "C# \\#"),
    ],
)
def test_one_backslash_before_each_sign_that_would_be_obeyed(text: str, written: str) -> None:
    assert markdown(text) == written


@given(HOSTILE)
def test_a_docstring_says_the_text(text: str) -> None:
    source = f'"""About: {docstring(text)}\n\nMore.\n"""\n'
    assert ast.get_docstring(ast.parse(source), clean=False) == f"About: {text}\n\nMore.\n"


@given(HOSTILE | st.text())
def test_json_and_toml_hold_the_text(text: str) -> None:
    assert json.loads(json_document({"a": [text]})) == {"a": [text]}
    assert tomllib.loads(f"a = {toml_string(text)}\n") == {"a": text}


@settings(deadline=None)
@given(text=HOSTILE)
def test_a_reader_of_bibtex_finds_the_text(text: str) -> None:
    assume(text)
    fields = f"title = {{{bibtex_verbatim(text)}}},\n note = {{{bibtex(text)}}},\n url = {{https://a.example}},\n"
    database = parse_string(f"@misc{{problem-2.1,\n {fields}}}\n@misc{{other,\n {fields}}}\n", "bibtex")
    assert list(database.entries) == ["problem-2.1", "other"]
    for entry in database.entries.values():
        assert list(entry.fields) == ["title", "note", "url"]
        assert (printed(entry.fields["title"]), printed(entry.fields["note"])) == (text, text)


@settings(deadline=None)
@given(text=HOSTILE | st.lists(st.sampled_from(["Ada", "de", "and", "AND", ",", "others"]), max_size=6).map(" ".join))
def test_a_reader_of_bibtex_is_stopped_by_no_author(text: str) -> None:
    assume(text)
    (entry,) = parse_string(f"@misc{{x, author = {{{bibtex_names(text)}}}}}", "bibtex").entries.values()
    assert entry.persons["author"]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Neel Nanda", ["Nanda, Neel"]),
        ("Ada Byron and Alan Turing", ["Byron, Ada", "Turing, Alan"]),
        ("A, B, C, D, E", ["{A, B, C, D, E}"]),
        ("Nanda, Neel", ["{Nanda, Neel}"]),
        ("and", ["{and}"]),
        ("Ada and", ["{Ada and}"]),
        ("Ada and and Alan", ["{Ada and and Alan}"]),
    ],
)
def test_authors_are_people_where_they_are_joined_by_and(text: str, people: list[str]) -> None:
    (entry,) = parse_string(f"@misc{{x, author = {{{bibtex_names(text)}}}}}", "bibtex").entries.values()
    assert [str(person) for person in entry.persons["author"]] == people


def test_a_title_that_begins_with_a_command_keeps_its_capitals() -> None:
    from pybtex.bibtex.utils import change_case

    assert change_case(bibtex_verbatim("$5 for GPT"), "l") == r"{{}\$5 for GPT}"


@pytest.mark.parametrize("write", [markdown, markdown_cell, docstring, json_document, toml_string, bibtex])
@pytest.mark.parametrize("obeyed", MODELINES)
def test_no_editor_obeys_a_text(write: Callable[[str], str], obeyed: str) -> None:
    for text in (obeyed, f"x {obeyed} y", f"`x {obeyed} y`"):
        assert not OBEYED.search(f" {write(text)}"), write
