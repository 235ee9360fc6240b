"""From lines to marks: the last word of a pair counts, notes add up, and a mark belongs to a problem, not a number."""

from __future__ import annotations

import pytest

from mi_problems.errors import UsageFault
from mi_problems.progress.entries import NONE, Entry
from mi_problems.progress.marks import (
    ABSENT,
    RENAMED,
    Mark,
    applied,
    asked_states,
    criterion,
    entry_for,
    fits,
    history,
    marks,
    read_state,
    standing,
    stranger,
)
from mi_problems.registry.filters import select
from mi_problems.registry.registry import Registry

SAVED = Entry("2.17", "saved", "2026-11-01")


def test_the_last_line_of_a_pair_counts_and_since_is_when_the_state_began() -> None:
    lines = [SAVED, Entry("2.17", "started", "2026-11-02"), Entry("2.17", "started", "2026-11-09")]
    assert marks(lines) == [Mark("2.17", "started", "2026-11-02")]


def test_each_person_has_a_mark_of_their_own() -> None:
    found = marks([SAVED, Entry("2.17", "done", who="anna")])
    assert [(mark.who, mark.state) for mark in found] == [("anna", "done"), ("", "saved")]


def test_what_was_spoken_of_last_comes_first() -> None:
    assert [mark.id for mark in marks([SAVED, Entry("3.1", "done"), Entry("2.17", note="x")])] == ["2.17", "3.1"]


def test_notes_add_up_and_change_no_state() -> None:
    lines = [Entry("2.17", "saved", "2026-11-01", note="a"), Entry("2.17", note="b", at="2026-11-05")]
    assert marks(lines) == [Mark("2.17", "saved", "2026-11-01", notes=("a", "b"))]


def test_a_note_alone_is_no_state() -> None:
    (mark,) = marks([Entry("2.17", note="a", at="2026-11-05"), Entry("2.17", note="b", at="2026-11-06")])
    assert (mark.state, mark.word, mark.since, mark.notes) == ("", "noted", "2026-11-05", ("a", "b"))


def test_the_last_folder_stays_until_the_mark_is_taken_back() -> None:
    lines = [Entry("2.17", "started", folder="/a"), Entry("2.17", "done")]
    assert marks(lines)[0].folder == "/a"
    (mark,) = marks([*lines, Entry("2.17", "none"), Entry("2.17", note="later")])
    assert (mark.folder, mark.state) == ("", "")


def test_a_mark_that_was_taken_back_applies_to_nothing(registry: Registry) -> None:
    assert applied(marks([SAVED, Entry("2.17", "none")]), registry) == {}


def test_fields_of_a_later_version_are_gathered() -> None:
    lines = [Entry("2.17", "saved", other={"a": 1, "b": 1}), Entry("2.17", "done", other={"b": 2})]
    assert marks(lines)[0].other == {"a": 1, "b": 2}


def test_an_id_under_another_title_is_another_problem() -> None:
    lines = [Entry("100.1", "done", title="A", note="x"), Entry("100.1", "saved", title="B")]
    assert [(mark.title, mark.state, mark.notes) for mark in marks(lines)] == [
        ("B", "saved", ()),
        ("A", "done", ("x",)),
    ]


@pytest.mark.parametrize("first", ["", "A"])
def test_a_line_without_title_belongs_to_the_one_beside_it(first: str) -> None:
    lines = [Entry("100.1", "saved", title=first), Entry("100.1", "done", title="" if first else "A")]
    assert [(mark.title, mark.state) for mark in marks(lines)] == [("A", "done")]


def test_a_mark_applies_to_the_problem_of_its_title(registry: Registry) -> None:
    title = registry.problem("2.17").title
    for kept, says in [("", ""), (title, ""), (f"{title.upper()}!", ""), ("Another", RENAMED)]:
        found = marks([Entry("2.17", "saved", title=kept)])
        assert standing(found[0], registry) == says
        assert bool(applied(found, registry)) == (not says)


def test_an_id_that_is_not_in_use_is_told(registry: Registry) -> None:
    assert standing(Mark("99.1"), registry) == ABSENT
    assert applied([Mark("99.1", "saved")], registry) == {}


def test_history_is_every_line_the_last_first() -> None:
    lines = [SAVED, Entry("2.17", "none", note="x")]
    assert [(mark.state, mark.notes) for mark in history(lines)] == [("none", ("x",)), ("saved", ())]


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        (["saved"], {"2.17"}), (["saved", "done"], {"2.17", "3.1"}), (["any"], {"2.17", "3.1", "3.2"}),
        (["any", "!done"], {"2.17", "3.2"}), (["finished"], {"3.1"}), (["!any"], None), (["!done"], None),
    ],
)  # fmt: skip
def test_states_are_asked_for_and_excluded(registry: Registry, words: list[str], kept: set[str] | None) -> None:
    own = {"2.17": Mark("2.17", "saved"), "3.1": Mark("3.1", "done"), "3.2": Mark("3.2", notes=("x",))}
    found = {problem.id for problem in select(registry.problems, [criterion(words, own)])}
    if kept is not None:
        assert found == kept
    else:
        gone = set(own) if words == ["!any"] else {"3.1"}
        assert found == {problem.id for problem in registry.problems} - gone


@pytest.mark.parametrize(
    ("word", "state"),
    [("Saved", "saved"), ("sav", "saved"), ("finished", "done"), ("later", "saved"), ("wip", "started")],
)
def test_a_state_may_be_begun_or_meant(word: str, state: str) -> None:
    assert read_state(word) == state


def test_an_unknown_state_names_the_states() -> None:
    with pytest.raises(UsageFault, match="choose from saved, started, done, dropped, none"):
        read_state("qwertz", "none")


