"""Plans the repository of a problem: names and contents of all files, without touching the disk."""

import json
from collections.abc import Mapping
from typing import NamedTuple

from mi_problems.escapes import markdown, toml_string
from mi_problems.records.problem import Problem
from mi_problems.records.terms import SCRATCH, Reach
from mi_problems.registry.registry import Registry
from mi_problems.scaffold import provenance, templates
from mi_problems.scaffold.parts import how_to_read, parts
from mi_problems.scaffold.provenance import LICENSES, Options
from mi_problems.scaffold.readme import (
    facts_in_words,
    models_list,
    no_experiment,
    numbered,
    place_in_words,
    reach_in_words,
    skills_list,
    sources_list,
    time_in_words,
    works_list,
)
from mi_problems.scaffold.text.bibtex import bibliography
from mi_problems.scaffold.text.install import CPU_INDEX, CPU_SIZE, GPU_SIZE
from mi_problems.scaffold.text.setting import in_docstring, setting_values

LENS = "transformer-lens>=4.3,<5"
EXPERIMENT = "experiment.py"


class PlannedFile(NamedTuple):
    path: str
    content: str


def plan(problem: Problem, registry: Registry, options: Options) -> list[PlannedFile]:
    """Every file of the repository, in the order in which they are listed. The same input gives the same bytes."""
    starter = templates.starter(problem.starter) if problem.starter else None
    values = _values(problem, registry, options)
    values |= _experiment_values(problem, registry, starter) if starter else {"reach": no_experiment(problem)}
    python = {**values, "title": in_docstring(problem, starter)} if starter else values
    sources = _sources(problem, starter)
    experiment = _experiment(problem, templates.read(sources[EXPERIMENT]), python) if starter else ""
    generated = parts(experiment)
    values["panels"] = "\n".join(f"- **{panel}**: {said}" for panel, said in how_to_read(generated).items())
    files = []
    for path, name in sources.items():
        filled = python if path.endswith(".py") else values
        text = experiment if path == EXPERIMENT else templates.fill(templates.read(name), filled)
        files.append(PlannedFile(path, text))
    if options.notebook and starter:
        from mi_problems.scaffold.text import notebook  # few ask for it

        text = notebook.notebook(dict(files), values["title"], LENS if starter.lens else "")
        files.append(PlannedFile(notebook.NAME, text))
    files.append(PlannedFile("references.bib", bibliography(problem, registry)))
    others = [PlannedFile(".gitignore", templates.read("base/gitignore"))]
    if options.license != "none":
        text = templates.read(f"base/license-{options.license}")
        others.append(PlannedFile("LICENSE", templates.fill(text, {"holder": options.author or "the authors"})))
    record = provenance.document(problem, registry, options, generated, dict(files + others))
    return [*files, PlannedFile(provenance.NAME, record), *others]


def _experiment(problem: Problem, template: str, values: Mapping[str, str]) -> str:
    """The starter's experiment with the card's task and constants in it."""
    settings = problem.card.settings or {}
    text = templates.fill(templates.with_task(template, settings.get("task")), values)
    return templates.settled(text, settings.get("set", {}))


def _sources(problem: Problem, starter: templates.Starter | None) -> dict[str, str]:
    """The template of each file that is filled; without a starter there is no experiment."""
    if starter is None:
        return {path: f"bare/{path}" for path in ("README.md", "LOG.md", "pyproject.toml")}
    folder = f"starters/{problem.starter}"
    sources = {"README.md": "base/README.md", "LOG.md": "base/LOG.md", EXPERIMENT: f"{folder}/{EXPERIMENT}"}
    modules = {f"{module}.py": f"base/{module}.py" for module in _modules(starter)}
    return (
        sources
        | modules
        | {
            "test_experiment.py": f"{folder}/test_experiment.py",
            "pyproject.toml": "base/pyproject.toml",
        }
    )


def _modules(starter: templates.Starter) -> list[str]:
    """The modules that the experiment imports, the same in every repository."""
    return ["lab", "figures", "tinylens"] if starter.tinylens else ["lab", "figures"]


def _loadable(problem: Problem, registry: Registry, starter: templates.Starter) -> list[str]:
    """The card's models that the starter's `--model` loads, by the names it takes."""
    if starter.loads:
        return [name for name in problem.card.models if name in starter.loads]
    found = [(name, registry.model(name)) for name in problem.card.models]
    return [model.name if model.legacy else name for name, model in found if model is not None and model.url is None]


def _values(problem: Problem, registry: Registry, options: Options) -> dict[str, str]:
    """What the card says, in the words of the files."""
    models = [(name, registry.model(name)) for name in problem.card.models if name != SCRATCH]
    return {
        "id": problem.id,
        "title": markdown(problem.title),
        "place": place_in_words(problem, registry),
        "facts": facts_in_words(problem),
        "summary": markdown(problem.card.summary),
        "related": "\n".join(f"- {name} {markdown(title)}" for name, title in registry.related(problem)),
        "follow_ups": works_list(problem, registry),
        "first_steps": numbered([markdown(step) for step in problem.card.first_steps]),
        "done_when": markdown(problem.card.done_when),
        "skills_list": skills_list(registry.skills_of(problem)),
        "models_list": models_list(models) if problem.card.models else "",
        "source": sources_list(problem, registry),
        **_log_values(problem),
        **_toml_values(problem, options),
    }


def _experiment_values(problem: Problem, registry: Registry, starter: templates.Starter) -> dict[str, str]:
    """What the starter says, and how far it carries."""
    loadable = _loadable(problem, registry, starter)
    default = [*loadable, *starter.loads, "gpt2"][0]
    return {
        "heading": f"{'Warm-up for problem' if problem.reach is Reach.WARM_UP else 'Problem'} {problem.id}",
        "reach": reach_in_words(problem, starter, loadable[0] if loadable else None, registry),
        **setting_values(problem, starter),
        "model": default,
        "cpu_index": CPU_INDEX,
        "cpu_size": CPU_SIZE,
        "gpu_size": GPU_SIZE,
        "modules_toml": json.dumps(["experiment", *_modules(starter)]),
        **_install_values(problem, starter, default),
    }


def _log_values(problem: Problem) -> dict[str, str]:
    time = time_in_words(problem)
    asks = problem.title.endswith("?")
    question = problem.title if asks else f"{problem.title.rstrip('.')}. Which number would settle it?"
    return {
        "question": markdown(question),
        "change_mind": markdown(problem.card.done_when) or "___.",
        "first_step": markdown(problem.card.first_steps[0]) if problem.written else "___",
        "time_box": f"one day for the first step; the whole is {f'estimated at {time}' if time else 'not estimated'}",
    }


def _install_values(problem: Problem, starter: templates.Starter, default: str) -> dict[str, str]:
    if not starter.lens:
        return {"lens_install": "", "lens_run": ""}
    same = problem.reach is Reach.PRETRAINED
    model = "the real model" if same else "a pretrained model"
    install = f"\n\nFor {model} as well: `pip install -e '.[dev,lens]'` (TransformerLens, about 0.6 GB more)."
    command = f"python experiment.py --model {default}"
    weights = "its weights" if starter.checkpoints == 1 else f"up to {starter.checkpoints} checkpoints, each"
    note = f"{'the same analysis' if same else 'what carries over'}, on {model}; downloads {weights} once"
    return {"lens_install": install, "lens_run": f"\n```sh\n{command}     # {note}\n```\n"}


def _toml_values(problem: Problem, options: Options) -> dict[str, str]:
    spdx = LICENSES[options.license]
    return {
        "name_toml": toml_string(options.name),
        "description_toml": toml_string(f"{problem.id}: {problem.title}"),
        "author_toml": f"authors = [{{ name = {toml_string(options.author)} }}]\n" if options.author else "",
        "license_toml": f'license = "{spdx}"\nlicense-files = ["LICENSE"]\n' if spdx else "",
        "lens": LENS,
    }
