"""The cache may fail in every way and change nothing."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import threading
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mi_problems import cache
from mi_problems.errors import BadRegistry
from mi_problems.finding import ranking
from mi_problems.finding.index import index_of
from mi_problems.registry import files as sources
from mi_problems.registry import load as registry
from tests.conftest import GOOD_FILE, PROBLEMS, Mip


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MIP_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_what_is_kept_is_fetched(folder: Path) -> None:
    cache.keep("k", {"a": ["\u00e9", 1, None]}, [b"x", b"\xff y"])
    assert cache.fetch("k") == ({"a": ["\u00e9", 1, None]}, [memoryview(b"x"), memoryview(b"\xff y")])
    assert cache.fetch("other") is None


def test_the_key_follows_the_content_and_the_names() -> None:
    key = cache.key_of([("a", b"x")])
    assert key == cache.key_of([("a", b"x")])
    assert (
        len({key, cache.key_of([("a", b"y")]), cache.key_of([("b", b"x")]), cache.key_of([("a", b"x"), ("b", b"")])})
        == 4
    )


def test_a_second_load_parses_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = registry.load()
    monkeypatch.setattr("mi_problems.registry.whole.read", lambda *_: pytest.fail("parsed again"))
    assert registry.load().problems == first.problems


@pytest.mark.parametrize("damage", [b"", b"zzz", b"00000000\n{}", b"\xff\n\xff", b"00000000\n" + b"[" * 100_000])
def test_a_broken_cache_is_never_an_error_and_changes_no_result(folder: Path, damage: bytes) -> None:
    before = registry.load().problems
    for file in folder.glob("*.json"):
        file.write_bytes(damage)
    assert registry.load().problems == before


def test_a_cache_of_another_form_is_read_anew(folder: Path) -> None:
    before = registry.load().problems
    for file in folder.glob("*.json"):
        cache.keep(file.stem, {"heads": [["1.1"]]}, [b"{}"])
    assert registry.load().problems == before


def test_one_changed_byte_is_noticed(folder: Path) -> None:
    before = registry.load().problems
    file = next(folder.glob("*.json"))
    content = file.read_bytes()
    file.write_bytes(content.replace(b"Decode", b"Encode", 1))
    assert registry.load().problems == before


def test_a_folder_that_cannot_be_made_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("MIP_CACHE_DIR", str(tmp_path / "file" / "cache"))
    assert len(registry.load().problems) == PROBLEMS


def test_a_full_disk_leaves_no_draft_behind(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    cache.keep("k", {"a": 1})
    assert list(folder.iterdir()) == []


def test_only_the_newest_few_are_kept(folder: Path) -> None:
    for number in range(20):
        cache.keep(f"k{number}", number)
    assert len(list(folder.iterdir())) == 8


@pytest.mark.skipif(sys.platform != "linux", reason="needs XDG folders")
def test_without_a_folder_of_its_own_it_lies_in_the_users_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MIP_CACHE_DIR")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    cache.keep("k", 1)
    assert (tmp_path / "mip" / "k.json").is_file()
    assert cache.fetch("k") == (1, [])


def test_the_drafts_of_killed_runs_go_and_what_is_not_ours_stays(folder: Path) -> None:
    folder.mkdir()
    for number in range(20):
        name = f".mip-{number:016x}.tmp" if number % 3 else f".{number:032x}.{number}.tmp"
        (folder / name).write_bytes(b"" if number % 2 else b"01234567\nhalf")
        (folder / f"mine{number}.json").write_text("{}")
    for number in range(10):
        cache.keep(f"k{number}", number)
    names = {path.name for path in folder.iterdir()}
    assert {name for name in names if name.startswith("mine")} == {f"mine{number}.json" for number in range(20)}
    assert not {name for name in names if name.startswith(".")}


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_a_kill_in_the_middle_of_keeping_leaves_the_cache_whole(folder: Path, program: Mip) -> None:
    script = """
