"""Git beside a new repository: whether it is wanted, what it is told, and what is left where it fails."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mi_problems.errors import MipError
from mi_problems.scaffold import git
from mi_problems.scaffold import write as writer
from mi_problems.scaffold.plan import PlannedFile
from mi_problems.scaffold.settle import Mode, settle
from tests.conftest import Mip
from tests.scaffold.test_write import FILES, snapshot, write

WHOLE = {file.path: file.content for file in FILES}
needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
needs_shell = pytest.mark.skipif(os.name == "nt", reason="needs a shell script as git")


def under_git(target: Path, insist: bool = False) -> str:
    """Why there is none."""
    return writer.write(FILES, settle(FILES, target), "git", insist)


def repository(folder: Path) -> Path:
    """A `.git` of the least that git takes for one."""
    place = folder / ".git"
    (place / "objects").mkdir(parents=True)
    (place / "refs").mkdir()
    (place / "HEAD").write_text("ref: refs/heads/main\n")
    return place


def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """A program `git` that runs this script, before all others on PATH."""
    program = tmp_path / "bin" / "git"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture(params=["missing", "empty"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    folder = tmp_path / "here" / "new"
    (folder if request.param == "empty" else folder.parent).mkdir(parents=True)
    return folder


def test_a_folder_with_head_objects_and_refs_is_a_repository(tmp_path: Path) -> None:
    place = repository(tmp_path)
    assert git.is_repository(place)
    for part in ("HEAD", "objects", "refs"):
        (place / part).rename(place / "away")
        assert not git.is_repository(place)
        (place / "away").rename(place / part)
    (place / "HEAD").write_text("0" * 40)
    assert git.is_repository(place)
    (place / "HEAD").write_text("")
    assert not git.is_repository(place)


@needs_git
def test_what_counts_as_a_work_tree_is_what_git_says(tmp_path: Path) -> None:
    cases = {"empty folder": None, "made by hand": None, "half": None, "by git": None, "broken file": None}
    for name in cases:
        (tmp_path / name / "below").mkdir(parents=True)
    (tmp_path / "empty folder" / ".git").mkdir()
    repository(tmp_path / "made by hand")
    shutil.rmtree(repository(tmp_path / "half") / "objects")
    subprocess.run(["git", "init", "-q"], cwd=tmp_path / "by git", check=True)
    (tmp_path / "broken file" / ".git").write_text("no word of a folder\n")
    for name in cases:
        asked = subprocess.run(
            ["git", "rev-parse", "--is-inside-work-tree"],
            cwd=tmp_path / name / "below",
            capture_output=True,
            text=True,
            check=False,
        )
        assert git.in_work_tree(tmp_path / name / "below") == (asked.stdout == "true\n"), name


def test_a_linked_work_tree_counts_as_one(tmp_path: Path) -> None:
    (tmp_path / ".git").write_text("gitdir: elsewhere")
    assert git.in_work_tree(tmp_path)
    assert git.in_work_tree(tmp_path / "deep" / "new")


def test_a_link_into_a_work_tree_is_in_it(tmp_path: Path) -> None:
    repository(tmp_path / "tree")
    (tmp_path / "tree" / "inner").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "tree" / "inner")
    assert git.in_work_tree(tmp_path / "link")
    assert not git.in_work_tree(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="POSIX")
def test_a_fifo_called_git_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / ".git")
    assert not git.in_work_tree(tmp_path)


@needs_git
def test_git_is_initialised_without_hooks_and_without_a_commit(target: Path) -> None:
    assert under_git(target) == ""
    assert (target / ".git").is_dir()
    assert not (target / ".git" / "hooks").exists()
    log = subprocess.run(["git", "log"], cwd=target, capture_output=True, check=False)
    assert log.returncode != 0
    state = subprocess.run(["git", "status", "--porcelain"], cwd=target, capture_output=True, text=True, check=True)
    assert sorted(state.stdout.split()) == sorted(["??", "??", "??", *WHOLE])


@needs_git
@pytest.mark.parametrize("mode", ["add-missing", "force"])
def test_a_folder_with_files_is_not_put_under_git(tmp_path: Path, mode: Mode) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    write(tmp_path, mode, vcs="git")
    assert not (tmp_path / ".git").exists()


@needs_git
def test_inside_a_work_tree_no_second_one_is_made(mip: Mip, tmp_path: Path) -> None:
    repository(tmp_path)
    done = mip("init", "2.17", str(tmp_path / "new"), "--vcs", "git")
    assert done.code == 0
    assert "no `git init`: this folder is in a git work tree\n" in done.err
    assert not (tmp_path / "new" / ".git").exists()


@needs_git
def test_an_empty_folder_called_git_is_no_work_tree(mip: Mip, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    done = mip("init", "2.17", str(tmp_path / "new"))
    assert "git" not in done.err.replace(".gitignore", "")
    assert (tmp_path / "new" / ".git" / "HEAD").is_file()


@needs_git
@pytest.mark.parametrize("name", sorted(git._PLACES))
def test_a_variable_that_says_where_a_repository_is_does_not_misdirect_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, str(tmp_path / "elsewhere"))
    assert under_git(tmp_path / "new") == ""
    assert git.is_repository(tmp_path / "new" / ".git")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new"]


@needs_git
def test_every_variable_that_git_calls_local_is_dropped_or_a_setting() -> None:
    local = subprocess.run(["git", "rev-parse", "--local-env-vars"], capture_output=True, text=True, check=True)
    settings = {"GIT_CONFIG", "GIT_CONFIG_PARAMETERS", "GIT_CONFIG_COUNT", "GIT_NO_REPLACE_OBJECTS"}
    assert set(local.stdout.split()) - settings <= git._PLACES


@needs_git
@pytest.mark.parametrize("way", ["file", "count"])
def test_a_variable_that_configures_git_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    if way == "file":
        (tmp_path / "config").write_text("[init]\n\tdefaultBranch = lab\n")
        monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "config"))
    else:
        for name, value in (("COUNT", "1"), ("KEY_0", "init.defaultBranch"), ("VALUE_0", "lab")):
            monkeypatch.setenv(f"GIT_CONFIG_{name}", value)
    under_git(tmp_path / "new")
    assert (tmp_path / "new" / ".git" / "HEAD").read_text() == "ref: refs/heads/lab\n"


HALF = "mkdir -p .git/objects; echo 'ref: refs/heads/main' > .git/HEAD"
FAILING = {
    "fails": ("exit 1", "git ended with code 1"),
    "says why": ("echo 'fatal: no such luck' >&2; echo 'hint: none' >&2; exit 128", "no such luck"),
    "leaves half and fails": (f"{HALF}; exit 128", "git ended with code 128"),
    "leaves half and is content": (HALF, "git made no whole repository"),
    "does nothing": ("exit 0", "git made no whole repository"),
    "says a lot": ("yes nonsense | head -n 40000 >&2; exit 3", "nonsense"),
    "is killed": ("kill -9 $$", "git ended with code -9"),
}


@needs_shell
@pytest.mark.parametrize("kind", FAILING)
def test_a_git_that_fails_is_told_and_leaves_no_half_repository(
    tmp_path: Path, target: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    script, reason = FAILING[kind]
    fake(tmp_path, monkeypatch, script)
    assert under_git(target) == reason
    assert snapshot(target.parent) == {"new": "", **{f"new/{name}": content for name, content in WHOLE.items()}}


@needs_shell
@pytest.mark.parametrize("kind", FAILING)
def test_where_git_is_insisted_on_its_failure_leaves_everything_as_it_was(
    tmp_path: Path, target: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    fake(tmp_path, monkeypatch, FAILING[kind][0])
    before = snapshot(target.parent)
    with pytest.raises(MipError, match=r"`git init` failed: .*; nothing was changed") as raised:
        under_git(target, insist=True)
    assert raised.value.exit_code == 1
    assert snapshot(target.parent) == before


@needs_git
def test_a_wrong_name_of_the_first_branch_is_told_in_the_words_of_git(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "config").write_text("[init]\n\tdefaultBranch = a..b\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "config"))
    assert "a..b" in under_git(tmp_path / "new")
    assert not (tmp_path / "new" / ".git").exists()


@needs_shell
def test_a_git_that_cannot_be_run_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake(tmp_path, monkeypatch, "")
    (tmp_path / "bin" / "git").write_bytes(b"\x00\x01\x02")
    assert under_git(tmp_path / "new") == "git cannot be run: Exec format error"
    assert snapshot(tmp_path / "new") == WHOLE


@needs_shell
@pytest.mark.parametrize("quiet", [[], ["-q"]])
@pytest.mark.parametrize("form", [[], ["--json"]])
@pytest.mark.parametrize("script", ["exit 1", ""])
def test_a_failing_or_missing_git_is_one_line_on_standard_error(
    mip: Mip, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, form: list[str], quiet: list[str]
) -> None:
    if script:
        fake(tmp_path, monkeypatch, script)
    else:
        monkeypatch.setenv("PATH", "")
    reason = "git ended with code 1" if script else "there is no git on PATH"
    done = mip(*quiet, "init", "2.17", str(tmp_path / "new"), "--no-mark", *form)
    assert done.code == 0
    assert [line for line in done.err.splitlines() if "git init" in line] == [f"mip: no `git init`: {reason}"]
    assert not (tmp_path / "new" / ".git").exists()
    insisted = mip(*quiet, "init", "4.4", str(tmp_path / "other"), "--vcs", "git", *form)
    assert (insisted.code, insisted.out, insisted.err.count("\n")) == (1, "", 1)
    assert reason in insisted.err
    assert "--vcs none" in insisted.err
    assert not (tmp_path / "other").exists()


def test_a_dry_run_without_git_ends_as_the_run(mip: Mip, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    for wish, code in (([], 0), (["--vcs", "git"], 1), (["--vcs", "none"], 0)):
        dry = mip("init", "2.17", str(tmp_path / "new"), "--dry-run", *wish)
        assert (dry.code, "there is no git on PATH" in dry.err) == (code, "none" not in wish)
    assert not (tmp_path / "new").exists()


def test_a_folder_that_was_not_empty_is_told_to_whoever_asked_for_git(mip: Mip, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").touch()
    assert (
        "no `git init`: this folder was not empty\n" in mip("init", "2.17", str(tmp_path), "--force", "--vcs=git").err
    )
    assert "git init" not in mip("init", "2.17", str(tmp_path), "--force").err


@needs_shell
def test_a_git_that_hangs_is_ended_with_all_that_it_started(
    tmp_path: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake(tmp_path, monkeypatch, f"{HALF}; sleep 300 & echo $! > {tmp_path}/child; echo $$ > {tmp_path}/self; wait")
    monkeypatch.setattr(git, "LIMIT", 0.5)
    started = time.monotonic()
    assert under_git(target).startswith("git did not end within")
    assert time.monotonic() - started < 5
    assert snapshot(target) == WHOLE
    for name in ("child", "self"):
        assert _gone(int((tmp_path / name).read_text()))


def _gone(process: int) -> bool:
    """Whether a process has ended, or is about to."""
    for _ in range(100):
        try:
            os.kill(process, 0)
            if "Z" in Path(f"/proc/{process}/stat").read_text().rpartition(")")[2][:3]:
                return True
        except OSError:
            return True
        time.sleep(0.02)
    return False


@needs_shell
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_while_git_hangs_ends_the_run_and_leaves_nothing(
    tmp_path: Path, target: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals, code: int
) -> None:
    fake(tmp_path, monkeypatch, f"{HALF}; echo > {tmp_path}/hangs; sleep 300")
    before = snapshot(target.parent)
    program = f"""
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from mi_problems import __main__
sys.argv = ["mip", "init", "2.17", {str(target)!r}]
__main__.main()
"""
    process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    while not (tmp_path / "hangs").exists():
        assert process.poll() is None
        time.sleep(0.02)
    process.send_signal(number)
    out, err = process.communicate(timeout=5)
    assert (process.returncode, out) == (code, b"")
    assert b"Traceback" not in err
    assert snapshot(target.parent) == before


@pytest.mark.skipif(sys.platform != "linux", reason="needs a limit of the size of files")
@needs_git
def test_a_disk_without_room_for_git_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake(tmp_path, monkeypatch, f'ulimit -f 0; exec {shutil.which("git")} "$@"')
    files = [PlannedFile("README.md", "whole\n")]
    reason = writer.write(files, settle(files, tmp_path / "new"), "git")
    assert reason
    assert snapshot(tmp_path / "new") == {"README.md": "whole\n"}
