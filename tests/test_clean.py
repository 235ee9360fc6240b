"""No text drives a terminal: whatever a registry, an argument or a file name holds, in every command and every form."""

from __future__ import annotations

import io
import json
import random
import re
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import typer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mi_problems.clean import clean, cleaned, json_text
from mi_problems.cli import VERBS
from mi_problems.commands import (
    categories,
    check,
    compare,
    init,
    mark,
    mine,
    pick,
    search,
    show,
    skills,
    sources,
)
from mi_problems.commands import list as listing
from mi_problems.terminal.render.screen import Screen
from mi_problems.terminal.session import Session
from tests.conftest import GOOD_FILE, Mip
from tests.hostile import ESCAPES, nasty, write_registry
from tests.pseudo_terminal import ANSI

HARMFUL = {"Cc", "Cf", "Cs", "Zl", "Zp"}
RUNS: dict[str, Callable[[Any, bool], None]] = {
    "list": lambda ctx, as_json: listing.run(ctx, as_json=as_json),
    "show": lambda ctx, as_json: show.run(ctx, ["2.1", "2.2"], as_json=as_json),
    "search": lambda ctx, as_json: search.run(ctx, ["word"], as_json=as_json),
    "pick": lambda ctx, as_json: pick.run(ctx, level=["B"], interest=["word"], seed=1, as_json=as_json),
    "mark": lambda ctx, as_json: mark.run(ctx, ["2.1", "saved"], as_json=as_json),
    "mine": lambda ctx, as_json: mine.run(ctx, as_json=as_json),
    "categories": lambda ctx, as_json: categories.run(ctx, as_json=as_json),
    "category": lambda ctx, as_json: categories.run(ctx, "circuits", as_json=as_json),
    "compare": lambda ctx, as_json: compare.run(ctx, ["2.1", "2.2"], as_json=as_json),
    "sources": lambda ctx, as_json: sources.run(ctx, as_json=as_json),
    "skills": lambda ctx, as_json: skills.run(ctx, as_json=as_json),
    "skill": lambda ctx, as_json: skills.run(ctx, "activation-patching", as_json=as_json),
    "csv": lambda ctx, as_json: listing.run(ctx, format_="json" if as_json else "csv"),
    "md": lambda ctx, as_json: listing.run(ctx, format_="json" if as_json else "md"),
    "check": lambda ctx, as_json: check.run(ctx, as_json=as_json),
    "init": lambda ctx, as_json: init.run(
        ctx, "2.1", name="x", author="", license_="none", vcs="none", dry_run=True, as_json=as_json
    ),
}
FORMS = {
    "pipe": (False, False, 80, True),
    "ASCII pipe": (False, False, 80, False),
    "terminal": (True, False, 80, True),
    "wide terminal": (True, False, 120, True),
    "narrow terminal": (True, False, 40, True),
    "colours": (True, True, 80, True),
}


JOINERS = "\u180e\u200c\u200d"
READ = re.compile("[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd]")  # signs of numbers and verses
LATIN = ("LATIN", "GREEK", "CYRILLIC")


def shaping(text: str, place: int) -> bool:
    """Whether the joiner there has company that may need it: a letter of another script, or a picture, beside it."""
    beside = text[max(0, place - 1) : place] + text[place + 1 : place + 2]
    return any(
        not char.isascii() and char not in JOINERS and not unicodedata.name(char, "LATIN").startswith(LATIN)
        for char in beside
    )


def harmful(text: str) -> list[str]:
    """The characters that drive a terminal, reorder text or hide in it."""
    return [
        char
        for place, char in enumerate(text)
        if char not in "\n\t"
        and unicodedata.category(char) in HARMFUL
        and not READ.match(char)
        and not (char in JOINERS and shaping(text, place))
    ]


def outputs(data: Path, verb: str, as_json: bool) -> Iterator[tuple[str, str, str]]:
    """Each form with what the command prints in it, on both streams."""
    for form, (terminal, color, width, utf8) in FORMS.items():
        streams = [io.TextIOWrapper(io.BytesIO(), "utf-8" if utf8 else "ascii", newline="") for _ in range(2)]
        out, err = (Screen(stream, terminal, color, width, utf8) for stream in streams)
        with suppress(typer.Exit):
            RUNS[verb](SimpleNamespace(obj=Session((data,), out, err, False, paging=False, only=True)), as_json)
        written = [stream.buffer.getvalue().decode() for stream in streams]
        yield form, written[0], written[1]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("registry")


@pytest.mark.parametrize("verb", RUNS)
@settings(max_examples=6, deadline=None, suppress_health_check=[*HealthCheck])
@given(text=nasty(ESCAPES, 30))
def test_no_field_of_a_registry_reaches_a_terminal_or_a_pipe_unclean(folder: Path, verb: str, text: str) -> None:
    write_registry(folder, text)
    plain = {}
    for form, out, err in outputs(folder, verb, as_json=False):
        shown = out.replace("\r\n", "\n") if verb == "csv" else out  # as its lines end
        plain[form] = ANSI.sub("", shown) if form == "colours" else shown
        assert harmful(plain[form]) == [], form
        assert harmful(ANSI.sub("", err)) == [], form
    assert plain["colours"].split() == plain["terminal"].split()
    if verb in {"list", "search", "pick"}:
        assert plain["pipe"]
        assert [line.count("\t") for line in plain["pipe"].split("\n")[:-1]] == [4] * plain["pipe"].count("\n")


