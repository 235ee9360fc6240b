"""Reading registry files: what is accepted, and every fault at its place."""

from __future__ import annotations

import re
import time
import tracemalloc

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mi_problems.reading import parse
from mi_problems.reading.faults import Fault
from mi_problems.reading.fields import SKILLS
from mi_problems.reading.limits import MAX_BYTES, MAX_FAULTS
from mi_problems.reading.parse import read_list, read_problems
from mi_problems.reading.vocabulary import Vocabulary
from mi_problems.reading.yaml_tree import read_tree
from tests.conftest import GOOD_FILE

OWN = "beside the problems may list your own"
SKILLS_KNOWN = {"activation-patching": "Activation patching", "linear-probes": "Linear probes (probing)"}
VOCABULARY = Vocabulary(SKILLS_KNOWN, frozenset({"gpt2"}), closed=True)
IDS = frozenset({"9.9"})


def faults_of(text: str | bytes) -> list[Fault]:
    content = text.encode() if isinstance(text, str) else text
    return read_problems([("f.yaml", content)], VOCABULARY)[2]


def messages(text: str) -> list[str]:
    return [fault.message for fault in faults_of(text)]


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def test_a_good_file_has_no_fault_and_gives_its_problems() -> None:
    categories, problems, faults, numbered, _ = read_problems([("f.yaml", GOOD_FILE.encode())], VOCABULARY)
    assert (faults, numbered) == ([], 0)
    assert [category["slug"] for category in categories] == ["circuits"]
    assert [problem["id"] for problem in problems] == ["2.1", "2.2"]
    assert problems[0]["category"] == "circuits"
    assert problems[0]["url"] == "https://example.org/post"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('id: "2.1"', "id: 2.1", 'id: expected text, got a number; put it in quotes: "2.1"'),
        ('id: "2.1"', 'id: "2.x"', "id: '2.x' is not an id such as 2.17 or lab.1"),
        ('id: "2.1"', 'id: "3.1"', "id: 3.1 does not belong to category 2"),
        ("difficulty: A", "difficulty: E", "difficulty: 'E' is not a letter A to D or a range such as B-C"),
        ("difficulty: A", "difficulty: C-B", "difficulty: the range 'C-B' is upside down; write B-C"),
        ("starred: true", 'starred: "yes"', "starred: expected true or false, got text"),
        (
            "status: open",
            "status: opne",
            "status: unknown value 'opne'; choose from open (no follow-up known), active (partly addressed), "
            "addressed (",
        ),
        (
            "skills: [activation-patching]\n    models",
            "skills: [activation-patchin]\n    models",
            f"skills: unknown skill 'activation-patchin', a skills.yaml {OWN}; did you mean activation-patching?",
        ),
        (
            "models: [gpt2]",
            "models: [gpt5]",
            f"models: unknown model 'gpt5', a models.yaml {OWN}; did you mean gpt2?",
        ),
        ("compute: laptop", "compute: [laptop]", "compute: unknown value a list"),
        ("weeks: [1, 2]", "weeks: [3, 2]", "weeks: the range [3, 2] is upside down"),
        ("weeks: [1, 2]", "weeks: [1]", "weeks: 1 item; wanted 2 to 2"),
        ("weeks: [1, 2]", "weeks: [1, two]", "weeks: expected a whole number, got text"),
        ("zeta]", "Alpha]", "keywords: 'Alpha' stands twice"),
        ("zeta]", "a card for TESTS]", "keywords: 'a card for TESTS' repeats the title"),
        ("zeta]", "yes]", 'keywords: expected text, got true or false; put it in quotes: "yes"'),
        ('related: ["2.2"]', 'related: ["2.99"]', "related: no problem 2.99"),
        ('related: ["2.2"]', 'related: ["2.1"]', "related: a problem is not related to itself"),
        ("starter: ioi", "starter: io", "starter: unknown value 'io'; choose from induction, ioi, modadd, "),
        ("reach: small", "reech: small", "unknown field 'reech'; did you mean reach"),
        ("title: A card for tests", "title: ''", "title: 0 characters; wanted 1 to 80"),
        ("section: tests", "section: {a: b}", "section: expected text, got a mapping"),
        ("follow_ups: []", "follow_ups: none", "follow_ups: expected a list, got text"),
    ],
)
def test_each_fault_is_named_with_its_field(old: str, new: str, message: str) -> None:
    broken = GOOD_FILE.replace(old, new, 1)
    found = [fault for fault in faults_of(broken) if message in fault.message]
    assert found, messages(broken)
    assert found[0].file == "f.yaml"
    assert "problem " in found[0].message
    assert 1 <= found[0].line - line_of(GOOD_FILE, '- id: "2.1"') + 1 <= 40


