"""The file of marks: appended whole or not at all, whatever happens, and never in the way of what it does not know."""

from __future__ import annotations

import os
import random
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mi_problems.errors import MipError
from mi_problems.progress import clock, kept, store
from mi_problems.progress.entries import Entry, read_lines, written

LINE = written([Entry("2.17", "saved", note="x")])
MANY = """
import sys
from mi_problems.progress.entries import Entry, written
from mi_problems.progress.store import append
for number in range(int(sys.argv[2])):
    append(written([Entry("2.17", "saved", who=sys.argv[1], note=f"{number} " + "x" * int(sys.argv[3]))]))
"""
posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX")


def appending(name: str, count: int, length: int = 200) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", MANY, name, str(count), str(length)], stderr=subprocess.PIPE)


def test_twenty_processes_that_append_fifty_marks_each_lose_none(notes: Path) -> None:
    running = [appending(f"p{number}", 50) for number in range(20)]
    assert [(process.communicate(), process.returncode)[1] for process in running] == [0] * 20
    entries, broken = read_lines(notes.read_bytes())
    assert broken == []
    assert sorted((entry.who, int(entry.note.split()[0])) for entry in entries) == sorted(
        (f"p{number}", count) for number in range(20) for count in range(50)
    )


@posix
def test_kill_9_at_any_moment_leaves_no_line_that_breaks_reading(notes: Path) -> None:
    draw = random.Random(22)
    for round_ in range(25):
        size, end = notes.stat().st_size if notes.exists() else 0, time.monotonic() + 60
        process = appending(f"k{round_}", 10_000, 5000)
        while (notes.stat().st_size if notes.exists() else 0) == size and time.monotonic() < end:
            time.sleep(0.005)
        time.sleep(draw.random() / 10)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        before, broken = read_lines(notes.read_bytes()) if notes.exists() else ([], [])
        store.append(LINE)
        after, broken = read_lines(notes.read_bytes())
        assert len(after) == len(before) + 1
        for entry in after:
            assert entry.note == "x" or len(entry.note.split()[1]) == 5000
    assert len(after) >= 2 * 25  # in every round one of the child's, and ours
    assert len(broken) <= 25


def test_a_line_that_was_cut_off_stays_and_the_next_begins_on_its_own(notes: Path) -> None:
    notes.write_bytes(LINE + LINE[:20])
    store.append(LINE)
    assert notes.read_bytes() == LINE + LINE[:20] + b"\n" + LINE


def test_what_stood_there_is_never_touched(notes: Path) -> None:
    before = b'\xef\xbb\xbf{"id": "2.1", "later": {"x": 1}}\r\nrubbish \xff\n\n'
    notes.write_bytes(before)
    store.append(LINE)
    assert notes.read_bytes() == before + LINE


