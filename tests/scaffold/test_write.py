"""Writing a repository: all of it or nothing, and nothing that was there is lost."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mi_problems.errors import Conflict, MipError
from mi_problems.scaffold import write as writer
from mi_problems.scaffold.plan import PlannedFile
from mi_problems.scaffold.settle import Mode, settle

FILES = [
    PlannedFile("README.md", "new readme\n"),
    PlannedFile("experiment.py", "x = 1\n"),
    PlannedFile(".gitignore", "y\n"),
]


def snapshot(folder: Path) -> dict[str, str]:
    """Every path below a folder with its content; folders have none."""
    return {
        str(path.relative_to(folder)): path.read_text() if path.is_file() else ""
        for path in sorted(folder.rglob("*"))
        if ".git/" not in str(path)
    }


def write(target: Path, mode: Mode = "new", vcs: str = "none") -> dict[str, str]:
    settled = settle(FILES, target, mode)
    writer.write(FILES, settled, vcs)
    return {action.path: action.action for action in settled.actions}


def test_a_new_folder_is_written_whole(tmp_path: Path) -> None:
    assert set(write(tmp_path / "new").values()) == {"create"}
    assert snapshot(tmp_path / "new") == {file.path: file.content for file in FILES}
    assert [path.name for path in tmp_path.iterdir()] == ["new"]


def test_missing_parents_are_made(tmp_path: Path) -> None:
    write(tmp_path / "a" / "b" / "new")
    assert (tmp_path / "a" / "b" / "new" / "README.md").is_file()


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    write(tmp_path)
    assert snapshot(tmp_path) == {file.path: file.content for file in FILES}


def test_a_folder_with_files_is_refused_with_names_and_flags(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine")
    with pytest.raises(Conflict) as raised:
        write(tmp_path)
    assert "README.md" in raised.value.message
    assert "--add-missing" in raised.value.hint
    assert "--force" in raised.value.hint
    assert snapshot(tmp_path) == {"README.md": "mine"}


def test_any_other_file_is_in_the_way_too(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(Conflict, match=r"notes\.txt"):
        write(tmp_path)


def test_of_many_files_in_the_way_the_first_twelve_are_named(tmp_path: Path) -> None:
    for number in range(14):
        (tmp_path / f"{number:02}").touch()
    with pytest.raises(Conflict) as raised:
        write(tmp_path)
    named = ", ".join(f"{number:02}" for number in range(12))
    assert raised.value.message.endswith(f"is not empty: {named} and 2 more")
    (tmp_path / "README.md").touch()
    with pytest.raises(Conflict, match=r"is not empty: README\.md; "):
        write(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")
@pytest.mark.parametrize("mask", [0o022, 0o077])
def test_a_new_folder_may_be_entered_as_any_other(tmp_path: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        write(tmp_path / "new")
        assert os.umask(mask) == mask
    finally:
        os.umask(before)
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o777 & ~mask


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
@pytest.mark.parametrize("mode", ["add-missing", "force"])
def test_a_folder_with_files_is_not_put_under_git(tmp_path: Path, mode: Mode) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    write(tmp_path, mode, vcs="git")
    assert not (tmp_path / ".git").exists()


def test_add_missing_keeps_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine")
    assert write(tmp_path, mode="add-missing") == {
        "README.md": "keep",
        "experiment.py": "create",
        ".gitignore": "create",
    }
    assert snapshot(tmp_path)["README.md"] == "mine"
    assert snapshot(tmp_path)["experiment.py"] == "x = 1\n"


def test_force_replaces_only_what_it_generates(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine")
    (tmp_path / "notes.txt").write_text("kept")
    assert write(tmp_path, mode="force")["README.md"] == "replace"
    assert snapshot(tmp_path)["README.md"] == "new readme\n"
    assert snapshot(tmp_path)["README.md.mine"] == "mine"
    assert snapshot(tmp_path)["notes.txt"] == "kept"


def test_force_replaces_a_link_and_not_what_it_points_to(tmp_path: Path) -> None:
    (tmp_path / "outside").write_text("untouched")
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "README.md").symlink_to(tmp_path / "outside")
    write(tmp_path / "new", mode="force")
    assert (tmp_path / "outside").read_text() == "untouched"
    assert not (tmp_path / "new" / "README.md").is_symlink()
    assert (tmp_path / "new" / "README.md.mine").is_symlink()


def test_a_file_as_target_is_refused(tmp_path: Path) -> None:
    (tmp_path / "f").write_text("mine")
    for target in (tmp_path / "f", tmp_path / "f" / "below" / "it"):
        with pytest.raises(Conflict, match=f"^{re.escape(str(tmp_path / 'f'))} is a file"):
            write(target)


def test_a_folder_where_a_file_is_to_be_is_refused_even_with_force(tmp_path: Path) -> None:
    (tmp_path / "README.md").mkdir()
    with pytest.raises(Conflict, match="is a folder"):
        write(tmp_path, mode="force")


def fail_at(number: int, original: Callable[..., object], error: BaseException) -> Callable[..., object]:
    """The function, but its call with this number raises."""
    calls = iter(range(1, 1000))

    def wrapped(*args: object, **named: object) -> object:
        if next(calls) == number:
            raise error
        return original(*args, **named)

    return wrapped


FAULTS = [OSError(28, "No space left on device"), KeyboardInterrupt(), SystemExit(143)]
OPENING = [("builtins.open", number) for number in (1, 2, 3)]
STEPS = [("os.rename", 1), *(("os.mkdir", number) for number in (1, 2, 3)), *OPENING]
STEPS_INSIDE = [("os.rename", 1), ("os.rename", 2), *STEPS[1:], *(("place", number) for number in (1, 2, 3))]


@pytest.mark.parametrize("error", FAULTS, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize(("step", "number"), STEPS)
def test_a_new_folder_that_fails_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int, error: BaseException
) -> None:
    _break(monkeypatch, step, number, error)
    with pytest.raises(MipError if isinstance(error, OSError) else type(error)):
        write(tmp_path / "deep" / "new")
    monkeypatch.undo()
    assert snapshot(tmp_path) == {}


@pytest.mark.parametrize("error", FAULTS, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize(("step", "number"), STEPS_INSIDE)
def test_a_folder_that_was_there_is_as_before_after_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int, error: BaseException
) -> None:
    (tmp_path / "README.md").write_text("mine")
    (tmp_path / "experiment.py").write_text("also mine")
    before = snapshot(tmp_path)
    _break(monkeypatch, step, number, error)
    with pytest.raises(MipError if isinstance(error, OSError) else type(error)):
        write(tmp_path, mode="force")
    monkeypatch.undo()
    assert snapshot(tmp_path) == before


def _break(monkeypatch: pytest.MonkeyPatch, step: str, number: int, error: BaseException) -> None:
    module, _, name = step.rpartition(".")
    if module == "builtins":
        monkeypatch.setattr(writer, "open", fail_at(number, open, error), raising=False)
    else:
        home = os if module else writer
        monkeypatch.setattr(home, name, fail_at(number, getattr(home, name), error))


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(MipError) as raised:
        write(Path("/proc/nothing/here"))
    assert "\n" not in str(raised.value)


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_in_the_middle_leaves_nothing(tmp_path: Path, number: signal.Signals) -> None:
    script = f"""