def test_the_place_of_a_fault_is_its_line_and_column() -> None:
    broken = GOOD_FILE.replace("difficulty: A\n", "difficulty: E\n", 1)
    fault = faults_of(broken)[0]
    assert fault.line == line_of(broken, "difficulty: E")
    assert fault.column == broken.splitlines()[fault.line - 1].index("E") + 1
    assert re.fullmatch(r"f\.yaml:\d+:\d+: problem 2\.1: difficulty: .*", str(fault))


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            "skills: [activation-patching]\n  r",
            "skills: [x]\n  r",
            "category: skills: unknown skill 'x', a skills.yaml beside the problems may list your own; `mip skills` ",
        ),
        ('related: ["2.2"]', 'related: ["2.2", "2.3"]', "problem 2.1: related: no problem 2.3; "),
        ('  - id: "2.1"\n    title', "  - title", "problem 'A card for tests': missing field 'id'"),
    ],
)
def test_a_fault_is_told_with_the_whole_way_to_its_field(old: str, new: str, fault: str) -> None:
    text = GOOD_FILE.replace('["2.1"]', '["9.9"]')  # so that nothing but the exchange is a fault
    vocabulary = Vocabulary(SKILLS_KNOWN, VOCABULARY.models, ids=IDS, closed=True)
    categories, _, faults, *_ = read_problems([("f.yaml", text.replace(old, new, 1).encode())], vocabulary)
    assert [category["number"] for category in categories] == [2]
    (found,) = [found.message for found in faults]
    assert found.startswith(fault)


def test_without_a_category_every_problem_is_judged_all_the_same() -> None:
    problems = "strict: true\nproblems:\n" + GOOD_FILE.split("problems:\n")[1]
    assert messages(problems) == ["missing field 'category'"]
    found = messages("category: 3\n" + problems.replace("reach: small", "reach: far"))
    assert [message.split(" ", 2)[:2] for message in found] == [
        ["category:", "expected"],
        ["problem", "2.1:"],
        ["problem", "2.2:"],
    ]


def test_a_file_of_no_problems_is_a_fault() -> None:
    assert messages(GOOD_FILE.split("problems:\n")[0] + "problems: []\n") == ["problems: 0 items; wanted at least 1"]


def test_several_files_are_one_registry_in_natural_order() -> None:
    ten = GOOD_FILE.replace("number: 2", "number: 10").replace("slug: circuits", "slug: later").replace('"2.', '"10.')
    two = GOOD_FILE.replace('"2.1"', '"2.10"').replace('["2.10"]', '["10.1"]')
    categories, problems, faults, *_ = read_problems([("a", ten.encode()), ("b", two.encode())], VOCABULARY)
    assert faults == []
    assert [category["slug"] for category in categories] == ["circuits", "later"]
    assert [problem["id"] for problem in problems] == ["2.2", "2.10", "10.1", "10.2"]
    assert [problem["category"] for problem in problems] == ["circuits", "circuits", "later", "later"]


def test_values_are_counted_over_all_files(monkeypatch: pytest.MonkeyPatch) -> None:
    count = read_tree("f", GOOD_FILE.encode()).values
    other = GOOD_FILE.replace("number: 2", "number: 3").replace("circuits", "other").replace('"2.', '"3.')
    files = [("a", GOOD_FILE.encode()), ("b", other.encode())]
    monkeypatch.setattr(parse, "MAX_ALL_VALUES", 2 * count)
    assert read_problems(files, VOCABULARY)[2] == []
    monkeypatch.setattr(parse, "MAX_ALL_VALUES", 2 * count - 1)
    (fault,) = read_problems(files, VOCABULARY)[2]
    assert (fault.file, fault.line, fault.column) == ("b", 1, 1)
    assert f"more than {2 * count - 1} values" in fault.message


def test_what_could_be_meant_is_told_in_order_of_the_alphabet() -> None:
    broken = GOOD_FILE.replace("models: [gpt2]", "models: [zzz]", 1).replace('["2.2"]', '["888.88"]', 1)
    ids = frozenset(f"9.{number}" for number in range(1, 8))
    faults = read_problems(
        [("f", broken.encode())], Vocabulary(SKILLS_KNOWN, frozenset("hgfedcba"), ids=ids, closed=True)
    )[2]
    hints = {fault.message.split(": ")[1]: fault.message.partition("; ")[2] for fault in faults}
    assert hints["models"] == "choose from a, b, c, d, e, f, g, h"
    assert hints["related"] == "choose from 2.1, 2.2, 9.1, 9.2, 9.3, 9.4, 9.5, 9.6, 9.7"


def test_a_vocabulary_with_too_many_faults_is_given_up() -> None:
    rows, faults = read_list("s", b"skills:\n" + b"  - x\n" * (MAX_FAULTS + 1), "skills", SKILLS)
    assert (rows, len(faults)) == ([], MAX_FAULTS + 1)


def test_every_fault_is_reported_at_once() -> None:
    broken = GOOD_FILE.replace("difficulty: A", "difficulty: E").replace("starred: true", "starred: maybe")
    assert len(faults_of(broken)) == 4


def test_a_missing_field_is_named() -> None:
    assert "problem 2.1: missing field 'status'" in messages(GOOD_FILE.replace("    status: open\n", "", 1))


def test_a_related_id_is_read_without_the_spaces_around_it() -> None:
    assert messages(GOOD_FILE.replace('["2.2"]', '["2.2 "]')) == []


