"""Nothing that a registry or a name holds leaves its place in a generated repository: it is text there, never code."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import tomllib
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pybtex.database import parse_string

from mi_problems.clean import clean
from mi_problems.errors import UsageFault
from mi_problems.escapes import one_line
from mi_problems.reading.fields import MODELS
from mi_problems.reading.parse import read_list
from mi_problems.records.terms import STARTERS
from mi_problems.registry import load as registries
from mi_problems.registry.registry import Registry
from mi_problems.scaffold import plan as scaffold
from mi_problems.scaffold import templates
from mi_problems.scaffold.names import checked_author, checked_folder, checked_name, default_name
from mi_problems.scaffold.provenance import Options
from tests.conftest import GOOD_FILE, Mip
from tests.hostile import BREAKOUTS, ESCAPES, MARKDOWN, MODELINES, nasty, quoted, write_registry
from tests.markdown import read_alike, seen
from tests.test_escapes import printed

HOSTILE = nasty([*BREAKOUTS, *ESCAPES], 50)
LIVE = nasty([*MARKDOWN, *MODELINES, *BREAKOUTS], 48).map(clean).map(one_line).filter(bool)
LIVE = LIVE.filter(lambda text: not text.endswith((".", "?")))  # which the question of LOG.md does not repeat
SLOW = settings(max_examples=25, deadline=None, suppress_health_check=[*HealthCheck])
Repository = dict[str, str]
BEGINS = re.compile("#|<[A-Za-z/!?]")  # a heading, or HTML; "< word" is text


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("registry")


def planned(registry: Registry, starter: str, author: str = "") -> Repository:
    problem = registry.problem("2.1")._replace(starter=starter)
    files = scaffold.plan(problem, registry, Options(default_name(problem), author, "mit"))
    return {file.path: file.content for file in files}


def of_card(folder: Path, text: str, starter: str = "ioi") -> tuple[Repository, Registry]:
    """The repository of a card with this text in every field, and its registry."""
    write_registry(folder, text)
    registry = registries.load(folder, only=True)
    return planned(registry, starter), registry


@cache
def peaceful(starter: str, text: str = "plain") -> Repository:
    """The repository of a card without harm."""
    with TemporaryDirectory() as name:
        return of_card(Path(name), text, starter)[0]


def code(source: str) -> str:
    """The syntax tree of a module without its docstring."""
    tree = ast.parse(source)
    assert isinstance(tree.body[0], ast.Expr)
    assert isinstance(tree.body[0].value, ast.Constant)
    return ast.dump(ast.Module(tree.body[1:], []))


def fields(bibtex: str) -> list[dict[str, str]]:
    """The entries of a BibTeX file, read as BibTeX does: up to the brace that balances, behind a backslash or not."""
    entries, at = [], 0
    while match := re.compile(r"\s*@misc\{([^,{}\s]+),\s*").match(bibtex, at):
        entry, at = {"key": match[1]}, match.end()
        while found := re.compile(r"([a-z]+) = \{").match(bibtex, at):
            depth, start = 1, found.end()
            at = start
            while depth:
                depth += {"{": 1, "}": -1}.get(bibtex[at], 0)
                at += 1
            entry[found[1]] = bibtex[start : at - 1]
            assert bibtex.startswith(",\n", at)
            at = re.compile(r",\s*").match(bibtex, at).end()  # type: ignore[union-attr]
        assert bibtex[at] == "}"
        at += 1
        entries.append(entry)
    assert not bibtex[at:].strip()
    return entries


def skeleton(markdown: str) -> list[str]:
    """The headings and fences of a text, what stands in fences, and how each line begins."""
    lines, fenced = [], False
    for line in markdown.splitlines():
        fence = line.lstrip().startswith(("```", "~~~"))
        lines.append(line if fenced or fence else line[:2] if BEGINS.match(line) else "text" if line else "")
        fenced ^= fence
    assert not fenced
    return lines


@SLOW
@given(text=HOSTILE, starter=st.sampled_from(STARTERS))
def test_python_is_that_of_any_other_card_but_for_its_docstring(folder: Path, text: str, starter: str) -> None:
    files, registry = of_card(folder, text, starter)
    for path in (path for path in files if path.endswith(".py")):
        assert code(files[path]) == code(peaceful(starter)[path])
    said = ast.get_docstring(ast.parse(files["experiment.py"]), clean=False) or ""
    assert said.partition("\n")[0] == f"Problem 2.1: {one_line(registry.problem('2.1').title)}"


@SLOW
@given(text=HOSTILE, author=HOSTILE)
def test_toml_and_json_hold_the_text_as_data(folder: Path, text: str, author: str) -> None:
    try:
        author = checked_author(author)
    except UsageFault:
        author = "Ada"
    _, registry = of_card(folder, text)
    files = planned(registry, "ioi", author)
    project, title = tomllib.loads(files["pyproject.toml"]), registry.problem("2.1").title
    assert project["project"]["description"] == f"2.1: {title}"
    assert [person["name"] for person in project["project"].get("authors", [])] == [author] * bool(author)
    assert set(project) == {"build-system", "project", "tool"}
    assert project["tool"]["setuptools"] == {"py-modules": ["experiment", "lab", "figures", "tinylens"]}
    record = json.loads(files["mip.json"])
    assert (record["title"], record["options"]["author"]) == (title, author)
    assert files["LICENSE"].splitlines()[2] == f"Copyright (c) {author or 'the authors'}"


@SLOW
@given(text=HOSTILE)
def test_bibtex_holds_the_text_as_data(folder: Path, text: str) -> None:
    files, registry = of_card(folder, text)
    post, *works = fields(files["references.bib"])
    assert printed(post["title"]) == one_line(registry.categories[0].post or "")
    assert printed(post["author"]) == one_line(registry.collection.author)
    expected = registry.problem("2.1").card.follow_ups
    assert [printed(work["title"]) for work in works] == [one_line(work.title) for work in expected]
    assert [printed(work["annote"]) for work in works] == [
        one_line(f"{work.relation}: {work.note}") for work in expected
    ]


@SLOW
@given(text=HOSTILE)
def test_markdown_keeps_its_headings_and_the_commands_it_tells(folder: Path, text: str) -> None:
    files, _ = of_card(folder, text)
    for path in ("README.md", "LOG.md"):
        assert skeleton(files[path]) == skeleton(peaceful("ioi")[path])


@SLOW
@given(text=LIVE)
def test_markdown_does_what_that_of_any_other_card_does_and_says_the_text(folder: Path, text: str) -> None:
    files, _ = of_card(folder, text)
    for path in ("README.md", "LOG.md"):
        found, expected = seen(files[path]), seen(peaceful("ioi", "PLACE")[path])
        assert found.form == expected.form
        said = [words.replace("PLACE", text) for words in expected.texts]
        assert [*map(read_alike, found.texts)] == [*map(read_alike, said)]


@SLOW
@given(text=LIVE)
def test_readers_of_bibtex_find_every_entry_and_every_text(folder: Path, text: str) -> None:
    files, registry = of_card(folder, text)
    entries = parse_string(files["references.bib"], "bibtex").entries
    post, *works = entries.values()
    assert post.persons["author"]
    assert list(entries) == ["problem-2.1", "problem-2.1-follow-up-1", "problem-2.1-follow-up-2"]
    assert printed(post.fields["title"]) == registry.categories[0].post
    assert [printed(work.fields["title"]) for work in works] == [
        work.title for work in registry.problem("2.1").card.follow_ups
    ]


@pytest.mark.skipif(shutil.which("vim") is None, reason="needs vim")
def test_no_file_tells_an_editor_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "registry").mkdir()
    script = "set modeline modelines=999 ts=8 | try | e! %s | catch | endtry | call writefile([&ts], '%s', 'a')"
    for text in ("x vim: set ts=77:", "x ex: set ts=77:", "x vi:ts=77", "vim: set ts=77:", "`x vim: ts=77`"):
        files, _ = of_card(tmp_path / "registry", text)
        for path, content in files.items():
            (tmp_path / path).write_text(content, encoding="utf-8")
            order = script % (path, tmp_path / "ts")
            subprocess.run(
                ["vim", "-u", "NONE", "-N", "-es", "-c", order, "-c", "qa!"],
                cwd=tmp_path, check=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            )  # fmt: skip
    assert set((tmp_path / "ts").read_text().split()) == {"8"}


@SLOW
@given(text=HOSTILE)
def test_every_file_lies_in_the_folder_and_is_clean(folder: Path, text: str) -> None:
    files, registry = of_card(folder, text)
    assert {os.path.basename(path) for path in files} == set(files)
    assert set(files) == set(peaceful("ioi"))
    assert re.fullmatch(r"mip-2-1(-[a-z0-9]+)*", default_name(registry.problem("2.1")))
    for content in files.values():
        assert content.replace("\n", "").isprintable() or clean(content) == content.replace("\n", " ")


@pytest.mark.parametrize(
    "name", ['"""', "a b", "$(id)", "`id`", "a;b", "-x", "../x y", "a\nb", "{{ url }}", "a'b", "é"]
)
def test_a_model_that_could_not_be_typed_safely_is_a_fault(name: str) -> None:
    rows = f"models: [{{name: {quoted(name)}}}, {{name: gpt2, aliases: [{quoted(name)}]}}]"
    faults = read_list("models.yaml", rows.encode(), "models", MODELS)[1]
    assert [fault.line for fault in faults] == [1, 1]
    assert all("a model's name" in fault.message for fault in faults)