import os, signal, sys
os.replace = lambda *_: os.kill(os.getpid(), signal.SIGTERM)
from mi_problems import __main__
sys.argv = ["mip", "list"]
__main__.main()
"""
    environment = {**os.environ, "MIP_CACHE_DIR": str(folder)}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (-signal.SIGTERM, b"")
    assert list(folder.glob("*.json")) == []
    assert len(program("list", env={"MIP_CACHE_DIR": str(folder)}).lines) == PROBLEMS
    assert len(list(folder.glob("*.json"))) == 1


def test_several_at_once_leave_one_sound_file(folder: Path) -> None:
    threads = [threading.Thread(target=cache.keep, args=("k", {"a": "b" * 100_000})) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert cache.fetch("k") == ({"a": "b" * 100_000}, [])


@pytest.mark.parametrize("words", [["list"], ["search", "induction"]])
def test_two_programs_that_fill_the_cache_at_once_agree(words: list[str], folder: Path, program: Mip) -> None:
    command = [sys.executable, "-m", "mi_problems", *words]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) for _ in range(2)]
    outputs = {child.communicate(timeout=60)[0] for child in running}
    assert [child.returncode for child in running] == [0, 0]
    assert outputs == {program(*words).out}
    assert all(path.suffix == ".json" and cache.fetch(path.stem) for path in folder.iterdir())


@pytest.mark.skipif(os.geteuid() == 0 if hasattr(os, "geteuid") else True, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path, program: Mip) -> None:
    (tmp_path / "cache").mkdir(mode=0o500)
    done = program("list", env={"MIP_CACHE_DIR": str(tmp_path / "cache")})
    assert (done.code, len(done.lines), done.err) == (0, PROBLEMS, "")


@pytest.mark.parametrize("place", ["/dev/null", "/proc", "/no/such\udcff", "x" * 5000])
def test_a_cache_folder_that_cannot_be_is_no_error(place: str, program: Mip) -> None:
    done = program("list", env={"MIP_CACHE_DIR": place})
    assert (done.code, len(done.lines), done.err) == (0, PROBLEMS, "")


def test_an_edit_of_ones_own_registry_is_seen_at_once(tmp_path: Path, folder: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(GOOD_FILE)
    assert registry.load(file, only=True).problem("2.1").title == "A card for tests"
    file.write_text(GOOD_FILE.replace("A card for tests", "Another title"))
    assert registry.load(file, only=True).problem("2.1").title == "Another title"


def bundle(source: sources.Source, monkeypatch: pytest.MonkeyPatch) -> None:
    """Puts a registry in the place of the bundled one."""
    monkeypatch.setattr(sources, "bundled", lambda: source)
    sums = [(name, cache.checksum(content)) for name, content in source.files]
    monkeypatch.setattr(sources, "bundled_checksums", lambda: sums)


def test_an_update_of_the_bundled_words_is_seen_by_ones_own_registry(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(GOOD_FILE)
    assert len(registry.load(file, only=True).problems) == 2
    now = sources.bundled()
    words = now.shared | {"models.yaml": ("models.yaml", b"models: [{name: gpt3}]")}
    bundle(now._replace(problems=(), shared=words), monkeypatch)
    with pytest.raises(BadRegistry, match="unknown model 'gpt2'"):
        registry.load(file, only=True)


def test_a_faulty_registry_is_never_kept(tmp_path: Path, folder: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(GOOD_FILE.replace("difficulty: A", "difficulty: E"))
    registry.load()
    kept = {path.name for path in folder.iterdir()}
    for _ in range(2):
        with pytest.raises(BadRegistry, match="difficulty"):
            registry.load(file, only=True)
    assert {path.name for path in folder.iterdir()} == kept


def test_without_a_home_the_tool_still_works(program: Mip, tmp_path: Path) -> None:
    done = program("list", "--json", "-n", "1", env={"HOME": "", "XDG_CACHE_HOME": "/dev/null/x", "MIP_CACHE_DIR": ""})
    assert (done.code, done.err) == (0, "")
    assert json.loads(done.out)[0]["id"] == "1.1"


POSIX = pytest.mark.skipif(os.name == "nt", reason="owners and modes of POSIX")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@POSIX
@pytest.mark.parametrize("umask", [0, 0o002, 0o022, 0o077])
def test_what_is_kept_is_for_its_owner_alone(folder: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        cache.keep("k", 1)
    finally:
        os.umask(before)
    assert (mode(folder), mode(folder / "k.json")) == (0o700, 0o600)


@POSIX
def test_a_private_registry_leaves_no_copy_that_others_may_read(tmp_path: Path, program: Mip) -> None:
    (tmp_path / "mine.yaml").write_text(GOOD_FILE)
    (tmp_path / "mine.yaml").chmod(0o600)
    places = {
        "XDG_CACHE_HOME": str(tmp_path / "new" / "xdg"),
        "MIP_CACHE_DIR": "",
        "MIP_DATA": str(tmp_path / "mine.yaml"),
    }
    assert program("--only", "--data", str(tmp_path / "mine.yaml"), "search", "alpha", env=places).code == 0
    made = list((tmp_path / "new").rglob("*"))
    assert [path for path in made if path.is_file()]
    assert [path for path in (tmp_path / "new", *made) if mode(path) & 0o077] == []


@POSIX
def test_the_usual_folder_of_an_older_version_becomes_private(tmp_path: Path, program: Mip) -> None:
    (tmp_path / "mip").mkdir()
    (tmp_path / "mip").chmod(0o775)
    program("list", env={"XDG_CACHE_HOME": str(tmp_path), "MIP_CACHE_DIR": ""})
    assert mode(tmp_path / "mip") == 0o700
    assert list((tmp_path / "mip").iterdir())


@POSIX
@pytest.mark.parametrize("others", [0o777, 0o770, 0o702, 0o1777])
def test_a_folder_that_others_may_write_is_neither_read_nor_written(folder: Path, others: int) -> None:
    cache.keep("k", 1)
    folder.chmod(others)
    assert cache.fetch("k") is None
    cache.keep("l", 2)
    assert [path.name for path in folder.iterdir()] == ["k.json"]
    assert mode(folder) == others & 0o777 or others > 0o777


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give a folder away")
def test_what_belongs_to_somebody_else_is_neither_read_nor_written(folder: Path) -> None:
    cache.keep("k", 1)
    os.chown(folder / "k.json", 12345, 12345)
    assert cache.fetch("k") is None
    cache.keep("k", 2)
    assert cache.fetch("k") == (2, [])
    os.chown(folder, 12345, 12345)
    assert cache.fetch("k") is None


@POSIX
def test_an_entry_that_others_may_write_is_not_obeyed(folder: Path) -> None:
    cache.keep("k", 1)
    (folder / "k.json").chmod(0o666)
    assert cache.fetch("k") is None


@POSIX
@pytest.mark.parametrize("kind", ["link", "FIFO", "folder", "sparse"])
def test_an_entry_of_another_kind_is_not_followed_waited_for_or_read(folder: Path, kind: str) -> None:
    cache.keep("l", 1)
    entry = folder / "k.json"
    if kind == "link":
        entry.symlink_to(folder / "l.json")
    elif kind == "FIFO":
        os.mkfifo(entry)
    elif kind == "folder":
        entry.mkdir()
    else:
        entry.touch(mode=0o600)
        os.truncate(entry, 10**12)
    assert cache.fetch("k") is None
    assert len(registry.load().problems) == PROBLEMS


def test_the_entry_of_another_key_is_not_obeyed(folder: Path) -> None:
    cache.keep("k", "of k")
    os.replace(folder / "k.json", folder / "l.json")
    assert cache.fetch("l") is None


def _forms(payload: bytes) -> list[bytes]:
    """The payload with every checksum that a forger might think of."""
    return [payload, f"{zlib.crc32(payload):08x}\n".encode() + payload, cache._head("other", payload) + payload]


@settings(deadline=None, max_examples=60, suppress_health_check=[*HealthCheck])
@given(payload=st.one_of(st.binary(max_size=200), st.text(max_size=99).map(str.encode)), form=st.integers(0, 2))
def test_no_content_of_an_entry_is_an_error_or_obeyed(folder: Path, payload: bytes, form: int) -> None:
    cache.keep("k", 1)
    (folder / "k.json").write_bytes(_forms(payload)[form])
    assert cache.fetch("k") is None


@pytest.mark.parametrize("lines", [[], [b""], [b"{}"], [b"null"] * 3, [b"\xff"] * 3])
@pytest.mark.parametrize("head", [None, 1, "x", [], {}, [[]], [["1.1"]], [None, None], {"a": 1}])
def test_an_entry_of_another_form_is_read_anew(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, head: object, lines: list[bytes]
) -> None:
    (tmp_path / "mine.yaml").write_text(GOOD_FILE)
    small = sources.bundled()._replace(problems=())
    bundle(small, monkeypatch)
    for _ in range(2):
        found = registry.load(tmp_path / "mine.yaml")
        index_of.cache_clear()
        assert [hit.problem.id for hit in ranking.search(found, "alpha beta gamma")] == ["2.1", "2.2"]
        for file in folder.glob("*.json"):
            cache.keep(file.stem, head, lines)


@POSIX
def test_a_draft_is_never_written_through_a_link(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.mkdir(mode=0o700)
    (tmp_path / "precious").write_text("precious")
    monkeypatch.setattr(os, "urandom", bytes)
    (folder / f".mip-{bytes(8).hex()}.tmp").symlink_to(tmp_path / "precious")
    cache.keep("k", 1)
    assert (tmp_path / "precious").read_text() == "precious"


def test_the_name_of_a_draft_cannot_be_foretold(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names: list[str] = []
    monkeypatch.setattr(os, "replace", lambda draft, _: names.append(Path(draft).name))
    for _ in range(3):
        cache.keep("k", 1)
    assert len(set(names)) == 3


OWN = {
    **{f"empty{number}.json": b"" for number in range(12)},
    "number.json": b"12345678\n",
    "a.json": b"{}",
    "mip-cache.json": b"mip-cache\n",
    ".hidden.tmp": b"",
    ".x.12.tmp": b"",
    "notes.tmp": b"01234567\n",
}


def test_only_what_it_wrote_is_removed(folder: Path) -> None:
    folder.mkdir(mode=0o700)
    for name, content in OWN.items():
        (folder / name).write_bytes(content)
        os.utime(folder / name, (1, 1))
    (folder / "link.json").symlink_to(folder / "k0.json")
    (folder / "folder.json").mkdir()
    for number in range(20):
        cache.keep(f"k{number}", number)
    left = {path.name for path in folder.iterdir()}
    assert left >= {*OWN, "link.json", "folder.json"}
    assert len(left - {*OWN, "link.json", "folder.json"}) == 8


def test_entries_of_version_0_1_go_as_well(folder: Path) -> None:
    folder.mkdir(mode=0o700)
    for number in range(9):
        (folder / f"{number:032x}.json").write_bytes(b"01234567\n{}")
        os.utime(folder / f"{number:032x}.json", (1, 1))
    for number in range(8):
        cache.keep(f"k{number}", number)
    assert {path.name for path in folder.iterdir()} == {f"k{number}.json" for number in range(8)}


@pytest.mark.skipif(sys.platform != "linux", reason="needs XDG folders")
@pytest.mark.parametrize("variable", ["XDG_CACHE_HOME", "MIP_CACHE_DIR"])
def test_a_relative_folder_is_ignored(variable: str, tmp_path: Path, program: Mip) -> None:
    (tmp_path / "work").mkdir()
    places = {"MIP_CACHE_DIR": "", "XDG_CACHE_HOME": "", "HOME": str(tmp_path / "home")} | {variable: "rel"}
    assert program("list", env=places, cwd=tmp_path / "work").code == 0
    assert list((tmp_path / "work").iterdir()) == []
    assert list((tmp_path / "home" / ".cache" / "mip").iterdir())


@POSIX
def test_the_home_may_be_written_as_a_tilde(tmp_path: Path, program: Mip) -> None:
    program("list", env={"MIP_CACHE_DIR": "~/mine", "HOME": str(tmp_path)}, cwd=tmp_path)
    assert list((tmp_path / "mine").iterdir())


def test_a_relative_home_holds_no_cache(tmp_path: Path, program: Mip) -> None:
    done = program("list", env={"MIP_CACHE_DIR": "", "XDG_CACHE_HOME": "", "HOME": "rel"}, cwd=tmp_path)
    assert (done.code, list(tmp_path.iterdir())) == (0, [])
