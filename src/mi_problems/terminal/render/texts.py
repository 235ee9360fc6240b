"""Whole cards and pages as plain text without wrapping, for pipes."""

from __future__ import annotations

from collections.abc import Iterator

from mi_problems.picking.likeness import more_like
from mi_problems.records.beside import Category, Collection, Skill, SourceList
from mi_problems.records.problem import Problem
from mi_problems.records.terms import plural
from mi_problems.registry.registry import Registry
from mi_problems.registry.words import (
    NOT_WRITTEN,
    categories_of,
    for_beginners,
    overtaken_line,
    rating_in_words,
    share_in_words,
    starter_in_words,
    status_in_words,
    works_heading,
)
from mi_problems.terminal.render.lines import category_line, line, skill_line, source_line
from mi_problems.terminal.render.screen import Screen


def facts(problem: Problem, registry: Registry) -> Iterator[tuple[str, str]]:
    """The short facts of a card, as label and value."""
    yield "category", ": ".join(part for part in (problem.category, problem.section) if part)
    yield "difficulty", rating_in_words(problem) + ("; starred by the author" if problem.starred else "")
    yield "status", status_in_words(problem, registry)
    if problem.weeks or problem.compute:
        yield "time", ", ".join(part for part in (problem.span, problem.compute) if part)
    if problem.skills:
        yield "skills", ", ".join(problem.skills)
    if problem.card.models:
        yield "models", ", ".join(problem.card.models)
    yield "starter", starter_in_words(problem)
    if not problem.written:
        yield "note", NOT_WRITTEN


def stated_in_words(problem: Problem, registry: Registry) -> list[str]:
    """Who states the problem and when, a list a line, with its number there and its caveat."""
    found = [
        f"{source.name} ({source.dated})" + (f", number {number}" if number else "") + f" <{source.url}>"
        + (f". {source.caveat}" if source.caveat else "")
        for source, number in registry.sources_of(problem)
    ]  # fmt: skip
    if not found and registry.is_own(problem):
        found = [f"{registry.collection_of(problem).name}, beside the bundled problems"]
    return found


def compared(problem: Problem, registry: Registry) -> dict[str, str]:
    """What one weighs when choosing between problems, as label and value; the same labels for every problem."""
    sources = [f"{source.name} ({source.dated})" for source, _ in registry.sources_of(problem)]
    newest = problem.card.newest_first[:1]
    return {
        "gist": problem.card.gist or problem.card.summary,
        "source": "; ".join(sources) or registry.collection_of(problem).name,
        "rating": rating_in_words(problem) + ("; starred by the author" if problem.starred else ""),
        "status": status_in_words(problem, registry),
        "newest work": "".join(f"{one.year or 'n.d.'} {one.relation}: {one.title}" for one in newest) or "none known",
        "machine": problem.compute or "not said",
        "weeks": problem.span or "not said",
        "skills": ", ".join(problem.skills) or "none named",
        "what is left": problem.left,
        "first step": problem.card.first_steps[0] if problem.written else NOT_WRITTEN,
        "starter": starter_in_words(problem),
    }


def card(problem: Problem, registry: Registry, screen: Screen) -> str:
    """The whole card as plain text: the line of a list first, then a paragraph a line."""
    out = [line(problem, screen), ""]
    out += [f"{label}: {value}" for label, value in facts(problem, registry)]
    out += ["", problem.card.summary]
    if problem.written:
        out += ["", "first steps:"]
        out += [f"{number}. {step}" for number, step in enumerate(problem.card.first_steps, 1)]
    if problem.card.done_when:
        out += ["", f"done when: {problem.card.done_when}"]
    if problem.card.follow_ups:
        out += ["", f"{works_heading(problem).lower()}:"]
        for work in problem.card.newest_first:
            note = f" {work.note}" if work.note else ""
            out.append(f"- {work.year or 'n.d.'} {work.relation}: {work.title} <{work.url}>{note}")
    if related := registry.related(problem):
        out += ["", "related:", *(f"- {name} {title}" for name, title in related)]
    if others := more_like(registry, problem):
        out += ["", "more like it:", *(f"- {other.id} {other.title}" for other in others)]
    out += ["", *(f"stated by: {one}" for one in stated_in_words(problem, registry))]
    out += [f"source: {problem.card.url}"] if problem.card.url else []
    out += [f"start: mip init {problem.id}", ""]
    return "\n".join(out)


def about(collection: Collection) -> str:
    """Whose list it is, of when, and how its author sees it today."""
    known = [part for part in (collection.author, collection.published) if part]
    whose = collection.name + (f" ({', '.join(known)})" if known else "")
    dated = f"Follow-ups{collection.dated}." if collection.dated else ""
    return " ".join(part for part in (f"{whose}.", dated, collection.caveat) if part)


def skill_page(skill: Skill, registry: Registry) -> str:
    """A skill as plain text: its line first, then its problems for beginners."""
    out = [skill_line(skill, registry), "", f"learn it: {skill.learn} <{skill.url}>"]
    found = for_beginners(skill, registry)
    out += ["", "for beginners:", *(f"- {one.id} {one.title}" for one in found)] if found else []
    return "\n".join([*out, ""])


def category_page(category: Category, registry: Registry) -> str:
    """A category as plain text: its line of the list first, then a paragraph a line."""
    out = [category_line(category, registry), "", category.motivation]
    since = "since the list was written" if category.post else "since 2024"
    for label, text in {since: category.progress, "how to begin": category.begin}.items():
        out += ["", f"{label}: {text}"] if text else []
    if category.contested:
        out += ["", f"contested: {category.contested}"]
        out += [f"- {link.title} <{link.url}>" for link in category.contested_links]
    if category.skills:
        out += ["", "skills that help most:"]
        out += [f"- {one.id}: {one.meaning} Learn it: {one.learn} <{one.url}>" for one in registry.skills_of(category)]
    if category.superseded:
        out += ["", "overtaken since 2022:"]
        out += [f"- {overtaken_line(item)}" for item in category.superseded]
    if category.resources:
        out += ["", "resources:"]
        out += [f"- {item.kind}: {item.title} <{item.url}> {item.why}" for item in category.resources]
    out += ["", f"source: {category.post} <{category.url}>"] if category.url else []
    return "\n".join([*out, ""])


def source_page(source: SourceList, registry: Registry) -> str:
    """A list as plain text: its line first."""
    out = [source_line(source, registry), "", f"date: {source.published}", f"here: {share_in_words(source, registry)}"]
    out += [f"caveat: {source.caveat}"] if source.caveat else []
    out += [f"{slug}: {plural(count, 'problem')}" for slug, count in categories_of(source, registry).items()]
    return "\n".join([*out, ""])
