"""`mip pick` as a person and as a script meet it."""

from __future__ import annotations

import json
import re
import sys
import time
from pathlib import Path

import pytest

from mi_problems.registry.registry import Registry
from tests.conftest import Mip
from tests.pseudo_terminal import heed_ctrl_c, mip_seen

REASON_COUNT = range(3, 11)


def test_a_pipe_gets_a_line_each_and_the_reasons_as_notes(mip: Mip) -> None:
    done = mip("pick", "--level", "beginner", "--seed", "7")
    assert done.code == 0
    assert len(done.lines) == 3
    assert all(len(line.split("\t")) == 5 for line in done.lines)
    for line in done.lines:
        assert re.search(rf"^{re.escape(line.split(chr(9))[0])}: because it .*; but ", done.err, re.MULTILINE)
    assert "repeat with --seed 7" in done.err


def test_without_a_seed_one_is_drawn_that_repeats_the_picks(mip: Mip) -> None:
    first = mip("pick", "-l", "beginner")
    seed = re.search(r"--seed (\d+)", first.err)
    assert seed
    assert mip("pick", "-l", "beginner", "--seed", seed[1]).out == first.out


def test_json_carries_reasons_catch_score_and_seed(mip: Mip) -> None:
    rows = json.loads(mip("pick", "-l", "B", "--seed", "3", "-n", "4", "--json").out)
    assert len(rows) == 4
    for row in rows:
        assert len(row["reasons"]) in REASON_COUNT
        assert isinstance(row["catch"], str)
        assert isinstance(row["score"], int)
        assert row["seed"] == 3
        assert "intermediate" in row["levels"]


def test_nothing_left_says_what_to_relax(mip: Mip) -> None:
    done = mip("pick", "-l", "beginner", "-c", "rl", "--weeks", "1")
    assert (done.code, done.out) == (0, "")
    assert re.fullmatch(r"mip: no problem fits .*\n", done.err)
    assert json.loads(mip("pick", "-l", "beginner", "-c", "rl", "--weeks", "1", "--json").out) == []


def test_nothing_left_but_addressed_problems_names_the_flag_that_brings_them(mip: Mip) -> None:
    only_addressed = ("pick", "-l", "beginner", "-c", "techniques", "--compute", "laptop", "--weeks", "1")
    assert "with --include-addressed: " in mip(*only_addressed).err
    assert mip(*only_addressed, "--include-addressed").lines


def test_without_a_terminal_nothing_is_asked(program: Mip) -> None:
    begun = time.monotonic()
    done = program("pick")
    assert time.monotonic() - begun < 10
    assert (done.code, done.out) == (2, "")
    assert "--level" in done.err


def test_on_a_terminal_each_pick_shows_reasons_and_a_catch() -> None:
    code, text = mip_seen("pick", "-l", "beginner", "--seed", "7")
    assert code == 0
    assert text.count("\n  because it ") == 3
    assert text.count("\n  but ") == 3
    assert all(len(line) <= 80 for line in text.splitlines())


@pytest.mark.parametrize(
    "wish",
    [
        ["-l", "beginner"], ["-l", "intermediate", "--compute", "gpu"], ["-l", "advanced", "-i", "reasoning models"],
        ["-l", "beginner", "-i", "is my model lying"], ["-l", "B", "-i", "qwertzuiop", "--weeks", "9"],
    ],
)  # fmt: skip
def test_three_picks_and_all_that_is_said_of_them_fit_a_terminal(wish: list[str], notes: Path) -> None:
    states = {"2.17": "started", "10.27": "done", "4.4": "dropped", "1.6": "saved", "5.3": "done", "6.24": "done"}
    notes.write_text("".join(f'{{"id": "{one}", "state": "{state}"}}\n' for one, state in states.items()))
    for seed in range(4):
        code, text = mip_seen("pick", *wish, "--seed", str(seed), columns=80, rows=24, MIP_NOTES=str(notes))
        assert code == 0
        assert len(text.splitlines()) < 24  # the prompt takes one
        assert text.count("because it ") == text.count("\n  but ") == 3


def test_each_pick_says_what_the_problem_is_and_what_all_share_is_said_once(registry: Registry) -> None:
    _, text = mip_seen("pick", "-l", "beginner", "-c", "circuits", "--seed", "3")
    text = " ".join(text.split())
    assert text.startswith("each ")
    picked = [registry.problem(one) for one in re.findall(r"(2\.\d+) [A-Z]", text)]
    assert len(picked) == 3
    assert all(problem.card.gist in text for problem in picked)
    assert text.count("runs on a laptop") == 1


def test_several_levels_mean_any_of_them_and_are_repeated(mip: Mip) -> None:
    rows = json.loads(mip("pick", "-l", "expert", "-l", "beginner", "-n", "999", "--json").out)
    assert all({"beginner", "expert"} & set(row["levels"]) for row in rows)
    assert len({"beginner" in row["levels"] for row in rows}) == 2


