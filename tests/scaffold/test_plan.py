"""What `mip init` would write, for every problem, without running any of it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from pybtex.database import parse_string

from mi_problems import __version__
from mi_problems.records.terms import SCRATCH, STARTERS, Reach
from mi_problems.registry import load as registries
from mi_problems.registry.registry import Registry
from mi_problems.scaffold import plan as scaffold
from mi_problems.scaffold import templates
from mi_problems.scaffold.names import default_name
from mi_problems.scaffold.parts import parts
from mi_problems.scaffold.provenance import LICENSES, Options
from mi_problems.scaffold.text.install import Machine, install_lines
from tests.conftest import GOOD_FILE, PROBLEMS, ROOT, SEQUENCE
from tests.markdown import read_alike, seen

Repository = dict[str, str]
REACH_OPENINGS = {
    Reach.SMALL: "A small version of the problem can be done right here.",
    Reach.PRETRAINED: "The question is about a pretrained model",
    Reach.WARM_UP: "A warm-up only.",
}
AUTHORS = {
    "nanda-2022": ["Nanda, Neel"],
    "mats12": ["Nanda, Neel"],
    "gemma-scope-2": ["{Google DeepMind interpretability team}"],
    "gemma-scope": ["Lieberum, Tom", "others"],
    "apollo": ["{Apollo Research (Sharkey, Bushnaq, Braun, Heimersheim, Goldowsky-Dill)}"],
    "circuits-landscape": [
        "{Neel Nanda and Jack Lindsey, with Anthropic, EleutherAI, Goodfire, Google DeepMind, Decode}"
    ],
    "neuronpedia": ["{Johnny Lin, David Chanin and others (Decode Research)}"],
    "heimersheim": ["Heimersheim, Stefan"],
    "toy-languages": ["Smith, Logan Riggs", "Dooms, Thomas"],
    "alignment-project": ["{UK AI Security Institute}"],
    "timaeus": ["Timaeus"],
    "learning-mechanics": ["{Jamie Simon, Daniel Kunin and others}"],
    "weird-results": ["Engels, Josh"],
    "martian": ["Martian"],
}


def planned(registry: Registry, identifier: str, **options: Any) -> Repository:
    problem = registry.problem(identifier)
    files = scaffold.plan(problem, registry, Options(default_name(problem), **options))
    return {file.path: file.content for file in files}


@pytest.fixture(scope="module")
def repositories(registry: Registry) -> dict[str, Repository]:
    return {problem.id: planned(registry, problem.id) for problem in registry.problems}


@pytest.fixture(scope="module")
def running(registry: Registry, repositories: dict[str, Repository]) -> dict[str, Repository]:
    """Those of problems that a starter fits: all of the sequence, and some since."""
    return {problem.id: repositories[problem.id] for problem in registry.problems if problem.starter}


@pytest.fixture(scope="module")
def bare(repositories: dict[str, Repository], running: dict[str, Repository]) -> dict[str, Repository]:
    """Those without an experiment."""
    return {identifier: files for identifier, files in repositories.items() if identifier not in running}


def test_a_repository_has_ten_or_eleven_files_or_six_none_empty(
    repositories: dict[str, Repository], running: dict[str, Repository], bare: dict[str, Repository]
) -> None:
    assert all(10 <= len(files) <= 11 for files in running.values())
    assert all(len(files) == 6 for files in bare.values())
    assert len(running) >= SEQUENCE
    assert bare
    for identifier, files in repositories.items():
        assert all(content.strip() and content.endswith("\n") for content in files.values()), identifier
        assert all("/" not in path for path in files)


def test_every_file_of_the_contract_is_there(registry: Registry, repositories: dict[str, Repository]) -> None:
    always = {
        "README.md",
        "LOG.md",
        "experiment.py",
        "lab.py",
        "figures.py",
        "test_experiment.py",
        "pyproject.toml",
        "references.bib",
        "mip.json",
        ".gitignore",
    }
    for problem in registry.problems:
        if problem.starter:
            lens = {"tinylens.py"} if templates.starter(problem.starter).tinylens else set()
            assert set(repositories[problem.id]) == always | lens
        else:
            running = {"experiment.py", "lab.py", "figures.py", "test_experiment.py"}
            assert set(repositories[problem.id]) == always - running


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
        assert project["dependencies"] == (["torch>=2.4", "matplotlib>=3.8"] if problem.starter else [])
        assert set(project["optional-dependencies"]) == ({"lens", "cluster", "dev"} if problem.starter else {"lens"})
        record = json.loads(files["mip.json"])
        assert record["id"] == problem.id
        assert record["tool_version"] == __version__
        assert record["data_version"] == registry.collection.version


def test_bibtex_has_an_entry_for_each_list_and_each_follow_up(
    registry: Registry, repositories: dict[str, Repository]
) -> None:
    for problem in registry.problems:
        text = repositories[problem.id]["references.bib"]
        assert len(re.findall(r"^@misc\{[^,]+,$", text, re.MULTILINE)) == (
            len(problem.sources) + len(problem.card.follow_ups)
        )
        for work in problem.card.follow_ups:
            assert f"url = {{{work.url}}}" in text
        bare = re.sub(r"\\[{}]", "", text)
        assert bare.count("{") == bare.count("}")
        assert not re.search(r"(?<!\\)[%&#_]", re.sub(r"url = \{.*?\},", "", text)), problem.id


def test_every_bibliography_is_read_by_a_reader_of_bibtex(
    registry: Registry, repositories: dict[str, Repository]
) -> None:
    for problem in registry.problems:
        entries = parse_string(repositories[problem.id]["references.bib"], "bibtex").entries
        assert len(entries) == len(problem.sources) + len(problem.card.follow_ups)
        persons = [str(person) for person in entries[f"problem-{problem.id}"].persons["author"]]
        assert persons == AUTHORS[problem.sources[0].list], problem.id


def test_every_readme_differs_from_every_other(repositories: dict[str, Repository]) -> None:
    assert len({files["README.md"] for files in repositories.values()}) == PROBLEMS
    assert len({files["LOG.md"] for files in repositories.values()}) == PROBLEMS


def test_the_readme_carries_the_card(registry: Registry, repositories: dict[str, Repository]) -> None:
    for problem in registry.problems:
        readme, card = repositories[problem.id]["README.md"], problem.card
        said = read_alike("\n".join(seen(readme).texts))
        for part in (card.summary, card.done_when, *card.first_steps, *(work.note for work in card.follow_ups)):
            assert read_alike(part) in said, problem.id
        lists = [source for source, _ in registry.sources_of(problem)]
        for part in (*(source.caveat for source in lists), *(source.dated for source in lists)):
            assert read_alike(part) in said, problem.id
        for address in (*(work.url for work in card.follow_ups), card.url):
            assert address.replace("(", "%28").replace(")", "%29") in readme, problem.id
        opening = (
            REACH_OPENINGS[problem.reach] if problem.reach else "There is no experiment here: none of the starters"
        )
        assert f"**How far this repository carries.** {opening}" in readme, problem.id


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


def test_only_the_experiment_is_said_to_need_no_gpu(running: dict[str, Repository]) -> None:
    for identifier, files in running.items():
        assert "The experiment needs no GPU; " in files["README.md"], identifier
        assert "No GPU is needed" not in files["README.md"], identifier


def test_the_readme_installs_by_the_lines_that_init_prints(running: dict[str, Repository]) -> None:
    lines = "\n".join(install_lines(Machine(), runs=True)[:-1])
    for identifier, files in running.items():
        assert f"\n```sh\n{lines}\n" in files["README.md"], identifier


def test_without_an_experiment_nothing_speaks_of_one_to_run(bare: dict[str, Repository]) -> None:
    for identifier, files in bare.items():
        text = "".join(files[path] for path in ("README.md", "LOG.md", "pyproject.toml"))
        assert not re.search(r"experiment\.py|test_experiment|^pytest|results/figure", text), identifier
        assert "\n.venv/bin/pip install -e . " in files["README.md"]


def test_a_model_to_load_is_one_of_the_card_with_its_size(registry: Registry, running: dict[str, Repository]) -> None:
    for problem in map(registry.problem, running):
        files = running[problem.id]
        starter = templates.starter(str(problem.starter))
        assert ("--model" in files["README.md"]) == starter.lens
        opening = files["README.md"].split("**How far this repository carries.**")[1].split("\n\n")[0]
        if problem.reach is Reach.PRETRAINED and not re.search("does not load|on others", opening):
            named = re.search(r"--model (\S+)`( \([\d.]+[MB] parameters, about)?", opening)
            assert named, problem.id
            names = {name for name in problem.card.models if name != SCRATCH}
            names |= {model.name for model in map(registry.model, names) if model}
            assert named[1] in names, problem.id


def test_the_log_starts_with_a_prediction_that_has_a_number_or_room_for_ones_own(
    repositories: dict[str, Repository], running: dict[str, Repository]
) -> None:
    for identifier, files in repositories.items():
        wanted = r"\*\*Prediction\*\*:.*\d" if identifier in running else r"\*\*Prediction\*\*: ___ \(chance: ___\)\n"
        assert re.search(wanted, files["LOG.md"])
        for part in ("**Question**", "**Baseline**", "**What would change my mind**", "**Time box**"):
            assert part in files["LOG.md"]


def test_the_log_asks_a_question_and_leaves_room_for_a_prediction_of_ones_own(
    registry: Registry, repositories: dict[str, Repository]
) -> None:
    for problem in registry.problems:
        log = repositories[problem.id]["LOG.md"]
        assert re.search(r"^- \*\*Question\*\*: .*[^.?]\?$|^- \*\*Question\*\*: .*\. Which .*\?$", log, re.MULTILINE)
        own = "\n- **My own prediction for the first step**: ___ (chance: ___)\n"
        assert (own in log) == bool(problem.starter), problem.id
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


OWN = "{name: far, url: 'https://example.org'}, {name: NeelNanda/Old, aliases: [old]}, {name: near}, {name: resnet50}"


def small(folder: Path, *exchanges: tuple[str, str], **options: str) -> Repository:
    """The repository of the card for tests after these exchanges in its file, with models of its own."""
    text = GOOD_FILE.replace("[gpt2]", "[near]")
    for old, new in exchanges:
        assert old in text
        text = text.replace(old, new, 1)
    (folder / "a.yaml").write_text(text)
    (folder / "models.yaml").write_text(f"models: [{OWN}]")
    return planned(registries.load(folder, only=True), "2.1", **options)


@pytest.mark.parametrize(
    ("exchanges", "line"),
    [
        ([], "Difficulty A, starred by the author, open, 1 to 2 weeks on a laptop."),
        ([("starred: true", "starred: null"), ("[1, 2]", "[1, 1]")], "Difficulty A, open, 1 week on a laptop."),
        (
            [("starred: true", "starred: false"), ("basis: published", "basis: estimated"), ("ty: A", "ty: A-B")],
            "Difficulty ~A-B (estimated), open, 1 to 2 weeks on a laptop.",
        ),
    ],
)
def test_the_readme_begins_with_what_is_asked_of_whoever_starts(
    tmp_path: Path, exchanges: list[tuple[str, str]], line: str
) -> None:
    readme = small(tmp_path, *exchanges)["README.md"].splitlines()
    head = f"Problem 2.1 of *{tmp_path.name}*: Circuits, tests."
    assert readme[:4] == ["# A card for tests", "", head, line]
    assert readme[-3:] == ["## Source", "", "- [A post](https://example.org/post)."]


@pytest.mark.parametrize(("reach", "heading"), [("small", "Problem 2.1"), ("warm-up", "Warm-up for problem 2.1")])
def test_the_experiment_says_whether_it_is_the_problem_or_a_warm_up(tmp_path: Path, reach: str, heading: str) -> None:
    first = small(tmp_path, ("reach: small", f"reach: {reach}"))["experiment.py"].splitlines()[0]
    assert first.startswith(f'"""{heading}: A card for tests')


