"""`--install-completion`, `--remove-completion`, `--show-completion`: in files of the user's, and in real shells."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from mi_problems.errors import MipError
from mi_problems.terminal import shells
from mi_problems.terminal.users_file import BEGIN, END
from tests.conftest import Mip, Result

MIP = [sys.executable, "-m", "mi_problems"]
PLACES = {"bash": ".bashrc", "zsh": ".zshrc", "fish": ".config/fish/completions/mip.fish"}
LIKES_NO_QUOTES = """ho me 'q" $(touch ran) `touch ran`"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    for name in ("ZDOTDIR", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    return folder


def refused(done: Result) -> str:
    """The one line of an error, which says what to do by hand."""
    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
    assert done.err.startswith("mip: error: cannot ")
    assert "mip --show-completion" in done.err
    return done.err


@pytest.mark.parametrize("shell", PLACES)
def test_installed_twice_it_stands_once_and_removed_it_is_gone(mip: Mip, home: Path, shell: str) -> None:
    file = home / PLACES[shell]
    first, second = (mip("--install-completion", shell) for _ in range(2))
    assert (first.code, second.code, first.err + second.err) == (0, 0, "")
    assert str(file) in first.out
    assert "already" in second.out
    assert file.read_text().count("_MIP_COMPLETE") == shells.script(shell).count("_MIP_COMPLETE")
    assert str(file) in mip("--remove-completion", shell).out
    assert not file.exists() or file.read_bytes() == b""
    assert "none" in mip("--remove-completion", shell).out


@pytest.mark.parametrize("shell", ["bash", "zsh"])
@pytest.mark.parametrize("content", [b"x\x9c\n", b"a\r\nb\r\n", b"\xff\xfe", b"# \xe9\n\n\n", b""])
def test_every_byte_of_a_start_up_file_stays(mip: Mip, home: Path, shell: str, content: bytes) -> None:
    file = home / PLACES[shell]
    file.write_bytes(content)
    assert mip("--install-completion", shell).code == 0
    assert file.read_bytes().startswith(content)
    assert mip("--remove-completion", shell).code == 0
    assert file.read_bytes() == content + (b"" if content.endswith(b"\n") or not content else b"\n")


@pytest.mark.parametrize("shell", PLACES)
@pytest.mark.parametrize("blocks", [0, 1])
def test_a_disk_that_is_full_leaves_the_old_file_whole(home: Path, shell: str, blocks: int) -> None:
    file = home / PLACES[shell]
    file.parent.mkdir(parents=True, exist_ok=True)
    before = b"# _MIP_COMPLETE\n" * 500
    file.write_bytes(before)
    script = f'ulimit -f {blocks}; "$@" 2>&1 | cat'
    done = subprocess.run(
        ["bash", "-c", script, "bash", *MIP, "--install-completion", shell], capture_output=True, text=True, check=False
    )
    if shell != "fish" or not blocks:  # fish's file becomes shorter, and fits
        assert "File too large; by hand" in done.stdout
        assert file.read_bytes() == before
    assert os.listdir(file.parent) == [file.name]


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_what_is_no_file_is_refused_at_once_with_what_to_paste(program: Mip, home: Path, shell: str) -> None:
    file = home / PLACES[shell]
    os.mkfifo(file)
    assert "not a regular file" in refused(program("--install-completion", shell))
    file.unlink()
    file.mkdir()
    refused(program("--install-completion", shell))
    file.rmdir()
    file.symlink_to("nowhere/else")
    refused(program("--install-completion", shell))


@pytest.mark.parametrize("shell", PLACES)
@pytest.mark.parametrize("value", ["", "relative", "/dev/null/home"])
def test_a_home_that_is_no_folder_is_one_line(program: Mip, home: Path, shell: str, value: str) -> None:
    refused(program("--install-completion", shell, env={"HOME": value}))


def test_no_home_and_no_entry_for_the_user_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(_: int) -> None:
        raise KeyError

    monkeypatch.delenv("HOME", raising=False)
    monkeypatch.setattr(pwd, "getpwuid", nobody)
    with pytest.raises(MipError, match="cannot tell your home folder"):
        shells.install("bash")