def test_where_a_level_has_many_that_are_answered_they_are_offered_in_words(mip: Mip) -> None:
    assert re.search(
        r"^\d+ more are answered already and could be replicated: --incl", mip("pick", "-l", "A").err, re.M
    )
    assert "replicated" not in mip("pick", "-l", "expert").err
    assert "replicated" not in mip("pick", "-l", "A", "--include-addressed").err


def test_weeks_may_be_named_as_weeks(mip: Mip) -> None:
    plain = mip("pick", "-l", "beginner", "--weeks", "1", "--seed", "7")
    for words in ("1 week", "1week", "1 WEEKS", "1w"):
        assert mip("pick", "-l", "beginner", "--weeks", words, "--seed", "7") == plain


def test_a_starred_open_problem_of_a_category_may_be_asked_for(mip: Mip) -> None:
    asked = ("-l", "intermediate", "-c", "circuits", "--starred", "--status", "open")
    listed = mip("list", *asked).lines
    assert listed
    assert sorted(mip("pick", *asked, "-n", "400").lines) == sorted(listed)


def test_a_status_that_is_asked_for_needs_no_other_flag(mip: Mip) -> None:
    rows = json.loads(mip("pick", "-l", "beginner", "-s", "addressed", "-n", "400", "--json").out)
    assert {row["status"] for row in rows} == {"addressed"}
    assert len(rows) == len(mip("list", "-l", "beginner", "-s", "addressed").lines)


def test_fewer_than_asked_for_are_told(mip: Mip) -> None:
    done = mip("pick", "-l", "beginner", "-c", "rl", "-n", "10", "--seed", "1")
    assert f"mip: only {len(done.lines)} of 10: no more fit\n" in done.err
    assert "no more fit" not in mip("pick", "-l", "beginner", "-n", "10").err


def test_nothing_left_names_the_star_and_the_status_among_what_to_relax(mip: Mip) -> None:
    done = mip("pick", "-l", "expert", "-c", "vision", "--starred", "-s", "addressed")
    assert (done.code, done.out) == (0, "")
    assert done.err.startswith("mip: no problem fits --category vision --status addressed --starred --level expert; ")


FIT = ("pick", "-l", "intermediate", "-c", "circuits", "--compute", "gpu", "--weeks", "4", "-n", "400")
FAR = ("-i", "induction heads", "-c", "rl", "-l", "intermediate", "--seed", "7")


def test_picks_far_from_the_interest_are_told_with_what_to_relax(mip: Mip) -> None:
    done = mip("pick", *FAR)
    assert len(done.lines) == 3
    told = r'mip: nothing that fits is about "induction heads"; without --category rl: '
    assert re.match(told + r"\d+ problems?[^;]*; `mip categories circuits` says more; these meet your other", done.err)
    assert "nothing that fits" not in mip("pick", *FAR[:2], *FAR[4:]).err


def test_where_nothing_is_near_an_interest_it_says_where_to_look(mip: Mip) -> None:
    first = mip("pick", "-l", "beginner", "-i", "qwertzuiop").err.splitlines()[0]
    says = "`mip sources` says where else to look; these meet your other wishes"
    assert first == f'mip: nothing here is about "qwertzuiop"; {says}'


@pytest.fixture
def conversation(tmp_path: Path, request: pytest.FixtureRequest) -> object:
    """`mip pick` on a terminal, with the flags that the test is parametrized with."""
    pexpect = pytest.importorskip("pexpect")
    flags = getattr(request, "param", "").split()
    child = pexpect.spawn(
        sys.executable, ["-m", "mi_problems", "pick", *flags], cwd=str(tmp_path), encoding="utf-8", timeout=20,
        dimensions=(60, 100), preexec_fn=heed_ctrl_c,
        env={**__import__("os").environ, "TERM": "dumb"},
    )  # fmt: skip
    yield child
    child.close(force=True)


def test_the_interview_goes_from_the_first_question_to_a_repository(conversation: object, tmp_path: Path) -> None:
    child: object = conversation
    steps = [
        ("How experienced are you", "nonsense"), ("unknown level", "1"), ("What interests you", "induction heads"),
        ("What do you compute on", ""), ("How many weeks", "soon"), ("no time that I know", "4"), ("days a week", "5"),
        ("a: again", "1"), ("First steps", None), ("a: again", "a"), ("a: again", "l 1"), ("a: again", "99"),
        ("an id such as 3.21, or one of i,", None), ("a: again", "i 2.17"), ("python experiment.py", None),
        ("the same again", None),
    ]  # fmt: skip
    for expected, answer in steps:
        child.expect(expected)  # type: ignore[attr-defined]
        if answer is not None:
            child.sendline(answer)  # type: ignore[attr-defined]
    child.expect("mip pick --level beginner")  # type: ignore[attr-defined]
    child.wait()  # type: ignore[attr-defined]
    made = [path for path in tmp_path.iterdir() if path.name.startswith("mip-")]
    assert len(made) == 1
    assert (made[0] / "experiment.py").is_file()


