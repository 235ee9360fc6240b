"""The sentences of a generated README that depend on the card: reach, time, models, what is known."""

from __future__ import annotations

from collections.abc import Sequence

from mi_problems.escapes import markdown, markdown_link
from mi_problems.records.beside import Model, Skill
from mi_problems.records.problem import Problem
from mi_problems.records.terms import Reach, Status
from mi_problems.registry.registry import Registry
from mi_problems.scaffold.templates import Starter


def numbered(items: Sequence[str]) -> str:
    """A list of paragraphs that are Markdown already."""
    return "\n".join(f"{number}. {item}" for number, item in enumerate(items, 1))


def time_in_words(problem: Problem) -> str:
    """`1 to 2 weeks on a laptop`, as far as known."""
    return " ".join(part for part in (problem.span, f"on a {problem.compute}" if problem.compute else "") if part)


def place_in_words(problem: Problem, registry: Registry) -> str:
    """Which problem it is: of a list that prints its number, else of the collection that holds it."""
    category = registry.category_of(problem)
    whose = markdown(registry.collection_of(problem).name)
    named = next((source.name for source, number in registry.sources_of(problem) if number == problem.id), "")
    head = f"Problem {problem.id} of *{markdown(named) or whose}*"
    if problem.sources and not named:
        head = f"Problem {problem.id} of `mip`"
    where = ", ".join(markdown(part) for part in (category.title, problem.section) if part)
    return f"{head}: {where}" + ("" if where.endswith("?") else ".")


def facts_in_words(problem: Problem) -> str:
    """`Difficulty ~B (estimated), open, 2 to 4 weeks on a laptop.`"""
    estimated = " (estimated)" if problem.estimated else ""
    rated = f"Difficulty {problem.rating}{estimated}" if problem.difficulty else "Not rated"
    status = f"starred by the author, {problem.status}" if problem.starred else problem.status
    return ", ".join(part for part in (rated, status, time_in_words(problem)) if part) + "."


def sources_list(problem: Problem, registry: Registry) -> str:
    """Who states the problem and when, a list a line, with what its author says of it today."""
    category, lines = registry.category_of(problem), []
    for source, number in registry.sources_of(problem):
        post = category.post if category.source == source.slug else None
        name = markdown_link(post or source.name, (category.url if post else None) or source.url)
        whole = f", in *{markdown(source.name)}*" if post else ""
        count = f", number {number}" if number else ""
        lines.append(f"- {name}{whole} ({markdown(source.dated)}){count}. {markdown(source.caveat)}".rstrip())
    if not lines:
        collection = registry.collection_of(problem)
        title, url = category.post or collection.name, problem.card.url or collection.url
        known = ", ".join(markdown(part) for part in (collection.author, collection.published) if part)
        name = markdown_link(title, url) if url else markdown(title)
        lines.append(f"- {name}{f' ({known})' if known else ''}. {markdown(collection.caveat)}".rstrip())
    return "\n".join(lines)


def size_in_words(model: Model) -> str:
    """`124M parameters, about 500 MB to download`, as far as known."""
    parts = []
    if model.parameters:
        large = model.parameters >= 1000
        parts.append(f"{_figures(model.parameters / 1000, 3)}B" if large else f"{_figures(model.parameters, 3)}M")
        parts[-1] += " parameters"
    if model.download_mb:
        large = model.download_mb >= 1000
        size = f"{_figures(model.download_mb / 1000, 2)} GB" if large else f"{model.download_mb} MB"
        parts.append(f"about {size} to download")
    return ", ".join(parts)


def _figures(value: float, count: int) -> str:
    """The number to so many figures, written out: 140 rather than 1.4e+02."""
    return f"{float(f'{value:.{count}g}'):g}"


def boot_call(name: str, model: Model | None) -> str:
    """How TransformerLens 4 loads a model: repositories in its own old format have a loader of their own."""
    if model and model.legacy:
        return f'boot_tl_legacy("{model.name}")'
    return f'boot_transformers("{name}")'


