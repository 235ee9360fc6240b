"""`mip check` as a person and as a script meet it, and the registry that --data and MIP_DATA name."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.conftest import GOOD_FILE, PROBLEMS, ROOT, Mip

TWO_FAULTS = GOOD_FILE.replace("difficulty: A\n", "difficulty: E\n", 1).replace("compute: laptop", "compute: abacus", 1)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A current folder with a good registry and one with two faults."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "good.yaml").write_text(GOOD_FILE, encoding="utf-8")
    (tmp_path / "bad.yaml").write_text(TWO_FAULTS, encoding="utf-8")
    return tmp_path


def test_the_bundled_registry_is_sound(mip: Mip) -> None:
    done = mip("check")
    assert (done.code, done.out) == (0, "")
    assert done.err == f"mip: bundled registry: {PROBLEMS} problems, 0 faults\n"


def test_every_fault_is_a_line_with_file_line_and_column(mip: Mip) -> None:
    done = mip("--only", "check", "bad.yaml")
    assert done.code == 1
    assert len(done.lines) == 2
    for line, field in zip(done.lines, ("difficulty: E", "compute: abacus"), strict=True):
        place = re.match(r"bad\.yaml:(\d+):(\d+): ", line)
        assert place
        row, value = TWO_FAULTS.splitlines()[int(place[1]) - 1], field.split(": ")[1]
        assert row[int(place[2]) - 1 :].startswith(value)


PAGE = ROOT / "docs" / "data-format.md"
CURE = f"mip: `mip check --template` prints a registry to fill in; the format: {PAGE}\n"


def test_help_and_the_template_say_where_the_format_stands(mip: Mip) -> None:
    assert f"Every field of a registry:\n    {PAGE}\n" in mip("check", "-h").out
    assert mip("check", "--template").lines[-1] == f"# every field: {PAGE}"


def test_the_template_passes_as_it_is_and_has_ten_lines(mip: Mip) -> None:
    printed = mip("check", "--template").out
    done = mip("check", "-", stdin=printed)
    assert (done.code, done.out, printed.count("\n")) == (0, "", 10)


def test_faults_are_counted_in_one_line_on_stderr_and_the_next_leads_on(mip: Mip) -> None:
    assert mip("--only", "check", "bad.yaml").err == f"mip: 2 problems, 2 faults\n{CURE}"
    assert mip("--only", "check", "good.yaml").err == "mip: 2 problems, 0 faults\n"


def test_one_is_counted_as_one(mip: Mip) -> None:
    done = mip("--only", "check", "-", stdin=TWO_FAULTS.replace("abacus", "laptop").split('  - id: "2.2"')[0])
    assert (done.code, done.err) == (1, f"mip: 1 problem, 1 fault\n{CURE}")


def test_quiet_leaves_the_faults_and_the_code(mip: Mip) -> None:
    done = mip("-q", "--only", "check", "bad.yaml")
    assert (done.code, done.err, len(done.lines)) == (1, "", 2)


@pytest.mark.parametrize(("file", "code", "faults"), [("good.yaml", 0, 0), ("bad.yaml", 1, 2)])
def test_json_is_one_document_whatever_is_found(mip: Mip, file: str, code: int, faults: int) -> None:
    done = mip("--only", "check", file, "--json")
    record = json.loads(done.out)
    assert (done.code, record["file"], record["problems"], len(record["faults"])) == (code, file, 2, faults)


def test_a_fault_in_json_has_the_place_that_the_line_has(mip: Mip) -> None:
    found = json.loads(mip("--only", "check", "bad.yaml", "--json").out)["faults"]
    lines = [f"{fault['file']}:{fault['line']}:{fault['column']}: {fault['message']}" for fault in found]
    assert lines == mip("--only", "check", "bad.yaml").lines


def test_the_bundled_registry_in_json(mip: Mip) -> None:
    record = json.loads(mip("check", "--json").out)
    assert (record["file"], record["problems"], record["faults"]) == ("bundled", PROBLEMS, [])


def test_a_dash_is_standard_input(mip: Mip) -> None:
    assert mip("--only", "check", "-", stdin=GOOD_FILE).code == 0
    done = mip("--only", "check", "-", stdin=TWO_FAULTS)
    assert (done.code, len(done.lines)) == (1, 2)


def test_a_folder_is_checked_as_a_whole(mip: Mip, here: Path) -> None:
    done = mip("--only", "check", ".")
    assert done.code == 1
    assert "duplicate id 2.1" in done.out
    assert "difficulty" in done.out
    (here / "bad.yaml").unlink()
    assert mip("--only", "check", ".").code == 0


def test_a_file_keeps_its_bytes(mip: Mip, here: Path) -> None:
    mip("--only", "check", "bad.yaml")
    assert sorted(path.name for path in here.iterdir()) == ["bad.yaml", "good.yaml"]
    assert (here / "bad.yaml").read_text(encoding="utf-8") == TWO_FAULTS


def test_without_an_argument_the_registry_in_use_is_checked(mip: Mip, monkeypatch: pytest.MonkeyPatch) -> None:
    assert mip("--only", "--data", "bad.yaml", "check").out == mip("--only", "check", "bad.yaml").out
    monkeypatch.setenv("MIP_DATA", "bad.yaml")
    assert mip("--only", "check").out == mip("--only", "check", "bad.yaml").out


def test_an_argument_is_stronger_than_the_registry_in_use(mip: Mip) -> None:
    assert mip("--only", "--data", "bad.yaml", "check", "good.yaml").code == 0


def test_the_option_is_stronger_than_the_environment(mip: Mip, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIP_DATA", "bad.yaml")
    assert mip("list").code == 1
    assert mip("--only", "--data", "good.yaml", "list").code == 0


def test_an_empty_variable_means_the_bundled_registry(mip: Mip, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIP_DATA", "")
    assert len(mip("list").lines) == PROBLEMS


@pytest.mark.parametrize("verb", [["list"], ["search", "alpha"], ["pick", "-l", "A", "--seed", "1"], ["show", "2.1"]])
def test_every_verb_uses_the_registry_given(mip: Mip, verb: list[str]) -> None:
    rows = json.loads(mip("--only", "--data", "good.yaml", *verb, "--json").out)
    assert {row["title"] for row in rows} == {"A card for tests"}


def test_the_version_counts_the_problems_of_the_registry_given(mip: Mip) -> None:
    assert "2 problems" in mip("--only", "--data", "good.yaml", "--version").out


def test_a_repository_starts_from_the_registry_given(mip: Mip, here: Path) -> None:
    done = mip("--only", "--data", "good.yaml", "init", "2.2")
    assert (done.code, done.out) == (0, f"{here / 'mip-2-2-a-card-for-tests'}\n")
    assert "A card for tests" in (here / done.out.strip() / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("verb", [["list"], ["show", "2.1"], ["init", "2.1"], ["categories"], ["list", "--json"]])
def test_a_faulty_registry_stops_every_verb_with_one_line(mip: Mip, here: Path, verb: list[str]) -> None:
    done = mip("--only", "--data", "bad.yaml", *verb)
    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
    assert re.match(r"mip: error: bad\.yaml:\d+:\d+: ", done.err)
    assert "mip check bad.yaml" in done.err
    assert len(list(here.iterdir())) == 2


def test_two_files_with_one_category_are_a_fault(mip: Mip, tmp_path: Path) -> None:
    folder = tmp_path / "two"
    folder.mkdir()
    (folder / "a.yaml").write_text(GOOD_FILE)
    (folder / "b.yaml").write_text(GOOD_FILE.replace('"2.', '"2.1'))
    done = mip("--only", "check", str(folder))
    assert done.code == 1
    assert [line.split(": ", 1)[1] for line in done.lines] == [
        f"category: {folder / 'a.yaml'} has the number 2 already; give this file another number"
    ]


def test_the_limit_of_faults_holds_for_all_files_together(mip: Mip, tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / f"{name}.yaml").write_text("category: 1\n" * 700)
    lines = mip("--only", "check", str(tmp_path)).lines
    assert len(lines) == 1001
    assert "more than 1000 faults; mend the others first" in "\n".join(lines)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("starred: true", "starred: yes", "starred: expected true or false, got 'yes'"),
        ("weeks: [1, 2]", "weeks: [1, 010]", "weeks: expected a whole number, got '010'"),
        ("number: 2", "number: 0x2", "number: expected a whole number, got '0x2'"),
    ],
)
def test_a_value_of_the_right_kind_in_the_wrong_form_is_shown(
    mip: Mip, tmp_path: Path, old: str, new: str, message: str
) -> None:
    (tmp_path / "own.yaml").write_text(GOOD_FILE.replace(old, new, 1))
    assert message in mip("--only", "check", str(tmp_path / "own.yaml")).out
