"""What people write in a list of their own is read as they mean it; what cannot be is one fault that leads on."""

from __future__ import annotations

from typing import Any

import pytest

from mi_problems.reading.parse import Found, read_problems
from mi_problems.reading.vocabulary import Listed, Vocabulary

SKILLS = {"linear-probes": "Linear probes (probing)", "steering": "Steering", "ablation": "Ablation"}
VOCABULARY = Vocabulary(
    SKILLS, frozenset({"gpt2"}), {"apollo": Listed(True, 2024, "https://example.org/a")}, frozenset({"2.17"}), {2: "c"},
    frozenset({"c"}),
)  # fmt: skip


def read(*lines: str) -> Found:
    """A file with one problem that has these lines beside its title and summary."""
    text = "".join(f"  {line}\n" for line in lines)
    return read_problems([("own.yaml", f"- title: X\n  summary: Y\n{text}".encode())], VOCABULARY)


def faults(*lines: str) -> list[str]:
    return [fault.message.removeprefix("problem 'X': ") for fault in read(*lines).faults]


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("difficulty: Easy", "difficulty", (0, 0)),
        ("level: beginner", "difficulty", (0, 0)),
        ("difficulty: very hard", "difficulty", (3, 3)),
        ("difficulty: open-ended", "difficulty", (3, 3)),
        ("difficulty: easy to medium", "difficulty", (0, 1)),
        ("difficulty: medium-hard", "difficulty", (1, 2)),
        ("difficulty: B/C", "difficulty", (1, 2)),
        ("rating: [beginner, intermediate]", "difficulty", (0, 1)),
        ("status: Open", "status", "open"),
        ("status: done", "status", "addressed"),
        ("state: Disproved", "status", "addressed"),
        ("status: in progress", "status", "active"),
        ("status:", "status", "open"),
        ("compute: CPU", "compute", "laptop"),
        ("machine: GPU", "compute", "gpu"),
        ("weeks: 2", "weeks", [2, 2]),
        ("weeks: 1-2", "weeks", [1, 2]),
        ("time: 2 to 4 weeks", "weeks", [2, 4]),
        ("tags: [2024, true, a b]", "keywords", ["2024", "true", "a b"]),
        ("tags: number theory, primes", "keywords", ["number theory", "primes"]),
        ("tags: [X, x]", "keywords", ["X", "x"]),
        ("keywords:", "keywords", []),
        ("section: ", "section", ""),
        ("steps: Look.", "first_steps", ["Look."]),
        ("done: 2024-01-01", "done_when", "2024-01-01"),
        ("skills: Linear probes, ablation", "skills", ["linear-probes", "ablation"]),
        ("related: [2.10, lab.1]", "related", ["2.10", "lab.1"]),
        ("see_also: 4.10", "related", ["4.10"]),
        ("source: apollo:17", "sources", [("apollo", "17")]),
        ("link: https://example.org/x", "url", "https://example.org/x"),
        ("number: 7", "id", "own.7"),
        ("starter: ioi", "reach", "warm-up"),
    ],
)
def test_what_is_meant_is_read(line: str, field: str, value: Any) -> None:
    found = read(line)
    assert found.faults == []
    assert found.problems[0][field] == value


@pytest.mark.parametrize(
    ("work", "url"),
    [
        ("https://example.org/x", "https://example.org/x"),
        ("2301.05217", "https://arxiv.org/abs/2301.05217"),
        ("arXiv:2301.05210v2", "https://arxiv.org/abs/2301.05210"),
        ("{name: A work, link: https://example.org/x}", "https://example.org/x"),
    ],
)
def test_a_work_is_an_address_a_number_of_arxiv_or_a_record(work: str, url: str) -> None:
    found = read(f"papers: [{work}]")
    assert found.faults == []
    assert [one["url"] for one in found.problems[0]["follow_ups"]] == [url]


