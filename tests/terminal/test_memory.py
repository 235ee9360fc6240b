"""The memory woven into the other commands: what is marked is shown, chosen, left out, favoured and offered."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from mi_problems.picking.answers import Answers, draw
from mi_problems.progress.marks import Mark
from mi_problems.registry.registry import Registry
from tests.conftest import Mip
from tests.pseudo_terminal import mip_seen

PICK = ("pick", "-l", "beginner", "-c", "circuits")


def ids(text: str) -> list[str]:
    return [line.split("\t")[0] for line in text.splitlines()]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def marked(notes: Path, **states: str) -> None:
    """Marks without a time, `p2_17="saved"`."""
    rows = [{"id": name[1:].replace("_", "."), "state": state} for name, state in states.items()]
    notes.write_text("".join(f"{json.dumps(row)}\n" for row in rows))


# list and search


def test_a_list_on_a_terminal_has_the_mark_in_a_word(notes: Path) -> None:
    before = mip_seen("list", "-c", "circuits", "-l", "beginner")
    marked(notes, p2_17="started", p3_1="done")
    _, text = mip_seen("list", "-c", "circuits", "-l", "beginner")
    assert re.search(r"^id +rating +status +mine +title$", text, re.MULTILINE)
    assert re.search(r"^2\.17 .* started  Does the IOI", text, re.MULTILINE)
    assert all(len(line) <= 80 for line in text.splitlines())
    marked(notes, p3_1="done")  # which this list does not hold
    assert mip_seen("list", "-c", "circuits", "-l", "beginner") == before


@pytest.mark.parametrize("columns", [20, 40, 48, 60, 120])
def test_a_list_with_marks_fits_every_terminal(notes: Path, columns: int) -> None:
    marked(notes, p2_17="started", p2_18="saved")
    for command in (["list", "-c", "circuits"], ["search", "ioi", "seeds"]):
        _, text = mip_seen(*command, columns=columns)
        assert max(map(len, text.splitlines())) <= columns
        assert ("started" in text) == (columns >= 48)


def test_hits_on_a_terminal_have_the_mark_in_a_word(notes: Path) -> None:
    marked(notes, p2_17="saved")
    _, text = mip_seen("search", "ioi", "circuit", "seeds", "-n", "3")
    assert re.search(r"^2\.17 .* saved  Does the IOI", text, re.MULTILINE)


def test_a_pipe_gets_what_it_got_without_marks(mip: Mip, notes: Path) -> None:
    commands = (
        ["list"],
        ["list", "--json"],
        ["search", "ioi"],
        ["search", "ioi", "--json"],
        ["show", "2.17", "--json"],
    )
    before = [mip(*command) for command in commands]
    marked(notes, p2_17="started")
    assert [mip(*command) for command in commands] == before


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["--mine", "saved"], ["2.17"]), (["--mine", "any"], ["2.17", "2.18"]),
        (["--mine", "done", "--who", "anna"], ["2.20"]),
        (["--mine", "saved", "--mine", "done"], ["2.17", "2.18"]), (["--mine", "any", "--mine", "!done"], ["2.17"]),
    ],
)  # fmt: skip
def test_lists_and_hits_are_chosen_by_their_marks(mip: Mip, notes: Path, words: list[str], found: list[str]) -> None:
    marked(notes, p2_17="saved", p2_18="done")
    with notes.open("a") as file:
        file.write('{"id": "2.20", "state": "done", "who": "anna"}\n')
    assert ids(mip("list", *words).out) == found
    assert set(ids(mip("search", "ioi circuit head", "-n", "100", *words).out)) <= set(found)
    assert len(mip("list", "--mine", "!done").lines) == len(mip("list").lines) - 1


def test_a_mark_that_nothing_has_says_what_to_relax(mip: Mip) -> None:
    done = mip("list", "-c", "rl", "--mine", "saved")
    assert (done.code, done.out) == (0, "")
    assert done.err.startswith("mip: no problem fits --category rl --mine saved; without --mine saved: ")
    assert "did you mean saved" in mip("list", "--mine", "svaed").err


def test_a_memory_that_cannot_be_read_is_a_line_unless_it_is_asked_for(mip: Mip, here: Path) -> None:
    code, text = mip_seen("list", "-n", "1", MIP_NOTES=str(here))
    assert code == 0
    assert text.startswith(f"mip: {here} is no regular file")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MIP_NOTES", str(here))
        assert mip("list", "--mine", "saved").code == 1
        assert mip("show", "2.17").code == mip(*PICK).code == 0


def test_a_piped_list_does_not_look_at_the_memory(mip: Mip, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIP_NOTES", str(here))
    assert mip("list").err == mip("search", "ioi").err == ""


# show


def test_a_card_ends_with_your_notes_and_folder(mip: Mip, notes: Path, here: Path) -> None:
    whole = mip("show", "2.17").out
    row = {"id": "2.17", "state": "started", "folder": str(here), "note": "half way"}
    notes.write_text(json.dumps(row) + "\n" + json.dumps({"id": "2.17", "note": "x", "who": "anna"}))
    assert mip("show", "2.17").out == f"{whole}\nmark: started\nfolder: {here}\nnote: half way\n"
    assert mip("show", "2.17", "--who", "anna").out == f"{whole}\nmark: noted for anna\nnote: x\n"
    _, text = mip_seen("show", "2.17", columns=200)
    assert text.endswith(f"\nYours\n  mark    started\n  folder  {here}\n  note    half way\n")


# pick


def test_what_is_started_done_or_dropped_is_left_out_and_said_once(mip: Mip, notes: Path) -> None:
    every = ids(mip(*PICK, "-n", "99").out)
    assert {"2.17", "2.18", "2.20"} < set(every)
    marked(notes, p2_17="started", p2_18="done", p2_20="dropped", p3_1="done")
    done = mip(*PICK, "-n", "99")
    assert set(ids(done.out)) == set(every) - {"2.17", "2.18", "2.20"}
    assert done.err.count("left out") == 1
    assert "mip: left out: 2.17 (started), 2.18 (done), 2.20 (dropped); --no-marks looks at none\n" in done.err
    assert "your marks had a part" in done.err
    assert set(ids(mip(*PICK, "-n", "99", "--no-marks").out)) == set(every)


def test_many_that_are_left_out_are_counted(mip: Mip, notes: Path) -> None:
    marked(notes, p2_17="started", p2_18="done", p2_20="dropped", p2_16="done")
    assert "left out: 4 that you started, finished or dropped; " in mip(*PICK).err


def test_marks_that_had_no_part_are_not_spoken_of(mip: Mip, notes: Path) -> None:
    before = mip(*PICK, "--seed", "3")
    marked(notes, p8_1="done", p1_1="saved")
    assert mip(*PICK, "--seed", "3") == before


def test_nothing_left_but_what_is_marked_names_the_way_out(mip: Mip, notes: Path) -> None:
    every = ids(mip(*PICK, "-n", "99").out)
    marked(notes, **{f"p{identifier.replace('.', '_')}": "done" for identifier in every})
    assert f"with --no-marks: {len(every)}\n" in mip(*PICK).err


def test_what_is_saved_is_favoured_with_a_reason(registry: Registry) -> None:
    own = {"2.18": Mark("2.18", "saved")}
    asked = Answers(("beginner",), number=3)
    with_, without = (
        sum(
            "2.18" in [pick.problem.id for pick in draw(registry, asked._replace(seed=seed), marks).picks]
            for seed in range(60)
        )
        for marks in (own, {})
    )
    assert with_ > 3 * without > 0
    for pick in draw(registry, Answers(("beginner",), number=40), own).picks:
        assert any("one that you saved" in reason for reason in pick.reasons) == (pick.problem.id == "2.18")


def test_only_what_is_saved_may_be_picked_from(mip: Mip, notes: Path) -> None:
    marked(notes, p2_17="saved", p2_18="saved", p2_20="started")
    done = mip(*PICK, "--mine", "saved", "--seed", "1")
    assert set(ids(done.out)) == {"2.17", "2.18"}
    assert "your marks had a part" in done.err
    assert ids(mip(*PICK, "--mine", "started").out) == ["2.20"]
    assert mip(*PICK, "--mine", "saved", "--no-marks").code == 2


def test_picks_are_saved_for_somebody(mip: Mip) -> None:
    done = mip("pick", "-l", "beginner", "-n", "12", "--seed", "7", "--save", "--who", "class-a")
    assert len(done.lines) == 12
    assert done.err.endswith(f"saved for class-a: {', '.join(ids(done.out))} (`mip mine --who class-a`)\n")
    kept = mip("mine", "--who", "class-a").lines
    assert sorted(line.split("\t")[0] for line in kept) == sorted(ids(done.out))
    assert {line.split("\t")[1] for line in kept} == {"saved"}
    assert mip("list", "--mine", "any").out == ""


def test_picks_that_cannot_be_saved_are_shown_and_the_exit_is_1(mip: Mip, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIP_NOTES", "/dev/full")
    done = mip(*PICK, "--save")
    assert (done.code, len(done.lines)) == (1, 3)
    assert "mip: error: cannot write /dev/full: No space left on device" in done.err


def test_the_same_seed_data_and_marks_give_the_same_picks(mip: Mip, notes: Path) -> None:
    marked(notes, p2_17="saved", p2_18="done")
    assert mip(*PICK, "--seed", "5") == mip(*PICK, "--seed", "5")


# init


def kept(notes: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in notes.read_text().splitlines()] if notes.exists() else []


def test_init_marks_the_problem_started_with_its_folder(mip: Mip, notes: Path, here: Path, registry: Registry) -> None:
    done = mip("init", "2.17", "new", "--vcs", "none")
    assert done.out == f"{Path.cwd() / 'new'}\n"
    (row,) = kept(notes)
    at = row.pop("at")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", at)
    title = registry.problem("2.17").title
    assert row == {"id": "2.17", "state": "started", "folder": str(here / "new"), "title": title}
    assert mip("mine", "2.17", "--folder").out == f"{here / 'new'}\n"


@pytest.mark.parametrize("flag", ["--no-mark", "--dry-run", "--add-missing"])
def test_init_does_not_mark_where_it_is_not_to(mip: Mip, notes: Path, flag: str) -> None:
    assert mip("init", "2.17", "new", flag).code == 0
    assert kept(notes) == []


def test_an_update_does_not_mark(mip: Mip, notes: Path) -> None:
    assert mip("init", "2.17", "new", "--no-mark").code == 0
    assert mip("init", "2.17", "new", "--update").code == 0
    assert kept(notes) == []


def test_an_init_that_fails_marks_nothing(mip: Mip, notes: Path, here: Path) -> None:
    (here / "new").mkdir()
    (here / "new" / "README.md").touch()
    assert mip("init", "2.17", "new").code == 1
    assert kept(notes) == []


def test_a_second_init_names_the_folder_of_the_first_before_all(mip: Mip, here: Path) -> None:
    mip("init", "2.17", "new")
    done = mip("init", "2.17", "again")
    assert done.err.splitlines()[0] == f"mip: you started 2.17 today in {here / 'new'}"
    (here / "again").rename(here / "moved")
    assert mip("init", "2.17", "third").err.splitlines()[0].endswith(f"in {here / 'again'}, which is gone")
    mip("mark", "2.17", "done")
    assert "you started" not in mip("init", "2.17", "fourth").err


@pytest.mark.parametrize("quiet", [[], ["-q"]])
def test_a_memory_that_cannot_be_written_does_not_stop_init(
    mip: Mip, here: Path, quiet: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in ("/dev/full", str(here)):
        monkeypatch.setenv("MIP_NOTES", place)
        done = mip(*quiet, "init", "2.17", f"new{len(place)}")
        assert done.code == 0
        assert len(re.findall("^mip: 2.17 is not marked as started: ", done.err, re.MULTILINE)) == 1
        assert done.err.count("mip: ") == 1


# completion


def offered(mip: Mip, line: str) -> list[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("_MIP_COMPLETE", "complete_fish")
        patch.setenv("_TYPER_COMPLETE_ARGS", line)
        done = mip()
    assert (done.code, done.err) == (0, "")
    return [row.partition("\t")[0] for row in done.lines]


def test_tab_offers_your_ids_first(mip: Mip, notes: Path) -> None:
    every = offered(mip, "mip show ")
    marked(notes, p2_17="saved", p3_1="done", p9_99="saved")
    for line in ("mip show ", "mip init ", "mip mark "):
        assert offered(mip, line) == ["3.1", "2.17", *(one for one in every if one not in {"3.1", "2.17"})]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("mip mark 2.17 ", ["saved", "started", "done", "dropped", "none", "1.1"]),
        ("mip mark 2.17 d", ["done", "dropped"]),
        ("mip mark 2", ["2.1"]), ("mip mine ", ["saved", "started", "done", "dropped", "any", "!saved"]),
        ("mip list --mine !d", ["!done", "!dropped"]), ("mip mine --format ", ["json", "csv", "md"]),
        ("mip list --who ", ["anna"]), ("mip mine --who=a", ["--who=anna"]),
    ],
)  # fmt: skip
def test_tab_offers_states_people_and_formats(mip: Mip, notes: Path, line: str, words: list[str]) -> None:
    notes.write_text('{"id": "x/1", "who": "anna"}\nbroken\n')
    assert offered(mip, line)[: len(words)] == words


def test_a_memory_that_cannot_be_read_leaves_tab_alone(mip: Mip, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIP_NOTES", str(here))
    assert offered(mip, "mip show 2.25") == ["2.25", "2.25b"]
    assert offered(mip, "mip mine --who ") == []


# whoever runs the tests


def test_no_test_touches_the_memory_of_whoever_runs_it(notes: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    script = "from mi_problems.progress.kept import where; print(where())"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert Path(done.stdout.strip()) == notes
    assert tmp_path_factory.getbasetemp() in notes.parents