def test_who_was_never_spoken_of_is_told_with_the_nearest() -> None:
    assert stranger("ana", [Mark("2.17", who="anna")]) == "nothing is marked for 'ana'; did you mean anna?"
    assert stranger("anna", [Mark("2.17", who="anna")]) == stranger("", []) == ""


def test_a_state_that_is_said_again_after_it_was_taken_back_begins_anew() -> None:
    lines = [SAVED, Entry("2.17", "none", "2026-11-02"), Entry("2.17", "saved", "2026-11-03")]
    assert [mark.since for mark in marks(lines)] == ["2026-11-03"]


def test_a_note_after_a_mark_was_taken_back_is_no_state_and_keeps_the_notes() -> None:
    lines = [Entry("2.17", "done", "1", note="a"), Entry("2.17", "none", "2"), Entry("2.17", "", "3", note="b")]
    assert marks(lines) == [Mark("2.17", "", "3", notes=("a", "b"))]


def test_a_folder_goes_with_the_first_line_that_takes_a_mark_back() -> None:
    assert marks([Entry("2.17", "none", folder="/a")])[0].folder == ""
    assert marks([Entry("2.17", "started", folder="/a"), Entry("2.17", "started", folder="/b")])[0].folder == "/b"


def test_of_two_marks_on_problems_of_one_id_only_that_under_its_title_applies(registry: Registry) -> None:
    title = registry.problem("2.17").title
    found = marks([Entry("2.17", "done", title="Another"), Entry("2.17", "saved", title=title)])
    assert applied(found, registry)["2.17"].state == applied(found[::-1], registry)["2.17"].state == "saved"


def test_only_the_marks_of_the_person_asked_for_apply(registry: Registry) -> None:
    found = marks([SAVED, Entry("2.17", "done", who="anna"), Entry("3.1", "done", who="ben")])
    assert {who: list(applied(found, registry, who)) for who in ("", "anna", "ben", "carl")} == {
        "": ["2.17"], "anna": ["2.17"], "ben": ["3.1"], "carl": [],
    }  # fmt: skip
    assert applied(found, registry, "anna")["2.17"].state == "done"


def test_a_title_may_change_in_case_and_punctuation_but_not_in_a_letter(registry: Registry) -> None:
    problem = registry.problem("2.17")
    for title, same in (
        (problem.title.replace(" ", "-"), True),
        (problem.title + "s", False),
        (problem.title[1:], False),
    ):
        assert (standing(Mark("2.17", title=title), registry) == "") == same


@pytest.mark.parametrize(
    ("words", "wanted", "banned"),
    [
        (["saved", "!done"], {"saved"}, {"done"}), (["!any"], set(), {"any"}), ([], set(), set()),
        (["later", "!given up"], {"saved"}, {"dropped"}),
    ],
)  # fmt: skip
def test_a_bang_tells_the_states_that_are_not_wanted(words: list[str], wanted: set[str], banned: set[str]) -> None:
    assert asked_states(words) == (wanted, banned)


@pytest.mark.parametrize(
    ("state", "wanted", "banned", "fit"),
    [
        ("saved", {"saved"}, set(), True), ("saved", {"done"}, set(), False), ("saved", {"any"}, set(), True),
        ("saved", {"any"}, {"saved"}, False), ("saved", set(), set(), True), ("saved", set(), {"any"}, False),
        (None, {"any"}, set(), False), (None, set(), {"any"}, True), (None, set(), set(), True),
        ("", {"any"}, set(), True), ("", {"saved"}, set(), False),
    ],
)  # fmt: skip
def test_a_mark_fits_what_is_wanted_unless_it_is_banned(
    state: str | None, wanted: set[str], banned: set[str], fit: bool
) -> None:
    assert fits(None if state is None else Mark("2.17", state), wanted, banned) == fit


def test_a_word_for_taking_back_is_no_state_where_that_cannot_be_asked_for() -> None:
    assert read_state("unmark", NONE) == "none"
    with pytest.raises(UsageFault, match="unknown state 'unmark'"):
        read_state("unmark")


def test_a_new_line_carries_the_title_of_the_problem(registry: Registry) -> None:
    problem = registry.problem("2.17")
    assert entry_for(problem, "done", "2026", "anna", "n", "/a") == Entry(
        "2.17", "done", "2026", "anna", "n", "/a", problem.title
    )


def test_a_stranger_among_strangers_is_told_without_a_guess() -> None:
    assert stranger("zoe", []) == "nothing is marked for 'zoe'"
    assert stranger("zoe", [Mark("2.17")]) == "nothing is marked for 'zoe'"
    assert stranger("qqq", [Mark("2.17", who="anna"), Mark("2.18", who="anna")]) == (
        "nothing is marked for 'qqq'; choose from anna"
    )


@pytest.mark.parametrize("state", ["saved", "started", "done", "dropped", "none"])
def test_a_state_is_its_own_word(state: str) -> None:
    assert Mark("2.17", state).word == state


def test_a_line_without_title_between_two_titles_belongs_to_the_first() -> None:
    lines = [Entry("100.1", "saved", title="A"), Entry("100.1", "done"), Entry("100.1", "started", title="B")]
    assert [(mark.title, mark.state) for mark in marks(lines)] == [("B", "started"), ("A", "done")]


def test_of_two_spellings_of_a_title_the_one_spoken_of_last_counts(registry: Registry) -> None:
    title = registry.problem("2.17").title
    found = marks([Entry("2.17", "saved", title=title), Entry("2.17", "done", title=f"{title.upper()}!")])
    assert len(found) == 2
    assert applied(found, registry)["2.17"].state == "done"