@pytest.mark.parametrize(
    ("starter", "reach", "models", "loaded", "note"),
    [
        ("ioi", "small", "near", "near", "what carries over, on a pretrained model; "),
        ("ioi", "pretrained", "far, old, near", "NeelNanda/Old", "the same analysis, on the real model; "),
        ("ioi", "small", "far", "gpt2", "what carries over, on a pretrained model; "),
        (
            "ioi",
            "warm-up",
            "trained from scratch",
            "gpt2",
            "what carries over, on a pretrained model; ",
        ),
        ("vision", "pretrained", "near, resnet50", "resnet50", "the same analysis, on the real model; "),
        ("vision", "small", "near", "resnet18", "what carries over, on a pretrained model; "),
    ],
)
def test_the_command_for_a_real_model_names_one_that_the_starter_loads(
    tmp_path: Path, starter: str, reach: str, models: str, loaded: str, note: str
) -> None:
    card = [("[near]", f"[{models}]"), ("starter: ioi", f"starter: {starter}"), ("reach: small", f"reach: {reach}")]
    readme = small(tmp_path, *card)["README.md"]
    (command,) = re.findall(r"^python experiment\.py --model (.*)$", readme, re.MULTILINE)
    assert command.startswith(f"{loaded}     # {note}")
    assert ("None to download" in readme) == (models == SCRATCH)


