"""Words that stand where they fit nothing: done where that is plain, else named with the right spelling."""

from __future__ import annotations

import pytest

from mi_problems.cli import VERBS
from tests.conftest import Mip


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("--json search induction", "search induction --json"),
        ("-n 2 list", "list -n 2"),
        ("-n2 list", "list -n 2"),
        ("--limit=2 list", "list -n 2"),
        ("--json -c rl -n 2 list --starred", "list --json -c rl -n 2 --starred"),
        ("--level beginner pick --seed 1", "pick --level beginner --seed 1"),
        ("--like 2.17 pick --seed 1", "pick --like 2.17 --seed 1"),
        ("--category rl list", "list -c rl"),
        ("--json -q --color never list -n 1", "list -n 1 --json -q --color never"),
        ("3.21", "show 3.21"),
        ("3.21 2.17", "show 3.21 2.17"),
        ("3.21 --json", "show 3.21 --json"),
        ("--json 3.21", "show 3.21 --json"),
        ("-q 3.21", "show 3.21"),
        ("coda:9.60", "show coda:9.60"),
        ("#2.17", "show 2.17"),
        ("problem 2.17", "show 2.17"),
        ("2.99", "show 2.99"),
        ("-h list", "list -h"),
        ("--help 2.17", "show -h"),
    ],
)
def test_what_was_meant_is_done(mip: Mip, typed: str, meant: str) -> None:
    assert mip(*typed.split()) == mip(*meant.split())


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("pick beginner", "`mip pick --level beginner`"),
        ("pick circuits -l A", "`mip pick --category circuits`"),
        ("pick reward models -l A", "`mip pick --interest 'reward models'`"),
        ("pick 5 -l A", "`mip pick --count 5`"),
        ("list beginner", "`mip list --level beginner`"),
        ("list Circuits", "`mip list --category circuits`"),
        ("list open", "`mip list --status open`"),
        ("list B-C", "`mip list --difficulty B-C`"),
        ("list laptop", "`mip list --compute laptop`"),
        ("list linear-probes", "`mip list --skill linear-probes`"),
        ("list 10", "`mip list --limit 10`"),
        ("list title", "`mip list --sort title`"),
        ("list 2.17", "`mip show 2.17`"),
        ("list induction heads", "`mip search induction heads`"),
        ("categories rl vision", "`mip categories -h`"),
        ("init 2.17 my folder", "`mip init -h`"),
        ("init 2.17 folder mit", "`mip init --license mit`"),
        ("induction", "`mip search induction`"),
        ("induction heads", "`mip search induction heads`"),
        ("x' y", "`mip search 'x'\"'\"'' y`"),
        ("word " * 50, "`mip search WORDS`"),
        ("beginner", "`mip pick --level beginner`"),
        ("circuits", "`mip categories circuits`"),
        ("open", "`mip list --status open`"),
        ("linear-probes", "`mip list --skill linear-probes`"),
        ("serch x", "did you mean search?"),
        ("categry", "did you mean categories?"),
        ("LIST", "did you mean list?"),
        (
            "--json",
            "it belongs to list, pick, search, show, compare, init, mark, mine, categories, sources, skills, check: ",
        ),
        ("-l beginner", "it belongs to list, pick, search, browse: `mip list -l`"),
        ("--starred", "`mip list --starred`"),
        ("--intrest x", "did you mean --interest"),
        ("--jsn list", "did you mean --json"),
        ("--search x", "did you mean `mip search`?"),
        ("show --search x", "did you mean `mip search`?"),
        ("list -json", "did you mean --json?"),
        ("pick -level beginner", "did you mean --level?"),
    ],
)
def test_what_cannot_be_done_names_its_right_spelling(mip: Mip, typed: str, named: str) -> None:
    done = mip(*typed.split())
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert named in done.err


def test_words_after_two_dashes_are_words(mip: Mip) -> None:
    assert mip("search", "--", "-json").code == 0
    assert mip("--json", "--", "search", "x").code == 2


def test_a_faulty_registry_does_not_hide_what_was_meant(mip: Mip) -> None:
    done = mip("--data", "/no/such/file", "induction")
    assert (done.code, "`mip search induction`" in done.err) == (2, True)


@pytest.mark.parametrize("verb", VERBS)
def test_tab_completes_behind_options_that_stand_before_the_verb(program: Mip, verb: str) -> None:
    asked = {"_MIP_COMPLETE": "complete_fish", "_TYPER_COMPLETE_ARGS": f"mip --json {verb} --he"}
    assert program(env=asked).out.startswith("--help\t")
