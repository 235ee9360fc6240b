"""A problem and its card: what is derived from their fields, and that nothing is lost between plain data and them."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mi_problems.records.problem import RECORD, UNRATED, FollowUp, Problem, head_of, problem_of, record_of
from mi_problems.records.terms import LEVELS, Basis, Compute, Level, Reach, Status

ROW: dict[str, Any] = {
    "id": "2.17", "title": "A title", "category": "circuits", "section": "A section", "difficulty": (0, 0),
    "difficulty_basis": "published", "starred": True, "status": "open", "listed": "As listed", "gist": "In short.",
    "summary": "What is asked.", "first_steps": ["First."], "done_when": "A figure.", "skills": ["probing", "sae"],
    "models": ["gpt2"], "compute": "gpu", "weeks": [1, 2], "keywords": ["a", "b"], "questions": ["why"],
    "related": ["2.18"], "starter": "ioi", "reach": "small", "settings": None, "url": "https://example.org",
    "catalogue": "2.18", "follow_ups": [], "sources": [("nanda-2022", "2.17"), ("mats12", None)], "year": 2022,
}  # fmt: skip


def made(**fields: Any) -> Problem:
    row = ROW | fields
    return problem_of(head_of(row), record_of(row))


CARD = made().card


def work(title: str, year: int | None, relation: str = "extends", note: str = "") -> dict[str, Any]:
    return {"title": title, "url": "u", "year": year, "relation": relation, "note": note, "confidence": "seen"}


def test_the_fields_of_a_problem_are_what_its_plain_data_say() -> None:
    problem = made()
    assert (problem.id, problem.title, problem.section) == ("2.17", "A title", "A section")
    assert (problem.difficulty_basis, problem.status) == (Basis.PUBLISHED, Status.OPEN)
    assert (problem.compute, problem.reach, problem.weeks) == (Compute.GPU, Reach.SMALL, (1, 2))
    assert (problem.skills, problem.starter, problem.catalogue) == (("probing", "sae"), "ioi", "2.18")
    assert (problem.starred, problem.year) == (True, 2022)


def test_an_own_problem_may_be_without_rating_machine_weeks_and_starter() -> None:
    none = dict.fromkeys(("difficulty", "difficulty_basis", "compute", "weeks", "starter", "reach", "starred"))
    problem = made(**none)
    assert [getattr(problem, name) for name in none] == [None] * len(none)
    record = json.loads(problem.record)
    assert [record[name] for name in none] == [None] * len(none)


def test_the_card_holds_the_rest_as_tuples() -> None:
    card = made(follow_ups=[work("A", 2024)]).card
    assert (card.listed, card.gist, card.done_when) == ("As listed", "In short.", "A figure.")
    assert (card.models, card.keywords, card.questions, card.related) == (("gpt2",), ("a", "b"), ("why",), ("2.18",))
    assert card.follow_ups == (FollowUp("A", "u", 2024, "extends", "", "seen"),)


def test_the_record_has_every_field_of_json_in_order_and_no_other() -> None:
    assert tuple(json.loads(record_of(ROW | {"unknown": 1}))) == RECORD


def test_a_follow_up_in_the_record_has_only_the_fields_of_one() -> None:
    (one,) = json.loads(record_of(ROW | {"follow_ups": [work("A", 2024) | {"line": 7}]}))["follow_ups"]
    assert tuple(one) == FollowUp._fields


@pytest.mark.parametrize(
    ("difficulty", "text", "levels"),
    [((1, 2), "B-C", ["intermediate", "advanced"]), ((3, 3), "D", ["expert"]), (None, None, list(LEVELS))],
)
def test_the_record_has_the_difficulty_as_text_with_its_levels(
    difficulty: tuple[int, int] | None, text: str | None, levels: list[str]
) -> None:
    record = json.loads(record_of(ROW | {"difficulty": difficulty}))
    assert (record["difficulty"], record["levels"]) == (text, levels)


def test_a_source_is_its_list_and_the_number_if_the_list_prints_one() -> None:
    assert [str(one) for one in made().sources] == ["nanda-2022:2.17", "mats12"]
    assert json.loads(made().record)["sources"] == [
        {"list": "nanda-2022", "number": "2.17"},
        {"list": "mats12", "number": None},
    ]


@pytest.mark.parametrize(
    ("years", "newest"), [((), None), ((None,), None), ((2023, 2025, 2024), 2025), ((None, 2024), 2024)]
)
def test_the_newest_work_gives_its_year(years: tuple[int | None, ...], newest: int | None) -> None:
    assert made(follow_ups=[work("A", year) for year in years]).newest == newest


@settings(max_examples=25)
@given(st.lists(st.one_of(st.none(), st.integers(1990, 2030)), max_size=5))
def test_works_stand_newest_first_those_without_a_year_last_and_equals_in_their_order(years: list[int | None]) -> None:
    works = tuple(FollowUp(str(place), "u", year, "extends", "", "seen") for place, year in enumerate(years))
    found = CARD._replace(follow_ups=works).newest_first
    order = [(-(one.year or 0), int(one.title)) for one in found]
    assert order == sorted(order)
    assert set(found) == set(works)


@pytest.mark.parametrize(
    ("difficulty", "basis", "rating"),
    [
        ((0, 0), "published", "A"),
        ((0, 0), "estimated", "~A"),
        ((1, 2), "estimated", "~B-C"),
        ((1, 3), "published", "B-D"),
        (None, None, UNRATED),
    ],
)
def test_an_estimated_rating_carries_a_tilde(difficulty: object, basis: str | None, rating: str) -> None:
    assert made(difficulty=difficulty, difficulty_basis=basis).rating == rating


def test_an_unrated_problem_finds_every_level() -> None:
    assert made(difficulty=None).levels == tuple(Level)
    assert made(difficulty=(1, 1)).levels == (Level.INTERMEDIATE,)


@pytest.mark.parametrize(
    ("weeks", "span"),
    [(None, ""), ([1, 1], "1 week"), ([2, 2], "2 weeks"), ([1, 2], "1 to 2 weeks"), ([4, 12], "4 to 12 weeks")],
)
def test_the_span_says_the_weeks_in_words(weeks: list[int] | None, span: str) -> None:
    assert made(weeks=weeks).span == span


@pytest.mark.parametrize(
    ("identifier", "name"), [("4.10", "mip-4-10"), ("2.25b", "mip-2-25b"), ("my-lab.3", "mip-my-lab-3")]
)
def test_a_name_has_no_dot_that_a_spreadsheet_takes_for_a_number(identifier: str, name: str) -> None:
    assert made(id=identifier).name == name


def test_problems_sort_by_their_key_as_ids_do() -> None:
    found = sorted([made(id="lab.1"), made(id="4.10"), made(id="4.2")], key=lambda problem: problem.key)
    assert [problem.id for problem in found] == ["4.2", "4.10", "lab.1"]


@pytest.mark.parametrize(
    ("status", "works", "standing"),
    [
        ("open", 0, "no follow-up known"),
        ("open", 1, "nothing known answers it"),
        ("active", 1, "partly addressed"),
        ("addressed", 1, "a later work substantially answers it: extend or replicate"),
    ],
)
def test_an_open_problem_with_works_beside_it_is_said_to_be_unanswered(status: str, works: int, standing: str) -> None:
    assert made(status=status, follow_ups=[work("A", 2024)] * works).standing == standing


@pytest.mark.parametrize(
    ("status", "works", "left"),
    [
        ("open", [], "all of it: no follow-up known"),
        ("open", [work("A", 2024, note="n")], "all of it: nothing known answers it"),
        ("active", [], "partly addressed"),
        ("active", [work("A", 2024, note="")], "partly addressed"),
        ("active", [work("A", 2024, "tool", "n")], "partly addressed"),
        ("active", [work("A", 2024, note="scale")], "scale"),
        ("active", [work("A", 2023, note="old"), work("B", 2025, note="new")], "new"),
        ("active", [work("A", 2023, note="old"), work("B", 2025, "background", "x")], "A (2023): old"),
        ("active", [work("A", None, "answers", "old"), work("B", 2025, "tool", "x")], "A (n.d.): old"),
        ("addressed", [work("A", 2024, "replicates", "more")], "more"),
    ],
)
def test_what_is_left_is_the_note_of_the_newest_work_that_answers_a_part(
    status: str, works: list[dict[str, Any]], left: str
) -> None:
    assert made(status=status, follow_ups=works).left == left


def test_a_card_is_written_once_it_says_how_to_begin() -> None:
    assert made().written
    assert not made(first_steps=[]).written


def test_copies_and_pickles_hold_bytes_where_a_problem_holds_a_view() -> None:
    whole = made()
    view = whole._replace(stored=memoryview(whole.record))
    for twin in (copy.copy(view), copy.deepcopy(view), pickle.loads(pickle.dumps(view))):
        assert twin == whole
        assert type(twin.stored) is bytes


def test_text_that_drives_a_terminal_stays_in_the_record_escaped_and_leaves_problem_and_card() -> None:
    problem = made(title="a\x1b[2Jb", summary="c\u202ed", follow_ups=[work("e\x07f", 2024)])
    assert (problem.title, problem.card.summary, problem.card.follow_ups[0].title) == ("a[2Jb", "cd", "ef")
    assert json.loads(problem.record)["title"] == "a\x1b[2Jb"
    assert problem.record.decode().isprintable()


@pytest.mark.parametrize("place", ["status", "difficulty", "compute", "reach", "difficulty_basis"])
def test_a_head_with_a_word_that_does_not_exist_makes_no_problem(place: str) -> None:
    head = dict(zip(Problem._fields, head_of(ROW), strict=False)) | {place: "nonsense"}
    with pytest.raises(KeyError, match="nonsense"):
        problem_of(list(head.values()), b"{}")


@pytest.mark.parametrize("length", [0, 16, 18])
def test_a_head_of_another_length_makes_no_problem(length: int) -> None:
    with pytest.raises(ValueError, match="unpack"):
        problem_of([*head_of(ROW), None][:length], b"{}")


def test_a_head_survives_json() -> None:
    head = head_of(ROW | {"follow_ups": [work("A", 2024)]})
    assert problem_of(json.loads(json.dumps(head)), b"{}") == problem_of(head, b"{}")
