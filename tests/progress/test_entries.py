"""Lines to entries and back: nothing is lost, a broken line spoils no other, text from others is harmless."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mi_problems.progress.entries import Entry, read_lines, written

HARMFUL = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_WORDS = st.text(st.characters(categories=["L", "N", "P", "S"]), max_size=12)
_PATHS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
_ENTRIES = st.builds(Entry, st.just("2.17"), *[_WORDS] * 4, _PATHS, _WORDS, st.just({}))
_JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=9)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=9), inner, max_size=3)),
)
GOOD = b'{"id": "2.17", "state": "saved"}\n'


@given(st.lists(_ENTRIES))
def test_what_is_written_is_read_again(entries: list[Entry]) -> None:
    assert read_lines(written(entries)) == (entries, [])
    assert written(entries).count(b"\n") == len(entries)


def test_a_line_has_only_the_fields_that_say_something_in_their_order() -> None:
    line = written([Entry("2.17", "saved", "2026-11-30T12:00:00Z", "", "a \u2603", "", "Title")])
    shown = '{"id": "2.17", "state": "saved", "at": "2026-11-30T12:00:00Z", "note": "a \u2603", "title": "Title"}\n'
    assert line.decode() == shown


@given(st.binary(max_size=200))
def test_whatever_bytes_stand_there_the_lines_around_them_are_read(junk: bytes) -> None:
    entries, broken = read_lines(GOOD + junk + b"\n" + GOOD)
    assert entries[0] == entries[-1] == Entry("2.17", "saved")
    assert len(entries) + len(broken) == 2 + sum(bool(line.strip()) for line in junk.split(b"\n"))


@given(_JSON)
def test_whatever_json_stands_there_is_an_entry_or_told_with_its_line(value: object) -> None:
    entries, broken = read_lines(GOOD + json.dumps(value).encode() + b"\n")
    assert len(entries) + len(broken) == 2
    assert all(fault.line == 2 and fault.why for fault in broken)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"<<<<<<< HEAD", "not JSON"), (b'{"id": "2.1', "not JSON"), (b"\xff\xfe", "not UTF-8"),
        (b'["2.17"]', "no JSON object"), (b'{"state": "done"}', "no id"), (b'{"id": ""}', "no id"),
        (b'{"id": 2.17}', '"id" is no text: put it into quotes'), (b"[" * 100_000, "not JSON"),
        (b'{"id": "2.1", "at": 20261130}', '"at" is no text: put it into quotes'), (b"\0\0\0\0", "not JSON"),
        (b'{"id": ' + b"9" * 5000 + b"}", "not JSON"),
    ],
)  # fmt: skip
def test_a_broken_line_says_what_is_wrong(line: bytes, why: str) -> None:
    entries, broken = read_lines(GOOD + b"\n" + line + b"\n" + GOOD)
    assert len(entries) == 2
    assert [(fault.line, fault.why) for fault in broken] == [(3, why)]


@pytest.mark.parametrize(
    "content", [b"\xef\xbb\xbf" + GOOD, GOOD.replace(b"\n", b"\r\n"), GOOD.strip(), b"\n \n" + GOOD]
)
def test_what_editors_do_to_a_file_is_no_fault(content: bytes) -> None:
    assert read_lines(content) == ([Entry("2.17", "saved")], [])


def test_a_field_without_a_value_is_as_one_that_is_absent() -> None:
    line = b'{"id": "2.17", "state": null, "at": null, "note": ""}'
    assert read_lines(line) == ([Entry("2.17")], [])


def test_fields_of_a_later_version_are_kept() -> None:
    entries, _ = read_lines(b'{"id": "2.17", "state": "paused", "priority": 2, "tags": ["a", "b"]}')
    assert entries == [Entry("2.17", "paused", other={"priority": 2, "tags": ["a", "b"]})]


@given(st.text())
def test_no_text_of_the_file_can_drive_a_terminal(text: str) -> None:
    row = {"id": "2.17", "state": text, "who": text, "note": text, "title": text, "at": text, f"x{text}": text}
    entries, _ = read_lines(json.dumps(row).encode())
    shown = "".join(
        [*map(str, entries[0][:5]), entries[0].title, *entries[0].other, *map(str, entries[0].other.values())]
    )
    assert not {unicodedata.category(char) for char in shown} & HARMFUL


def test_two_objects_on_a_line_are_no_entry() -> None:
    entries, broken = read_lines(GOOD + GOOD.strip() + b"," + GOOD)
    assert entries == [Entry("2.17", "saved")]
    assert [(fault.line, fault.why) for fault in broken] == [(2, "not JSON")]


def test_an_object_over_two_lines_is_two_broken_lines() -> None:
    entries, broken = read_lines(b'{"id": "2.17"\n"state": "saved"}\n' + GOOD)
    assert (entries, [fault.line for fault in broken]) == ([Entry("2.17", "saved")], [1, 2])


def test_blank_lines_beside_a_broken_one_are_no_faults_and_are_counted() -> None:
    entries, broken = read_lines(b"\n  \n\t\r\nrubbish\n" + GOOD)
    assert (len(entries), [fault.line for fault in broken]) == (1, [4])


def test_blanks_around_an_id_a_state_and_a_name_are_no_part_of_them() -> None:
    line = b'{"id": " 2.17 ", "state": " done ", "who": " anna ", "note": " n ", "folder": " /a "}'
    assert read_lines(line) == ([Entry("2.17", "done", "", "anna", " n ", " /a ")], [])


def test_a_path_keeps_what_no_text_may_hold() -> None:
    entry = Entry("2.17", folder="/a\x1b[2J/\u202e")
    assert read_lines(written([entry])) == ([entry], [])
    assert written([entry]).decode().strip().isprintable()


def test_nothing_written_is_nothing_read() -> None:
    assert written([]) == b""
    assert read_lines(b"") == ([], [])
