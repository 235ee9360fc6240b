"""Loading, looking up, and turning words into things."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mi_problems.errors import BadRegistry, MipError, UnknownProblem, UsageFault
from mi_problems.reading.limits import MAX_BYTES
from mi_problems.records.beside import Collection
from mi_problems.records.typed import match_word
from mi_problems.registry import load as registries
from mi_problems.registry.registry import Registry
from tests.conftest import GOOD_FILE, PROBLEMS


def test_every_spelling_of_an_id_finds_its_problem(registry: Registry) -> None:
    for typed in ("2.17", "#2.17", "2.17.", "problem 2.17"):
        assert registry.problem(typed).id == "2.17"
    assert registry.problem("4.10").id == "4.10"
    assert registry.problem("2.25B").id == "2.25b"


@pytest.mark.parametrize(
    ("typed", "near"),
    [("2.99", "2.9"), ("2.25c", "2.25, 2.25b"), ("problem 2.25c", "2.25, 2.25b"), ("77.1", "7.1"), ("2.177", "2.17")],
)
def test_an_unknown_id_names_the_nearest(registry: Registry, typed: str, near: str) -> None:
    with pytest.raises(UnknownProblem) as raised:
        registry.problem(typed)
    assert near in raised.value.hint


def test_an_unknown_letter_names_none_of_another_number(registry: Registry) -> None:
    with pytest.raises(UnknownProblem) as raised:
        registry.problem("2.2x")
    assert raised.value.hint.startswith("nearest: 2.2, ")
    assert "2.25b" not in raised.value.hint


def test_words_in_place_of_an_id_point_to_search(registry: Registry) -> None:
    with pytest.raises(UnknownProblem, match="mip search"):
        registry.problem("induction heads")


def test_a_catalogue_number_needs_its_prefix(registry: Registry) -> None:
    assert registry.problem("coda:9.60").id == "9.59"
    assert registry.problem("CODA: 2.7").id == "2.6"
    assert registry.problem("coda:1.1").id == "1.1"
    with pytest.raises(UnknownProblem, match=r"no problem 'coda:9\.99'"):
        registry.problem("coda:9.99")
    with pytest.raises(UnknownProblem):
        registry.problem("sheet:9.60")


def test_every_problem_has_exactly_one_catalogue_number(registry: Registry) -> None:
    numbers = [p.catalogue or p.id for p in registry.problems]
    unclear = {number for number in numbers if numbers.count(number) > 1}
    for problem in registry.problems:
        if (problem.catalogue or problem.id) not in unclear:
            assert registry.problem(f"coda:{problem.catalogue or problem.id}").id == problem.id


@pytest.mark.parametrize("typed", ["coda:", "coda:heads", "coda"])
def test_a_prefix_without_a_number_shows_how_one_looks(registry: Registry, typed: str) -> None:
    with pytest.raises(UnknownProblem) as raised:
        registry.problem(typed)
    assert raised.value.hint.startswith("such as coda:" if ":" in typed else "an id looks like")


@pytest.mark.parametrize("word", ["circuits", "2", " 2 ", "circ", "CIRCUITS", " circuits "])
def test_a_category_is_a_slug_a_number_or_a_unique_beginning(registry: Registry, word: str) -> None:
    assert registry.category(word).slug == "circuits"


@pytest.mark.parametrize("word", ["reinforcement-learning", "Reinforcement learning", "reinf", "8", "rl"])
def test_a_category_goes_by_its_title_too(registry: Registry, word: str) -> None:
    assert registry.category(word).slug == "rl"


def test_a_slug_comes_before_a_title() -> None:
    others = {"vision-of-rl": "rl", "toys": "rl"}
    assert match_word("vision", ["rl", "vision"], "category", others) == "vision"
    assert match_word("vis", ["rl", "vision"], "category", others) == "vision"
    assert match_word("toy", ["rl", "vision"], "category", others) == "rl"


@pytest.mark.parametrize("word", ["t", "", "0", "99", "nothing"])
def test_an_unclear_category_names_the_nearest(registry: Registry, word: str) -> None:
    with pytest.raises(UsageFault, match="unknown category"):
        registry.category(word)


def test_a_word_matches_in_any_case_and_spelling() -> None:
    assert match_word("activation_patching", ["activation-patching", "ablation"], "skill") == "activation-patching"
    assert match_word("Activation patch", ["activation-patching", "ablation"], "skill") == "activation-patching"
    with pytest.raises(UsageFault, match="did you mean"):
        match_word("a", ["activation-patching", "ablation"], "skill")


def test_models_are_found_by_alias(registry: Registry) -> None:
    model = registry.model("gelu-1l")
    assert model is not None
    assert model.name.startswith("NeelNanda/")
    assert registry.model("no such model") is None


def test_every_reference_of_every_card_leads_somewhere(registry: Registry) -> None:
    skills = {skill.id for skill in registry.skills}
    for problem in registry.problems:
        assert set(problem.skills) <= skills
        assert all(registry.find(identifier) for identifier in problem.card.related)
        assert all(model == "trained from scratch" or registry.model(model) for model in problem.card.models)
        assert registry.category_of(problem).slug == problem.category


def test_a_registry_of_ones_own_is_a_file_or_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOOD_FILE)
    assert [p.id for p in registries.load(tmp_path / "a.yaml", only=True).problems] == ["2.1", "2.2"]
    assert [p.id for p in registries.load(tmp_path, only=True).problems] == ["2.1", "2.2"]
    (tmp_path / "problems").mkdir()
    (tmp_path / "problems" / "b.yaml").write_text(GOOD_FILE.replace('"2.', '"7.').replace("number: 2", "number: 7"))
    assert [p.id for p in registries.load(tmp_path, only=True).problems] == ["7.1", "7.2"]


def test_ones_own_problems_may_point_at_bundled_ones(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOOD_FILE.replace('related: ["2.2"]', 'related: ["9.62"]'))
    assert registries.load(tmp_path / "a.yaml", only=True).problem("2.1").card.related == ("9.62",)


def test_a_related_problem_that_is_not_in_ones_own_list_is_said_to_be_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOOD_FILE.replace('related: ["2.2"]', 'related: ["9.62", "2.2"]'))
    own = registries.load(tmp_path / "a.yaml", only=True)
    expected = [("9.62", "(not in this registry)"), ("2.2", "A card for tests")]
    assert own.related(own.problem("2.1")) == expected


def test_a_list_of_ones_own_goes_by_its_file_until_it_names_itself(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(GOOD_FILE)
    bare = registries.load(tmp_path / "mine.yaml", only=True).collection
    assert (bare.name, bare.version, bare.author, bare.url, bare.dated) == ("mine.yaml", "own", "", "", "")
    fields = {name: name.upper() for name in ("name", "author", "published", "caveat", "version", "as_of")}
    lines = [f"{name}: {value}" for name, value in fields.items()]
    (tmp_path / "collection.yaml").write_text("\n".join([*lines, "url: https://example.org"]))
    named = registries.load(tmp_path, only=True).collection
    assert named == Collection(**fields, url="https://example.org")
    assert named.dated == " as of AS_OF"


def test_a_skill_that_is_described_twice_is_a_fault_at_the_second(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOOD_FILE)
    row = "  - {id: activation-patching, title: T, meaning: M., learn: L, url: 'https://example.org'}\n"
    (tmp_path / "skills.yaml").write_text(f"skills:\n{row}{row}")
    (fault,) = registries.examine(tmp_path, only=True)[1]
    assert (Path(fault.file).name, fault.line) == ("skills.yaml", 3)
    assert fault.message == "skills: 'activation-patching' stands twice"


def test_ones_own_vocabulary_is_added_to_the_bundled_one(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOOD_FILE.replace("activation-patching", "juggling"))
    with pytest.raises(BadRegistry, match="unknown skill"):
        registries.load(tmp_path, only=True)
    (tmp_path / "skills.yaml").write_text(
        "skills:\n  - {id: juggling, title: Juggling, meaning: Balls., learn: Here, url: 'https://example.org'}\n"
    )
    own = registries.load(tmp_path, only=True)
    assert own.problem("2.1").skills == ("juggling",)
    assert {"juggling", "activation-patching"} < {skill.id for skill in own.skills}


def test_a_faulty_registry_is_one_line_that_counts_the_rest(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(GOOD_FILE.replace("difficulty: A", "difficulty: E").replace("compute: laptop", "compute: abacus"))
    with pytest.raises(BadRegistry) as raised:
        registries.load(file, only=True)
    assert f"{file}:" in str(raised.value)
    assert "and 3 more; see them all with `mip check" in str(raised.value)


def test_a_single_fault_is_not_counted_and_the_command_can_be_typed(tmp_path: Path) -> None:
    file = tmp_path / "two words.yaml"
    file.write_text(GOOD_FILE.replace("difficulty: A", "difficulty: E", 1))
    with pytest.raises(BadRegistry) as raised:
        registries.load(file, only=True)
    assert raised.value.hint == f"see them all with `mip check '{file}' --only`"


def test_check_sees_the_same_faults_and_counts_problems(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(GOOD_FILE)
    assert registries.examine(file, only=True) == (2, [], 0)
    assert registries.examine() == (PROBLEMS, [], 0)
    file.write_text("")
    assert len(registries.examine(file)[1]) == 1


def test_places_that_cannot_be_read_are_one_line(tmp_path: Path) -> None:
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "empty").mkdir()
    for path in (fifo, tmp_path / "loop", tmp_path / "empty", tmp_path / "absent", Path("/dev/zero"), Path("a\0b")):
        with pytest.raises(BadRegistry) as raised:
            registries.load(path, only=True)
        assert "\n" not in str(raised.value)


def test_a_file_too_large_is_refused_without_reading(tmp_path: Path) -> None:
    file = tmp_path / "big.yaml"
    with open(file, "wb") as stream:
        stream.truncate(MAX_BYTES + 1)
    with pytest.raises(BadRegistry, match="larger than 64 MB"):
        registries.load(file, only=True)


@given(st.text(max_size=40))
def test_no_text_makes_the_lookup_raise_anything_else(registry: Registry, text: str) -> None:
    for look_up in (registry.problem, registry.category, registry.skill):
        with contextlib.suppress(MipError):
            look_up(text)


@pytest.mark.parametrize(
    ("typed", "identifier"),
    [
        ("mip-2-17-does-the-ioi-circuit", "2.17"), ("mip-2-17", "2.17"), ("MIP-2-17-x/", "2.17"),
        ("mip-2-25b-x", "2.25b"), ("mip-1-10-mip-1-1-x", "1.10"),
    ],
)  # fmt: skip
def test_the_name_of_a_folder_names_its_problem(registry: Registry, typed: str, identifier: str) -> None:
    assert registry.problem(typed).id == identifier


@pytest.mark.parametrize("typed", ["mip-2-17x-words", "2-17-words", "mip-two-17", "my-mip-2-17-x"])
def test_another_folder_names_none(registry: Registry, typed: str) -> None:
    with pytest.raises(UnknownProblem):
        registry.problem(typed)


def test_every_number_that_a_list_prints_names_a_problem_which_it_states(registry: Registry) -> None:
    for source in registry.lists:
        numbers = {stated.number for p in registry.problems for stated in p.sources if stated.list == source.slug}
        if source.numbered:
            for number in numbers - {None}:
                found = registry.problem(f"{source.slug}:{number}")
                assert (source.slug, number) in [(stated.list, stated.number) for stated in found.sources]


def test_zeros_before_the_number_of_a_list_do_not_count(registry: Registry) -> None:
    assert registry.problem("apollo:017") == registry.problem("apollo:17") == registry.problem("Apollo: 17")


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("mats12:3", "no problem 'mats12:3': mats12 prints no numbers; `mip list --source mats12` has its problems"),
        ("apolo:17", "no problem 'apolo:17'; did you mean apollo?"),
        ("apollo:", "no problem 'apollo:'; such as apollo:"),
        ("apollo:0", "no problem 'apollo:0'; nearest: apollo:"),
        ("apollo:177", "no problem 'apollo:177'; nearest: apollo:17"),
        ("lab.1", "no problem 'lab.1'; such an id is of a list of one's own: --data or MIP_DATA"),
    ],
)
def test_an_id_that_leads_nowhere_says_what_would(registry: Registry, typed: str, line: str) -> None:
    with pytest.raises(UnknownProblem) as raised:
        registry.problem(typed)
    assert str(raised.value).startswith(line)


def test_a_skill_has_the_problems_that_name_it(registry: Registry) -> None:
    for skill in registry.skills:
        assert registry.using(skill) == [problem for problem in registry.problems if skill.id in problem.skills]
        assert registry.skill(skill.id.upper()) == skill.id


def test_the_skills_of_a_problem_come_with_their_meaning_in_its_order(registry: Registry) -> None:
    for one in (registry.problem("2.17"), registry.category("saes")):
        assert tuple(skill.id for skill in registry.skills_of(one)) == one.skills


def test_a_level_counts_each_range_that_spans_it(registry: Registry) -> None:
    for category in registry.categories:
        counts = registry.level_counts(category)
        assert list(counts) == ["beginner", "intermediate", "advanced", "expert"]
        assert sum(counts.values()) == sum(len(problem.levels) for problem in registry.in_category(category))


def test_the_lists_of_a_problem_come_with_the_numbers_that_they_print(registry: Registry) -> None:
    assert [(one.slug, number) for one, number in registry.sources_of(registry.problem("2.17"))] == [
        ("nanda-2022", "2.17")
    ]
    for source in registry.lists:
        for problem in registry.stated_by(source):
            assert source in [one for one, _ in registry.sources_of(problem)]


@pytest.mark.parametrize("word", ["apollo", "APOLLO", "apol"])
def test_a_list_goes_by_its_slug_or_a_unique_beginning(registry: Registry, word: str) -> None:
    assert registry.source(word).slug == "apollo"


def test_a_list_goes_by_its_name_too(registry: Registry) -> None:
    for one in registry.lists:
        assert registry.source(one.name) == one
    with pytest.raises(UsageFault, match="unknown list"):
        registry.source("qwertz")


OWN = "problems:\n- title: First of ours\n  summary: What is asked.\n  related: ['2.17', 'lab.2']\n"


def test_a_card_is_related_to_own_ones_that_call_it_so(tmp_path: Path) -> None:
    (tmp_path / "lab.yaml").write_text(OWN + "- title: Second of ours\n  summary: What is asked.\n")
    both = registries.load(tmp_path / "lab.yaml")
    assert both.related(both.problem("2.17"))[-1] == ("lab.1", "First of ours")
    assert both.related(both.problem("lab.2")) == [("lab.1", "First of ours")]
    assert [name for name, _ in both.related(both.problem("lab.1"))] == ["2.17", "lab.2"]


def test_bundled_and_own_problems_stand_in_one_order_and_are_told_apart(tmp_path: Path, registry: Registry) -> None:
    (tmp_path / "lab.yaml").write_text(OWN + "- title: Second of ours\n  summary: What is asked.\n")
    both = registries.load(tmp_path / "lab.yaml")
    assert [p.id for p in both.problems] == [*(p.id for p in registry.problems), "lab.1", "lab.2"]
    assert [p.id for p in both.problems if both.is_own(p)] == ["lab.1", "lab.2"]
    assert both.collection_of(both.problem("lab.1")).name == "lab.yaml"
    assert both.collection_of(both.problem("2.17")) == both.collection == registry.collection
    alone = registries.load(tmp_path / "lab.yaml", only=True)
    assert not any(alone.is_own(problem) for problem in alone.problems)


def test_of_two_own_registries_each_category_says_whose_it_is(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.yaml").write_text("problems:\n- title: A question\n  summary: What is asked.\n")
    both = registries.load(tmp_path / "one.yaml", tmp_path / "two.yaml")
    assert [both.collection_of(both.problem(f"{name}.1")).name for name in ("one", "two")] == ["one.yaml", "two.yaml"]
