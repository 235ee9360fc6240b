"""Names of generated repositories."""

from __future__ import annotations

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mi_problems.errors import UsageFault
from mi_problems.registry.registry import Registry
from mi_problems.scaffold.names import MAX_NAME, checked_author, checked_folder, checked_name, default_name
from tests.conftest import PROBLEMS, ROOT


def test_every_problem_has_a_default_name_of_its_own(registry: Registry) -> None:
    names = [default_name(problem) for problem in registry.problems]
    assert len(set(names)) == PROBLEMS
    for name in names:
        assert re.fullmatch(r"mip-\d+-\d+b?-[a-z0-9]+(-[a-z0-9]+)*", name), name
        assert len(name) <= MAX_NAME
        assert checked_name(name) == name


@pytest.mark.parametrize(
    ("title", "rest"),
    [
        ("Zoë's naïve IDEA: 2 of 3?", "-zoes-naive-idea-2-of-3"),
        ("同じ回路", ""),
        (f"one {'t' * 38}", f"-one-{'t' * 38}"),
        (f"one {'t' * 39} so", "-one"),
    ],
)
def test_a_default_name_is_plain_words_of_the_title_cut_between_them(registry: Registry, title: str, rest: str) -> None:
    assert default_name(registry.problem("2.1")._replace(title=title)) == f"mip-2-1{rest}"


@pytest.mark.parametrize("name", ["a", "A1", "my_heads-2", "com10", "console", "torch2", "x" * 50])
def test_an_ordinary_name_is_taken_as_given(name: str) -> None:
    assert checked_name(name) == name


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("", "empty"), ("  ", "empty"), ("../x", "letter"), ("/abs", "letter"), ("-x", "letter"), ("a b", "letter"),
        ("a.b", "letter"), ("1a", "letter"), ("a\nb", "letter"), ("a\x1b[31m", "letter"), ("con", "reserved"),
        ("NUL", "reserved"), ("com1", "reserved"), ("prn", "reserved"), ("LPT9", "reserved"),
        ("x" * 51, "longer than 50"), ("é", "letter"),
    ],
)  # fmt: skip
def test_a_bad_name_is_refused_with_the_rule(name: str, rule: str) -> None:
    with pytest.raises(UsageFault, match=rule) as raised:
        checked_name(name)
    assert raised.value.exit_code == 2
    assert str(raised.value).isprintable()


@pytest.mark.parametrize(
    ("folder", "rule"),
    [
        ("", "empty"), (" ", "empty"), ("-x", "dash"), ("a/-x", "dash"), ("a/-x/", "dash"), ("a\x00b", "control"),
        ("a\nb", "control"), ("a\u200bb", "invisible"), ("a\u2028b", "control"), ("a\u2029b", "control"),
        ("a\ud800b", "control"), ("x/con", "reserved"), ("-/x", "dash"), ("a/-b/c", "dash"), ("/-a/b", "dash"),
        ("con/x", "reserved"), ("a\\nul\\x", "reserved"), ("./--", "dash"), ("aux.txt", "reserved"),
        ("C:\\AUX\\", "reserved"),
    ],
)  # fmt: skip
def test_a_bad_folder_is_refused_with_the_rule(folder: str, rule: str) -> None:
    with pytest.raises(UsageFault, match=rule):
        checked_folder(folder)


@pytest.mark.parametrize(
    "folder", ["x", "./x", "../x", "/tmp/x y", "a.b", "deep/er", ".", "..", "console/x", "a-x", "a/", "/", "a//b"]
)
def test_an_ordinary_folder_is_taken_as_given(folder: str) -> None:
    assert checked_folder(folder) == folder


@pytest.mark.parametrize(
    ("name", "whose"),
    [
        ("json", "Python itself"), ("JSON", "Python itself"), ("asyncio", "Python itself"), ("test", "Python itself"),
        ("experiment", "the project itself"), ("lab", "the project itself"), ("tinylens", "the project itself"),
        ("test_experiment", "the project itself"), ("Test-Experiment", "the project itself"),
        ("torch", "environment"), ("numpy", "environment"), ("matplotlib", "environment"), ("PIL", "environment"),
        ("python-dateutil", "environment"), ("dateutil", "environment"), ("transformer--lens", "environment"),
        ("nvidia-cublas-cu12", "environment"), ("typing-extensions", "environment"), ("pip", "environment"),
        ("pytest", "environment"), ("huggingface_hub", "environment"), ("jaxtyping", "environment"),
    ],
)  # fmt: skip
def test_a_name_that_is_taken_already_is_refused_with_what_it_would_shadow(name: str, whose: str) -> None:
    with pytest.raises(UsageFault, match=f"the name .{name}. is that of a .*{whose}"):
        checked_name(name)


@given(st.sampled_from(sorted(sys.stdlib_module_names)))
def test_no_module_of_python_can_be_a_name(name: str) -> None:
    with pytest.raises(UsageFault):
        checked_name(name)


def test_what_a_starter_imports_cannot_be_a_name() -> None:
    imported = set()
    for path in (ROOT / "data" / "templates").rglob("*.py.tmpl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            if match := re.match(r"\s*(?:import|from) (\w+)(?:[\w.]*)(?: import .*| as \w+)?(?:  #.*)?$", line):
                imported.add(match[1])
    assert {"torch", "matplotlib", "experiment", "pytest", "transformer_lens"} <= imported
    for name in imported - {"__future__"}:
        with pytest.raises(UsageFault):
            checked_name(name)


def test_an_author_is_one_line_without_the_space_around_it() -> None:
    assert checked_author("  Zoë d'Arc ") == "Zoë d'Arc"
    for author in ("a\nb", "a\x1b[31mb", "a\u202eb"):
        with pytest.raises(UsageFault, match="control character"):
            checked_author(author)


@given(st.text(max_size=60))
def test_a_name_is_refused_or_safe_everywhere(name: str) -> None:
    try:
        checked = checked_name(name)
    except UsageFault:
        return
    assert re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]{0,49}", checked)
