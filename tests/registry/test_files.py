"""Which files make a registry, by what names, and how much of them is read."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mi_problems.errors import BadRegistry
from mi_problems.reading import limits
from mi_problems.registry import files as sources
from tests.conftest import GOOD_FILE, Mip


def named(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    return folder


def test_a_flat_folder_is_its_yaml_files_without_those_that_describe_the_whole(tmp_path: Path) -> None:
    source = sources.own(named(tmp_path / "r", "b.yml", "a.yaml", "models.yaml", "notes.md", "yaml", "c.yaml.bak"))
    names = {name: str(tmp_path / "r" / name) for name in ("a.yaml", "b.yml", "models.yaml")}
    assert source.name == "r"
    assert source.problems == ((names["a.yaml"], b"a.yaml"), (names["b.yml"], b"b.yml"))
    assert source.shared == {"models.yaml": (names["models.yaml"], b"models.yaml")}
    assert source.files == [(names["models.yaml"], b"models.yaml"), *source.problems]


def test_room_is_for_all_files_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named(tmp_path, "a.yaml", "b.yaml", "models.yaml")
    monkeypatch.setattr(limits, "MAX_BYTES", len("a.yamlb.yamlmodels.yaml"))
    assert len(sources.own(tmp_path).files) == 3
    monkeypatch.setattr(limits, "MAX_BYTES", len("a.yamlb.yamlmodels.yaml") - 1)
    with pytest.raises(BadRegistry, match=r"b\.yaml makes the registry larger than"):
        sources.own(tmp_path)


def test_a_damaged_installation_is_one_line_with_its_remedy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sources, "data_dir", lambda: named(tmp_path, "problems/a.yaml", "skills.yaml"))
    with pytest.raises(BadRegistry, match=r"cannot read .*collection\.yaml: No such file") as raised:
        sources.bundled()
    assert raised.value.hint == "reinstall mi-problems"


LEFT = [
    ".#a.yaml", "._a.yaml", ".a.yaml", ".a.yaml.swp", "a.yaml~", "#a.yaml#", "#a.yaml", "~$a.yaml", ".~lock.a.yaml#",
    "a.yaml.orig", "a_LOCAL_4711.yaml", "a_REMOTE_4711.yaml", "a_BASE_4711.yml", "a_BACKUP_4711.yaml", "Thumbs.db",
    ".DS_Store", "a.yaml.swp", "a.yaml___jb_tmp___", "4913",
]  # fmt: skip


@pytest.mark.parametrize("left", LEFT)
def test_what_editors_systems_and_version_control_leave_is_not_read(tmp_path: Path, left: str) -> None:
    named(tmp_path, "a.yaml", left)
    assert [Path(name).name for name, _ in sources.own(tmp_path).problems] == ["a.yaml"]


def test_the_lock_of_an_editor_leads_nowhere_and_keeps_nobody_out(tmp_path: Path) -> None:
    named(tmp_path, "a.yaml")
    (tmp_path / ".#a.yaml").symlink_to("me@host.1:2")
    assert len(sources.own(tmp_path).problems) == 1


@pytest.mark.parametrize("name", ["problem_LOCAL.yaml", "BASE_4.yaml", "a-1.yaml", "4913.yaml", "круг.yaml"])
def test_a_name_that_somebody_chose_is_read(tmp_path: Path, name: str) -> None:
    assert len(sources.own(named(tmp_path, name)).problems) == 1


def test_a_left_file_that_is_named_is_read(tmp_path: Path) -> None:
    assert len(sources.own(named(tmp_path, ".#a.yaml") / ".#a.yaml").problems) == 1


def test_what_is_left_in_a_checkout_is_no_part_of_the_bundled_list(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shared = ("collection.yaml", "lists.yaml", "skills.yaml", "models.yaml", "glossary.yaml", "elsewhere.yaml")
    monkeypatch.setattr(sources, "data_dir", lambda: named(tmp_path, "problems/a.yaml", "problems/.#a.yaml", *shared))
    assert [name for name, _ in sources.bundled().problems] == ["a.yaml"]


def test_a_folder_of_more_files_than_are_read_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_FILES", 2)
    assert len(sources.own(named(tmp_path, "a.yaml", "b.yaml", "notes.md")).problems) == 2
    with pytest.raises(BadRegistry, match=r"holds 3 \.yaml files, more than 2"):
        sources.own(named(tmp_path, "c.yaml"))


def test_the_home_may_be_written_as_a_tilde(program: Mip, tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(GOOD_FILE)
    home = {"HOME": str(tmp_path), "MIP_DATA": "~/x.yaml"}
    assert len(program("--only", "list", env=home).lines) == 2
    assert len(program("--only", "--data", "~/x.yaml", "list", env=home | {"MIP_DATA": "x"}).lines) == 2
    done = program("list", env={"MIP_DATA": "~nobody-of-this-name/x.yaml"})
    assert (done.code, done.err.count("\n")) == (1, 1)


SHELL = pytest.mark.skipif(
    not Path("/dev/fd").exists() or shutil.which("bash") is None, reason="needs bash and /dev/fd"
)


def shell(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """What a command of bash does there, `mip` being this one."""
    line = command.replace("mip ", f"{shlex.quote(sys.executable)} -m mi_problems ")
    (folder / "base.yaml").write_text(GOOD_FILE)
    return subprocess.run(["bash", "-c", line], cwd=folder, capture_output=True, text=True, timeout=60, check=False)


@SHELL
@pytest.mark.parametrize("verb", ["list", "show 2.1", "search alpha", "check", "init 2.1 new", "categories"])
@pytest.mark.parametrize("pipe", ["<(cat base.yaml)", "<(sleep 0.3; cat base.yaml; sleep 0.3)", "/dev/stdin"])
def test_a_pipe_that_the_shell_opens_is_read(tmp_path: Path, pipe: str, verb: str) -> None:
    done = shell(f"cat base.yaml | mip --only --data {pipe} {verb}", tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout or verb == "check"


@SHELL
def test_a_pipe_larger_than_a_registry_is_refused_and_not_read_for_ever(tmp_path: Path) -> None:
    done = shell("mip check <(cat /dev/zero)", tmp_path)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)


@SHELL
@pytest.mark.parametrize("command", ["--data pipe list", "check pipe", "--data /dev/tty list", "check /dev/null"])
def test_a_pipe_that_nobody_may_ever_write_to_is_refused_with_a_way_that_works(tmp_path: Path, command: str) -> None:
    done = shell(f"mkfifo pipe; mip {command}", tmp_path)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "`mip check -` reads standard input" in done.stderr or "cannot read /dev/tty" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="POSIX pipes")
@pytest.mark.parametrize("pause", [0.0, 0.2])
def test_a_standard_input_that_does_not_wait_is_read_to_its_end(pause: float) -> None:
    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    command = [sys.executable, "-m", "mi_problems", "--only", "check", "-"]
    with subprocess.Popen(command, stdin=reader, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as child:
        os.close(reader)
        time.sleep(pause)
        half = len(GOOD_FILE) // 2
        for part in (GOOD_FILE[:half], GOOD_FILE[half:]):
            os.write(writer, part.encode())
            time.sleep(pause)
        os.close(writer)
        out, err = child.communicate(timeout=60)
    assert (child.returncode, out, err) == (0, "", "mip: 2 problems, 0 faults\n")
