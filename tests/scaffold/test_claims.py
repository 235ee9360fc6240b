"""What comes between looking and writing: another run, a file of the user's, a drive that refuses, a kill."""

from __future__ import annotations

import codecs
import os
import re
import shlex
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from mi_problems.errors import Conflict, MipError
from mi_problems.scaffold import git
from mi_problems.scaffold import write as writer
from mi_problems.scaffold.disk import place
from mi_problems.scaffold.settle import BEFORE, CLAIM, settle
from tests.conftest import ROOT, Mip
from tests.scaffold.test_write import FILES, snapshot, write

WHOLE = {file.path: file.content for file in FILES}
ROUNDS = 40
posix = pytest.mark.skipif(os.name == "nt", reason="POSIX")

RACE = """
import os, pathlib, sys, time
from mi_problems.errors import Conflict
from mi_problems.scaffold.plan import PlannedFile
from mi_problems.scaffold.settle import settle
from mi_problems.scaffold.write import write
name, other, start, rounds = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3]), int(sys.argv[4])
files = [PlannedFile(f"{number}.txt", name * 1000) for number in range(9)]
force = start.name == "used"
for number in range(rounds):
    target = start / str(number) / ("deep/er/new" if start.name == "missing" else "")
    (start / f"{number}.{name}").touch()
    while not (start / f"{number}.{other}").exists():
        pass
    try:
        write(files, settle(files, target, "force" if force else "new"))
        print(number, "won")
    except Conflict as error:
        print(number, str(error))
"""


def race(folder: Path, rounds: int) -> list[dict[str, str]]:
    """Two processes write into each of the folders at once; what each said, round by round."""
    names = ("a", "b")
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", RACE, *order, str(folder), str(rounds)], stdout=subprocess.PIPE, text=True
        )
        for order in (names, names[::-1])
    ]
    said = [run.communicate(timeout=100)[0].splitlines() for run in runs]
    assert [run.returncode for run in runs] == [0, 0]
    return [
        {name: line.partition(" ")[2] for name, line in zip(names, lines, strict=True)}
        for lines in zip(*said, strict=True)
    ]


@pytest.mark.parametrize("kind", ["missing", "empty"])
def test_of_two_runs_at_once_one_wins_whole_and_the_other_touches_nothing(tmp_path: Path, kind: str) -> None:
    for number in range(ROUNDS):
        (tmp_path / kind / str(number)).mkdir(parents=True)
    rounds = race(tmp_path / kind, ROUNDS)
    for number, said in enumerate(rounds):
        winners = [name for name, words in said.items() if words == "won"]
        assert len(winners) == 1, said
        assert all("mip init" in words or "not empty" in words or "meanwhile" in words or "empty no more" in words
                   for name, words in said.items() if name not in winners)  # fmt: skip
        top = tmp_path / kind / str(number)
        target = top / "deep" / "er" / "new" if kind == "missing" else top
        assert snapshot(target) == {f"{file}.txt": winners[0] * 1000 for file in range(9)}
        if kind == "missing":
            assert [path.name for path in target.parent.iterdir()] == ["new"]


def test_of_two_forced_runs_at_once_none_is_mixed_with_the_other(tmp_path: Path) -> None:
    for number in range(ROUNDS):
        (tmp_path / "used" / str(number)).mkdir(parents=True)
        for file in range(9):
            (tmp_path / "used" / str(number) / f"{file}.txt").write_text("mine")
    for number, said in enumerate(race(tmp_path / "used", ROUNDS)):
        assert "won" in said.values()
        left = snapshot(tmp_path / "used" / str(number))
        ours = {f"{file}.txt" for file in range(9)}
        assert len({left[name] for name in ours}) == 1
        assert {left[f"{name}.mine"] for name in ours} == {"mine"}
        assert left.keys() <= ours | {f"{name}.mine" for name in ours} | {f"{name}.mine2" for name in ours}


COMING: dict[str, tuple[str, Callable[[Path], object]]] = {
    "a planned file": ("empty", lambda target: (target / "experiment.py").write_text("mine")),
    "another file": ("empty", lambda target: (target / "notes.txt").write_text("mine")),
    "a dangling link": ("empty", lambda target: (target / "README.md").symlink_to("nowhere")),
    "a folder with files": ("missing", lambda target: (target / "x").mkdir(parents=True)),
    "an empty folder": ("missing", lambda target: target.mkdir()),
    "a file": ("missing", lambda target: target.write_text("mine")),
    "a link": ("missing", lambda target: target.symlink_to("elsewhere")),
    "a planned file beside the old": ("used", lambda target: (target / ".gitignore").write_text("mine")),
    "a folder in place of the old": ("used", lambda target: _into_folder(target / "README.md")),
    "another run": ("used", lambda target: (target / CLAIM).mkdir()),
}  # fmt: skip


