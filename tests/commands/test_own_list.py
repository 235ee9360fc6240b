"""Lists of other people, as they would write them at first: in within one round, and of use in every command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mi_problems.registry.load import with_ids
from tests.conftest import PROBLEMS, SEQUENCE, Mip

MATHEMATICS = """\
- title: Distinct subset sums
  statement: If n integers in {1, ..., N} have distinct subset sums, is N at least a constant times 2^n?
  tags: [number theory, additive combinatorics]
  difficulty: very hard
- title: Covering systems
  statement: "Can the smallest modulus of a covering system be arbitrarily large?"
  tags: number theory, covering systems
  difficulty: hard
- title: Arithmetic progressions in large sets
  statement: >
    If the sum of 1/n for n in A diverges, does A contain arbitrarily long arithmetic progressions?
  tags:
    - additive combinatorics
    - 1976
  difficulty: Very Hard
- title: Large gaps between primes
  statement: |
    Are there, for any C > 0, infinitely many n with p_{n+1} - p_n > C log n?
    (For a start, look at small C.)
  tags: [primes]
  difficulty: Medium
- title: The sum-product problem
  statement: Is max(|A+A|, |AA|) at least |A|^{2-o(1)} for every finite set A of integers?
  tags: [additive combinatorics]
  difficulty: hard
- title: "Goldbach: is every even number from 4 on a sum of two primes?"
  statement: The conjecture of 1742.
  tags: primes
  difficulty: research
- title: Unit distances in the plane
  statement: How many pairs of n points in the plane can be at distance one?
  tags: [geometry, distances]
  difficulty: medium to hard
- title: Chromatic number of the plane
  statement: How many colours does the plane need so that points at distance one differ? 5, 6 or 7.
  tags: [geometry, graph theory]
  difficulty: easy
- title: Convex polygons among points in general position
  statement: Do 2^{n-2}+1 points in general position always contain a convex n-gon?
  tags: [geometry]
  difficulty: C
- title: Sunflowers
  statement: Is there, for every k, a constant c so that c^n sets of size n hold a sunflower with k petals?
  tags:
  difficulty: intermediate
"""
LAB = """\
category: Our lab
problems:
  - title: Does the cheese head read positions?
    summary: A head of our mouse model fires on cheese. Does it look at words or at positions?
  - title: Why does the probe drift after fine-tuning?
    summary: A linear probe trained on Monday is worse on Friday.
    difficulty: easy
  - title: Count the cheese latents
    summary: How many latents of our dictionary are about cheese, and do they split with its size?
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mathematics.yaml").write_text(MATHEMATICS, encoding="utf-8")
    (tmp_path / "lab.yaml").write_text(LAB, encoding="utf-8")
    return tmp_path


@pytest.mark.usefixtures("here")
def test_ten_problems_of_another_field_go_in_within_one_round(mip: Mip) -> None:
    done = mip("check", "mathematics.yaml")
    assert (done.code, done.out, done.err.splitlines()[0]) == (0, "", "mip: 10 problems, 0 faults")
    rows = [line.split("\t") for line in mip("--only", "--data", "mathematics.yaml", "list").lines]
    assert [row[0] for row in rows] == [f"mathematics.{number}" for number in range(1, 11)]
    assert [row[1] for row in rows] == ["~D", "~C", "~D", "~B", "~C", "~D", "~B-C", "~A", "~C", "~B"]


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("words", "found"),
    [("covering modulus", "mathematics.2"), ("prime gaps", "mathematics.4"), ("1976", "mathematics.3"),
     ("how many colours does a map of the plane need", "mathematics.8")],
)  # fmt: skip
def test_a_search_alone_or_beside_the_bundled_ones_finds_them(mip: Mip, words: str, found: str) -> None:
    for only in (["--only"], []):
        assert mip(*only, "--data", "mathematics.yaml", "search", words).lines[0].startswith(f"{found}\t")


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("words", ["superposition in language models", "induction heads", "sourdough bread", "zzz"])
def test_a_search_for_what_a_small_list_lacks_finds_nothing(mip: Mip, words: str) -> None:
    assert mip("--only", "--data", "mathematics.yaml", "search", words).out == ""


@pytest.mark.usefixtures("here")
def test_three_problems_in_ten_lines_stand_beside_the_bundled_ones(mip: Mip) -> None:
    assert LAB.count("\n") <= 10
    assert len(mip("--data", "lab.yaml", "list").lines) == PROBLEMS + 3
    assert mip("--data", "lab.yaml", "search", "cheese").lines[0].startswith("our-lab.")
    assert mip("--data", "lab.yaml", "show", "our-lab.2").out.startswith("our-lab.2\t~A\topen\t")
    picks = mip("--data", "lab.yaml", "pick", "-l", "beginner", "-c", "our-lab", "--seed", "1", "--json")
    assert {pick["id"] for pick in json.loads(picks.out)} == {"our-lab.1", "our-lab.2", "our-lab.3"}


@pytest.mark.usefixtures("here")
def test_no_problem_is_called_alike_that_shares_nothing(mip: Mip) -> None:
    others = mip("--data", "lab.yaml", "show", "our-lab.1").out.partition("more like it:\n")[2].split("\n\n")[0]
    assert [line.split()[1] for line in others.splitlines()] == ["our-lab.2", "our-lab.3"]