@pytest.mark.parametrize("sign", [*'"<>{}|\\^` ', "\t", "\x1b", "\u202e", "\u200b", "\n"])
def test_an_address_that_could_break_out_is_a_fault(mip: Mip, tmp_path: Path, sign: str) -> None:
    address = quoted(f"https://example.org/a{sign}b")
    (tmp_path / "r.yaml").write_text(GOOD_FILE.replace("https://example.org/post", address))
    done = mip("--only", "check", str(tmp_path / "r.yaml"))
    assert done.code == 1
    assert "bad URL" in done.out


@given(HOSTILE)
def test_a_name_that_is_taken_is_one_plain_word(text: str) -> None:
    with suppress(UsageFault):
        assert re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]{0,49}", checked_name(text))


@given(HOSTILE)
def test_a_folder_that_is_taken_holds_nothing_invisible(text: str) -> None:
    with suppress(UsageFault):
        assert clean(checked_folder(text)).split() == text.split()


@SLOW
@given(HOSTILE)
def test_a_template_is_filled_once(text: str) -> None:
    assert templates.fill("{{ a }}|{{ b }}", {"a": text, "b": "{{ a }}"}) == f"{text}|{{{{ a }}}}"


def test_a_whole_run_writes_in_its_folder_only_and_runs_nothing(
    mip: Mip, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "registry").mkdir()
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    for number, text in enumerate(["../../x", "/etc/x", "$(touch obeyed)", '"""\nopen("obeyed", "w")\n"""', "a\0b"]):
        write_registry(tmp_path / "registry", text)
        done = mip("--only", "--data", str(tmp_path / "registry"), "init", "2.1", "--name", f"p{number}")
        assert (done.code, done.out) == (0, f"{Path.cwd()}/p{number}\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["registry", "work"]
    assert sorted(path.name for path in (tmp_path / "work").iterdir()) == [f"p{number}" for number in range(5)]