def _into_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()
    (path / "inner").write_text("mine")


@posix
@pytest.mark.parametrize("kind", COMING)
def test_what_comes_between_looking_and_writing_is_not_touched(tmp_path: Path, kind: str) -> None:
    found, come = COMING[kind]
    target = tmp_path / "new"
    if found != "missing":
        target.mkdir()
    if found == "used":
        (target / "README.md").write_text("old")
    settled = settle(FILES, target, "force" if found == "used" else "new")
    come(target)
    before = snapshot(tmp_path)
    with pytest.raises(Conflict, match=re.escape(str(target))) as raised:
        writer.write(FILES, settled)
    assert "nothing was changed" in str(raised.value) or kind == "another run"
    assert snapshot(tmp_path) == before


def test_a_replaced_file_that_has_gone_meanwhile_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("old")
    settled = settle(FILES, tmp_path, mode="force")
    (tmp_path / "README.md").unlink()
    writer.write(FILES, settled)
    assert snapshot(tmp_path) == WHOLE


def fail_after(number: int, monkeypatch: pytest.MonkeyPatch, meanwhile: Callable[[], object]) -> None:
    """Placing that file fails, as on a full disk, after something else has happened."""
    left = [number]

    def placing(source: Path, final: Path) -> object:
        left[0] -= 1
        if not left[0]:
            meanwhile()
            raise OSError(28, "No space left on device")
        return place(source, final)

    monkeypatch.setattr(writer, "place", placing)


@pytest.mark.parametrize("how", ["written into", "replaced"])
def test_an_undo_leaves_what_somebody_else_wrote_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    def edit() -> None:
        if how == "replaced":
            (tmp_path / "README.md").unlink()
        (tmp_path / "README.md").write_text("of theirs")

    fail_after(2, monkeypatch, edit)
    with pytest.raises(MipError, match="No space left"):
        write(tmp_path)
    assert snapshot(tmp_path) == {"README.md": "of theirs"}


def test_an_old_file_that_cannot_be_put_back_is_kept_and_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "README.md").write_text("old")
    fail_after(2, monkeypatch, lambda: (tmp_path / "README.md").write_text("of theirs"))
    with pytest.raises(MipError, match=r"No space left on device; take back .*README\.md") as raised:
        write(tmp_path, mode="force")
    assert "nothing was changed" not in str(raised.value)
    assert snapshot(tmp_path)["README.md"] == "of theirs"
    assert (tmp_path / CLAIM / BEFORE / "README.md").read_text() == "old"


def refuse_links(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)


@pytest.mark.parametrize("found", ["nothing", "empty", "files"])
def test_a_drive_that_refuses_hard_links_is_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, found: str
) -> None:
    refuse_links(monkeypatch)
    target = tmp_path / "new"
    if found != "nothing":
        target.mkdir()
    if found == "files":
        (target / "README.md").write_text("old")
    write(target, mode="force" if found == "files" else "new")
    kept = {"new/README.md.mine": "old"} if found == "files" else {}
    assert snapshot(tmp_path) == {"new": "", **kept, **{f"new/{name}": content for name, content in WHOLE.items()}}


def test_without_hard_links_a_failure_puts_everything_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse_links(monkeypatch)
    (tmp_path / "README.md").write_text("old")
    fail_after(3, monkeypatch, lambda: None)
    with pytest.raises(MipError, match="nothing was changed"):
        write(tmp_path, mode="force")
    assert snapshot(tmp_path) == {"README.md": "old"}


def test_without_hard_links_what_comes_meanwhile_is_not_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_links(monkeypatch)
    settled = settle(FILES, tmp_path, mode="add-missing")
    (tmp_path / "README.md").write_text("of theirs")
    with pytest.raises(Conflict, match=r"README\.md was made by something else meanwhile"):
        writer.write(FILES, settled._replace(found="files"))
    assert snapshot(tmp_path) == {"README.md": "of theirs"}


def test_a_copy_that_fails_half_way_is_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse_links(monkeypatch)
    (tmp_path / "notes.txt").write_text("mine")

    def fail(_: Path) -> bytes:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "read_bytes", fail)
    with pytest.raises(MipError, match="No space left"):
        write(tmp_path, mode="add-missing")
    assert snapshot(tmp_path) == {"notes.txt": "mine"}