@pytest.mark.parametrize("verb", RUNS)
@settings(max_examples=4, deadline=None, suppress_health_check=[*HealthCheck])
@given(text=nasty(ESCAPES, 30))
def test_json_escapes_what_it_keeps(folder: Path, verb: str, text: str) -> None:
    write_registry(folder, text)
    documents = []
    for form, out, _ in outputs(folder, verb, as_json=True):
        assert harmful(out) == [], form
        documents.append(json.loads(out))
    assert all(document == documents[0] for document in documents)
    if verb in {"list", "show"}:
        assert documents[0][0]["title"] == f"t{text}".strip()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
@settings(max_examples=4, deadline=None, suppress_health_check=[*HealthCheck])
@given(text=nasty(ESCAPES, 30))
def test_what_tab_offers_is_clean(mip: Mip, folder: Path, shell: str, text: str) -> None:
    write_registry(folder, text)
    for wanted in ("show", "list -c", "list -t"):
        line = f"mip --only --data {folder} {wanted} "
        asked = {"_MIP_COMPLETE": f"complete_{shell}", "_TYPER_COMPLETE_ARGS": line, "COMP_WORDS": line}
        with pytest.MonkeyPatch.context() as patch:
            for name, value in {**asked, "COMP_CWORD": str(len(line.split()))}.items():
                patch.setenv(name, value)
            done = mip()
        assert done.out
        assert (done.code, done.err, harmful(done.out)) == (0, "", [])
        assert shell != "fish" or all(row.count("\t") == 1 for row in done.out.split("\n")[:-1])


@settings(max_examples=30, deadline=None, suppress_health_check=[*HealthCheck])
@given(text=nasty(ESCAPES, 60), seed=st.integers(0, 999))
def test_no_argument_reaches_a_terminal_unclean(mip: Mip, text: str, seed: int) -> None:
    text = text.replace("\0", "")  # which no argument holds
    commands = [
        [text], ["show", text], ["search", text], ["list", "-c", text], ["list", "-l", text], ["list", f"--{text}"],
        ["list", "-d", text], ["list", "--sort", text], ["list", "-n", text], ["list", text], ["pick", "-l", text],
        ["pick", "-l", "A", "--not", text], ["init", text], ["init", "2.17", text, "--dry-run"], ["categories", text],
        ["init", "2.17", "--dry-run", "--name", text], ["init", "2.17", "--dry-run", "--author", text],
        ["--only", "check", text],
        ["--only", "--data", text, "list"], ["--color", text, "list"], ["--color", "always", "show", text],
        ["--only", "check", text, "--json"], ["init", "2.17", "--license", text, "--dry-run"], ["list", "-t", text],
    ]  # fmt: skip
    for command in random.Random(seed).sample(commands, 6):
        done = mip(*command)
        assert harmful(done.out + ANSI.sub("", done.err)) == [], command
        assert done.code == 0 or (done.err.count("\n"), done.out) == (1, ""), command


@pytest.mark.parametrize("piece", [piece for piece in ESCAPES if piece.strip("\x00")])
def test_no_file_name_reaches_a_terminal_unclean(mip: Mip, tmp_path: Path, piece: str) -> None:
    folder = tmp_path / f"d{piece}d"
    folder.mkdir(parents=True)
    empty = mip("--only", "check", str(folder))
    file = folder / f"f{piece}f.yaml".replace("/", "")
    file.write_text(GOOD_FILE.replace("difficulty: A", "difficulty: E", 1))
    for done in (
        empty,
        mip("--only", "check", str(folder)),
        mip("--only", "check", str(folder), "--json"),
        mip("--only", "--data", str(folder), "list"),
        mip("--only", "check", str(file)),
        mip("--only", "check", str(folder / "absent")),
    ):
        assert (done.code, harmful(done.out + done.err)) == (1, [])
        assert done.err.count("\n") <= 2  # the count, and where the format stands


def test_a_file_name_that_is_no_text_is_shown_all_the_same(program: Mip, tmp_path: Path) -> None:
    file = tmp_path / "n\udcff.yaml"
    file.write_text(GOOD_FILE.replace("difficulty: A", "difficulty: E", 1))
    done = program("--only", "check", str(file), env={"PYTHONIOENCODING": "utf-8"})
    assert (done.code, len(done.lines)) == (1, 1)
    line = GOOD_FILE.partition("difficulty: A")[0].count("\n") + 1
    assert f"n\ufffd.yaml:{line}:17" in done.out
    assert json.loads(program("--only", "check", str(file), "--json", env={"PYTHONIOENCODING": "utf-8"}).out)["faults"]


