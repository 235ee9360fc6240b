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
from mi_problems.terminal.dialogue.menu import MENU
from mi_problems.terminal.dialogue.talk import interview
from mi_problems.terminal.render.screen import Screen
from mi_problems.terminal.session import Session

Talk = Callable[..., str]
QUESTIONS = ["How experienced are you?", "What interests you?", "What do you compute on?", "How many weeks"]
ANSWERED = Answers(interests=("reward",), compute="gpu", weeks=10, seed=7)


@pytest.fixture
def talk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Talk:
    """What is shown when these lines are typed, one at each prompt, from the answers that flags have given."""
    monkeypatch.chdir(tmp_path)

    def run(answers: Answers, *typed: str, width: int = 100) -> str:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in typed)))
        out, err = io.StringIO(), io.StringIO()
        on, beside = Screen(out, True, False, width, True), Screen(err, True, False, width, True)
        interview(Session((), on, beside, quiet=False, paging=False), answers)
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
        (["5", "0", "4", "", "", ""], "--level expert"), (["undergrad", "", "", ""], "--level beginner"),
        (["I am an ML engineer", "", "", ""], "--level intermediate"),
        (["a PhD student", "", "", ""], "--level advanced"), (["nothing so far", "", "", ""], "--level beginner"),
        (["1", " induction heads , ,rl,", "", ""], "--interest 'induction heads' --interest rl"),
        (["1", "", "2", ""], "--compute gpu"), (["1", "", "clu", ""], "--compute cluster"),
        (["1", "", "a free GPU on Colab", ""], "--compute gpu"), (["1", "", "2 a100s", ""], "--compute cluster"),
        (["1", "", "my old PC, without a GPU", ""], "--compute laptop"),
        (["1", "", "cpu", ""], "--compute laptop"), (["1", "", "4", "", ""], "--compute laptop"),
        (["1", "", "", "6 weeks", ""], "--weeks 6"), (["1", "", "", "0", "soon", "9", ""], "--weeks 9"),
        (["1", "", "", "4 weekends"], "--weeks 2"), (["1", "", "", "a couple of days"], "--weeks 1"),
        (["1", "", "", "two months", "2"], "--weeks 3"), (["1", "", "", "10", "8", "weekends"], "--weeks 4"),
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


@pytest.mark.parametrize(("typed", "last"), [((), ""), (("b",), "mip pick --level intermediate")])
def test_where_input_ends_the_line_to_repeat_it_is_told(talk: Talk, typed: tuple[str, ...], last: str) -> None:
    command = shlex.join(told(talk(ANSWERED, *typed)))
    assert command.startswith(last) if last else "the same again" not in talk(ANSWERED)


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
    assert "--weeks 10" in command
    assert first[1] not in like
    assert f"is much like {first[1]}" in text


def test_other_wishes_are_asked_for_anew_and_the_other_flags_stay(talk: Talk) -> None:
    flags = ANSWERED._replace(interests=(), categories=("rl",), statuses=("open",), starred=True, know=("steering",))
    text = talk(flags, "b", "l 1", "w", "c", "induction", "laptop", "5", "", "q")
    assert [text.count(question) for question in QUESTIONS] == [2, 1, 1, 1]
    command = " ".join(told(text))
    wished = "--level advanced --compute laptop --weeks 5 --interest induction --status open --know steering"
    assert command.startswith(f"mip pick {wished} ")
    assert "--starred" in command
    assert "--like" not in command
    assert "--category" not in command


@pytest.mark.parametrize("typed", ["3", "show 3", "2.17", "show 2.17", "card 2.17", "#2.17"])
def test_a_number_or_an_id_shows_the_whole_card_and_the_picks_come_again(
    talk: Talk, registry: Registry, typed: str
) -> None:
    text = talk(ANSWERED, "b", typed, "q")
    first, again = drawn(text)
    problem = registry.problem(first[2] if "3" in typed else "2.17")
    assert problem.card.done_when.split()[-1] in text
    assert f"start it:  mip init {problem.id}" in text
    assert again == first
    assert text.count(MENU) == 2


def test_an_id_shows_its_card_at_every_question_which_then_comes_back_whole(talk: Talk) -> None:
    text = talk(Answers(seed=7), "2.17", "1", "2.17", "", "show 2.17", "1", "2.17", "9", "2.17", "5", "q")
    assert text.count("start it:  mip init 2.17") == 5
    assert [text.count(question) for question in QUESTIONS] == [2, 2, 2, 2]
    assert text.count("How many days a week?") == 2
    assert text.count("beginner      days to two weeks") == 2


