"""Tab: what is offered, asked as Typer's scripts ask; and in real shells, where they are installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from mi_problems.cli import VERBS, app
from mi_problems.records.terms import MEANING, Level
from mi_problems.registry.registry import Registry
from mi_problems.terminal.completion import FIXED, OF_REGISTRY, PATHS
from tests.conftest import GOOD_FILE, PROBLEMS, Mip, outcomes_by_hashing
from tests.pseudo_terminal import ANSI

Tab = Callable[..., list[str]]
FREE_TEXT = {"words", "name", "author", "limit", "count", "weeks", "seed", "note", "work", "since"}
SPITEFUL = r"""`touch ran` $(touch ran) \$(touch ran) "; touch ran; ' \' [attn] {a,b} * : x:y \ """.strip()


@pytest.fixture
def tab(mip: Mip, monkeypatch: pytest.MonkeyPatch) -> Tab:
    """The words offered at the end of a line, without their descriptions."""

    def ask(line: str, shell: str = "fish", **settings: str) -> list[str]:
        asked = {"_MIP_COMPLETE": f"complete_{shell}", "_TYPER_COMPLETE_ARGS": line, "COMP_WORDS": line}
        place = len(line.split("\n" if "\n" in line else " ")) - 1
        for name, value in {**asked, "COMP_CWORD": str(place), **settings}.items():
            monkeypatch.setenv(name, value)
        done = mip()
        assert (done.code, done.err) == (0, "")
        return [row.partition("\t")[0] for row in done.lines]

    return ask


@pytest.fixture
def spiteful(tmp_path: Path) -> Path:
    """A registry whose first title holds all that a shell might obey."""
    file = tmp_path / "spiteful.yaml"
    title = SPITEFUL.replace("'", "''")
    file.write_text(GOOD_FILE.replace("title: A card for tests", f"title: '{title}'", 1))
    return file


@pytest.mark.parametrize("shell", ["bash", "fish"])
@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("mip s", ["search", "show", "sources", "skills"]),
        ("mip list --format ", ["json", "csv", "md"]),
        ("mip skills lo", ["logit-lens"]),
        ("mip compare 2.17 2.25", ["2.25", "2.25b"]),
        ("mip show 2.25", ["2.25", "2.25b"]),
        ("mip show 1.1 2.25b", ["2.25b"]),
        ("mip init 2.25b", ["2.25b"]),
        ("mip pick --like 2.25b", ["2.25b"]),
        ("mip pick --not 2.25b", ["2.25b"]),
        ("mip list --source heim", ["heimersheim"]),
        ("mip sources m", ["mats12", "martian"]),
        ("mip list -c t", ["toy-models", "training-dynamics", "techniques", "theory"]),
        ("mip list --category=sup", ["--category=superposition"]),
        ("mip categories c", ["circuits"]),
        ("mip pick -i act", ["activation-patching", "activation-readers"]),
        ("mip list -t act", ["activation-patching", "activation-readers"]),
        ("mip pick --know act", ["activation-patching", "activation-readers"]),
        ("mip list -l ", ["beginner", "intermediate", "advanced", "expert"]),
        ("mip pick -l b", ["beginner"]),
        ("mip list -s ", ["open", "active", "addressed"]),
        ("mip list -d A-", ["A-B", "A-C", "A-D"]),
        ("mip search x --compute ", ["laptop", "gpu", "cluster"]),
        ("mip list --sort ", ["id", "difficulty", "title", "status", "newest", "weeks"]),
        ("mip init 2.17 --license ", ["none", "mit", "apache-2.0"]),
        ("mip init 2.17 --vcs ", ["git", "none"]),
        ("mip --color ", ["auto", "always", "never"]),
        ("mip list --color a", ["auto", "always"]),
        ("mip list --color=n", ["--color=never"]),
        ("mip --color never show 2.25b", ["2.25b"]),
        ("mip list --co", ["--compute", "--color"]),
        ("mip list --color never --co", ["--compute"]),
        ("mip list -c rl --cat", ["--category"]),
        ("mip pick --inc", ["--include-addressed"]),
        ("mip list -n ", []),
        ("mip show coda:9.6", []),
        ("mip show -- 2.25b", ["2.25b"]),
        ("mip show -- --j", []),
        ("mip search -- -c ", []),
        ("mip show -- -c 2.25b", ["2.25b"]),
        ("mip lisst 2", []),
        ("mip list --bogus -c sup", ["superposition"]),
    ],
)
def test_what_fits_is_offered(tab: Tab, shell: str, line: str, offered: list[str]) -> None:
    assert tab(line, shell) == offered


