"""The sentences of a generated README: sizes, how a model is loaded, what is known, how far the experiment carries."""

from __future__ import annotations

import json

import pytest

from mi_problems.escapes import markdown
from mi_problems.records.beside import Model, Skill
from mi_problems.records.problem import Problem
from mi_problems.records.terms import Reach, Status
from mi_problems.registry.registry import Registry
from mi_problems.scaffold import templates
from mi_problems.scaffold.readme import (
    models_list,
    numbered,
    reach_in_words,
    size_in_words,
    skills_list,
    works_list,
)
from tests.markdown import seen

LEGACY = Model("NeelNanda/SoLU_1L", ("solu-1l",), None, None, None)
PLAIN = Model("openai-community/gpt2", ("gpt2",), 124.0, 548, None)
ELSEWHERE = Model("clip", (), None, None, "https://example.org/clip")


def changed(problem: Problem, **fields: object) -> Problem:
    """The problem with other fields on its card."""
    return problem._replace(stored=json.dumps(json.loads(problem.record) | fields).encode())


@pytest.mark.parametrize(
    ("parameters", "megabytes", "words"),
    [
        (0.4321, None, "0.432M parameters"),
        (999.0, 999, "999M parameters, about 999 MB to download"),
        (1000.0, 1000, "1B parameters, about 1 GB to download"),
        (1557.6, 6430, "1.56B parameters, about 6.4 GB to download"),
        (70_000.0, 140_000, "70B parameters, about 140 GB to download"),
        (None, 548, "about 548 MB to download"),
        (None, None, ""),
    ],
)
def test_a_size_is_told_in_plain_figures_as_far_as_known(
    parameters: float | None, megabytes: int | None, words: str
) -> None:
    assert size_in_words(Model("m", (), parameters, megabytes, None)) == words


@pytest.mark.parametrize(
    ("name", "model", "line"),
    [
        ("gpt2", PLAIN, '124M parameters, about 548 MB to download, `TransformerBridge.boot_transformers("gpt2")`'),
        ("solu-1l", LEGACY, '`TransformerBridge.boot_tl_legacy("NeelNanda/SoLU_1L")`'),
        ("clip", ELSEWHERE, "<https://example.org/clip>"),
        ("mine", None, '`TransformerBridge.boot_transformers("mine")`'),
    ],
)
def test_a_model_comes_with_its_size_and_the_call_or_address_that_loads_it(
    name: str, model: Model | None, line: str
) -> None:
    assert models_list([(name, model)]) == f"- `{name}`: {line}"


def test_without_a_model_nothing_is_to_be_downloaded() -> None:
    assert models_list([]).startswith("None to download")


@pytest.mark.parametrize("opening", ["```", "~~~", "<", "#", ">", "- ", "* ", "+ ", "# ", "1. ", "[x]: https://e.org "])
def test_no_step_of_a_list_opens_a_block_of_its_own(opening: str) -> None:
    steps = ["one", f"{opening}two", f"three {opening}".strip()]
    found = seen(numbered([markdown(step) for step in steps]))
    assert found.texts == steps
    assert found.form == seen("1. one\n2. two\n3. three").form


def test_a_skill_is_told_in_text_and_a_link() -> None:
    assert skills_list([Skill("s", "S", "two\nlines.", "[read]", "https://e.org")]) == (
        "- **s**: two lines. [\\[read\\]](https://e.org)"
    )


@pytest.mark.parametrize("status", Status)
def test_follow_ups_stand_under_what_they_do_to_the_problem(registry: Registry, status: Status) -> None:
    works = [
        {"title": "Old", "url": "https://e.org/1", "year": None, "relation": "extends", "note": "N.", "confidence": ""},
        {"title": "New", "url": "https://e.org/2", "year": 2024, "relation": "answers", "note": "M.", "confidence": ""},
    ]
    opening, blank, *lines = works_list(
        changed(registry.problem("2.17"), follow_ups=works)._replace(status=status), registry
    ).split("\n")
    holds = {Status.OPEN: "settles it. Nearby", Status.ACTIVE: "Partly addressed", Status.ADDRESSED: "replicate or"}
    assert [other for other, words in holds.items() if words in opening] == [status]
    assert registry.collection.dated in opening
    assert blank == ""
    assert lines == ["- [New](https://e.org/2) (2024, answers). M.", "- [Old](https://e.org/1) (n.d., extends). N."]


def test_without_follow_ups_nothing_is_proved(registry: Registry) -> None:
    text = works_list(changed(registry.problem("2.17"), follow_ups=[]), registry)
    assert text.startswith(f"No follow-up is known{registry.collection.dated}. ")
    assert "\n" not in text


@pytest.mark.parametrize(
    ("reach", "starter", "model", "says", "limited"),
    [
        (Reach.SMALL, "ioi", "gpt2", "editing it is the work", False),
        (Reach.WARM_UP, "ioi", "gpt2", "A warm-up only", True),
        (Reach.PRETRAINED, "ioi", "gpt2", "`python experiment.py --model gpt2` (124M parameters", False),
        (Reach.PRETRAINED, "ioi", "unheard-of", "`python experiment.py --model unheard-of` runs", False),
        (Reach.PRETRAINED, "ioi", None, "which `--model` runs on others", True),
        (Reach.PRETRAINED, "gridworld", "gpt2", "does not load", True),
    ],
)
def test_a_model_is_offered_only_where_the_experiment_loads_it(
    registry: Registry, reach: Reach, starter: str, model: str | None, says: str, limited: bool
) -> None:
    about = templates.starter(starter)
    text = reach_in_words(registry.problem("2.17")._replace(reach=reach), about, model, registry)
    assert f'"{about.title}"' in text
    assert says in text
    assert ("--model" in text) == ("--model" in says)
    assert (about.not_covered in text) == limited