def test_back_goes_to_the_question_before_and_from_the_picks_to_the_last(talk: Talk) -> None:
    text = talk(
        Answers(seed=7), "back", "a", "", "back", "rl", "2", "back", "back", "back", "4", "", "3", "", "back", "9"
    )
    assert " ".join(told(text)).startswith("mip pick --level expert --compute cluster")
    assert [text.count(question) for question in QUESTIONS] == [3, 4, 4, 3]


def test_days_a_week_are_asked_once_and_after_back_again(talk: Talk) -> None:
    text = talk(Answers(seed=7), "a", "", "", "10", "2", "w", "a", "", "", "5", "q")
    assert text.count("How many days a week?") == 1
    assert "--weeks 2 " in f"{shlex.join(told(text))} "
    text = talk(Answers(seed=7), "a", "", "", "10", "back", "20", "2", "back", "20", "5", "q")
    assert text.count("How many days a week?") == 3
    assert "--weeks 20 " in f"{shlex.join(told(text))} "


def test_help_says_at_every_question_what_may_be_answered(talk: Talk) -> None:
    text = talk(Answers(seed=7), "?", "1", "?", "", "help", "", "?", "9", "?", "5", "?", "q")
    assert text.count("at any time: an id such as") == 6
    assert all(word in text for word in ("undergrad", "steering vectors", "Colab", "longest estimate", "from 1 to 7"))
    assert "writes a repository" in text


def test_nothing_said_inside_speaks_of_flags(talk: Talk, notes: Path) -> None:
    notes.write_text('{"id": "2.17", "state": "started"}\n{"id": "2.18", "state": "saved"}\n')
    dialogues = (
        ["1", "qwertzuiop", "", ""], ["1", "is my model lying", "", "1", ""], ["1", "", "", "", "l 1", "a", "a"],
        ["d", "vision", "", "1", ""], ["wizard", "1", "", "abacus", "", "never", "", "9", "x", "s 9", "?"],
    )  # fmt: skip
    for typed in dialogues:
        text = talk(Answers(seed=7), *typed)
        assert "--" not in text.partition("the same again")[0]


def test_more_that_are_answered_are_offered_and_taken_in(talk: Talk) -> None:
    text = talk(Answers(seed=7), "a", "", "", "", "r", "q")
    assert re.search(r"\(\d+ more are answered already: `r` takes them in, to replicate\)", text)
    assert text.count("are answered already") == 1
    assert told(text)[-1] == "--include-addressed"


def test_an_id_that_was_not_picked_may_be_saved_started_and_likened(talk: Talk, notes: Path, tmp_path: Path) -> None:
    text = talk(ANSWERED, "b", "s 3.21", "l 2.17", "i 3.21")
    assert "saved 3.21; `mip mine` shows it" in text
    assert "is much like 2.17" in text
    assert [path.name[:8] for path in tmp_path.iterdir() if path.is_dir()] == ["mip-3-21"]
    assert "no problem '77.7'" in talk(ANSWERED, "b", "s 77.7", "q")


def test_a_start_that_fails_says_why_and_goes_on_and_one_that_succeeds_ends(
    talk: Talk, tmp_path: Path, notes: Path
) -> None:
    text = talk(ANSWERED, "b", "i 1", "q")
    made = list(tmp_path.iterdir())
    assert [(path / "experiment.py").is_file() for path in made] == [True]
    assert text.count(MENU) == 1
    notes.unlink()  # else what was started is not picked again
    again = talk(ANSWERED, "b", "i 1", "q")
    assert made[0].name in again
    assert again.count(MENU) == 2


def test_with_nothing_to_show_only_the_other_ways_are_offered(talk: Talk) -> None:
    text = talk(ANSWERED._replace(interests=(), categories=("rl",), weeks=1), "1", "1", "i 1", "q")
    assert "no problem fits all of that; " in " ".join(text.split())
    assert text.count("an id such as 3.21, or one of w, back, ?, q\n") == 2
    assert "a number from 1" not in text


@pytest.mark.parametrize("wrong", ["show x", "i", "l x", "4", "0", "1 2", "\u00b2", "induction heads"])
def test_the_menu_names_what_it_takes(talk: Talk, wrong: str) -> None:
    text = talk(ANSWERED, "b", wrong, "q")
    assert "a number from 1 to 3, an id such as 3.21, or one of i, s, l, a, r, w, back, ?, q" in text
    assert text.count(MENU) == 2


def test_the_picks_and_the_menu_fit_a_terminal_of_24_lines(talk: Talk) -> None:
    for seed in range(6):
        for level in ("a", "b", "c", "d"):
            text = talk(ANSWERED._replace(seed=seed, compute="gpu", weeks=99), level, width=80)
            page = re.split(r"^(?=each|1  )", text.partition("\n> ")[0], maxsplit=1, flags=re.MULTILINE)[1]
            assert len(page.splitlines()) + 1 <= 24
            assert max(map(len, page.splitlines())) <= 80
