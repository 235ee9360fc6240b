"""What `mip init` would write, for every problem, without running any of it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from mi_problems import __version__, scaffold, templates
from mi_problems.names import default_name
from mi_problems.registry import Registry
from mi_problems.scaffold import LICENSES, Options
from mi_problems.terms import SCRATCH, STARTERS, Reach
from tests.conftest import PROBLEMS, ROOT

Repository = dict[str, str]
REACH_OPENINGS = {
    Reach.SMALL: "A small version of the problem can be done right here.",
    Reach.PRETRAINED: "The question is about a pretrained model",
    Reach.WARM_UP: "A warm-up only.",
}


def planned(registry: Registry, identifier: str, **options: str) -> Repository:
    problem = registry.problem(identifier)
    files = scaffold.plan(problem, registry, Options(default_name(problem), **options))
    return {file.path: file.content for file in files}


@pytest.fixture(scope="module")
def repositories(registry: Registry) -> dict[str, Repository]:
    return {problem.id: planned(registry, problem.id) for problem in registry.problems}


def test_a_repository_has_eight_to_ten_files_none_empty(repositories: dict[str, Repository]) -> None:
    for identifier, files in repositories.items():
        assert 8 <= len(files) <= 10, identifier
        assert all(content.strip() and content.endswith("\n") for content in files.values()), identifier
        assert all("/" not in path for path in files)


def test_every_file_of_the_contract_is_there(registry: Registry, repositories: dict[str, Repository]) -> None:
    always = {
        "README.md",
        "LOG.md",
        "experiment.py",
        "test_experiment.py",
        "pyproject.toml",
        "references.bib",
        "mip.json",
        ".gitignore",
    }
    for problem in registry.problems:
        lens = {"tinylens.py"} if templates.starter(problem.starter).tinylens else set()
        assert set(repositories[problem.id]) == always | lens


def test_no_placeholder_is_left(repositories: dict[str, Repository]) -> None:
    for identifier, files in repositories.items():
        for path, content in files.items():
            if path == "references.bib":
                continue  # its titles stand in double braces
            assert not re.search(r"\{\{ ?\w+( \w+)? ?\}\}", content), (identifier, path)


def test_all_code_compiles_and_lints(repositories: dict[str, Repository], tmp_path: Path) -> None:
    for identifier, files in repositories.items():
        for path, content in files.items():
            if path.endswith(".py"):
                compile(content, f"{identifier}/{path}", "exec")
                (tmp_path / f"p{identifier.replace('.', '_')}_{path}").write_text(content, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--isolated", "--no-cache", "--select", "F,E9", str(tmp_path)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:]


def test_toml_and_json_parse_and_name_the_project(registry: Registry, repositories: dict[str, Repository]) -> None:
    for problem in registry.problems:
        files = repositories[problem.id]
        project = tomllib.loads(files["pyproject.toml"])["project"]
        assert project["name"] == default_name(problem)
        assert project["description"] == f"{problem.id}: {problem.title}"
        assert project["dependencies"] == ["torch>=2.4", "matplotlib>=3.8"]
        extras = project["optional-dependencies"]
        assert set(extras) == {"lens", "dev"}
        record = json.loads(files["mip.json"])
        assert record["id"] == problem.id
        assert record["tool_version"] == __version__
        assert record["data_version"] == registry.collection.version


def test_bibtex_has_an_entry_for_the_post_and_each_follow_up(
    registry: Registry, repositories: dict[str, Repository]
) -> None:
    for problem in registry.problems:
        text = repositories[problem.id]["references.bib"]
        assert len(re.findall(r"^@misc\{[^,]+,$", text, re.MULTILINE)) == 1 + len(problem.card.follow_ups)
        for work in problem.card.follow_ups:
            assert f"url = {{{work.url}}}" in text
        bare = re.sub(r"\\[{}]", "", text)
        assert bare.count("{") == bare.count("}")
        assert not re.search(r"(?<!\\)[%&#_]", re.sub(r"url = \{.*?\},", "", text)), problem.id


def test_every_readme_differs_from_every_other(repositories: dict[str, Repository]) -> None:
    assert len({files["README.md"] for files in repositories.values()}) == PROBLEMS
    assert len({files["LOG.md"] for files in repositories.values()}) == PROBLEMS


def test_the_readme_carries_the_card(registry: Registry, repositories: dict[str, Repository]) -> None:
    for problem in registry.problems:
        readme = repositories[problem.id]["README.md"]
        card = problem.card
        for part in (
            card.summary,
            card.done_when,
            *card.first_steps,
            *(work.url for work in card.follow_ups),
            card.url,
        ):
            assert part in readme, problem.id
        assert REACH_OPENINGS[problem.reach] in readme, problem.id


def test_the_readme_names_the_related_problems(registry: Registry, repositories: dict[str, Repository]) -> None:
    for problem in registry.problems:
        named = "".join(f"- {name} {registry.problem(name).title}\n" for name in problem.card.related)
        expected = f"\nRelated problems (`mip show ID` has the cards):\n\n{named}"
        assert expected in repositories[problem.id]["README.md"], problem.id


def test_the_readme_says_what_each_skill_means_and_where_to_learn_it(
    registry: Registry, repositories: dict[str, Repository]
) -> None:
    for problem in registry.problems:
        lines = repositories[problem.id]["README.md"].split("\n## Skills\n\n")[1].split("\n\n")[0].splitlines()
        assert [line.split("**")[1] for line in lines] == list(problem.skills)
        for line, skill in zip(lines, registry.skills_of(problem), strict=True):
            assert skill.meaning in line
            assert line.endswith(f"]({skill.url})")


def test_no_readme_or_log_has_two_blank_lines_in_a_row(repositories: dict[str, Repository]) -> None:
    for identifier, files in repositories.items():
        assert all("\n\n\n" not in files[path] for path in ("README.md", "LOG.md")), identifier


def test_only_the_experiment_is_said_to_need_no_gpu(repositories: dict[str, Repository]) -> None:
    for identifier, files in repositories.items():
        assert "The experiment itself needs no GPU, but " in files["README.md"], identifier
        assert "No GPU is needed" not in files["README.md"], identifier


def test_a_model_to_load_is_one_of_the_card_with_its_size(
    registry: Registry, repositories: dict[str, Repository]
) -> None:
    for problem in registry.problems:
        files = repositories[problem.id]
        starter = templates.starter(problem.starter)
        assert ("--model" in files["README.md"]) == starter.lens
        opening = files["README.md"].split("**How far this repository carries.**")[1].split("\n\n")[0]
        if problem.reach is Reach.PRETRAINED and "does not load" not in opening:
            named = re.search(r"--model (\S+)`( \([\d.]+[MB] parameters, about)?", opening)
            assert named, problem.id
            names = {name for name in problem.card.models if name != SCRATCH}
            names |= {model.name for model in map(registry.model, names) if model}
            assert named[1] in names, problem.id


def test_the_log_starts_with_a_prediction_that_has_a_number(repositories: dict[str, Repository]) -> None:
    for files in repositories.values():
        assert re.search(r"\*\*Prediction\*\*:.*\d", files["LOG.md"])
        for part in ("**Question**", "**Baseline**", "**What would change my mind**", "**Time box**"):
            assert part in files["LOG.md"]


def test_the_log_asks_a_question_and_leaves_room_for_a_prediction_of_ones_own(
    registry: Registry, repositories: dict[str, Repository]
) -> None:
    for problem in registry.problems:
        log = repositories[problem.id]["LOG.md"]
        assert re.search(r"^- \*\*Question\*\*: .*[^.?]\?$|^- \*\*Question\*\*: .*\. Which .*\?$", log, re.MULTILINE)
        assert "\n- **My own prediction for the first step**: ___ (chance: ___)\n" in log, problem.id
        assert problem.card.done_when in log, problem.id


def test_the_same_input_gives_the_same_bytes(registry: Registry, repositories: dict[str, Repository]) -> None:
    assert planned(registry, "2.17") == repositories["2.17"]


def test_nothing_of_the_machine_or_the_clock_gets_in(repositories: dict[str, Repository]) -> None:
    for identifier, files in repositories.items():
        for path, content in files.items():
            assert str(ROOT) not in content, (identifier, path)


@pytest.mark.parametrize("license_name", LICENSES)
def test_a_license_is_written_only_when_asked_for(registry: Registry, license_name: str) -> None:
    files = planned(registry, "4.4", license=license_name, author="Ada Lovelace")
    project = tomllib.loads(files["pyproject.toml"])["project"]
    assert ("LICENSE" in files) == (license_name != "none") == ("license" in project)
    assert project["authors"] == [{"name": "Ada Lovelace"}]
    if license_name == "mit":
        assert "Copyright (c) Ada Lovelace" in files["LICENSE"]


@pytest.mark.parametrize("author", ['A "quoted" name', "back\\slash", "Zo\u00eb", "{{ id }}", "a]b[c"])
def test_an_author_cannot_break_the_toml(registry: Registry, author: str) -> None:
    files = planned(registry, "4.4", author=author, license="mit")
    assert tomllib.loads(files["pyproject.toml"])["project"]["authors"] == [{"name": author}]


@pytest.mark.parametrize("name", STARTERS)
def test_every_starter_describes_itself(name: str) -> None:
    starter = templates.starter(name)
    assert 3 <= len(starter.change) <= 5
    assert 0 < starter.seconds < 60
    assert re.search(r"\d", starter.expect)
    assert all(
        len(text.split()) > 3 for text in (starter.title, starter.teaches, starter.headline, starter.not_covered)
    )


def test_no_template_is_left_unused() -> None:
    names = {path.name for path in (ROOT / "data" / "templates" / "starters").iterdir()}
    assert names == set(STARTERS), "data/templates/starters and STARTERS in terms.py differ"
