"""The conversation of `mip pick`, in this process: every way to answer, and what each word of the menu does."""

from __future__ import annotations

import io
import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from mi_problems.picking.answers import Answers
from mi_problems.registry.registry import Registry
from mi_problems.terminal.interview import MENU, interview
from mi_problems.terminal.render.screen import Screen
from mi_problems.terminal.session import Session

Talk = Callable[..., str]
QUESTIONS = ["How experienced are you?", "What interests you?", "What do you compute on?", "How many weeks"]
ANSWERED = Answers(interests=("reward",), compute="gpu", weeks=8, seed=7)


@pytest.fixture
def talk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Talk:
    """What is shown when these lines are typed, one at each prompt, from the answers that flags have given."""
    monkeypatch.chdir(tmp_path)

    def run(answers: Answers, *typed: str, width: int = 100) -> str:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in typed)))
        out, err = io.StringIO(), io.StringIO()
        on, beside = Screen(out, True, False, width, True), Screen(err, True, False, width, True)
        interview(Session((), on, beside, quiet=False), answers)
        return err.getvalue() + out.getvalue()

    return run


def told(text: str) -> list[str]:
    """The words of the command that repeats the picks."""
    return shlex.split(text.rpartition("the same again:  ")[2])


def drawn(text: str) -> list[list[str]]:
    """The ids of each draw that was shown."""
    found: list[list[str]] = []
    for number, identifier in re.findall(r"^(\d)  (\d+\.\d+\w?)  ", text, re.MULTILINE):
        found += [[]] if number == "1" else []
        found[-1].append(identifier)
    return found


@pytest.mark.parametrize(
    ("typed", "flag"),
    [
        (["2", "", "", ""], "--level intermediate"), (["d", "", "", ""], "--level expert"),
        (["Adv", "", "", ""], "--level advanced"), (["", "", "", ""], "--level beginner"),
        (["5", "0", "4", "", "", ""], "--level expert"),
        (["1", " induction heads , ,rl,", "", ""], "--interest 'induction heads' --interest rl"),
        (["1", "", "2", ""], "--compute gpu"), (["1", "", "clu", ""], "--compute cluster"),
        (["1", "", "cpu", ""], "--compute laptop"), (["1", "", "4", "", ""], "--compute laptop"),
        (["1", "", "", "6 weeks"], "--weeks 6"), (["1", "", "", "0", "soon", "9"], "--weeks 9"),
    ],
)  # fmt: skip
def test_an_answer_is_a_number_a_name_or_its_beginning_and_has_a_flag(talk: Talk, typed: list[str], flag: str) -> None:
    text = talk(Answers(seed=7), *typed, "q")
    assert [text.count(question) for question in QUESTIONS] == [1, 1, 1, 1]
    assert f" {flag} " in f"{shlex.join(told(text))} "


def test_nothing_is_said_of_what_was_left_open(talk: Talk) -> None:
    assert told(talk(Answers(seed=7), "", "", "", "", "q")) == shlex.split(
        "mip pick --level beginner --compute laptop --seed 7"
    )


@pytest.mark.parametrize("word", ["q", "quit", "exit", ""])
def test_there_are_several_ways_to_stop(talk: Talk, word: str) -> None:
    text = talk(ANSWERED, "b", word)
    assert len(drawn(text)) == 1
    assert "mip:" not in text  # no hint where nothing is amiss


def test_the_end_of_input_is_an_interrupt(talk: Talk) -> None:
    with pytest.raises(KeyboardInterrupt):
        talk(ANSWERED, "b")


def test_another_draw_has_the_next_seed_and_strikes_out_what_was_seen(talk: Talk) -> None:
    text = talk(ANSWERED, "b", "a", "a", "q")
    first, second, third = drawn(text)
    assert not set(first) & set(second) | set(third) & {*first, *second}
    command = told(text)
    assert command[-2:] == ["--seed", "9"]
    assert [command[place + 1] for place, word in enumerate(command) if word == "--not"] == [*first, *second]


def test_others_like_it_leave_it_out_and_let_go_of_the_interest(talk: Talk) -> None:
    text = talk(ANSWERED, "b", "l 2", "q")
    first, like = drawn(text)
    command = " ".join(told(text))
    assert f"--like {first[1]} " in command
    assert f"--not {first[1]} " in command
    assert "--interest" not in command
    assert "--weeks 8" in command
    assert first[1] not in like
    assert f"much like {first[1]}" in text


def test_other_wishes_are_asked_for_anew_and_the_other_flags_stay(talk: Talk) -> None:
    flags = ANSWERED._replace(interests=(), categories=("rl",), statuses=("open",), starred=True, know=("steering",))
    text = talk(flags, "b", "l 1", "w", "c", "induction", "laptop", "5", "q")
    assert [text.count(question) for question in QUESTIONS] == [2, 1, 1, 1]
    command = " ".join(told(text))
    wished = "--level advanced --compute laptop --weeks 5 --interest induction --status open --know steering"
    assert command.startswith(f"mip pick {wished} ")
    assert "--starred" in command
    assert "--like" not in command
    assert "--category" not in command


def test_a_number_shows_the_whole_card_and_the_menu_comes_again(talk: Talk, registry: Registry) -> None:
    text = talk(ANSWERED, "b", "3", "q")
    problem = registry.problem(drawn(text)[0][2])
    assert problem.card.done_when.split()[-1] in text
    assert f"start it:  mip init {problem.id}" in text
    assert text.count(MENU[0]) == 2


def test_a_start_that_fails_says_why_and_goes_on_and_one_that_succeeds_ends(
    talk: Talk, tmp_path: Path, notes: Path
) -> None:
    text = talk(ANSWERED, "b", "i 1", "q")
    made = list(tmp_path.iterdir())
    assert [(path / "experiment.py").is_file() for path in made] == [True]
    assert text.count(MENU[0]) == 1
    notes.unlink()  # else what was started is not picked again
    again = talk(ANSWERED, "b", "i 1", "q")
    assert made[0].name in again
    assert again.count(MENU[0]) == 2


def test_with_nothing_to_show_only_the_other_ways_are_offered(talk: Talk) -> None:
    text = talk(ANSWERED._replace(interests=(), categories=("rl",), weeks=1), "1", "1", "i 1", "q")
    assert "no problem fits --category rl --level beginner" in " ".join(text.split())
    assert text.count("  a, w or q\n") == 2
    assert "a number from 1" not in text


@pytest.mark.parametrize("wrong", ["show 1", "?", "i", "l x", "4", "0", "1 2", "\u00b2"])
def test_the_menu_names_what_it_takes(talk: Talk, wrong: str) -> None:
    text = talk(ANSWERED, "b", wrong, "q")
    assert "a number from 1 to 3, or i, s, l, a, w, q" in text
    assert text.count(MENU[0]) == 2


@pytest.mark.parametrize(("width", "lines"), [(200, 1), (60, len(MENU))])
def test_the_menu_stands_on_one_line_where_it_fits(talk: Talk, width: int, lines: int) -> None:
    text = talk(ANSWERED, "b", "q", width=width)
    menu = text[text.index(MENU[0]) : text.index(MENU[-1])]
    assert menu.count("\n") == lines - 1