def test_all_ids_are_offered_in_order(tab: Tab, registry: Registry) -> None:
    assert tab("mip show ") == [problem.id for problem in registry.problems]


def test_where_nothing_else_fits_the_options_are_offered(tab: Tab) -> None:
    assert {"--category", "-c", "--json", "--only", "--data", "-q"} <= set(tab("mip list "))
    assert "--version" in tab("mip list -")  # it works there too
    assert "--install-completion" not in tab("mip list -")
    assert {"--version", "--install-completion"} <= set(tab("mip -"))


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("mip\nlist\n--sort\n=\nst", ["status"]),
        ("mip\nlist\n--sort\n=", ["id", "difficulty", "title", "status", "newest", "weeks"]),
        ("mip\nlist\n--category\n=\nrl\n--sort\nst", ["status"]),
        ("mip\nshow\ncoda\n:\n9", []),
        ("mip\nsearch\n'two words'\n--sta", ["--status", "--starred"]),
        ("mip\nlist\n-c\n!r", ["\\!rl", "\\!reasoning"]),
        ("mip\nlist\n-c\n\\!r", ["\\!rl", "\\!reasoning"]),
        ("mip\nlist\n-c\n'!r", ["!rl", "!reasoning"]),
    ],
)
def test_bash_parts_words_in_its_own_way(tab: Tab, line: str, offered: list[str]) -> None:
    assert tab(line, "bash") == offered


def test_bash_may_ask_in_the_middle_of_a_line(tab: Tab) -> None:
    assert tab("mip\nlist\n-s\nop\n--json", "bash", COMP_CWORD="3") == ["open"]


def test_a_category_may_be_excluded(tab: Tab, registry: Registry) -> None:
    slugs = [category.slug for category in registry.categories]
    assert tab("mip list -c ") == [*slugs, *(f"!{slug}" for slug in slugs)]
    assert tab("mip list -c !r") == ["!rl", "!reasoning"]


def test_descriptions_are_the_titles(program: Mip, registry: Registry) -> None:
    title = registry.problem("2.17").title
    asked = {"_TYPER_COMPLETE_ARGS": "mip show 2.17"}
    assert program(env={"_MIP_COMPLETE": "complete_fish", **asked}).out == f"2.17\t{title}\n"
    assert f"'2.17:{title}'" in program(env={"_MIP_COMPLETE": "complete_zsh", **asked}).out


@pytest.mark.parametrize("line", ["mip -", "mip list -", "mip init 2.17 -"])
def test_the_order_of_the_options_is_fixed(line: str) -> None:
    asked = f'os.environ.update(_MIP_COMPLETE="complete_fish", _TYPER_COMPLETE_ARGS="{line}")'
    (found,) = outcomes_by_hashing(f"import os; {asked}; from mi_problems.cli import app; app(prog_name='mip')")
    assert found.index("-h\t") < found.index("--help\t")


def test_tab_knows_its_words_without_docstrings_too(program: Mip) -> None:
    asked = {"_MIP_COMPLETE": "complete_fish", "_TYPER_COMPLETE_ARGS": "mip "}
    assert program(env={**asked, "PYTHONOPTIMIZE": "2"}).out == program(env=asked).out


@pytest.mark.parametrize("shell", ["powershell", "pwsh"])
def test_powershell_is_answered_in_its_own_form(tab: Tab, shell: str) -> None:
    ask = {"_TYPER_COMPLETE_WORD_TO_COMPLETE": "beg"}
    assert tab("mip list -l beg", shell, **ask) == [f"beginner:::{MEANING[Level.BEGINNER]}"]
    ask = {"_TYPER_COMPLETE_WORD_TO_COMPLETE": ""}
    assert tab("mip list --sort ", shell, **ask)[0] == "id::: "


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "pwsh"])
@pytest.mark.parametrize("place", ["9" * 5000, "-1", "x", "\u0663", ""])
def test_bytes_and_numbers_that_no_shell_tells_are_no_error(program: Mip, shell: str, place: str) -> None:
    line = "mip --data \udcff show \udcff"
    asked = {"_MIP_COMPLETE": f"complete_{shell}", "_TYPER_COMPLETE_ARGS": line, "COMP_WORDS": line}
    done = program(env={**asked, "COMP_CWORD": place, "_TYPER_COMPLETE_WORD_TO_COMPLETE": "\udcff"})
    assert (done.code, done.out, done.err) == (0, "", "")


