"""`mip mine` as a person and as a script meet it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from mi_problems.progress import clock
from mi_problems.registry.registry import Registry
from tests.conftest import GOOD_FILE, Mip
from tests.pseudo_terminal import mip_seen

NOON = 1_796_040_000.0  # 30 November 2026, 12:00 UTC
IOI = "Does the IOI circuit recur across GPT-2 seeds?"
LINES: list[dict[str, object]] = [
    {"id": "2.17", "state": "saved", "at": "2026-11-01T08:00:00Z", "title": IOI},
    {"id": "3.1", "state": "done", "at": "2026-11-02T08:00:00Z", "who": "anna", "note": "=1+1 | two"},
    {"id": "2.17", "state": "started", "at": "2026-11-23T08:00:00Z", "note": "first look"},
    {"id": "2.18", "state": "dropped"},
]  # fmt: skip


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def marked(notes: Path) -> Path:
    notes.write_text("".join(f"{json.dumps(line)}\n" for line in LINES))
    return notes


def ids(text: str) -> list[str]:
    return [line.split("\t")[0] for line in text.splitlines()]


@pytest.mark.usefixtures("marked")
def test_a_pipe_gets_a_line_a_mark_the_last_first(mip: Mip, registry: Registry) -> None:
    done = mip("mine")
    assert (done.code, done.err) == (0, "")
    assert [line.split("\t") for line in done.lines] == [
        ["2.18", "dropped", "", "", "", "", registry.problem("2.18").title],
        ["2.17", "started", "2026-11-23T08:00:00Z", "", "", "first look", IOI],
        ["3.1", "done", "2026-11-02T08:00:00Z", "anna", "", "=1+1 | two", registry.problem("3.1").title],
    ]


@pytest.mark.usefixtures("marked")
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["started"], ["2.17"]), (["done", "dropped"], ["2.18", "3.1"]), (["!done"], ["2.18", "2.17"]),
        (["any"], ["2.18", "2.17", "3.1"]), (["2.17"], ["2.17"]), (["2.17", "3.1", "done"], ["3.1"]),
        (["--who", "anna"], ["3.1"]), (["--who", ""], ["2.18", "2.17"]), (["coda:2.18"], ["2.17"]), (["saved"], []),
        (["--history"], ["2.18", "2.17", "3.1", "2.17"]), (["--history", "saved"], ["2.17"]),
    ],
)  # fmt: skip
def test_states_ids_and_people_choose(mip: Mip, words: list[str], expected: list[str]) -> None:
    done = mip("mine", *words)
    assert (done.code, ids(done.out)) == (0, expected)


def test_nothing_to_show_says_why(mip: Mip, notes: Path) -> None:
    assert mip("mine").err.startswith("mip: nothing is marked; `mip mark 2.17 saved` keeps a problem")
    notes.write_text("".join(f"{json.dumps(line)}\n" for line in LINES))
    assert mip("mine", "saved").err == "mip: nothing of that kind is marked; there are 1 dropped, 1 started, 1 done\n"
    assert mip("mine", "--who", "ana").err == "mip: nothing is marked for 'ana'; did you mean anna?\n"
    assert json.loads(mip("mine", "saved", "--json").out) == []


@pytest.mark.usefixtures("marked")
def test_json_is_the_record_with_what_is_marked(mip: Mip) -> None:
    whole = json.loads(mip("show", "2.17", "--json").out)[0]
    mine = json.loads(mip("mine", "2.17", "--json").out)[0]
    said = {"state": "started", "since": "2026-11-23T08:00:00Z", "who": None, "folder": None, "notes": ["first look"]}
    assert mine == {**whole, **said}
    assert mip("mine", "--format", "json").out == mip("mine", "--json").out


def test_the_fields_of_a_card_are_null_where_the_id_is_not_in_use(mip: Mip, notes: Path) -> None:
    notes.write_text(
        '{"id": "lab.1", "state": "saved", "title": "Mine"}\n{"id": "2.17", "state": "done", "title": "Old"}\n'
    )
    whole = set(json.loads(mip("show", "2.17", "--json").out)[0])
    for record, identifier, title in zip(
        json.loads(mip("mine", "--json").out), ["2.17", "lab.1"], ["Old", "Mine"], strict=True
    ):
        assert (record["id"], record["title"]) == (identifier, title)
        assert all(record[name] is None for name in whole - {"id", "title"})


def test_what_is_not_in_use_or_has_another_title_is_shown_and_says_so(notes: Path) -> None:
    notes.write_text(
        '{"id": "lab.1", "state": "saved", "title": "Mine"}\n{"id": "2.17", "state": "done", "title": "Old"}\n'
    )
    code, text = mip_seen("mine", columns=100)
    assert code == 0
    assert "lab.1  saved         Mine (not in this registry)" in text
    assert "2.17   done          Old (that id now has another title: the mark is not applied)" in text
    code, text = mip_seen("mine", columns=70)
    assert "2.17   done          Old\n    (that id now has another title: the mark is not applied)\n" in text


def test_a_terminal_gets_a_table_with_folders_and_notes_and_where_the_file_is(
    notes: Path, tmp_path: Path, registry: Registry
) -> None:
    lines = [*LINES[:2], {"id": "2.17", "state": "started", "folder": str(tmp_path), "note": "a", "priority": 2}]
    lines.append({"id": "2.18", "state": "started", "folder": "/no/such"})
    notes.write_text("".join(f"{json.dumps({**line, 'at': ''})}\n" for line in lines))
    code, text = mip_seen("mine", columns=200)
    assert code == 0
    head, *rows = text.splitlines()
    assert head.split() == ["id", "state", "since", "who", "title"]
    titles = [registry.problem(identifier).title for identifier in ("2.18", "2.17", "3.1")]
    assert [row.strip() for row in rows] == [
        f"2.18  started               {titles[0]}", "folder: /no/such, which is gone",
        f"2.17  started               {titles[1]}", f"folder: {tmp_path}", "note: a", "priority: 2",
        f"3.1   done            anna  {titles[2]}", "note: =1+1 | two",
        f"3 marks, kept in {notes}, yours to edit",
    ]  # fmt: skip


@pytest.mark.usefixtures("marked")
@pytest.mark.parametrize("columns", [20, 33, 56, 80])
def test_the_table_fits_the_terminal(columns: int) -> None:
    code, text = mip_seen("mine", columns=columns)
    assert code == 0
    assert max(map(len, text.split("kept in")[0].splitlines()[:-1])) <= columns
    assert "first look" in " ".join(text.split())


@pytest.mark.usefixtures("marked")
def test_a_roster_is_markdown_and_a_sheet_csv(mip: Mip, registry: Registry) -> None:
    roster = mip("mine", "--format", "md", "--who", "anna").out
    title = registry.problem("3.1").title
    assert roster.splitlines()[0] == "| id | state | since | who | folder | note | title |"
    assert roster.splitlines()[2] == f"| 3.1 | done | 2026-11-02T08:00:00Z | anna |  | =1+1 \\| two | {title} |"
    sheet = list(csv.reader(io.StringIO(mip("mine", "--format", "csv").out)))
    assert [row[5] for row in sheet] == ["note", "", "first look", "'=1+1 | two"]


def test_the_folder_is_printed_for_cd(mip: Mip, notes: Path, tmp_path: Path) -> None:
    rows = [{"id": "2.17", "folder": str(tmp_path), "state": "started"}, {"id": "2.17", "folder": "/x", "who": "anna"}]
    notes.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    assert mip("mine", "2.17", "--folder").out == f"{tmp_path}\n"
    done = mip("mine", "--folder")
    assert (done.out, done.err) == (f"{tmp_path}\n", "mip: 2.17: /x, which is gone\n")


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"id": "2.17", "state": "saved"}, "no folder is known for 2.17; `mip init 2.17` makes one"),
        ({"id": "2.17", "folder": "/no/such"}, "2.17: /no/such, which is gone; if it was moved, correct it in "),
    ],
)
def test_without_the_folder_nothing_is_printed_and_the_exit_is_1(
    mip: Mip, notes: Path, row: dict[str, str], told: str
) -> None:
    notes.write_text(json.dumps(row))
    done = mip("mine", "2.17", "--folder")
    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
    assert told in done.err


def test_a_broken_line_is_told_with_its_number_and_kept(mip: Mip, notes: Path) -> None:
    content = b'{"id": "2.17", "state": "saved"}\nrubbish\n\xff\n[]\n{}\n1\n'
    notes.write_bytes(content)
    done = mip("mine")
    assert (done.code, ids(done.out)) == (0, ["2.17"])
    assert done.err.splitlines() == [
        f"mip: {notes}:2: not JSON; the line is passed over, and kept",
        f"mip: {notes}:3: not UTF-8; the line is passed over, and kept",
        f"mip: {notes}:4: no JSON object; the line is passed over, and kept",
        f"mip: {notes}: 2 more lines cannot be read, the last is line 6",
    ]
    mip("mark", "2.17", "done")
    assert notes.read_bytes().startswith(content)


def test_a_file_of_a_later_version_round_trips(mip: Mip, notes: Path) -> None:
    later = (
        '{"id": "2.17", "state": "paused", "at": "2027-01-01T00:00:00Z", "priority": {"of": 3}, "version": 9}\n'
        '{"id": "sub/9", "state": "saved", "kind": "idea"}\n'
    )
    notes.write_text(later)
    found = {record["id"]: record for record in json.loads(mip("mine", "--json").out)}
    assert found["2.17"]["state"] == "paused"
    assert found["2.17"]["other"] == {"priority": {"of": 3}, "version": 9}
    assert found["sub/9"]["other"] == {"kind": "idea"}
    assert mip("mark", "2.17", "3.1", "done").code == 0
    assert notes.read_text().startswith(later)
    assert json.loads(mip("mine", "2.17", "--json").out)[0]["other"]["version"] == 9


def test_folder_and_a_format_exclude_each_other(mip: Mip) -> None:
    assert mip("mine", "--folder", "--json").code == 2
    assert "--json and --format do not go together" in mip("mine", "--json", "--format", "md").err


def test_a_file_that_cannot_be_read_is_one_line_and_exit_1(
    mip: Mip, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("MIP_NOTES", str(tmp_path))
    done = mip("mine")
    assert (done.code, done.out, done.err) == (
        1, "", f"mip: error: {tmp_path} is no regular file; MIP_NOTES names another\n"
    )  # fmt: skip


def test_the_help_says_that_the_file_is_yours_to_edit(mip: Mip) -> None:
    assert "is yours to edit" in " ".join(mip("mine", "-h").out.split())


def test_marks_of_an_own_registry_are_told_apart_by_title(mip: Mip, tmp_path: Path, registry: Registry) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(GOOD_FILE)
    mip("mark", "2.1", "done")
    assert mip("--only", "--data", str(file), "list", "--mine", "done").out == ""
    assert ids(mip("list", "--mine", "done").out) == ["2.1"]
    assert mip("--only", "--data", str(file), "mine").lines[0].split("\t")[6] == registry.problem("2.1").title
