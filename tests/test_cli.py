"""The program as a whole: streams, exit codes, global options, and one line for every user error."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mi_problems import __version__
from mi_problems.cli import VERBS
from mi_problems.registry.registry import Registry
from tests.conftest import GOOD_FILE, PROBLEMS, Mip


def test_version_names_tool_data_and_problems(registry: Registry, mip: Mip) -> None:
    for flag in ("-V", "--version"):
        done = mip(flag)
        assert (done.code, done.err) == (0, "")
        assert done.out == f"mip {__version__} (data {registry.collection.version}, {PROBLEMS} problems)\n"


def test_help_names_every_verb(mip: Mip) -> None:
    assert mip("-h").out == mip("--help").out
    assert all(verb in mip("-h").out for verb in VERBS)


def test_alone_it_says_where_to_begin_with_commands_that_work(mip: Mip) -> None:
    done = mip()
    assert (done.code, done.err) == (0, "")
    assert len(done.lines) < 24
    for line in done.out.split("Where to begin:\n")[1].splitlines():
        command = line.split("  ")[1].replace("WORDS", "induction").split()
        assert mip(*command[1:], *(["-l", "beginner"] if command[1:] == ["pick"] else [])).code == 0


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_with_examples(mip: Mip, verb: str) -> None:
    done = mip(verb, "-h")
    assert done.code == 0
    assert done.out == mip(verb, "--help").out == mip("--color", "never", "help", verb).out
    assert f"  mip {verb}" in done.out.split("Examples:")[1] or "$(mip init" in done.out
    assert "\x1b" not in done.out


@pytest.mark.parametrize("verb", VERBS)
def test_help_may_come_before_its_verb(mip: Mip, verb: str) -> None:
    assert mip("help", verb) == mip(verb, "-h")
    assert mip("help", verb, "surplus") == mip(verb, "-h")


def test_help_alone_is_that_of_the_program(mip: Mip) -> None:
    assert mip("help") == mip("-h")
    assert "unknown command 'lisst'; did you mean list?" in mip("help", "lisst").err


@pytest.mark.parametrize(
    ("arguments", "code", "part"),
    [
        (["show", "2.99"], 1, "no problem '2.99'; nearest: 2.9"),
        (["show", "2.17", "nonsense"], 1, "no problem 'nonsense'"),
        (["list", "-c", "circus"], 2, "unknown category 'circus'; did you mean circuits"),
        (["list", "-l", "beginer"], 2, "unknown level 'beginer'; did you mean beginner?"),
        (["list", "-s", "oppen"], 2, "unknown status 'oppen'; did you mean open?"),
        (["list", "-t", "linear-prob-es"], 2, "unknown skill 'linear-prob-es'; did you mean linear-probes"),
        (["list", "-d", "F"], 2, "unknown difficulty"),
        (["list", "--sort", "age"], 2, "unknown sort key 'age'"),
        (["list", "--jsn"], 2, "--json"),
        (["list", "-n", "0"], 2, "'--limit' / '-n': 0 is less than 1; see `mip list -h`"),
        (["list", "-n", "ten"], 2, "'ten' is not a whole number; see `mip list -h`"),
        (["show", "lab.1"], 1, "no problem 'lab.1'; such an id is of a list of one's own: --data or MIP_DATA"),
        (["list", "-n", "many"], 2, "--limit"),
        (["list", "surplus"], 2, "surplus"),
        (["lisst"], 2, "unknown command 'lisst'; did you mean list?"),
        (["start", "2.17"], 2, "unknown command 'start'; did you mean init?"),
        (["show"], 2, "ID..."),
        (["search"], 2, "WORDS"),
        (["pick"], 2, "--level"),
        (["pick", "-l", "wizard"], 2, "unknown level 'wizard'"),
        (["--color", "maybe", "list"], 2, "unknown --color 'maybe'"),
        (["--bogus"], 2, "--bogus"),
        (["categories", "nope"], 2, "unknown category 'nope'"),
        (["--only", "--data", "/no/such/file", "list"], 1, "cannot read /no/such/file"),
        (["check", "/no/such/file"], 1, "cannot read /no/such/file"),
        (["init", "9.99"], 1, "no problem '9.99'"),
        (["init", "2.17", "--license", "gpl"], 2, "unknown license 'gpl'"),
        (["init", "2.17", "--force", "--add-missing"], 2, "exclude each other"),
    ],
)
def test_a_user_error_is_one_line_on_stderr_with_its_code(mip: Mip, arguments: list[str], code: int, part: str) -> None:
    done = mip(*arguments)
    assert done.code == code
    assert done.out == ""
    assert done.err.startswith("mip: error: ")
    assert done.err.count("\n") == 1
    assert part in done.err


@pytest.mark.parametrize(
    ("line", "nearest"),
    [
        ("show 2.99", "nearest: 2.9"),
        ("show 2.25c", "nearest: 2.25, 2.25b"),
        ("show 217", "nearest: 2.17"),
        ("show 2", "nearest: 2.1, 2.2, 2.3"),
        ("show coda:9.999", "nearest: coda:9."),
        ("init 92.3", "nearest: "),
        ("pick --like 2.99", "nearest: 2.9"),
        ("pick -l A --not 2.99", "nearest: 2.9"),
        ("list -c circus", "did you mean circuits"),
        ("list -c !circus", "did you mean circuits"),
        ("categories superpositon", "did you mean superposition?"),
        ("list -l intermidiate", "did you mean intermediate?"),
        ("pick -l begginer", "did you mean beginner?"),
        ("search x -s adressed", "did you mean addressed?"),
        ("list -t actvation-patching", "did you mean activation-patching"),
        ("pick -l A --know linear-prob-es", "did you mean linear-probes"),
        ("list -d beginner", "did you mean A, or --level beginner?"),
        ("list -d b-a", "write A-B"),
        ("list -d E", "a letter A to D or a range such as B-C"),
        ("list --compute laptp", "did you mean laptop?"),
        ("pick -l A --weeks soon", "weeks: 'soon' is not a whole number from 1"),
        ("pick -l A --weeks 0", "weeks: '0' is not a whole number from 1"),
        ("list --sort ttle", "did you mean title?"),
        ("init 2.17 --license mti", "did you mean mit?"),
        ("init 2.17 --vcs svn", "choose from git, none"),
        ("--color nver list", "did you mean never?"),
        ("srch x", "did you mean search"),
        ("list --starr", "did you mean --starred"),
        ("list --dificulty A", "did you mean --difficulty?"),
        ("list --colour never", "did you mean --color"),
        ("list --quite", "did you mean --quiet"),
        ("--no-pagr list", "did you mean --no-pager?"),
        ("pick --intrest x", "did you mean --interest"),
        ("list --zzz", "see `mip list -h`"),
        ("list --data", "--data needs a value"),
    ],
)
def test_what_is_misspelt_names_the_nearest(mip: Mip, line: str, nearest: str) -> None:
    done = mip(*line.split())
    assert done.code in {1, 2}
    assert done.out == ""
    assert done.err.count("\n") == 1
    assert nearest in done.err


def test_a_bug_keeps_its_traceback(monkeypatch: pytest.MonkeyPatch, mip: Mip) -> None:
    monkeypatch.setattr("mi_problems.commands.list.criteria", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        mip("list")


def test_global_options_work_on_either_side_of_the_verb(mip: Mip, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(GOOD_FILE)
    assert (
        mip("--only", "--data", str(file), "list").out
        == mip("list", "--only", "--data", str(file)).out
        == mip("list", f"--data={file}", "--only").out
    )
    assert len(mip("--only", "--data", str(file), "list").lines) == 2
    assert "\x1b" in mip("list", "-n", "1", "--color", "always").out
    assert mip("list", "-c", "rl", "-d", "A", "-s", "open", "-q").err == ""


def test_after_two_dashes_nothing_is_an_option(mip: Mip) -> None:
    assert mip("search", "--", "--color").code == 0


def test_the_registry_may_come_from_the_environment(mip: Mip, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine.yaml").write_text(GOOD_FILE)
    monkeypatch.setenv("MIP_DATA", str(tmp_path / "mine.yaml"))
    assert [line.split("\t")[0] for line in mip("--only", "list").lines] == ["2.1", "2.2"]


def test_python_m_is_mip(program: Mip) -> None:
    assert program("--version").out.startswith("mip ")


def test_a_reader_that_leaves_early_is_no_error() -> None:
    script = f"{sys.executable} -m mi_problems list --json | head -1; echo code ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert done.stdout.splitlines()[-1] == "code 0"


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_a_full_disk_is_one_line_and_exit_1() -> None:
    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m mi_problems list > /dev/full"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr == "mip: error: cannot write the output: No space left on device\n"


def test_a_closed_output_is_one_line_and_exit_1() -> None:
    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m mi_problems list >&-"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (1, "mip: error: standard output is closed\n")


def test_an_ascii_locale_prints_all_cards(program: Mip) -> None:
    environment = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = program("show", *(f"{number}.1" for number in range(1, 10)), env=environment)
    assert done.code == 0
    assert done.out.isascii()
    assert len(json.loads(program("list", "--json", env=environment).out)) == PROBLEMS


@pytest.mark.parametrize(
    ("environment", "flag", "coloured"),
    [
        ({}, "auto", False),
        ({"FORCE_COLOR": "1"}, "auto", True),
        ({"CLICOLOR_FORCE": "1"}, "auto", True),
        ({"FORCE_COLOR": "0"}, "auto", False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, "auto", False),
        ({"NO_COLOR": "1"}, "always", True),
        ({"FORCE_COLOR": "1"}, "never", False),
    ],
)
def test_colour_follows_flag_and_environment(
    program: Mip, environment: dict[str, str], flag: str, coloured: bool
) -> None:
    done = program("--color", flag, "list", "-n", "1", env=environment)
    assert ("\x1b" in done.out) == coloured
    wrong = program("--color", flag, "show", "0.0", env=environment)
    assert ("\x1b" in wrong.err) == coloured


def test_help_does_not_hang_on_docstrings(program: Mip) -> None:
    for words in ([], *([verb, "-h"] for verb in VERBS)):
        bare = program(*words, env={"PYTHONOPTIMIZE": "2"})
        assert bare.code == 0
        assert bare.out == program(*words).out
