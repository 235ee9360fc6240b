"""The cache may fail in every way and change nothing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from mi_problems import cache
from mi_problems.errors import BadRegistry
from mi_problems.registry import files as sources
from mi_problems.registry import load as registry
from tests.conftest import GOOD_FILE, PROBLEMS, Mip


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MIP_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_what_is_kept_is_fetched(folder: Path) -> None:
    cache.keep("k", {"a": ["\u00e9", 1, None]}, [b"x", b"\xff y"])
    assert cache.fetch("k") == ({"a": ["\u00e9", 1, None]}, [b"x", b"\xff y"])
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
    monkeypatch.setattr(registry, "_parse", lambda *_: pytest.fail("parsed again"))
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
    assert registry.load(file).problem("2.1").title == "A card for tests"
    file.write_text(GOOD_FILE.replace("A card for tests", "Another title"))
    assert registry.load(file).problem("2.1").title == "Another title"


def test_an_update_of_the_bundled_words_is_seen_by_ones_own_registry(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(GOOD_FILE)
    assert len(registry.load(file).problems) == 2
    now = sources.bundled()
    words = now.shared | {"models.yaml": ("models.yaml", b"models: [{name: gpt3}]")}
    monkeypatch.setattr(sources, "bundled", lambda: now._replace(problems=(), shared=words))
    with pytest.raises(BadRegistry, match="unknown model 'gpt2'"):
        registry.load(file)


def test_a_faulty_registry_is_never_kept(tmp_path: Path, folder: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(GOOD_FILE.replace("difficulty: A", "difficulty: E"))
    registry.load()
    kept = {path.name for path in folder.iterdir()}
    for _ in range(2):
        with pytest.raises(BadRegistry, match="difficulty"):
            registry.load(file)
    assert {path.name for path in folder.iterdir()} == kept


def test_without_a_home_the_tool_still_works(program: Mip, tmp_path: Path) -> None:
    done = program("list", "--json", "-n", "1", env={"HOME": "", "XDG_CACHE_HOME": "/dev/null/x", "MIP_CACHE_DIR": ""})
    assert (done.code, done.err) == (0, "")
    assert json.loads(done.out)[0]["id"] == "1.1"