import os, pathlib, signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from mi_problems.scaffold import write as writer
from mi_problems.scaffold.plan import PlannedFile
from mi_problems.scaffold.settle import settle
put = writer._put
def slow(files, folder):
    put(files, folder)
    os.kill(os.getpid(), {int(number)})
writer._put = slow
files = [PlannedFile("a", "a")]
target = pathlib.Path({str(tmp_path / "new")!r})
writer.write(files, settle(files, target))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert done.returncode != 0
    assert list(tmp_path.iterdir()) == []


class _Stepper:
    """Sends this process a signal when so many lines of the writer have been run since writing began."""

    def __init__(self, number: int, line: int) -> None:
        self.number, self.left = number, line

    def __call__(self, frame: Any, event: str, _: object) -> Any:
        if not frame.f_code.co_filename.endswith(("scaffold/write.py", "scaffold/disk.py")):
            return None
        if event == "line":
            self.left -= 1
            if self.left == 0:
                os.kill(os.getpid(), self.number)
        return self


def _interrupted(number: int, line: int, run: Callable[[], object]) -> bool:
    """Runs it with a signal at that line; whether the signal came, and ended it as it should."""

    def stop(caught: int, _: object) -> None:
        raise SystemExit(128 + caught)

    before, traced = signal.signal(number, stop), sys.gettrace()
    stepper = _Stepper(number, line)
    ending: BaseException | None = None
    sys.settrace(stepper)
    try:
        run()
    except (KeyboardInterrupt, SystemExit) as error:
        ending = error
    finally:
        sys.settrace(traced)
        signal.signal(number, before)
    came = stepper.left <= 0
    assert (ending is not None) == came
    assert not isinstance(ending, SystemExit) or ending.code == 128 + number
    assert not isinstance(ending, KeyboardInterrupt) or number == signal.SIGINT
    return came


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_at_any_line_leaves_all_or_nothing_of_a_new_folder(tmp_path: Path, number: int) -> None:
    whole = {file.path: file.content for file in FILES}
    line, seen = 1, set()
    while _interrupted(number, line, lambda: write(tmp_path / "deep" / "er" / "new")):
        left = snapshot(tmp_path)
        if left:
            assert {Path(path).name: content for path, content in left.items() if content} == whole
            assert set(left) == {"deep", "deep/er", "deep/er/new", *(f"deep/er/new/{name}" for name in whole)}
        seen.add(bool(left))
        shutil.rmtree(tmp_path / "deep", ignore_errors=True)
        line += 1
    assert line > 40
    assert seen == {True, False}


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_at_any_line_leaves_a_folder_as_it_was_or_as_wished(tmp_path: Path, number: int) -> None:
    before = {"README.md": "mine", "notes.txt": "mine too"}
    after = before | {"README.md.mine": "mine"} | {file.path: file.content for file in FILES}
    line, seen = 1, set()
    while True:
        target = tmp_path / str(line)
        target.mkdir()
        for name, content in before.items():
            (target / name).write_text(content)
        came = _interrupted(number, line, lambda: write(target, mode="force"))  # noqa: B023
        left = snapshot(target)
        assert left in (before, after)
        if not came:
            break
        seen.add(left == after)
        line += 1
    assert line > 40
    assert seen == {True, False}