def test_a_question_that_no_shell_asks_is_one_line(program: Mip) -> None:
    for asked in ("x", "complete_tcsh", "source_", "_bash", "draw_bash"):
        done = program(env={"_MIP_COMPLETE": asked})
        assert (done.code, done.err.count("\n")) == (2, 1)
        assert "unset it" in done.err


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
@pytest.mark.parametrize("asked", ["source_bash", "complete_bash", "complete_zsh", "complete_fish", "complete_pwsh"])
def test_a_full_disk_is_told_by_the_one_writer(asked: str) -> None:
    script = f"COMP_WORDS='mip ' COMP_CWORD=1 _MIP_COMPLETE={asked} {sys.executable} -m mi_problems > /dev/full"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "mip: error: cannot write the output: No space left on device\n")


def test_every_fixed_word_that_needs_it_has_its_meaning(program: Mip) -> None:
    for line in ("mip ", "mip list -", "mip list -l ", "mip list -s ", "mip list --compute ", "mip list -t "):
        done = program(env={"_MIP_COMPLETE": "complete_fish", "_TYPER_COMPLETE_ARGS": line})
        assert done.lines
        assert all(row.partition("\t")[2] for row in done.lines), line


def test_ratings_are_offered_with_how_many_have_them(program: Mip, tmp_path: Path) -> None:
    first, second, third = GOOD_FILE.rpartition("difficulty: A")
    (tmp_path / "mine.yaml").write_text(f"{first}{second.replace('A', 'B')}{third}")
    line = f"mip --only --data {tmp_path / 'mine.yaml'} list -d "
    done = program(env={"_MIP_COMPLETE": "complete_fish", "_TYPER_COMPLETE_ARGS": line})
    assert done.lines == ["A\t1 problem", "B\t1 problem"]
    (tmp_path / "mine.yaml").write_text(GOOD_FILE)
    done = program(env={"_MIP_COMPLETE": "complete_fish", "_TYPER_COMPLETE_ARGS": line})
    assert done.lines == ["A\t2 problems"]