def models_list(models: Sequence[tuple[str, Model | None]]) -> str:
    """The card's pretrained models, one a line, with size and where they are."""
    if not models:
        return "None to download: everything is trained from scratch."
    lines = []
    for name, model in models:
        size = size_in_words(model) if model else ""
        where = f"<{model.url}>" if model and model.url else f"`TransformerBridge.{boot_call(name, model)}`"
        lines.append(f"- `{name}`: {', '.join(part for part in (size, where) if part)}")
    return "\n".join(lines)


def skills_list(skills: Sequence[Skill]) -> str:
    """What the card's skills mean and where to learn them, one a line."""
    return "\n".join(f"- **{one.id}**: {markdown(one.meaning)} {markdown_link(one.learn, one.url)}" for one in skills)


def no_experiment(problem: Problem) -> str:
    """The opening sentence where no starter fits."""
    if problem.written:
        return (
            "There is no experiment here: none of the starters fits this problem. Here are the question, what is known "
            "of it, a log and the references; the first steps below say how to begin."
        )
    return (
        "There is no experiment here, and the card is not written yet: it has a title and a summary. Write into "
        "`LOG.md` first which number would settle the question, and what you expect it to be."
    )


def reach_in_words(problem: Problem, starter: Starter, model: str | None, registry: Registry) -> str:
    """The opening sentence: how far the experiment carries towards the problem, and what to do about the rest.

    `model` is the first of the card's models that the starter loads, or None.
    """
    if problem.reach is Reach.SMALL:
        return (
            f'A small version of the problem can be done right here. `experiment.py` starts from "{starter.title}", '
            "and editing it is the work: the first steps below say how."
        )
    if problem.reach is Reach.WARM_UP:
        return (
            f'A warm-up only. `experiment.py`, "{starter.title}", is the nearest of the small experiments: it teaches '
            f"its method on a stand-in. {starter.not_covered} For the problem itself follow the first steps below."
        )
    if not starter.lens:
        return (
            "The question is about a pretrained model, which `experiment.py` does not load: it is "
            f'"{starter.title}". {starter.not_covered} The models below say where to go on.'
        )
    if model is None:
        return (
            "The question is about a pretrained model, and `experiment.py` is not known to load those named below: "
            f'it is "{starter.title}", which `--model` runs on others (`.[lens]`). {starter.not_covered}'
        )
    known = registry.model(model)
    each = "" if starter.checkpoints == 1 else f" for each of up to {starter.checkpoints} checkpoints"
    size = f" ({size_in_words(known)}{each})" if known and size_in_words(known) else ""
    return (
        f'The question is about a pretrained model. `experiment.py`, "{starter.title}", runs the analysis offline on a '
        "small model trained from scratch. With `pip install -e '.[lens]'`, "
        f"`python experiment.py --model {model}`{size} runs the same analysis on the real one, on the experiment's own "
        "inputs: where your question asks for others, they are the first thing to change."
    )


def works_list(problem: Problem, registry: Registry) -> str:
    """Every follow-up, newest first, with what it leaves open."""
    dated = f" {markdown(registry.collection_of(problem).dated)}".rstrip()
    if not problem.card.follow_ups:
        return f"No follow-up is known{dated}. That is no proof of absence: search before you start."
    opening = {
        Status.OPEN: f"Nothing known{dated} settles it. Nearby:",
        Status.ACTIVE: f"Partly addressed{dated}:",
        Status.ADDRESSED: f"Substantially answered{dated}: replicate or extend.",
    }[problem.status]
    works = problem.card.newest_first
    lines = [
        f"- {markdown_link(w.title, w.url)} ({w.year or 'n.d.'}, {w.relation}). {markdown(w.note)}".rstrip()
        for w in works
    ]
    return "\n".join([opening, "", *lines])