def test_zsh_and_fish_have_folders_of_their_own(mip: Mip, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZDOTDIR", str(home / "z"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "x"))
    assert "z/.zshrc: No such file" in refused(mip("--install-completion", "zsh"))
    (home / "z").mkdir()
    assert mip("--install-completion", "zsh").code == mip("--install-completion", "fish").code == 0
    assert sorted(os.listdir(home)) == ["x", "z"]
    assert (home / "z" / ".zshrc").exists()
    assert (home / "x" / "fish" / "completions" / "mip.fish").exists()
    for value in ("z", ""):
        monkeypatch.setenv("ZDOTDIR", value)
        assert f"ZDOTDIR={value}, " in refused(mip("--install-completion", "zsh"))


def test_a_file_that_another_program_made_for_fish_is_left_alone(mip: Mip, home: Path) -> None:
    file = home / PLACES["fish"]
    file.parent.mkdir(parents=True)
    file.write_text("complete mip --arguments other\n")
    done = mip("--install-completion", "fish")
    assert (done.code, done.err) == (1, f"mip: error: {file} is not by mip; move it away\n")
    assert mip("--remove-completion", "fish").out.startswith("none stands")
    assert "other" in file.read_text()


def test_what_version_01_installed_is_removed_too(mip: Mip, home: Path) -> None:
    for name in (".bash_completions/mip.sh", ".zfunc/_mip"):
        (home / name).parent.mkdir()
        (home / name).write_text("# _MIP_COMPLETE")
    (home / ".bashrc").write_text(f"alias a=b\nsource '{home}/.bash_completions/mip.sh'\nsource 'other'\n")
    assert mip("--remove-completion", "bash").code == mip("--remove-completion", "zsh").code == 0
    assert (home / ".bashrc").read_text() == "alias a=b\nsource 'other'\n"
    assert not any(path.is_file() for path in home.glob("*/*"))


def test_the_profile_of_powershell_is_left_alone(mip: Mip, home: Path) -> None:
    done = mip("--install-completion", "powershell")
    assert (done.code, os.listdir(home)) == (1, [])
    assert "mip --show-completion powershell" in done.err


def test_the_shell_is_the_one_that_mip_was_typed_in(home: Path) -> None:
    for shell in filter(shutil.which, PLACES):
        line = f"{' '.join(MIP)} --show-completion; true"
        shown = subprocess.run([shell, "-c", line], capture_output=True, text=True, check=True).stdout
        assert shown == shells.script(shell)


@pytest.mark.parametrize("option", ["--install-completion", "--show-completion", "--remove-completion"])
def test_a_shell_that_is_none_names_those_that_are(mip: Mip, option: str) -> None:
    assert mip(option, "zhs").err == "mip: error: unknown shell 'zhs'; did you mean zsh?\n"
    assert mip(f"{option}=nu").err == "mip: error: unknown shell 'nu'; choose from bash, zsh, fish\n"


def test_a_shell_that_cannot_be_told_is_asked_for(mip: Mip, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shells, "_current", lambda: "dash")
    done = mip("--install-completion")
    assert (done.code, "name it" in done.err) == (2, True)


ASK = {
    "bash": ["bash", "-ic", "complete -p mip"],
    "zsh": ["zsh", "-ic", "print $_comps[mip]"],
    "fish": ["fish", "-c", "complete -C 'mip show 2.25'"],
}
TOLD = {"bash": "-F _mip_completion mip", "zsh": "_mip_completion", "fish": "2.25b"}


@pytest.mark.parametrize("shell", PLACES)
@pytest.mark.parametrize("by_hand", [False, True])
def test_a_real_shell_finds_it_whatever_its_home_is_called(
    program: Mip, home: Path, tmp_path: Path, shell: str, by_hand: bool
) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    home, programs = home / LIKES_NO_QUOTES, tmp_path / "bin"
    home.mkdir()
    programs.mkdir()
    (programs / "mip").write_text(f'#!/bin/sh\nexec {" ".join(MIP)} "$@"\n')
    (programs / "mip").chmod(0o755)
    settings = {"HOME": str(home), "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "TERM": "xterm"}
    settings |= {"XDG_DATA_HOME": str(tmp_path), "LC_ALL": "C.UTF-8"}
    if by_hand:
        file = home / {**PLACES, "fish": ".config/fish/config.fish"}[shell]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(shells._BY_HAND[shell] + "\n")
    else:
        assert program("--install-completion", shell, env=settings).code == 0
    done = subprocess.run(
        ASK[shell], capture_output=True, text=True, env={**os.environ, **settings}, cwd=tmp_path, check=False,
        stdin=subprocess.DEVNULL, timeout=60,
    )  # fmt: skip
    assert TOLD[shell] in done.stdout, done.stderr
    assert "rror" not in done.stderr
    assert not (tmp_path / "ran").exists()


def test_the_marks_stand_on_lines_of_their_own(mip: Mip, home: Path) -> None:
    (home / ".bashrc").write_bytes(b"alias a=b")
    assert mip("--install-completion", "bash").code == 0
    lines = (home / ".bashrc").read_bytes().splitlines()
    assert (lines[1], lines[-1]) == (BEGIN, END)