def test_a_related_item_that_is_no_id_is_told_once() -> None:
    for item, wanted in (("abc", "'abc' is not an id such as 2.17 or lab.1"), ("[]", "expected text, got a list")):
        broken = GOOD_FILE.replace('["2.2"]', f"[{item}]")
        assert messages(broken) == [f"problem 2.1: related: {wanted}"]


def test_a_duplicate_key_is_a_fault_and_not_the_last_one_wins() -> None:
    broken = GOOD_FILE.replace("    status: open\n", "    status: open\n    status: active\n", 1)
    assert any("duplicate key 'status'; it stands first in line" in message for message in messages(broken))


def test_a_duplicate_id_is_a_fault_that_names_the_first() -> None:
    broken = GOOD_FILE.replace('- id: "2.2"', '- id: "2.1"').replace('["2.2"]', '["2.1"]')
    assert any("duplicate id 2.1; it stands first at f.yaml:" in message for message in messages(broken))


def test_a_bad_url_is_a_fault() -> None:
    for bad in ("ftp://example.org/x", "example.org", '"https://exa mple.org/a b"', "https://[bad"):
        assert any("bad URL" in message for message in messages(GOOD_FILE.replace("https://example.org/post", bad)))


@pytest.mark.parametrize(
    "tagged", ["!!python/object/apply:os.system [echo hi]", "!!binary aGk=", "!mine hello", "!!str hello"]
)
def test_tags_are_refused_and_nothing_is_constructed(tagged: str) -> None:
    assert any("tag" in message for message in messages(GOOD_FILE.replace("section: tests", f"section: {tagged}", 1)))


def test_an_alias_is_refused_where_it_stands() -> None:
    broken = GOOD_FILE.replace("title: A card for tests", "title: &t A card for tests", 1)
    broken = broken.replace("section: tests", "section: *t", 1)
    assert any("the alias *t is not allowed" in message for message in messages(broken))


def test_an_alias_bomb_costs_no_more_than_its_length() -> None:
    levels = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    levels += [
        f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    tracemalloc.start()
    begun = time.perf_counter()
    found = faults_of("\n".join(levels))
    assert time.perf_counter() - begun < 1
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()
    assert any("alias" in fault.message for fault in found)


def test_deep_nesting_is_one_fault() -> None:
    assert any("nested deeper" in fault.message for fault in faults_of("[" * 100_000))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty"),
        (b"# only a comment\n", "the file is empty"),
        (b"\xff\xfe\x00a", "not UTF-8"),
        (b"problems:\n  - id: \x00", "control character U+0000"),
        (b"a: \x1b[31m", "control character U+001B"),
        (b"- a: b\n- c\n", "expected a mapping, got text"),
        (b"just words", "expected a list of problems, each as `- title: ...` with `summary: ...` below it, or `probl"),
        (b"a: b\nc: d\n", "or `problems:` above such a list, got 'a', 'c'"),
        (b"problems:\n  a: {title: b, summary: c}\n", "problems: expected a list of problems, each as `- title: ...`"),
        (b"name: a\nproblems: []\n", "unknown field 'name'; at the top stand `category` and `problems`; `category` "),
        (b"problems: [a\nb: c", "not YAML"),
        (b"a: b\n---\nc: d\n", "second document"),
        (b"? [a]\n: b\n", "a key must be a word"),
        (b"strict: true\nproblems: []\n", "missing field 'category'"),
    ],
)
def test_files_that_are_no_registry_are_told_so(content: bytes, message: str) -> None:
    found = faults_of(content)
    assert any(message in fault.message for fault in found), found
    assert all(fault.line >= 1 and fault.column >= 1 and "\n" not in str(fault) for fault in found)


def test_a_bad_byte_is_found_at_its_line_and_column() -> None:
    fault = read_tree("f", b"a: b\ncd: \xff")[1][0]
    assert (fault.line, fault.column) == (2, 5)


def test_a_huge_file_is_refused_before_it_is_read() -> None:
    assert "larger than" in read_tree("f", b" " * (MAX_BYTES + 1))[1][0].message


def test_a_byte_order_mark_is_no_fault() -> None:
    assert faults_of(b"\xef\xbb\xbf" + GOOD_FILE.encode()) == []


def test_yaml_words_for_true_do_not_become_truth() -> None:
    rows, faults = read_list(
        "s.yaml", b"skills:\n  - {id: no, title: a, meaning: b, learn: c, url: 'https://a.b'}", "skills", SKILLS
    )
    assert "put it in quotes" in faults[0].message
    assert rows == [{"id": None, "title": "a", "meaning": "b", "learn": "c", "url": "https://a.b"}]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.binary(max_size=400), st.text(max_size=400).map(str.encode)))
def test_no_bytes_at_all_raise(content: bytes) -> None:
    for fault in faults_of(content):
        assert fault.line >= 1
        assert "\n" not in str(fault)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_file_with_one_line_replaced_never_raises(data: st.DataObject) -> None:
    lines = GOOD_FILE.splitlines()
    place = data.draw(st.integers(0, len(lines) - 1))
    lines[place] = data.draw(st.text(st.characters(codec="utf-8"), max_size=40))
    faults_of("\n".join(lines))