@given(st.text())
def test_clean_text_is_harmless_and_stays_so(text: str) -> None:
    once = clean(text)
    assert harmful(once) == []
    assert "\n" not in once
    assert "\t" not in once
    assert clean(once) == once


@pytest.mark.parametrize(
    "text",
    [
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",  # Persian: I want
        "PDF\u200c\u0647\u0627",  # Persian: PDFs
        "\u0647\u200d.\u0634.",  # Persian: years of the Hijri calendar
        "\u0915\u094d\u200d\u0937 \u0915\u094d\u200c\u0937",  # Devanagari: half letters and whole
        "\u09b0\u200d\u09cd\u09af",  # Bengali: ya-phalaa after ra
        "\u0d28\u0d4d\u200d",  # Malayalam: a chillu
        "\u0dc1\u0dca\u200d\u0dbb\u0dd3",  # Sinhala: Sri
        "\u182a\u1820\u1836\u1822\u1828\u180e\u1820",  # Mongolian: a vowel apart
        "\u0600\u0661\u0662 \u06dd\u0661",  # Arabic: a number, the end of a verse
        "\U0001f469\u200d\U0001f4bb \U0001f469\U0001f3fd\u200d\U0001f4bb",  # a woman at a computer
        "\u2764\ufe0f\u200d\U0001f525 \U0001f3f3\ufe0f\u200d\U0001f308 \U0001f642\u200d\u2194\ufe0f",
    ],
)
def test_joiners_stay_where_a_script_is_read_with_them(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("pro\u200cbing", "probing"),
        ("pro\u200dbing", "probing"),
        ("\u200cx\u200d", "x"),
        (
            "\u00e9\u200d\u00e8 \u0444\u200c\u0444 \u03b1\u200d\u03b2 \u4e2d\u200d\u6587",
            "\u00e9\u00e8 \u0444\u0444 \u03b1\u03b2 \u4e2d\u6587",
        ),
        ("1\u200c2 \u200d .", "12  ."),
        ("\u0645\u06cc\u200c\u200c\u200d\u200c\u062e", "\u0645\u06cc\u200c\u062e"),
        ("\u0645\u202e\u200e\u200f\u061c\u2066\u062e", "\u0645\u062e"),
        ("\U0001f469\u200da \U0001f469\u200c\U0001f4bb", "\U0001f469a \U0001f469\U0001f4bb"),
        ("\U0001f3f4\U000e0067\U000e007f", "\U0001f3f4"),
        ("a\u200b\u2060\u00ad\ufeffb", "ab"),
    ],
)
def test_hidden_joiners_and_marks_of_direction_go(text: str, left: str) -> None:
    assert clean(text) == left


@given(
    st.text(
        st.sampled_from("a1 \u0645\u0915\u094d\u4e2d\u200c\u200d\u180e\u200e\u202e\ufe0f\U0001f469\U0001f3fd\u2764"),
        max_size=12,
    )
)
def test_cleaning_twice_is_cleaning_once_and_leaves_what_is_seen(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    hidden = JOINERS + "\u200e\u202e"
    assert [char for char in once if char not in hidden] == [char for char in text if char not in hidden]
    assert harmful(once) == []


def test_a_persian_title_is_the_same_word_in_a_list(program: Mip, tmp_path: Path) -> None:
    title = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
    (tmp_path / "a.yaml").write_text(GOOD_FILE.replace("A card for tests", title, 1), encoding="utf-8")
    data = {"MIP_DATA": str(tmp_path), "PYTHONIOENCODING": "utf-8"}
    assert program("--only", "list", env=data).lines[0].split("\t")[4] == title
    assert json.loads(program("--only", "list", "--json", env=data).out)[0]["title"] == title
    done = program(
        "--only", "init", "2.1", "x", "--author", "\u0639\u0644\u06cc\u200c\u0631\u0636\u0627", env=data, cwd=tmp_path
    )
    assert done.code == 0
    assert f"# {title}\n" in (tmp_path / "x" / "README.md").read_text(encoding="utf-8")


@given(st.text(st.characters(categories=["L", "M", "N", "P", "S"])))
def test_what_can_be_read_is_left_as_it_is(text: str) -> None:
    assert clean(text) == text


_PLAIN = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text()),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(), inner)),
    max_leaves=12,
)


@given(_PLAIN)
def test_json_text_is_printable_and_says_the_same(value: Any) -> None:
    for indent in (None, 2):
        text = json_text(value, indent)
        assert re.sub("\n", "", text).isprintable()
        assert json.loads(text) == json.loads(json.dumps(value))


@given(_PLAIN)
def test_cleaning_leaves_the_form_of_data(value: Any) -> None:
    assert type(cleaned(value)) is type(value)
    assert harmful("".join(map(str, cleaned([text for text in [value] if isinstance(text, str)])))) == []


def test_every_verb_is_tried_here() -> None:
    assert set(VERBS) - {"browse"} <= set(RUNS)  # tests/site tries its pages
