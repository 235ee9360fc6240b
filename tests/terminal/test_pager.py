"""The pager: only on a terminal, only for what is longer, chosen as git does, and never in the way."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from mi_problems.terminal.render.cells import fills
from mi_problems.terminal.render.pager import pager, surroundings
from tests.conftest import PROBLEMS, Mip
from tests.pseudo_terminal import heed_ctrl_c, mip_seen, seen

MIP = [sys.executable, "-m", "mi_problems"]
LONG = ("-q", "list")
SHORT = ("-q", "list", "-c", "rl", "-n", "3")
KEEP = """
import json, os, sys
text = sys.stdin.read()
with open(sys.argv[1], "w") as file:
    json.dump({"text": text, "arguments": sys.argv[2:], "LESS": os.environ.get("LESS")}, file)
"""


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """Where the pager of `keeping` leaves what it was given."""
    return tmp_path / "kept.json"


@pytest.fixture
def keeping(tmp_path: Path, kept: Path) -> str:
    """The command of a pager that shows nothing and keeps what it was given."""
    (tmp_path / "keep.py").write_text(KEEP)
    return shlex.join([sys.executable, str(tmp_path / "keep.py"), str(kept)])


def given(kept: Path) -> Any:
    import json

    return json.loads(kept.read_text())


def test_what_is_longer_than_the_terminal_goes_to_the_pager_whole(kept: Path, keeping: str) -> None:
    _, printed = mip_seen(*LONG, raw=True)
    code, text = mip_seen(*LONG, MIP_PAGER=keeping)
    assert (code, text) == (0, "")
    assert given(kept)["text"] == printed


@pytest.mark.parametrize("arguments", [SHORT, ("--version",), ("-h",), ("init", "2.17", "--dry-run")])
def test_what_fits_is_printed(arguments: tuple[str, ...], kept: Path, keeping: str) -> None:
    code, text = mip_seen(*arguments, MIP_PAGER=keeping)
    assert code == 0
    assert text
    assert not kept.exists()


@pytest.mark.parametrize(("terminal", "paged"), [(5, False), (4, True)])
def test_a_line_is_left_for_the_prompt(terminal: int, paged: bool, kept: Path, keeping: str) -> None:
    mip_seen(*SHORT, rows=terminal, MIP_PAGER=keeping)
    assert kept.exists() == paged


def test_a_line_that_the_terminal_breaks_counts_as_several(kept: Path, keeping: str) -> None:
    mip_seen("check", "--json", rows=6, MIP_PAGER=keeping)
    assert not kept.exists()
    mip_seen("check", "--json", rows=6, columns=8, MIP_PAGER=keeping)
    assert kept.exists()


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("a\n", 1), ("\n\n", 2), ("12345\n", 1), ("123456\n", 2), ("\x1b[1m12345\x1b[0m\n", 1), ("中文中\n", 2)],
)
def test_rows_are_counted_in_cells_without_colours(text: str, count: int) -> None:
    assert fills(text, 5, count)
    assert not fills(text, 5, count + 1)


@pytest.mark.parametrize("verb", [("show", "2.17", "2.18"), ("search", "heads", "-n", "50"), ("categories", "rl"),
                                  ("pick", "-l", "B", "--seed", "1", "-n", "9"), ("list", "--json")])  # fmt: skip
def test_every_verb_that_shows_much_uses_it(verb: tuple[str, ...], kept: Path, keeping: str) -> None:
    code, _ = mip_seen(*verb, rows=20, MIP_PAGER=keeping)
    assert code == 0
    assert given(kept)["text"].count("\n") >= 20


@pytest.mark.parametrize("arguments", [LONG, ("list", "--json"), ("--color", "always", "list"), ("show", "2.17")])
def test_a_pipe_is_never_paged(program: Mip, arguments: tuple[str, ...], kept: Path, keeping: str) -> None:
    done = program(*arguments, env={"MIP_PAGER": keeping, "PAGER": keeping, "LINES": "2"})
    assert (done.code, done.err) == (0, "")
    assert not kept.exists()


def test_a_pipe_is_never_paged_even_with_a_terminal_on_stderr(kept: Path, keeping: str) -> None:
    mip_seen(*LONG, piped="stdout", MIP_PAGER=keeping)
    assert not kept.exists()


@pytest.mark.parametrize("words", [("--no-pager", "list"), ("list", "--no-pager"), ("list", "-c", "rl", "--no-pager")])
def test_no_pager_prints_on_either_side_of_the_verb(words: tuple[str, ...], kept: Path, keeping: str) -> None:
    code, text = mip_seen(*words, rows=10, MIP_PAGER=keeping)
    assert code == 0
    assert text.count("\n") > 20
    assert not kept.exists()


@pytest.mark.parametrize("environment", [{"TERM": "dumb"}, {"MIP_PAGER": ""}, {"MIP_PAGER": "cat"}])
def test_a_dumb_terminal_no_name_and_cat_mean_none(environment: dict[str, Any], kept: Path, keeping: str) -> None:
    settings: dict[str, Any] = {"MIP_PAGER": keeping, "PAGER": keeping, **environment}
    code, text = mip_seen(*LONG, **settings)
    assert (code, text.count("\n")) == (0, PROBLEMS + 1)
    assert not kept.exists()


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"MIP_PAGER": "a -b", "PAGER": "c"}, ["a", "-b"]),
        ({"PAGER": "c 'd e'"}, ["c", "d e"]),
        ({"MIP_PAGER": "", "PAGER": "c"}, []),
        ({"PAGER": ""}, []),
        ({"PAGER": " cat "}, []),
        ({"PAGER": "cat -A"}, ["cat", "-A"]),
        ({"PAGER": "unbalanced 'quote"}, []),
    ],
)
def test_mip_pager_outranks_pager(environment: dict[str, str], words: list[str]) -> None:
    assert pager({"TERM": "xterm", **environment}) == words


def test_without_a_name_it_is_less_if_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: f"/bin/{name}")
    assert pager({"TERM": "xterm"}) == ["less"]
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert pager({"TERM": "xterm"}) == []


@pytest.mark.skipif(os.name != "posix", reason="elsewhere terminals do not name themselves")
def test_a_terminal_without_a_name_is_dumb() -> None:
    assert pager({"PAGER": "less"}) == []


def test_the_command_is_split_and_never_run_by_a_shell(kept: Path, keeping: str, tmp_path: Path) -> None:
    mip_seen(*LONG, MIP_PAGER=f"{keeping} 'a b' $HOME ; touch {tmp_path}/x | $(touch {tmp_path}/y) > {tmp_path}/z")
    assert given(kept)["arguments"][:4] == ["a b", "$HOME", ";", "touch"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["keep.py", "kept.json"]


@pytest.mark.parametrize(
    ("environment", "options"),
    [({}, "FRX"), ({"LESS": "-S"}, "-R -S"), ({"LESS": ""}, "-R"), ({"LESS": "-X -F"}, "-R -X -F")],
)
def test_the_options_of_less_are_the_users_after_the_one_for_colours(
    environment: dict[str, Any], options: str, kept: Path, keeping: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LESS", raising=False)
    mip_seen(*LONG, MIP_PAGER=keeping, **environment)
    assert given(kept)["LESS"] == options


def test_other_pagers_are_told_to_let_colours_through_as_well() -> None:
    told = surroundings({"LV": "-Ou8", "PATH": "/bin", "LESSCHARSET": "ascii"}, utf8=True)
    assert told == {
        "LESS": "FRX", "LV": "-c -Ou8", "MORE": "FRX", "PATH": "/bin", "LESSCHARSET": "utf-8",
    }  # fmt: skip
    assert surroundings({"MORE": "-d", "LESSCHARSET": "latin1"}, utf8=False)["LESSCHARSET"] == "latin1"
    assert surroundings({"MORE": "-d"}, utf8=True)["MORE"] == "R -d"


@pytest.mark.parametrize("name", ["vim", "/usr/bin/nano", "view -"])
def test_an_editor_is_given_text_without_colours(name: str, tmp_path: Path, kept: Path) -> None:
    words = shlex.split(name)
    editor = tmp_path / Path(words[0]).name
    editor.write_text(f"#!{sys.executable}\n{KEEP}")
    editor.chmod(0o755)
    mip_seen("show", "2.17", rows=10, MIP_PAGER=shlex.join([str(editor), str(kept), *words[1:]]), FORCE_HYPERLINK="1")
    assert "First steps" in given(kept)["text"]
    assert "\x1b" not in given(kept)["text"]


@pytest.mark.parametrize("broken", ["no-such-pager -R", "/", "false", "sh -c 'exit 127'", "unbalanced '"])
def test_a_broken_pager_falls_back_to_printing(broken: str) -> None:
    assert mip_seen(*LONG, raw=True, MIP_PAGER=broken) == mip_seen(*LONG, raw=True)


@pytest.mark.parametrize("arguments", [LONG, ("list", "--json")])
def test_a_pager_that_leaves_early_ends_quietly(arguments: tuple[str, ...]) -> None:
    code, text = mip_seen(*arguments, MIP_PAGER="head -n 2")
    assert (code, text.count("\n")) == (0, 2)


def test_links_go_to_a_pager_only_where_they_are_forced(kept: Path, keeping: str) -> None:
    for forced, linked in (("", False), ("1", True)):
        mip_seen("show", "2.17", rows=20, MIP_PAGER=keeping, FORCE_HYPERLINK=forced, TERM="xterm-kitty")
        assert ("\x1b]8;" in given(kept)["text"]) == linked


def test_a_short_output_never_loads_the_pager(tmp_path: Path) -> None:
    script = "import sys; from mi_problems.cli import app\ntry: app(sys.argv[1:], prog_name='mip')\nfinally: "
    script += "print('LOADED', 'mi_problems.terminal.render.pager' in sys.modules)"
    for arguments, loaded in ((SHORT, "LOADED False"), (LONG, "LOADED True")):
        _, text = seen([sys.executable, "-c", script, *arguments], MIP_PAGER="")
        assert text.splitlines()[-1] == loaded


@pytest.fixture
def spawn(tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """`mip` on a terminal that it controls, with a pager that may read its keys."""
    pexpect = pytest.importorskip("pexpect")
    children = []

    def start(*arguments: str, **environment: str) -> Any:
        settings = {name: value for name, value in os.environ.items() if name != "LESS"}
        settings |= {"TERM": "xterm", "LC_ALL": "C.UTF-8", **environment}
        child = pexpect.spawn(
            MIP[0], [*MIP[1:], *arguments], encoding="utf-8", timeout=20, dimensions=(20, 80), env=settings,
            preexec_fn=heed_ctrl_c,
        )  # fmt: skip
        children.append(child)
        return child

    yield start
    for child in children:
        child.close(force=True)


def ending(child: Any) -> tuple[int, str]:
    """Exit code and what came after the last match, once the child has ended."""
    pexpect = pytest.importorskip("pexpect")
    child.expect(pexpect.EOF)
    child.close()
    return child.exitstatus, child.before


needs_less = pytest.mark.skipif(shutil.which("less") is None, reason="needs less")


RAW = re.compile(r"ESC|\^\[|<[0-9A-F]{2}>")  # as less and lv show what they do not pass on


@needs_less
@pytest.mark.parametrize(
    "options",
    [
        {"LESS": "-X -F"}, {"LESS": ""}, {"LESS": "FX"}, {"LESS": "-S --quit-if-one-screen"}, {"LESS": "-XPat %f"},
        {"LESS": "-X", "LESSCHARSET": "ascii"}, {"LESS": "-r"}, {"PAGER": "sh -c less", "LESS": "-X"},
        {"LESS_IS_MORE": "1"}, {"LESS_IS_MORE": "1", "MORE": "-d"},
    ],
)  # fmt: skip
def test_less_shows_no_escape_code_whatever_its_options(spawn: Callable[..., Any], options: dict[str, str]) -> None:
    child = spawn("show", "2.17", **options)
    child.expect("Does|First steps")
    child.send("q")
    child.expect(pytest.importorskip("pexpect").EOF)
    assert not RAW.search(child.before)


@pytest.mark.skipif(shutil.which("more") is None, reason="needs more")
@pytest.mark.parametrize("options", [{}, {"MORE": "-d"}])
def test_more_takes_what_it_is_told(spawn: Callable[..., Any], options: dict[str, str]) -> None:
    child = spawn("show", "2.17", PAGER="more", **options)
    child.expect("--More--")
    child.send("q")
    code, rest = ending(child)
    assert code == 0
    assert "MORE" not in rest


@needs_less
def test_less_is_left_with_q(spawn: Callable[..., Any]) -> None:
    child = spawn("list")
    child.expect("1\\.10")
    child.send("q")
    code, rest = ending(child)
    assert code == 0
    assert "mip:" not in rest


@needs_less
def test_ctrl_c_leaves_less_open_and_nothing_is_broken(spawn: Callable[..., Any]) -> None:
    child = spawn("list")
    child.expect("1\\.10")
    child.sendintr()
    end = ["18\\.11", pytest.importorskip("pexpect").TIMEOUT]
    # less may throw away what is typed right after Ctrl-C
    assert any(child.send("G") and child.expect(end, timeout=2) == 0 for _ in range(10))
    child.send("q")
    code, rest = ending(child)
    assert code == 0
    assert "Traceback" not in rest


def test_a_pager_that_ctrl_c_ends_ends_the_command_as_interrupted(spawn: Callable[..., Any]) -> None:
    script = "import signal, time; signal.signal(2, signal.SIG_DFL); print('ready', flush=True); time.sleep(30)"
    child = spawn("list", MIP_PAGER=shlex.join([sys.executable, "-c", script]))
    child.expect("ready")
    child.sendintr()
    code, rest = ending(child)
    assert code == 130
    assert "Traceback" not in rest
    assert "1.1 " not in rest