def said(child: object, *answers: str) -> str:
    """What a conversation has shown when it has ended, each answer given at the next prompt."""
    pexpect = pytest.importorskip("pexpect")
    shown = ""
    for answer in answers:
        child.expect(r"\n(\[\w+\]|>) ")  # type: ignore[attr-defined]
        shown += child.before + child.after  # type: ignore[attr-defined]
        child.sendline(answer)  # type: ignore[attr-defined]
    child.expect(pexpect.EOF)  # type: ignore[attr-defined]
    return shown + child.before  # type: ignore[attr-defined,no-any-return]


@pytest.mark.parametrize(
    "conversation", ["-i reward --compute gpu --weeks 8 --know activation-patching --seed 7"], indirect=True
)
def test_the_interview_keeps_the_flags_and_asks_for_the_rest(conversation: object) -> None:
    text = said(conversation, "2", "q")
    assert "How experienced" in text
    assert not re.search("What interests|What do you compute|How many weeks", text)
    again = (
        "mip pick --level intermediate --compute gpu --weeks 8 --interest reward --know activation-patching --seed 7"
    )
    assert again in text


@pytest.mark.parametrize("conversation", ["-c circuits --weeks 8"], indirect=True)
def test_the_interview_asks_for_the_machine_alone_where_only_that_is_missing(conversation: object) -> None:
    text = said(conversation, "2", "gpu", "q")
    assert "--level intermediate --compute gpu --weeks 8 --category circuits" in text


@pytest.mark.parametrize("conversation", ["-i induction -c rl --compute gpu --weeks 99"], indirect=True)
def test_the_interview_tells_that_nothing_is_near_the_interest(conversation: object) -> None:
    text = " ".join(said(conversation, "2", "q").split())
    assert 'nothing that fits is about "induction"; outside that category: ' in text


@pytest.mark.parametrize("conversation", ["-i reward --compute gpu --weeks 8"], indirect=True)
def test_the_interview_shows_the_letters_it_takes_and_says_what_it_took(conversation: object) -> None:
    text = said(conversation, "b", "q")
    assert re.search(r"1  A  beginner .*\n  2  B  intermediate ", text)
    assert re.search(r"\n\[1\] b\s+  intermediate\r?\n", text)


@pytest.mark.parametrize("conversation", ["-c circuits --compute gpu --weeks 4 -n 2 --seed 7"], indirect=True)
def test_another_draw_brings_new_problems_until_none_is_left(conversation: object, mip: Mip) -> None:
    fitting = {line.split("\t")[0] for line in mip(*FIT).lines}
    draws = -(-len(fitting) // 2)
    text = said(conversation, "B", *["a"] * draws, "q")
    before, _, after = text.partition("that was all that fits; from the start again")
    shown = re.findall(r"\n\d  (2\.\d+\w?) ", before)
    assert len(fitting) > 2
    assert sorted(shown) == sorted(fitting)
    assert re.search(r"\n1  2\.\d+", after)
    assert "--not" not in after


@pytest.mark.parametrize("conversation", ["--compute abacus"], indirect=True)
def test_a_wrong_flag_is_told_before_the_first_question(conversation: object) -> None:
    text = said(conversation)
    assert "abacus" in text
    assert "How experienced" not in text


def test_ctrl_c_in_the_interview_ends_with_130(conversation: object) -> None:
    pexpect = pytest.importorskip("pexpect")
    child: object = conversation
    child.expect(r"\[1\] ")  # type: ignore[attr-defined]
    for _ in range(3):  # a signal that comes just before the read begins is seen only with the next one
        child.sendintr()  # type: ignore[attr-defined]
        if child.expect([pexpect.EOF, pexpect.TIMEOUT], timeout=5) == 0:  # type: ignore[attr-defined]
            break
    child.close()  # type: ignore[attr-defined]
    assert child.exitstatus == 130  # type: ignore[attr-defined]


def test_nothing_the_interview_says_is_broken_within_a_word(tmp_path: Path) -> None:
    pexpect = pytest.importorskip("pexpect")
    child = pexpect.spawn(
        sys.executable, ["-m", "mi_problems", "pick", "--seed", "7"], cwd=str(tmp_path), encoding="utf-8", timeout=20,
        dimensions=(60, 44), preexec_fn=heed_ctrl_c, env={**__import__("os").environ, "TERM": "dumb"},
    )  # fmt: skip
    text = said(child, "wizard", "1", "nothing of the kind", "an abacus or two", "1", "4", "", "0", "q")
    assert "an abacus or two" in text
    assert max(len(line) for line in text.split("the same again")[0].splitlines()) <= 44


@pytest.mark.parametrize("columns", [20, 33])
def test_on_a_narrow_terminal_the_choices_are_explained_below_them(columns: int, tmp_path: Path) -> None:
    pexpect = pytest.importorskip("pexpect")
    child = pexpect.spawn(
        sys.executable, ["-m", "mi_problems", "pick", "--seed", "7"], cwd=str(tmp_path), encoding="utf-8", timeout=20,
        dimensions=(60, columns), preexec_fn=heed_ctrl_c, env={**__import__("os").environ, "TERM": "dumb"},
    )  # fmt: skip
    text = said(child, "1", "", "1", "", "q")
    assert "  1  A  beginner\r\n    days to two" in text
    assert all(word in text for word in ("research", "experience", "replicated", "ill-defined;", "the same again"))