def test_a_signal_that_is_ignored_stays_ignored(tmp_path: Path) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        sent = _Stepper(signal.SIGHUP, 20)
        sys.settrace(sent)
        write(tmp_path / "new")
        sys.settrace(None)
        assert sent.left <= 0
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        sys.settrace(None)
        signal.signal(signal.SIGHUP, before)
    assert snapshot(tmp_path / "new") == {file.path: file.content for file in FILES}


def test_parents_that_were_made_go_again_if_one_cannot_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "mkdir", fail_at(2, os.mkdir, OSError(28, "No space left on device")))
    with pytest.raises(MipError, match="No space left"):
        write(tmp_path / "a" / "b" / "c" / "new")
    monkeypatch.undo()
    assert snapshot(tmp_path) == {}


def test_a_link_to_an_empty_folder_is_filled_and_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    write(tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert snapshot(tmp_path / "real") == {file.path: file.content for file in FILES}


@pytest.mark.parametrize("mode", ["new", "add-missing", "force", "update"])
def test_a_link_to_a_file_or_to_nothing_or_to_itself_is_refused(tmp_path: Path, mode: Mode) -> None:
    (tmp_path / "file").write_text("mine")
    for name, leads in (("link", "file"), ("dangling", "absent"), ("loop", "loop")):
        (tmp_path / name).symlink_to(leads)
        with pytest.raises(MipError) as raised:
            write(tmp_path / name, mode)
        assert "\n" not in str(raised.value)
    assert (tmp_path / "file").read_text() == "mine"
    assert len(list(tmp_path.iterdir())) == 4


@pytest.mark.parametrize("kind", ["link to outside", "dangling link to outside", "FIFO", "hard link"])
@pytest.mark.parametrize("force", [True, False], ids=["force", "add-missing"])
def test_what_stands_in_a_files_place_is_never_written_through(tmp_path: Path, kind: str, force: bool) -> None:
    outside, target = tmp_path / "outside", tmp_path / "new"
    target.mkdir()
    outside.write_text("untouched")
    place = target / "README.md"
    if kind == "FIFO":
        os.mkfifo(place)
    elif kind == "hard link":
        place.hardlink_to(outside)
    else:
        place.symlink_to(outside if kind == "link to outside" else tmp_path / "absent")
    write(target, "force" if force else "add-missing")
    assert outside.read_text() == "untouched"
    assert not (tmp_path / "absent").exists()
    assert place.is_file() or not force


def test_a_folder_that_takes_no_files_is_one_line_in_a_dry_run_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(MipError, match="cannot write into"):
        settle(FILES, tmp_path / "new")


@pytest.mark.skipif(sys.platform != "linux", reason="needs a limit of the size of files")
@pytest.mark.parametrize("target", ["new", "deep/er/new", "there"])
def test_a_disk_that_fills_up_in_the_middle_leaves_nothing(tmp_path: Path, target: str) -> None:
    (tmp_path / "there").mkdir()
    command = f"ulimit -f 2; exec {sys.executable} -m mi_problems init 2.17 {target}"
    done = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert done.stderr == f"mip: error: cannot write {target}: File too large; nothing was changed\n"
    assert snapshot(tmp_path) == {"there": ""}


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_program_that_is_stopped_while_it_writes_ends_with_the_code_of_that(
    tmp_path: Path, number: int, code: int
) -> None:
    script = f"""
import os, sys
from mi_problems import __main__
from mi_problems.scaffold import write as writer
put = writer._put
def slow(files, folder):
    put(files, folder)
    os.kill(os.getpid(), {int(number)})
writer._put = slow
sys.argv = ["mip", "init", "2.17", "new"]
__main__.main()
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (code, "")
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []
