"""How a card sets its starter: which task and constants, what it then measures, and what can be changed further."""

from __future__ import annotations

import json
from textwrap import fill

from mi_problems.escapes import docstring, markdown
from mi_problems.records.problem import Plain, Problem
from mi_problems.scaffold.readme import numbered
from mi_problems.scaffold.templates import Starter

WIDTH = 110  # columns of a generated module


def changed(settings: Plain, starter: Starter) -> list[str]:
    """What a card sets, one by one: `the task sorting (what it asks)`, `N_LAYERS = 1`."""
    task = settings["task"]
    asked = [f"the task {task} ({starter.tasks[task]})"] if task else []
    return asked + [f"{name} = {source}" for name, source in settings["set"].items()]


def in_docstring(problem: Problem, starter: Starter) -> str:
    """The title of an experiment, and under it what the card sets and what is then measured."""
    settings, title = problem.card.settings, docstring(problem.title)
    if not settings:
        return title
    measured = f"Headline: {settings['headline']}. Baseline: {settings['baseline']}."
    told = (
        f"The card sets {', '.join(changed(settings, starter))}. {measured} What follows is about the starter itself."
    )
    return f"{title}\n\n{fill(docstring(told), WIDTH, break_long_words=False, break_on_hyphens=False)}"


def setting_values(problem: Problem, starter: Starter) -> dict[str, str]:
    """What is measured, how long that takes and what to change, by the card's settings where it has some."""
    settings: Plain = problem.card.settings or {}
    said = settings or starter._asdict()
    names = [settings["task"]] if settings.get("task") else []
    sets = ""
    if settings:
        ticked = (f"`{one}`" if " = " in one else markdown(one) for one in changed(settings, starter))
        sets = f"Here the card sets {', '.join(ticked)}. "
    figure = ""
    if names:
        own = markdown(next(iter(starter.tasks.values())))
        figure = f"The words are those of the starter's own task ({own}): put the card's in its place.\n\n"
    return {
        "panels_of": figure,
        **{name: said[name] for name in ("headline", "baseline", "expect")},
        "seconds": f"about {settings.get('seconds') or starter.seconds} seconds on one CPU core",
        "settings": json.dumps([*names, *settings.get("set", ())]),
        "teaches": (sets + ("" if names else starter.teaches)).strip(),
        "changes": "" if names else numbered(starter.change),
        "points": "\n".join(f"- **{what}**: {where}" for what, where in starter.points.items()),
    }