@posix
@pytest.mark.parametrize("mask", [0o022, 0o000, 0o077])
def test_what_it_makes_is_the_users_alone(mask: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIP_NOTES", str(tmp_path / "a" / "b" / "notes.jsonl"))
    old = os.umask(mask)
    try:
        store.append(LINE)
    finally:
        os.umask(old)
    made = [tmp_path / "a", tmp_path / "a" / "b", tmp_path / "a" / "b" / "notes.jsonl"]
    assert [stat.S_IMODE(path.stat().st_mode) for path in made] == [0o700, 0o700, 0o600]


@posix
def test_a_file_that_is_there_keeps_its_mode(notes: Path) -> None:
    notes.touch()
    notes.chmod(0o664)
    store.append(LINE)
    assert stat.S_IMODE(notes.stat().st_mode) == 0o664


def test_without_the_variable_it_is_in_the_users_data_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MIP_NOTES", "")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert kept.where().name == "notes.jsonl"
    if sys.platform == "linux":
        assert kept.where() == tmp_path / "mip" / "notes.jsonl"


def test_a_tilde_is_the_home_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("MIP_NOTES", "~/class.jsonl")
    assert kept.where() == tmp_path / "class.jsonl"


def test_without_a_file_there_is_nothing(notes: Path) -> None:
    assert kept.content() == b""
    assert not notes.exists()


@posix
def test_a_device_holds_nothing_and_takes_what_it_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    for device in ("/dev/null", "/dev/zero", "/dev/full"):
        monkeypatch.setenv("MIP_NOTES", device)
        assert kept.content() == b""
    with pytest.raises(MipError, match=r"^cannot write /dev/full: No space left on device; MIP_NOTES names another"):
        store.append(LINE)
    monkeypatch.setenv("MIP_NOTES", "/dev/null")
    store.append(LINE)


@posix
@pytest.mark.parametrize("kind", ["folder", "fifo"])
def test_what_is_no_file_is_told_at_once(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / kind
    place.mkdir() if kind == "folder" else os.mkfifo(place)
    monkeypatch.setenv("MIP_NOTES", str(place))
    with pytest.raises(MipError, match="no regular file"):
        kept.content()
    with pytest.raises(MipError, match=r"no regular file|Is a directory"):
        store.append(LINE)


@pytest.mark.parametrize("name", ["a/b", "x" * 300, "\0"])
def test_a_place_that_cannot_be_is_told(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").touch()
    for module in (kept, store):
        monkeypatch.setattr(module, "where", lambda: tmp_path / name)
    with pytest.raises(MipError, match=r"^cannot write "):
        store.append(LINE)
    with pytest.raises(MipError, match=r"^cannot read "):
        kept.content()


@posix
def test_a_disk_that_fills_up_takes_nothing_of_a_line(notes: Path) -> None:
    """The limit on the size of files stands for the disk: the first part of the write still fits."""
    notes.write_bytes(LINE)
    script = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000));"
        "from mi_problems.progress.store import append\n"
        "try:\n append(b'{\"id\": \"' + b'x' * 5000 + b'\"}\\n')\n"
        "except Exception as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == f"cannot write {notes}: File too large; MIP_NOTES names another file\n"
    assert notes.read_bytes() == LINE


@posix
@pytest.mark.skipif(not Path("/usr/bin/unshare").exists(), reason="needs unshare")
@pytest.mark.parametrize("options", ["size=16k,nr_inodes=9", "ro"])
def test_a_full_or_read_only_disk_is_one_line_and_exit_1(options: str, tmp_path: Path) -> None:
    script = f"""
        mount -t tmpfs -o {options} none {tmp_path} || exit 77
        [ {options} = ro ] || head -c 16000 /dev/zero > {tmp_path}/filler
        code=0; for i in 1 2 3 4 5; do {sys.executable} -m mi_problems mark 2.17 --note $(head -c 2000 /dev/zero |
        tr '\\0' x) >/dev/null 2>{tmp_path.parent}/said || {{ code=$?; break; }}; done
        cat {tmp_path.parent}/said; cat {tmp_path}/notes.jsonl 2>/dev/null | wc -c; exit $code
    """
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", script], capture_output=True, text=True, check=False,
        env=os.environ | {"MIP_NOTES": str(tmp_path / "notes.jsonl")},
    )  # fmt: skip
    if done.returncode == 77 or "unshare" in done.stderr:
        pytest.skip("no rights to mount")
    reason = "Read-only file system" if options == "ro" else "No space left on device"
    said, size = done.stdout.splitlines()
    assert said == f"mip: error: cannot write {tmp_path}/notes.jsonl: {reason}; MIP_NOTES names another file"
    assert (done.returncode, int(size) % 2000 < 500) == (1, True)


@posix
def test_who_holds_the_file_is_waited_for_and_then_told(notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import fcntl

    waited: list[float] = []
    monkeypatch.setattr(clock, "wait", waited.append)
    with open(notes, "wb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(MipError, match="another program holds it"):
            store.append(LINE)
    assert sum(waited) >= 20
    store.append(LINE)
    assert notes.read_bytes() == LINE


@posix
def test_a_file_put_in_its_place_while_waiting_gets_the_line(notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import fcntl

    with open(notes, "wb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)

        def replace(_: float) -> None:
            Path(f"{notes}.new").write_bytes(b"edited\n")
            os.replace(f"{notes}.new", notes)
            fcntl.flock(other, fcntl.LOCK_UN)

        monkeypatch.setattr(clock, "wait", replace)
        store.append(LINE)
    assert notes.read_bytes() == b"edited\n" + LINE


def test_a_drive_that_knows_no_locks_is_written_all_the_same(notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fcntl", None)
    store.append(LINE)
    assert notes.read_bytes() == LINE


def test_a_file_too_large_to_be_one_is_told(notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST", 10)
    notes.write_bytes(LINE)
    with pytest.raises(MipError, match="it is larger than"):
        kept.content()


def test_a_link_is_followed(notes: Path, tmp_path: Path) -> None:
    notes.symlink_to(tmp_path / "shared.jsonl")
    store.append(LINE)
    assert (tmp_path / "shared.jsonl").read_bytes() == LINE
    assert notes.is_symlink()
