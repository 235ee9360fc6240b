"""Plain text for pipes: one problem, category, list or skill a line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mi_problems.records.problem import Problem
from mi_problems.records.terms import Status
from mi_problems.registry.registry import Registry
from mi_problems.terminal.render.screen import Screen

if TYPE_CHECKING:
    from mi_problems.records.beside import Category, Skill, SourceList

STATUS_STYLE = {Status.OPEN: "green", Status.ACTIVE: "yellow", Status.ADDRESSED: "blue"}


def line(problem: Problem, screen: Screen) -> str:
    """`id, difficulty, status, category, title`, separated by tabs."""
    return "\t".join(
        (
            screen.style(problem.id, "bold"),
            problem.rating,
            screen.style(problem.status, STATUS_STYLE[problem.status]),
            problem.category,
            problem.title,
        )
    )


def lines(problems: Iterable[Problem], screen: Screen) -> str:
    return "".join(f"{line(problem, screen)}\n" for problem in problems)


def category_line(category: Category, registry: Registry) -> str:
    """`number, slug, problems, levels, title, url`, separated by tabs."""
    counts = ",".join(f"{level}:{count}" for level, count in registry.level_counts(category).items())
    number = "" if category.number is None else str(category.number)
    count = len(registry.in_category(category))
    return "\t".join((number, category.slug, str(count), counts, category.title, category.url or ""))


def source_line(source: SourceList, registry: Registry) -> str:
    """`slug, year, problems here, author, name, url`, separated by tabs."""
    here = len(registry.stated_by(source))
    return "\t".join((source.slug, str(source.year), str(here), source.author, source.name, source.url))


def skill_line(skill: Skill, registry: Registry) -> str:
    """`id, problems, meaning, where to learn it, url`, separated by tabs."""
    return "\t".join((skill.id, str(len(registry.using(skill))), skill.meaning, skill.learn, skill.url))