def test_a_repository_of_one_says_what_it_is(mip: Mip, here: Path) -> None:
    made = Path(mip("--data", "lab.yaml", "init", "our-lab.1", "--vcs", "none").out.strip())
    assert made == here / "mip-our-lab-1-does-the-cheese-head-read-positions"
    assert "Does it look at words or at positions?" in (made / "README.md").read_text(encoding="utf-8")


@pytest.mark.usefixtures("here")
def test_ids_written_in_stay_when_a_problem_is_put_in_between(mip: Mip, here: Path) -> None:
    written = mip("check", "--number", "mathematics.yaml").out
    assert [line for line in written.splitlines() if not line.startswith(("- id: ", "  title: "))] == [
        line for line in MATHEMATICS.splitlines() if not line.startswith("- title: ")
    ]
    (here / "mathematics.yaml").write_text("- {title: New, statement: Between.}\n" + written, encoding="utf-8")
    rows = [line.split("\t") for line in mip("--only", "--data", "mathematics.yaml", "list").lines]
    assert [(row[0], row[4]) for row in rows][::10] == [
        ("mathematics.1", "Distinct subset sums"), ("mathematics.11", "New"),
    ]  # fmt: skip


def test_ids_are_written_in_with_the_line_ends_of_the_file(here: Path) -> None:
    (here / "dos.yaml").write_bytes(b"- title: X\r\n  summary: Y\r\n")
    assert with_ids(Path("dos.yaml")) == ('- id: "dos.1"\r\n  title: X\r\n  summary: Y\r\n', [])


@pytest.mark.usefixtures("here")
def test_two_lists_stand_beside_each_other_typed_or_in_the_variable(mip: Mip, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = mip("--data", "lab.yaml", "--data", "mathematics.yaml", "list").out
    assert len(typed.splitlines()) == PROBLEMS + 13
    monkeypatch.setenv("MIP_DATA", "lab.yaml:mathematics.yaml")
    assert mip("list").out == typed
    assert len(mip("--only", "list").lines) == 13
    assert len(mip("--data", "lab.yaml", "list").lines) == PROBLEMS + 3


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("only", [[], ["--only"]])
def test_of_two_lists_a_card_names_the_one_that_it_is_of(mip: Mip, only: list[str]) -> None:
    both = [*only, "--data", "lab.yaml", "--data", "mathematics.yaml"]
    rows = json.loads(mip(*both, "categories", "--json").out)
    assert [row["slug"] for row in rows][-2:] == ["mathematics", "our-lab"]
    for identifier, whose, other in (("our-lab.1", "lab", "mathematics"), ("mathematics.1", "mathematics", "lab")):
        row = mip(*both, "compare", identifier, "our-lab.2", "--no-pager").out.splitlines()[3]
        assert row.split(" | ")[1] == f"{whose}.yaml"
        assert f"{other}.yaml" not in mip(*both, "show", identifier).out


@pytest.mark.usefixtures("here")
def test_help_names_what_is_in_use(mip: Mip) -> None:
    both = f"Pick, search and start one of {PROBLEMS + 3} problems in mechanistic interpretability and lab.yaml."
    assert both in mip("--data", "lab.yaml").out
    assert (
        "Pick, search and start one of 10 problems in mathematics.yaml."
        in mip("--only", "--data", "mathematics.yaml").out
    )


def test_an_old_registry_works_alone_and_beside_the_bundled_ones_names_the_cure(mip: Mip, here: Path) -> None:
    (here / "old.yaml").write_text(
        "category: {number: 10, slug: clocks, title: Clocks}\n"
        'problems:\n  - {id: "10.1", title: X, summary: Y}\n  - {id: "10.2", title: Z, summary: W}\n',
        encoding="utf-8",
    )
    assert [line[:5] for line in mip("--only", "--data", "old.yaml", "list").lines] == ["10.1\t", "10.2\t"]
    done = mip("--data", "old.yaml", "list")
    assert (done.code, done.out) == (1, "")
    assert done.err == (
        "mip: error: old.yaml:1:20: category 10 is the bundled saes: own numbers begin at 100; write 100, or "
        "leave the bundled problems out with --only; see them all with `mip check old.yaml`\n"
    )


def test_where_a_list_stands_alone_it_is_to_be_checked_alone(mip: Mip, here: Path) -> None:
    (here / "old.yaml").write_text("category: {number: 10}\nproblems: [{title: X}]\n", encoding="utf-8")
    done = mip("--only", "--data", "old.yaml", "list")
    assert done.err.endswith("missing field 'summary'; see them all with `mip check old.yaml --only`\n")
    assert len(mip("check", "old.yaml", "--only").lines) == 1


@pytest.mark.parametrize(
    ("words", "count"), [((), PROBLEMS), (("--since", "2024"), PROBLEMS - SEQUENCE), (("-c", "circuits"), 37)]
)
def test_the_parts_of_the_catalogue_are_counted(mip: Mip, words: tuple[str, ...], count: int) -> None:
    assert len(mip("list", *words).lines) == count