def test_ctrl_c_at_tab_offers_nothing_and_says_nothing(tab: Tab, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("mi_problems.terminal.completion.load", interrupt)
    try:
        assert tab("mip show 2.1") == []
    except KeyboardInterrupt:
        pytest.fail("the interrupt came through")


def test_an_ascii_locale_is_no_error(program: Mip) -> None:
    asked = {"_MIP_COMPLETE": "complete_fish", "_TYPER_COMPLETE_ARGS": "mip show "}
    done = program(env={**asked, "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert (done.code, done.err, len(done.lines)) == (0, "", PROBLEMS)


def test_every_option_that_takes_a_value_is_known_here() -> None:
    group: Any = get_command(app)
    commands = [group, *(group.get_command(None, verb) for verb in VERBS)]
    taking = {param.name for one in commands for param in one.params if not getattr(param, "is_flag", False)}
    tables = (OF_REGISTRY.keys(), FIXED.keys(), PATHS.keys(), FREE_TEXT)
    assert taking == set().union(*tables)
    assert sum(map(len, tables)) == len(taking)


def test_files_are_left_to_the_shell(program: Mip) -> None:
    def zsh(line: str) -> str:
        return program(env={"_MIP_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": line}).out

    for line in ("mip check ", "mip --data ", "mip list --data ", "mip list --data="):
        assert zsh(line) == "compset -P 1 '--*='; _files\n"
    assert zsh("mip init 2.17 ") == "compset -P 1 '--*='; _files -/\n"
    assert zsh("mip browse --out ") == "compset -P 1 '--*='; _files -/\n"
    assert zsh("mip show x") == ""


@pytest.mark.parametrize(("line", "code"), [("mip check ", 1), ("mip show 2.1", 0), ("mip show x", 0)])
def test_fish_is_told_where_to_complete_files_itself(program: Mip, line: str, code: int) -> None:
    asked = {"_MIP_COMPLETE": "complete_fish", "_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_FISH_ACTION": "is-args"}
    done = program(env=asked)
    assert (done.code, done.out, done.err) == (code, "", "")


def test_ones_own_registry_is_offered(tab: Tab, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(GOOD_FILE)
    file = str(tmp_path / "mine.yaml")
    assert tab(f"mip --only --data {file} show ") == ["2.1", "2.2"]
    assert tab(f"mip --only show --data={file} ") == ["2.1", "2.2"]
    assert tab("mip --only show ", MIP_DATA=file) == ["2.1", "2.2"]
    assert tab("mip --only --data ~/mine.yaml show ", HOME=str(tmp_path)) == ["2.1", "2.2"]
    assert tab("mip --only --data $HOME/mine.yaml show ", HOME=str(tmp_path)) == ["2.1", "2.2"]


def test_several_registries_are_offered_beside_the_bundled_one(tab: Tab, tmp_path: Path, registry: Registry) -> None:
    for name in ("lab one", "lab-two"):
        (tmp_path / f"{name}.yaml").write_text("- {title: T, summary: S}\n")
    first, second = tmp_path / "lab one.yaml", tmp_path / "lab-two.yaml"
    typed = f"mip --data '{first}' --data ~/lab-two.yaml"
    assert tab(f"{typed} show lab", HOME=str(tmp_path)) == ["lab-one.1", "lab-two.1"]
    assert tab(f"mip show --data '{first}' lab") == ["lab-one.1"]
    assert tab(f"mip show --data='{first}' --data={second} lab") == ["lab-one.1", "lab-two.1"]
    several = os.pathsep.join((str(first), "~/lab-two.yaml"))
    assert tab("mip show lab", MIP_DATA=several, HOME=str(tmp_path)) == ["lab-one.1", "lab-two.1"]
    assert tab(f"mip --data {second} show lab", MIP_DATA=str(first)) == ["lab-two.1"]
    assert len(tab(f"{typed} show ", HOME=str(tmp_path))) == len(registry.problems) + 2


def test_a_problem_without_a_rating_hinders_no_tab(tab: Tab, tmp_path: Path) -> None:
    (tmp_path / "lab.yaml").write_text("- {title: T, summary: S}\n- {title: U, summary: S, difficulty: hard}\n")
    assert tab(f"mip --only --data {tmp_path / 'lab.yaml'} list -d ") == ["C"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
@pytest.mark.parametrize("content", [None, b"", b"problems: [", b"\xff\0", b"&a [*a]"])
def test_a_broken_registry_offers_nothing_and_says_nothing(
    tab: Tab, tmp_path: Path, shell: str, content: bytes | None
) -> None:
    file = tmp_path / "broken.yaml"
    if content is not None:
        file.write_bytes(content)
    assert tab("mip show 2", shell, MIP_DATA=str(file)) == []


def test_a_broken_registry_leaves_fixed_words_alone(tab: Tab) -> None:
    assert tab("mip list -l b", MIP_DATA="/no/such/file") == ["beginner"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_the_script_of_every_shell_is_shown(program: Mip, shell: str) -> None:
    done = program("--show-completion", shell)
    assert done.code == 0
    assert "_MIP_COMPLETE" in done.out


def test_the_script_of_zsh_answers_the_first_tab_of_a_session_too(program: Mip, tmp_path: Path) -> None:
    settings = {"HOME": str(tmp_path), "ZDOTDIR": str(tmp_path)}
    shown = program("--show-completion", "zsh", env=settings).out
    assert program("--install-completion", "zsh", env=settings).code == 0
    assert '_mip_completion "$@"; fi' in shown.rstrip().splitlines()[-1]
    assert shown in (tmp_path / ".zshrc").read_text()


def test_a_home_that_cannot_be_written_is_one_line_and_exit_1(program: Mip) -> None:
    done = program("--install-completion", "bash", env={"HOME": "/dev/null/home"})
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("mip: error: cannot write /dev/null/home")
    assert done.err.count("\n") == 1


class Shell:
    """An interactive shell with the script of `--install-completion`; its `mip` completes, and tells how it was run."""

    def __init__(self, name: str, home: Path) -> None:
        pexpect = pytest.importorskip("pexpect")
        self.name = name
        self.log = home / "asked"
        self.work = home / "work"
        self.work.mkdir()
        (home / "mip").write_text(
            f'#!/bin/sh\nif [ -n "$_MIP_COMPLETE" ]; then\n  {sys.executable} -m mi_problems\n  code=$?\n'
            f"  echo asked >> {self.log}\n  exit $code\nfi\n"
            f'if [ "$1" = --install-completion ]; then exec {sys.executable} -m mi_problems "$@"; fi\n'
            "printf 'RAN'; printf ' [%s]' \"$@\"; echo .\n"
        )
        (home / "mip").chmod(0o755)
        (home / ".zshrc").touch()
        (home / ".bashrc").write_text("bind 'set show-all-if-ambiguous on'\n")
        self.log.touch()
        settings = {"HOME": str(home), "PATH": f"{home}{os.pathsep}{os.environ['PATH']}", "TERM": "xterm"}
        settings |= {"LC_ALL": "C.UTF-8", "XDG_CONFIG_HOME": str(home / ".config"), "ZDOTDIR": str(home)}
        environment = {**os.environ, **settings}
        environment.pop("XDG_DATA_HOME", None)
        for setting_up in (True, False):
            self.child = pexpect.spawn(
                name, ["-i"], env=environment, encoding="utf-8",
                dimensions=(50, 160), cwd=str(self.work), timeout=30,
            )  # fmt: skip
            self.run("mip --install-completion; echo begin''ning" if setting_up else "echo begin''ning", "beginning")
            if setting_up:
                self.child.close()

    def run(self, line: str, marker: str) -> str:
        """Types the line and Enter, and returns what is shown until the marker."""
        self.child.send(line + "\r")
        self.child.expect_exact(marker)
        return ANSI.sub("", self.child.before).replace("\x1b(B", "")  # fish ends its styles so

    def tab(self, line: str) -> None:
        """Types the line and Tab, and waits until the shell has asked and been answered."""
        for piece in line.split("<Tab>")[:-1]:
            self.child.send(piece)
            time.sleep(0.15)  # zsh takes a Tab that comes with other keys for pasted text
            before = self.log.stat().st_size
            self.child.send("\t")
            end = time.monotonic() + 20
            while self.log.stat().st_size == before and time.monotonic() < end:
                time.sleep(0.05)
            time.sleep(0.9 if self.name == "fish" else 0.3)  # fish asks twice

    def shown(self, line: str) -> str:
        """What the shell shows for Tab at the end of the line."""
        self.tab(line)
        self.child.send("\x15")
        return self.run("echo en''d", "end")

    def ran(self, line: str) -> str:
        """The arguments that `mip` has in the end."""
        self.tab(line)
        self.child.send(line.rpartition("<Tab>")[2] + "\r")
        self.child.expect(r"RAN((?: \[[^\r\n]*\])*)\.")
        return str(self.child.match[1]).strip()


@pytest.fixture(scope="module", params=["bash", "zsh", "fish"])
def shell(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shell]:
    if shutil.which(request.param) is None:
        pytest.skip(f"{request.param} is not installed")
    home = tmp_path_factory.mktemp(request.param)
    shell = Shell(request.param, home)
    yield shell
    shell.child.close(force=True)


@pytest.mark.parametrize(
    ("line", "arguments"),
    [
        ("mip sear<Tab>x", "[search] [x]"),
        ("mip show 2.25<Tab>b<Tab>", "[show] [2.25b]"),
        ("mip list --categ<Tab>sup<Tab>", "[list] [--category] [superposition]"),
        ("mip list --sort=st<Tab>", "[list] [--sort=status]"),
        ("mip list -c !rl<Tab>", "[list] [-c] [!rl]"),
        ("mip list -c '!rl<Tab>", "[list] [-c] [!rl]"),
        ("mip check ./fi<Tab>", "[check] [./file with space.yaml]"),
        ("mip --data=fi<Tab>list", "[--data=file with space.yaml] [list]"),
    ],
)
def test_a_real_shell_completes(shell: Shell, line: str, arguments: str) -> None:
    (shell.work / "file with space.yaml").touch()
    assert shell.ran(line) == arguments


def test_a_real_shell_shows_titles(shell: Shell, registry: Registry) -> None:
    shown = shell.shown("mip show 2.2<Tab>")
    assert "2.25b" in shown
    assert registry.problem("2.22").title in shown


def test_a_real_shell_offers_no_file_where_an_id_is_meant(shell: Shell) -> None:
    (shell.work / "99.9").touch()
    assert shell.ran("mip show 99.<Tab>") == "[show] [99.]"


def test_a_real_shell_runs_and_breaks_nothing_of_a_title(shell: Shell, spiteful: Path) -> None:
    before = sorted(shell.work.iterdir())
    shown = shell.shown(f"mip --only --data {spiteful} show 2.<Tab>")
    assert SPITEFUL in " ".join(shown.split())
    assert shell.ran(f"mip --only --data {spiteful} show 2.1<Tab>") == f"[--only] [--data] [{spiteful}] [show] [2.1]"
    assert sorted(shell.work.iterdir()) == before


def test_a_real_shell_stays_silent_over_a_broken_registry(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("problems: [")
    shown = shell.shown(f"mip --data {tmp_path / 'broken.yaml'} show 9.1<Tab>")
    assert "rror" not in shown
    assert "Traceback" not in shown
