"""`mip init` as a shell and a script meet it: streams, plan, refusal, and what is left on disk."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from mi_problems.scaffold.text.install import install_lines, install_note, this_machine
from tests.conftest import Mip
from tests.pseudo_terminal import seen

LEAST = {"README.md", "LOG.md", "experiment.py", "test_experiment.py", "pyproject.toml", "references.bib", "mip.json"}
MIP = [sys.executable, "-m", "mi_problems"]
needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder outside any work tree."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".git" not in path.relative_to(folder).parts[:-1]
    }


def actions(err: str) -> dict[str, str]:
    """File to action, as standard error tells it."""
    told = re.findall(r"^(create|keep|replace) +(\S+)(?: \(.*\))?$", err, re.MULTILINE)
    return {name: action for action, name in told}


def test_stdout_is_the_path_alone(mip: Mip, here: Path) -> None:
    done = mip("init", "2.17")
    assert done.code == 0
    assert re.fullmatch(rf"{re.escape(str(here))}/mip-2-17-[a-z0-9-]{{1,41}}\n", done.out)
    assert (Path(done.out.strip()) / "experiment.py").is_file()


def test_stderr_tells_every_file_and_what_to_type_next(mip: Mip, here: Path) -> None:
    done = mip("init", "2.17", "new")
    assert actions(done.err) == dict.fromkeys(contents(here / "new"), "create")
    assert actions(done.err).keys() >= LEAST
    *commands, note = done.err.split("next:\n")[1].splitlines()
    assert [line.strip() for line in commands] == [f"cd {here}/new", *install_lines(this_machine(), runs=True)]
    assert note == install_note(this_machine())


def test_quiet_leaves_the_path(mip: Mip, here: Path) -> None:
    done = mip("-q", "init", "2.17", "new")
    assert (done.code, done.out, done.err) == (0, f"{here}/new\n", "")


def test_json_is_one_document_of_path_files_and_commands(mip: Mip, here: Path) -> None:
    done = mip("init", "2.17", "new", "--json")
    record = json.loads(done.out)
    assert record["path"] == str(here / "new")
    assert record["commands"] == [f"cd {here}/new", *install_lines(this_machine(), runs=True)]
    assert record["news"] == []
    assert {file["path"]: file["action"] for file in record["files"]} == dict.fromkeys(contents(here / "new"), "create")


def test_a_dry_run_tells_the_plan_and_writes_nothing(mip: Mip, here: Path) -> None:
    plan = mip("init", "2.17", "new", "--dry-run")
    assert (plan.code, plan.out, list(here.iterdir())) == (0, f"{here}/new\n", [])
    assert "next:" not in plan.err
    assert actions(plan.err) == actions(mip("init", "2.17", "new").err)


def test_a_dry_run_in_json_is_the_document_of_the_real_run(mip: Mip, here: Path) -> None:
    plan = mip("init", "2.17", "new", "--dry-run", "--json")
    assert list(here.iterdir()) == []
    assert json.loads(plan.out) == json.loads(mip("init", "2.17", "new", "--json").out)


@pytest.mark.parametrize("dry", [[], ["--dry-run"], ["--json"]])
def test_a_folder_in_use_is_refused_with_the_files_and_the_flags(mip: Mip, here: Path, dry: list[str]) -> None:
    (here / "new").mkdir()
    (here / "new" / "README.md").write_text("mine")
    done = mip("init", "2.17", "new", *dry)
    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
    assert all(word in done.err for word in ("README.md", "--add-missing", "--update", "--force"))
    assert contents(here) == {"new/README.md": b"mine"}


@pytest.mark.parametrize(
    ("flag", "action", "readme"), [("--add-missing", "keep", b"mine"), ("--force", "replace", None)]
)
def test_each_flag_tells_and_does_what_it_says(
    mip: Mip, here: Path, flag: str, action: str, readme: bytes | None
) -> None:
    mip("init", "2.17", "fresh")
    (here / "new").mkdir()
    (here / "new" / "README.md").write_bytes(b"mine")
    (here / "new" / "notes.txt").write_bytes(b"mine too")
    done = mip("init", "2.17", "new", flag)
    assert done.code == 0
    assert actions(done.err) == {**dict.fromkeys(contents(here / "fresh"), "create"), "README.md": action}
    expected = contents(here / "fresh") | {"notes.txt": b"mine too"}
    assert contents(here / "new") == expected | ({"README.md": readme} if readme else {"README.md.mine": b"mine"})


def test_force_twice_gives_the_same_bytes(mip: Mip, here: Path) -> None:
    mip("init", "2.17", "new")
    before = contents(here)
    assert mip("init", "2.17", "new", "--force").code == 0
    assert contents(here) == before


def test_two_folders_of_the_same_problem_hold_the_same_bytes(mip: Mip, here: Path) -> None:
    for folder in ("a", "b"):
        mip("init", "4.4", folder, "--name", "same", "--author", "Ada Lovelace", "--license", "mit")
    assert contents(here / "a") == contents(here / "b")
    assert b"Ada Lovelace" in contents(here / "a")["LICENSE"]


@pytest.mark.parametrize("name", ["../x", "/x", "", "con", "-x", "a\x1bb", "a\nb", "x" * 51])
def test_a_bad_name_is_a_usage_error_that_writes_nothing(mip: Mip, here: Path, name: str) -> None:
    done = mip("init", "2.17", f"--name={name}")
    assert (done.code, done.out, done.err.count("\n"), list(here.iterdir())) == (2, "", 1, [])
    assert "name" in done.err
    assert "\x1b" not in done.err


@pytest.mark.parametrize("folder", ["", "nul", "a\x1bb"])
def test_a_bad_folder_is_a_usage_error_that_writes_nothing(mip: Mip, here: Path, folder: str) -> None:
    done = mip("init", "2.17", folder)
    assert (done.code, done.out, done.err.count("\n"), list(here.iterdir())) == (2, "", 1, [])


@pytest.mark.parametrize("folder", ["new", "./new", "deep/er/new", "my folder", "a.b", "sub/../new"])
def test_the_first_command_enters_the_folder_that_is_printed(mip: Mip, here: Path, folder: str) -> None:
    (here / "sub").mkdir()
    done = mip("init", "2.17", folder)
    cd = shlex.split(done.err.split("next:\n")[1].splitlines()[0])
    assert cd == ["cd", done.out.rstrip("\n")]
    assert (here / cd[1]).samefile(here / folder)
    assert contents(here / folder).keys() >= LEAST


def test_an_absolute_folder_is_taken(mip: Mip, here: Path) -> None:
    assert mip("init", "2.17", str(here / "new")).out == f"{here / 'new'}\n"


def test_the_current_folder_is_filled_if_empty(mip: Mip, here: Path) -> None:
    assert mip("init", "2.17", ".").out == f"{here}\n"
    assert contents(here).keys() >= LEAST


def test_a_name_without_a_folder_is_the_folder(mip: Mip, here: Path) -> None:
    assert mip("init", "2.17", "--name", "my-heads").out == f"{here}/my-heads\n"
    assert b'name = "my-heads"' in contents(here / "my-heads")["pyproject.toml"]


@pytest.mark.parametrize("folder", ["new", ".", "deep/er/new", "./new", "my folder"])
def test_a_shell_enters_the_folder_whatever_cdpath_says(here: Path, folder: str) -> None:
    (here / "c" / "new").mkdir(parents=True)
    (here / "c" / "deep" / "er" / "new").mkdir(parents=True)
    (here / "empty").mkdir()
    line = f'CDPATH={here}/c; cd "$({sys.executable} -m mi_problems init 2.17 -q "{folder}")" && pwd && ls'
    done = subprocess.run(["bash", "-c", line], cwd=here / "empty", capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[0] == str((here / "empty" / folder).resolve())
    assert "experiment.py" in done.stdout


def test_a_person_sees_the_path_as_typed(here: Path) -> None:
    code, text = seen([*MIP, "init", "2.17", "new", "--vcs", "none"], 80, here)
    assert code == 0
    assert "\n  cd new\n" in text
    assert text.endswith("\nnew\n")


def test_a_person_with_cdpath_sees_a_path_that_cd_looks_for_here_alone(here: Path) -> None:
    code, text = seen([*MIP, "init", "2.17", "new", "--vcs", "none"], 80, here, CDPATH="c")
    assert code == 0
    assert "\n  cd ./new\n" in text
    assert text.endswith("\n./new\n")


@pytest.mark.skipif(sys.platform == "darwin", reason="names there are UTF-8")
@pytest.mark.parametrize(("above", "settings"), [(b"\xff", {}), (b"a\nb\n", {}), ("é".encode(), {"LC_ALL": "C"})])
def test_a_folder_above_that_cannot_be_printed_is_left_out_of_the_path(
    here: Path, above: bytes, settings: dict[str, str]
) -> None:
    odd = os.path.join(os.fsencode(here), above)
    os.mkdir(odd)
    line = f'cd "$({sys.executable} -m mi_problems init 2.17 new -q)" && ls'
    done = subprocess.run(["bash", "-c", line], cwd=odd, capture_output=True, check=True, env=os.environ | settings)
    assert b"experiment.py" in done.stdout


@needs_git
@pytest.mark.parametrize(("arguments", "made"), [([], True), (["--vcs", "none"], False), (["--dry-run"], False)])
def test_git_is_set_up_unless_told_otherwise(mip: Mip, here: Path, arguments: list[str], made: bool) -> None:
    assert mip("init", "2.17", "new", *arguments).code == 0
    assert (here / "new" / ".git").is_dir() == made


@needs_git
def test_inside_a_repository_no_second_one_is_made(mip: Mip, here: Path) -> None:
    mip("init", "2.17", "outer")
    assert mip("init", "4.4", "outer/inner").code == 0
    assert not (here / "outer" / "inner" / ".git").exists()


@needs_git
def test_a_repository_without_its_own_git_says_so(mip: Mip, here: Path) -> None:
    told = "no `git init`: this folder is in a git work tree\n"
    assert told not in mip("init", "2.17", "outer").err
    assert told not in mip("init", "2.17", "outer", "--force").err
    for words in (["inner", "--dry-run"], ["inner"], ["inner", "--force"]):
        assert told in mip("init", "4.4", f"outer/{words[0]}", *words[1:]).err
    assert told not in mip("init", "4.4", "outer/other", "--vcs", "none").err


def test_a_folder_that_is_gone_is_one_line(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    script = (
        f"import os; os.chdir({str(gone)!r}); os.rmdir({str(gone)!r}); from mi_problems.__main__ import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", script, "init", "2.17"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert "the folder you are in is gone" in done.stderr


def test_a_way_through_a_folder_that_is_not_there_yet_is_made(mip: Mip, tmp_path: Path, here: Path) -> None:
    assert mip("init", "2.17", "x/../y", "--dry-run").code == 0
    assert mip("init", "2.17", "x/../y").code == 0
    assert (here / "y" / "experiment.py").is_file()


@pytest.mark.parametrize("name", ["a-", "a_", "torch_", "torch", "Matplotlib", "pytest", "transformer_lens", "json"])
def test_a_name_that_pip_or_an_import_would_take_for_another_is_a_usage_error(mip: Mip, here: Path, name: str) -> None:
    done = mip("init", "2.17", "--name", name)
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert list(here.iterdir()) == []


def test_every_file_in_the_way_is_named(mip: Mip, here: Path) -> None:
    assert mip("init", "2.17", "made").code == 0
    done = mip("init", "2.17", "made")
    assert done.code == 1
    assert all(path.name in done.err for path in (here / "made").iterdir() if path.name != ".git")


def test_quotation_marks_at_the_end_of_a_title_stay(mip: Mip, here: Path) -> None:
    assert mip("init", "9.22", "made").code == 0
    assert (
        (here / "made" / "README.md")
        .read_text(encoding="utf-8")
        .startswith('# One spelling, several languages: the word "die"\n')
    )
    first = (here / "made" / "experiment.py").read_text(encoding="utf-8").splitlines()[0]
    assert first.endswith('the word "die"')
