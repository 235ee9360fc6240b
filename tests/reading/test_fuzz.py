"""Any bytes, any YAML, any damage to a sound registry: `mip check` names places and never breaks."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mi_problems.reading import rules as schema
from mi_problems.reading.faults import Report
from mi_problems.reading.fields import CATEGORY, COLLECTION, FOLLOW_UP, MODEL, PROBLEM, SKILL
from mi_problems.reading.yaml_tree import read_tree
from tests.conftest import Mip
from tests.hostile import BREAKOUTS, ESCAPES, NAUGHTY, nasty, write_registry, yamlish

FILES = ["problems.yaml", "skills.yaml", "models.yaml", "glossary.yaml", "collection.yaml"]
SOUND = "word"
SYNTAX = [
    "*a", "&a ", "!!python/name:os.system ", "!x ", "<<: ", "[", "]", "{", "}", "- ", "? ", ": ", ", ", "|\n", ">-\n",
    "'", '"', "\t", "\n", "\r", "\x85", "\u2028", "\ufeff", "%TAG ! x\n", "%YAML 1.1\n", "---\n", "...\n", "#", " #",
    "~", "null", "yes", "4.10", "1:30", "0x1f", "1e999", ".inf", "2024-13-45", "=", "\\", '"\\ud800"', '"\\x9b"',
    "\0", "\x1b", "9" * 40, "x" * 200, "  ", "    ", "\n    ", "\n  - ", "id: ", "problems:\n", "category: ",
    "[" * 22, "\udcff",
]  # fmt: skip
FAST = settings(deadline=None, suppress_health_check=[*HealthCheck])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("registry")


def judged(mip: Mip, folder: Path) -> None:
    """Checks the folder, and that the verdict is one: places that exist, or a registry that every verb can read."""
    done = mip("--only", "check", str(folder), "--json")
    faults = json.loads(done.out)["faults"]
    assert (done.code, done.err) == (1 if faults else 0, "")
    for fault in faults:
        path = Path(fault["file"])
        lines = re.split(r"\r\n|[\n\r\x85\u2028\u2029]", path.read_bytes().decode("utf-8", "replace"))
        assert path.parent == folder
        assert 1 <= fault["line"] <= len(lines) + 1  # what is missing at the end is missed there
        assert fault["column"] >= 1
        assert 0 < len(fault["message"]) <= 500
        assert "\n" not in fault["message"]
    listed = mip("--only", "--data", str(folder), "list")
    assert listed.code == done.code
    assert listed.err.count("\n") == (1 if faults else 0)


def spoilt(folder: Path, name: str, spoil: Callable[[bytes], bytes]) -> None:
    write_registry(folder, SOUND)
    (folder / name).write_bytes(spoil((folder / name).read_bytes()))


@settings(FAST, max_examples=40)
@given(
    name=st.sampled_from(FILES),
    content=st.one_of(
        st.binary(max_size=200),
        st.tuples(nasty(SYNTAX, 300), st.sampled_from(["utf-8", "utf-16", "utf-32", "utf-8-sig", "cp1252"])).map(
            lambda pair: pair[0].encode(pair[1], "replace")
        ),
    ),
)
def test_any_bytes_are_judged(mip: Mip, folder: Path, name: str, content: bytes) -> None:
    spoilt(folder, name, lambda _: content)
    judged(mip, folder)


_FIELDS = sorted(
    {*PROBLEM, *CATEGORY, *FOLLOW_UP, *MODEL, *SKILL, *COLLECTION, "problems", "category", "skills", "models"}
)
_SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.dates(), st.datetimes(), st.binary(max_size=4),
    nasty([*ESCAPES, *BREAKOUTS, *SYNTAX[:-1]], 60), st.sampled_from(["2.1", "B-C", "open", "gpt2", "https://a.b"]),
)  # fmt: skip
_TREES = st.recursive(
    _SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=5),
        st.dictionaries(st.one_of(st.sampled_from(_FIELDS), st.text(max_size=4), st.integers()), inner, max_size=8),
        st.fixed_dictionaries({"category": inner, "problems": st.lists(inner, max_size=4)}),
    ),
    max_leaves=25,
)


@settings(FAST, max_examples=40)
@given(name=st.sampled_from(FILES), tree=_TREES, flow=st.sampled_from([True, False, None]), wide=st.booleans())
def test_any_tree_is_judged(mip: Mip, folder: Path, name: str, tree: object, flow: bool | None, wide: bool) -> None:
    text = yaml.safe_dump(tree, default_flow_style=flow, allow_unicode=wide)
    spoilt(folder, name, lambda _: text.encode("utf-8", "replace"))
    judged(mip, folder)


def mutated(text: str, chance: random.Random) -> str:
    """The text after a few cuts, repetitions, exchanges and insertions."""
    for _ in range(chance.randint(1, 4)):
        begin = chance.randrange(len(text) + 1)
        end = min(len(text), begin + chance.choice([0, 1, 2, 5, 20, 100]))
        piece = text[begin:end]
        text = text[:begin] + chance.choice(["", piece * 2, piece[::-1], chance.choice(SYNTAX)]) + text[end:]
    return text


@settings(FAST, max_examples=100)
@given(name=st.sampled_from([*FILES, *FILES[:1] * 5]), seed=st.integers(0, 10**9))
def test_any_damage_is_judged(mip: Mip, folder: Path, name: str, seed: int) -> None:
    def spoil(content: bytes) -> bytes:
        return mutated(content.decode(), random.Random(seed)).encode("utf-8", "surrogateescape")

    spoilt(folder, name, spoil)
    judged(mip, folder)


def test_what_is_spoilt_here_was_sound(mip: Mip, folder: Path) -> None:
    write_registry(folder, SOUND)
    assert mip("--only", "check", str(folder)).code == 0


@settings(FAST, max_examples=150)
@given(text=yamlish())
def test_what_looks_like_yaml_is_a_tree_or_faults_that_say_what_to_do(text: str) -> None:
    root, faults, _ = read_tree("f", text.encode("utf-8", "replace"))
    assert root is not None or faults
    lines = len(re.split(r"\r\n|[\n\r\x85\u2028\u2029]", text))
    for fault in faults:
        assert 1 <= fault.line <= lines + 1
        assert fault.column >= 1
        assert ";" in fault.message


@settings(FAST, max_examples=25)
@given(text=yamlish())
def test_what_looks_like_yaml_is_judged(mip: Mip, folder: Path, text: str) -> None:
    spoilt(folder, "problems.yaml", lambda _: text.encode("utf-8", "replace"))
    judged(mip, folder)


@settings(FAST, max_examples=25)
@given(
    text=st.lists(st.sampled_from(NAUGHTY), min_size=1, max_size=3).map(" ".join),
    query=st.lists(st.sampled_from(NAUGHTY), min_size=1, max_size=3).map(" ".join),
)
def test_a_naughty_string_is_text_in_every_field_and_a_query_like_any(
    mip: Mip, folder: Path, text: str, query: str
) -> None:
    write_registry(folder, text[:50])
    judged(mip, folder)
    for words in (["search", "--", query], ["show", "--", query], ["pick", "-l", "A", "-i", query, "--seed", "1"]):
        done = mip("--only", "--data", str(folder), *words)
        assert done.code in {0, 1, 2}
        assert done.code == 0 or done.err.count("\n") == 1


@settings(FAST, max_examples=100)
@given(text=st.text(st.characters(codec="utf-8"), max_size=30), quotes=st.sampled_from(["", "'", '"']))
def test_a_text_without_quotes_is_read_as_it_stands_or_told(text: str, quotes: str) -> None:
    """Nothing of what somebody wrote is lost without a word."""
    written = text.replace("'", "''") if quotes == "'" else text
    report = Report("f")
    root, faults, _ = read_tree("f", f"title: {quotes}{written}{quotes}\n".encode())
    if not faults and root is not None and list(root.entries) == ["title"] and not quotes:
        value = schema.text()(root.entries["title"][1], report)
        assert report.faults or value.split() == text.split()
