"""mip browse"""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PROBLEMS, Mip
from tests.pseudo_terminal import seen_mip_in


def everything(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_it_writes_a_site_and_prints_the_path_of_its_index_alone(mip: Mip, tmp_path: Path) -> None:
    done = mip("browse", "--out", str(tmp_path / "class"))
    assert (done.code, done.out, done.err) == (0, f"{tmp_path}/class/index.html\n", "")
    assert len(list((tmp_path / "class" / "p").iterdir())) == PROBLEMS


def test_filters_choose_the_problems_and_the_page_says_how(mip: Mip, tmp_path: Path) -> None:
    asked = ("-l", "beginner", "--compute", "laptop")
    mip("browse", *asked, "--out", str(tmp_path / "class"))
    listed = [line.split("\t")[0] for line in mip("list", *asked).lines]
    assert {path.stem for path in (tmp_path / "class" / "p").iterdir()} == set(listed)
    index = (tmp_path / "class" / "index.html").read_text(encoding="utf-8")
    assert "mip list --level beginner --compute laptop" in index


def test_without_a_folder_it_is_written_into_the_cache_for_the_user_alone(mip: Mip, own_cache: Path) -> None:
    done = mip("browse", "-c", "rl")
    index = Path(done.out.strip())
    assert index == own_cache / "site" / "index.html"
    assert index.is_file()
    assert os.name != "posix" or stat.S_IMODE(index.parent.stat().st_mode) == 0o700


def test_the_page_in_the_cache_has_the_marks_and_what_is_put_online_has_none(mip: Mip, tmp_path: Path) -> None:
    mip("mark", "2.17", "saved", "--note", "secretnote")
    mip("mark", "2.18", "started", "--who", "Wilhelmina")
    mine = Path(mip("browse", "-c", "circuits").out.strip()).parent
    assert b"secretnote" in everything(mine)["p/2.17.html"]
    theirs = Path(mip("browse", "-c", "circuits", "--who", "Wilhelmina").out.strip()).parent
    assert b"secretnote" not in everything(theirs)["p/2.17.html"]
    mip("browse", "-c", "circuits", "--out", str(tmp_path / "a"), "--who", "Wilhelmina")
    mip("mark", "2.17", "none")
    mip("mark", "2.18", "none", "--who", "Wilhelmina")
    mip("browse", "-c", "circuits", "--out", str(tmp_path / "b"))
    assert everything(tmp_path / "a") == everything(tmp_path / "b")


def test_saved_problems_make_a_page_that_does_not_say_so(mip: Mip, tmp_path: Path) -> None:
    mip("mark", "2.17", "4.10", "saved", "--note", "secretnote")
    mip("browse", "--mine", "saved", "--out", str(tmp_path / "class"))
    assert {path.stem for path in (tmp_path / "class" / "p").iterdir()} == {"2.17", "4.10"}
    whole = b"".join(everything(tmp_path / "class").values())
    assert b"secretnote" not in whole
    assert b"--mine" not in whole
    assert b'"mine"' not in whole


def test_the_same_data_give_the_same_bytes(mip: Mip, tmp_path: Path) -> None:
    for name in ("a", "b"):
        mip("browse", "-c", "rl", "--out", str(tmp_path / name))
    assert everything(tmp_path / "a") == everything(tmp_path / "b")


def test_where_no_problem_fits_nothing_is_written(mip: Mip, tmp_path: Path) -> None:
    done = mip("browse", "-c", "rl", "--compute", "cluster", "--out", str(tmp_path / "class"))
    assert (done.code, done.out) == (0, "")
    assert "no problem fits" in done.err
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_no_site_is_refused_in_one_line(mip: Mip, tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("mine", encoding="utf-8")
    done = mip("browse", "--out", str(tmp_path))
    assert (done.code, done.out, len(done.err.splitlines())) == (1, "", 1)
    assert "no site of `mip browse`; name another folder with --out" in done.err


def test_own_problems_stand_beside_the_bundled_ones_or_alone(mip: Mip, tmp_path: Path) -> None:
    own = tmp_path / "lab.yaml"
    own.write_text("problems:\n  - title: A question of ours\n    summary: What happens here?\n", encoding="utf-8")
    beside = mip("--data", str(own), "browse", "--out", str(tmp_path / "both"))
    alone = mip("--data", str(own), "--only", "browse", "--out", str(tmp_path / "alone"))
    assert (beside.code, alone.code) == (0, 0), beside.err + alone.err
    assert (tmp_path / "both" / "p" / "lab.1.html").is_file()
    assert [path.name for path in (tmp_path / "alone" / "p").iterdir()] == ["lab.1.html"]
    assert str(tmp_path).encode() not in b"".join(everything(tmp_path / "both").values())


@pytest.mark.skipif(os.name != "posix", reason="needs a terminal of POSIX")
def test_a_terminal_sees_how_far_it_is_and_the_browser_is_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/asked\n', encoding="utf-8")
    browser.chmod(0o755)
    monkeypatch.setenv("BROWSER", f"{browser} %s")
    code, output = seen_mip_in(tmp_path, "browse", "-c", "rl", columns=80)
    assert code == 0
    assert "writing pages: 0 of " in output
    assert "opened in the web browser" in output
    asked = (tmp_path / "asked").read_text(encoding="utf-8").strip()
    assert asked.startswith("file:///")
    assert asked.endswith("/site/index.html")


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="Linux tells what a process has used")
def test_the_whole_catalogue_is_built_within_five_seconds_and_300_megabytes(tmp_path: Path) -> None:
    probe = (
        "import sys, time\n"
        "from mi_problems.cli import app\n"
        "try: app(['browse', '--out', sys.argv[1]], prog_name='mip')\n"
        "finally:\n"
        "    most = next(line for line in open('/proc/self/status') if line.startswith('VmHWM'))\n"
        "    print(time.process_time(), int(most.split()[1]) * 1024)"
    )  # the most that a child holds, as its parent is told, counts what the parent held when it began
    done = subprocess.run(
        [sys.executable, "-c", probe, str(tmp_path / "site")], capture_output=True, encoding="utf-8", check=True
    )
    seconds, most = done.stdout.splitlines()[-1].split()
    assert float(seconds) <= 5
    assert int(most) <= 300 * 10**6