def test_a_drive_where_no_folder_takes_the_place_of_an_empty_one_is_written_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = os.rename

    def strict(source: Path, final: Path) -> None:
        if os.path.lexists(final):
            raise OSError(17, "File exists")
        rename(source, final)

    monkeypatch.setattr(os, "rename", strict)
    write(tmp_path / "new")
    assert snapshot(tmp_path / "new") == WHOLE


KILLED = """
import os, pathlib, signal, sys
from mi_problems.scaffold import write as writer
from mi_problems import __main__
left, place = [int(sys.argv[1])], writer.place
def placing(source, final):
    left[0] -= 1
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)
    return place(source, final)
writer.place = placing
sys.argv = ["mip", "init", "4.4", "used", "--force", "--license", "mit"]
__main__.main()
"""


@posix
@pytest.mark.parametrize("at", [1, 2, 4])
def test_after_a_kill_in_the_middle_of_force_the_next_run_says_how_to_go_back(
    mip: Mip, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    monkeypatch.chdir(tmp_path)
    used = tmp_path / "used"
    assert mip("init", "4.4", "used", "--vcs", "none", "--no-mark").code == 0
    (used / "README.md").write_text("a month of work")
    before = snapshot(used)
    done = subprocess.run([sys.executable, "-c", KILLED, str(at)], check=False, capture_output=True)
    assert done.returncode == -signal.SIGKILL
    assert snapshot(used) != before
    for flags in ([], ["--force"], ["--add-missing"], ["--update"], ["--force", "--dry-run"]):
        next_run = mip("init", "4.4", "used", *flags)
        assert (next_run.code, next_run.out, next_run.err.count("\n")) == (1, "", 1)
    told = re.search(r"move (.*) from (\S+) back to (\S+), then remove (\S+)\n", next_run.err)
    assert told is not None
    names, source, back, claim = told.groups()
    for name in names.split(", "):
        os.replace(f"{source}/{name}", f"{back}/{name}")
    subprocess.run(["rm", "-r", *shlex.split(claim)], check=True)
    assert {name: text for name, text in snapshot(used).items() if name in before} == before
    assert mip("init", "4.4", "used", "--force").code == 0
    assert not (used / CLAIM).exists()


def test_the_page_on_security_says_what_a_kill_leaves() -> None:
    page = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    assert f"`{CLAIM}/{BEFORE}`" in page


@contextmanager
def another_user() -> Iterator[None]:
    """Rights as those of a common user have them, also where the tests are run by root."""
    if os.geteuid():
        yield
        return
    codecs.lookup("utf-8-sig")  # loads its module while it can be read
    os.seteuid(65534)
    try:
        if not os.access(ROOT / "data" / "collection.yaml", os.R_OK, effective_ids=True):
            pytest.skip("another user may not read this checkout")
        yield
    finally:
        os.seteuid(0)


@contextmanager
def in_a_closed_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that may be written, below one that may not even be entered."""
    inner = tmp_path / "closed" / "open"
    inner.mkdir(parents=True)
    inner.chmod(0o777)
    monkeypatch.chdir(inner)
    inner.parent.chmod(0)
    try:
        with another_user():
            yield inner
    finally:
        inner.parent.chmod(0o755)


@posix
@pytest.mark.parametrize("dry", [["--dry-run"], []])
@pytest.mark.parametrize("target", [[], ["."], ["deep/er"]])
def test_a_folder_below_a_closed_one_is_written_and_named_so_that_it_can_be_entered(
    mip: Mip, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: list[str], dry: list[str]
) -> None:
    mip("init", "2.17", "--dry-run", "--vcs", "none")
    with in_a_closed_folder(tmp_path, monkeypatch) as inner:
        done = mip("init", "2.17", *target, "--vcs", "none", *dry)
        assert done.code == 0, done.err
        assert done.out.startswith("./")
        assert dry or os.path.isfile(os.path.join(done.out.rstrip("\n"), "experiment.py"))
    assert bool(dry) != bool(list(inner.rglob("experiment.py")))


@posix
def test_a_look_at_a_folder_below_a_closed_one_for_git_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with in_a_closed_folder(tmp_path, monkeypatch):
        assert not git.in_work_tree("new")


@posix
@pytest.mark.parametrize("mask", [0o777, 0o700, 0o333, 0o500])
@pytest.mark.parametrize("target", ["new", "deep/er/new", "."])
def test_a_umask_that_closes_a_folder_to_its_maker_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mask: int, target: str
) -> None:
    tmp_path.chmod(0o777)
    monkeypatch.chdir(tmp_path)
    before = os.umask(mask)
    try:
        with another_user():
            settled = settle(FILES, Path(target))
            try:
                writer.write(FILES, settled)
                failed = False
            except MipError as error:
                failed = "nothing was changed" in str(error)
    finally:
        os.umask(before)
    assert failed or mask == 0o500
    assert not list(tmp_path.rglob(f"{CLAIM}*"))
    assert not failed or list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="BSD takes the group from the folder above in any case")
@pytest.mark.parametrize("target", ["new", "deep/er/new"])
def test_a_folder_is_made_as_mkdir_makes_it_there(tmp_path: Path, target: str) -> None:
    (tmp_path / "lab").mkdir()
    (tmp_path / "lab").chmod(0o2775)
    write(tmp_path / "lab" / target)
    subprocess.run(["mkdir", "-p", f"by-hand/{target}"], cwd=tmp_path / "lab", check=True)
    made, by_hand = (tmp_path / "lab" / target).stat(), (tmp_path / "lab" / "by-hand" / target).stat()
    assert stat.S_IMODE(made.st_mode) == stat.S_IMODE(by_hand.st_mode)
    assert made.st_mode & stat.S_ISGID
    assert made.st_gid == by_hand.st_gid


@posix
@pytest.mark.parametrize("mask", [0o022, 0o027, 0o002])
def test_a_file_is_made_as_others_are_made_there(tmp_path: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        write(tmp_path / "new")
        write(tmp_path, mode="add-missing")
    finally:
        os.umask(before)
    for folder in (tmp_path, tmp_path / "new"):
        assert stat.S_IMODE((folder / "README.md").stat().st_mode) == 0o666 & ~mask
        assert (folder / "README.md").stat().st_nlink == 1


LONG = {
    "a path of 4,080 letters": "a/" * 2040,
    "a path of 4,094 letters": "a/" * 2046 + "ab",
    "a path of 10,000 letters": "a/" * 5000,
    "a name of 256 letters": "x" * 256,
    "a long name below what is missing": f"missing/{'x' * 256}/new",
    "a name of 256 letters above": f"{'x' * 256}/new",
}


@posix
@pytest.mark.parametrize("kind", LONG)
def test_a_path_that_is_too_long_is_one_line_in_a_dry_run_too(
    mip: Mip, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for flags in ([], ["--dry-run"]):
        done = mip("init", "2.17", LONG[kind], "--vcs", "none", *flags)
        assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
        assert "File name too long" in done.err
    assert list(tmp_path.iterdir()) == []


@posix
def test_a_path_as_long_as_can_be_is_written_or_refused_by_both_runs(
    mip: Mip, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for parts in range(2015, 2041, 5):
        folder = "/".join(["a"] * parts)
        dry, real = (mip("init", "2.17", folder, "--vcs", "none", *flags) for flags in (["--dry-run"], []))
        assert (dry.code, dry.out) == (real.code, real.out)
        subprocess.run(["rm", "-rf", "a"], check=True)


@posix
@pytest.mark.parametrize("kind", ["loop above", "dangling link above", "file above", "closed above"])
def test_what_stands_above_the_target_is_one_line_in_a_dry_run_too(
    mip: Mip, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    mip("init", "2.17", str(tmp_path / "warm"), "--dry-run")
    tmp_path.chmod(0o777)
    monkeypatch.chdir(tmp_path)
    if kind == "loop above":
        (tmp_path / "way").symlink_to("way")
    elif kind == "dangling link above":
        (tmp_path / "way").symlink_to("nowhere")
    elif kind == "file above":
        (tmp_path / "way").write_text("mine")
    else:
        (tmp_path / "way").mkdir(mode=0)
    with another_user():
        for folder in ("way/new", "way/deep/er/new"):
            dry, real = (mip("init", "2.17", folder, "--vcs", "none", *flags) for flags in (["--dry-run"], []))
            assert (dry.code, dry.out, dry.err.count("\n")) == (1, "", 1)
            assert dry == real
    assert [path.name for path in tmp_path.iterdir()] == ["way"]


@posix
@pytest.mark.parametrize("target", [".", "new", "./deep/er", "../there"])
@pytest.mark.parametrize("flags", [[], ["--dry-run"], ["--force"], ["--vcs", "git"]])
def test_a_folder_that_is_gone_is_one_line_whatever_is_named_from_it(
    mip: Mip, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str, flags: list[str]
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    done = mip("init", "2.17", target, *flags)
    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
    assert "the folder you are in is gone; change to another" in done.err
    assert mip("init", "2.17", str(tmp_path / "new")).code == 0