def test_a_record_of_its_making_lies_in_the_repository(tmp_path: Path) -> None:
    files = small(tmp_path, author="Zo\u00eb", license="mit")
    text = files["mip.json"]
    record = json.loads(text)
    assert {name: record[name] for name in record if name not in {"card", "files"}} == {
        "id": "2.1",
        "title": "A card for tests",
        "collection": tmp_path.name,
        "starter": "ioi",
        "reach": "small",
        "data_version": "own",
        "tool_version": __version__,
        "options": {"name": "mip-2-1-a-card-for-tests", "author": "Zo\u00eb", "license": "mit", "notebook": False},
        "generated": parts(files["experiment.py"]),
    }
    assert text.splitlines()[1] == '  "id": "2.1",'


@pytest.mark.parametrize(("name", "spdx"), [("mit", "MIT"), ("apache-2.0", "Apache-2.0")])
def test_a_license_goes_by_its_spdx_name_and_needs_no_author(tmp_path: Path, name: str, spdx: str) -> None:
    files = small(tmp_path, license=name)
    project = tomllib.loads(files["pyproject.toml"])["project"]
    assert (project["license"], project["license-files"]) == (spdx, ["LICENSE"])
    assert "authors" not in project
    assert ("(c) the authors" in files["LICENSE"]) == (name == "mit")


def test_no_file_meets_matplotlib_before_its_backend_is_set(registry: Registry) -> None:
    """A notebook sets MPLBACKEND for what it starts, to a backend that is missing there: the import would fail."""
    for starter in STARTERS:
        problem = next(problem for problem in registry.problems if problem.starter == starter)
        files = planned(registry, problem.id)
        drawing = [path for path, text in files.items() if path.endswith(".py") and "import matplotlib" in text]
        assert drawing == ["figures.py"], starter
        text = files["figures.py"]
        assert text.index('os.environ["MPLBACKEND"] = "Agg"') < text.index("import matplotlib")
