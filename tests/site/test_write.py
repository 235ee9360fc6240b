"""A site takes the place of an older one in one step, and of nothing else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from mi_problems.errors import Conflict, MipError
from mi_problems.site.pages import Page
from mi_problems.site.write import MANIFEST, write

OLD = [Page("index.html", "old"), Page("p/1.1.html", "one"), Page("p/1.2.html", "two")]
NEW = [Page("index.html", "new"), Page("p/1.1.html", "one"), Page("q/3.html", "three")]


def tree(folder: Path) -> dict[str, str]:
    """Every file below a folder with its text, but for the manifest."""
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MANIFEST
    }


@pytest.fixture
def site(tmp_path: Path) -> Path:
    write(OLD, tmp_path / "site")
    return tmp_path / "site"


def test_it_is_written_into_a_new_folder_and_those_above_it(tmp_path: Path) -> None:
    write(OLD, tmp_path / "a" / "b" / "site")
    assert tree(tmp_path / "a" / "b" / "site") == dict(OLD)


def test_it_is_written_into_an_empty_folder_which_stays_the_same_one(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir(mode=0o750)
    before = (tmp_path / "site").stat()
    write(OLD, tmp_path / "site")
    after = (tmp_path / "site").stat()
    assert (after.st_ino, after.st_mode) == (before.st_ino, before.st_mode)


def test_a_site_replaces_an_older_one_and_leaves_nothing_of_it(site: Path) -> None:
    write(NEW, site)
    assert tree(site) == dict(NEW)
    assert sorted(path.name for path in site.iterdir()) == ["index.html", MANIFEST, "p", "q"]


def test_what_else_lies_at_the_top_of_a_site_stays(site: Path) -> None:
    (site / ".git").mkdir()
    (site / ".git" / "HEAD").write_text("ref", encoding="utf-8")
    (site / "CNAME").write_text("a.example", encoding="utf-8")
    write(NEW, site)
    assert tree(site) == {**dict(NEW), ".git/HEAD": "ref", "CNAME": "a.example"}


@pytest.mark.parametrize("name", ["notes.txt", "index.html", MANIFEST, ".hidden"])
def test_a_folder_with_anything_else_in_it_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine", encoding="utf-8")
    with pytest.raises(Conflict, match="not empty"):
        write(OLD, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("mine", encoding="utf-8")
    with pytest.raises(Conflict, match="no folder"):
        write(OLD, tmp_path / "site")


def test_an_edited_page_is_not_replaced(site: Path) -> None:
    (site / "p" / "1.1.html").write_text("edited", encoding="utf-8")
    with pytest.raises(Conflict, match=r"1\.1\.html was edited"):
        write(NEW, site)
    assert tree(site) == {**dict(OLD), "p/1.1.html": "edited"}


def test_other_line_ends_are_no_edit(tmp_path: Path) -> None:
    write([Page("index.html", "one\ntwo\n")], tmp_path / "site")
    (tmp_path / "site" / "index.html").write_bytes(b"one\r\ntwo\r\n")
    write(NEW, tmp_path / "site")
    assert tree(tmp_path / "site") == dict(NEW)


@pytest.mark.parametrize("name", ["p/mine.txt", "p/mine/x.txt", "q"])
def test_a_file_of_ones_own_among_the_pages_is_not_lost(site: Path, name: str) -> None:
    (site / name).parent.mkdir(exist_ok=True)
    (site / name).write_text("mine", encoding="utf-8")
    with pytest.raises(MipError):
        write(NEW, site)
    assert tree(site) == {**dict(OLD), name: "mine"}


def test_a_link_is_followed_at_the_top_and_refused_among_the_pages(site: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(site)
    write(NEW, tmp_path / "link")
    assert tree(site) == dict(NEW)
    (site / "p" / "other").symlink_to(tmp_path)
    with pytest.raises(Conflict, match="not of this site"):
        write(OLD, site)


def failing(error: BaseException) -> Iterator[Page]:
    yield from NEW[:2]
    raise error


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(28, "No space left on device"), RuntimeError("bug")])
def test_a_build_that_fails_leaves_the_old_site(site: Path, error: BaseException) -> None:
    with pytest.raises((MipError, type(error))):
        write(failing(error), site)
    assert tree(site) == dict(OLD)
    assert sorted(os.listdir(site)) == ["index.html", MANIFEST, "p"]


def test_a_build_that_fails_leaves_no_new_folder(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        write(failing(KeyboardInterrupt()), tmp_path / "a" / "site")
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGKILL, -9)])
def test_a_build_that_is_killed_leaves_the_old_site_and_the_next_cleans_up(site: Path, number: int, code: int) -> None:
    script = f"""
import os, pathlib, sys
from mi_problems.site.pages import Page
from mi_problems.site.write import write
def pages():
    yield Page("index.html", "new")
    os.kill(os.getpid(), {int(number)})
    yield Page("p/1.1.html", "new")
    yield Page("p/1.2.html", "new")
write(pages(), pathlib.Path(sys.argv[1]))
"""
    done = subprocess.run([sys.executable, "-c", script, str(site)], capture_output=True, check=False)
    assert done.returncode == code, done.stderr
    assert {path: text for path, text in tree(site).items() if not path.startswith(".mip-site-")} == dict(OLD)
    write(NEW, site)
    assert sorted(path.name for path in site.iterdir()) == ["index.html", MANIFEST, "p", "q"]


@pytest.mark.parametrize("at", range(1, 8))
def test_a_step_of_the_exchange_that_fails_is_taken_back(site: Path, at: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rename, calls = os.rename, 0

    def failing_once(source: Path, target: Path) -> None:
        nonlocal calls
        calls += 1
        if calls == at:
            raise PermissionError(13, "Permission denied")
        rename(source, target)

    monkeypatch.setattr(os, "rename", failing_once)
    with pytest.raises(MipError, match="Permission denied; nothing was changed"):
        write(NEW, site)
    assert tree(site) == dict(OLD)


def test_the_same_pages_give_the_same_bytes(tmp_path: Path) -> None:
    write(OLD, tmp_path / "a")
    write(OLD, tmp_path / "b")
    assert (tmp_path / "a" / MANIFEST).read_bytes() == (tmp_path / "b" / MANIFEST).read_bytes()