CHOICES = "choose from open (no follow-up known), active (partly addressed), addressed (a later work "
OWN = "beside the problems may list your own"
NO_PLACE = "put what it says into `summary` or `keywords`, or leave it out"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("status: perhaps", f"status: unknown value 'perhaps'; {CHOICES}"),
        ("compute: abacus", "compute: unknown value 'abacus'; choose from laptop (no GPU), gpu (one GPU, for "),
        ("difficulty: 3", "difficulty: '3' is not a letter A to D, a range such as B-C, or easy, medium, hard, "),
        ("difficulty: A+", "difficulty: 'A+' is not a letter A to D, a range "),
        ("skills: [probing]", f"skills: unknown skill 'probing', a skills.yaml {OWN}; did you mean linear-probes?"),
        ("skills: topology", f"skills: unknown skill 'topology', a skills.yaml {OWN}; `mip skills` shows those known"),
        ("models: [none]", "models: write 'trained from scratch', or leave `models` out"),
        ("weeks: 3 months", "weeks: '3 months' is not a number of weeks; write 2, 1-2 or [1, 2]"),
        ("oeis: A000045", f"unknown field 'oeis'; {NO_PLACE}"),
        ("prize: $500", f"unknown field 'prize'; {NO_PLACE}"),
        ("assigned: Anna", f"unknown field 'assigned'; {NO_PLACE}"),
        ("sumary: Z", "unknown field 'sumary'; did you mean summary?"),
        ("description: Z", "'description' means 'summary', which stands there, too; keep one"),
        ("sources: [arxiv]", f"sources: unknown list 'arxiv', a lists.yaml {OWN}; choose from apollo"),
        ("source: https://a.org", "sources: 'https://a.org' is not a list's slug, with a colon and its number where "),
        ("papers: Euler 1736", "follow_ups: a work is an address, a number of arXiv, or a mapping with `title` and "),
        ("id: P1", "id: 'P1' is not an id such as 2.17 or lab.1; leave it out, or write a number such as 1"),
    ],
)  # fmt: skip
def test_what_is_not_known_is_one_fault_that_leads_on(line: str, told: str) -> None:
    (found,) = faults(line)
    assert found.startswith(told)


@pytest.mark.parametrize("taken", ["2.17", "lab.17"])
def test_an_id_that_is_taken_or_of_another_category_names_free_ones(taken: str) -> None:
    text = f"- {{title: X, summary: Y, id: {taken}}}\n- {{title: Z, summary: W, id: own.17}}\n"
    found = read_problems([("own.yaml", text.encode())], VOCABULARY)
    (message,) = [fault.message for fault in found.faults]
    assert "write own.18, or leave the " in message


def test_an_alias_of_a_script_is_one_fault_that_says_how_to_write_without_them() -> None:
    text = "- {title: X, summary: Y, tags: &id001 [a, b]}\n- {title: Z, summary: W, tags: *id001, related: [*id001]}\n"
    found = read_problems([("own.yaml", text.encode())], VOCABULARY)
    assert len(found.faults) == 2
    assert all("the alias *id001 is not allowed" in fault.message for fault in found.faults)
    assert all("yaml.SafeDumper.ignore_aliases" in fault.message for fault in found.faults)


def test_missing_fields_are_one_line() -> None:
    found = read_problems([("own.yaml", b"- {tags: [a]}\n")], VOCABULARY)
    assert [fault.message for fault in found.faults] == ["problem without title: missing fields 'title', 'summary'"]


@pytest.mark.parametrize(
    ("category", "slug", "title"),
    [
        ("Graph theory", "graph-theory", "Graph theory"),
        ("{name: Graph theory}", "graph-theory", "Graph theory"),
        ("{title: Graphs, slug: g}", "g", "Graphs"),
        ("{number: 100}", "own", "Own"),
    ],
)
def test_a_category_may_be_its_title(category: str, slug: str, title: str) -> None:
    found = read_problems(
        [("own.yaml", f"category: {category}\nitems: [{{title: X, summary: Y}}]\n".encode())], VOCABULARY
    )
    assert found.faults == []
    assert [(row["slug"], row["title"]) for row in found.categories] == [(slug, title)]
