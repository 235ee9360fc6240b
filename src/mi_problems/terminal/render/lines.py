"""Plain text for pipes: one problem a line, and whole cards without wrapping."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mi_problems.picking.recommend import more_like
from mi_problems.records.beside import Category, Collection, Superseded
from mi_problems.records.problem import Problem
from mi_problems.records.terms import Reach, Status
from mi_problems.registry.registry import Registry
from mi_problems.terminal.render.screen import Screen

STATUS_STYLE = {Status.OPEN: "green", Status.ACTIVE: "yellow", Status.ADDRESSED: "blue"}
REACH_WORDS = {
    Reach.SMALL: "editing it is a small version of the problem",
    Reach.PRETRAINED: "runs offline on a small model, and with --model on the real one",
    Reach.WARM_UP: "teaches the method only",
}


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


def rating_in_words(problem: Problem) -> str:
    """`A (beginner)`, `~B (intermediate), our estimate`."""
    levels = problem.levels
    named = levels[0] if len(levels) == 1 else f"{levels[0]} to {levels[-1]}"
    return f"{problem.rating} ({named})" + (", our estimate" if problem.rating.startswith("~") else "")


def facts(problem: Problem, registry: Registry) -> Iterator[tuple[str, str]]:
    """The short facts of a card, as label and value."""
    yield "category", f"{problem.category}: {problem.section}"
    yield "difficulty", rating_in_words(problem) + ("; starred by the author" if problem.starred else "")
    yield "status", status_in_words(problem, registry)
    yield "time", f"{problem.span}, {problem.compute}"
    yield "skills", ", ".join(problem.skills)
    yield "models", ", ".join(problem.card.models)
    yield "starter", f"{problem.starter}: {REACH_WORDS[problem.reach]}"


def status_in_words(problem: Problem, registry: Registry) -> str:
    return f"{problem.status}{registry.collection.dated}: {problem.standing}"


def works_heading(problem: Problem) -> str:
    """What the follow-ups are: works near an open problem do not answer it."""
    return "Nearby since" if problem.status is Status.OPEN else "Known since"


def card(problem: Problem, registry: Registry, screen: Screen) -> str:
    """The whole card as plain text: the line of a list first, then a paragraph a line."""
    out = [line(problem, screen), ""]
    out += [f"{label}: {value}" for label, value in facts(problem, registry)]
    out += ["", problem.card.summary, "", "first steps:"]
    out += [f"{number}. {step}" for number, step in enumerate(problem.card.first_steps, 1)]
    out += ["", f"done when: {problem.card.done_when}"]
    if problem.card.follow_ups:
        out += ["", f"{works_heading(problem).lower()}:"]
        for work in problem.card.newest_first:
            out.append(f"- {work.year or 'n.d.'} {work.relation}: {work.title} <{work.url}> {work.note}")
    out += ["", "related:", *(f"- {name} {title}" for name, title in registry.related(problem))]
    if others := more_like(registry, problem):
        out += ["", "more like it:", *(f"- {other.id} {other.title}" for other in others)]
    out += ["", f"source: {problem.card.url}", f"start: mip init {problem.id}", ""]
    return "\n".join(out)


def about(collection: Collection) -> str:
    """Whose list it is, of when, and how its author sees it today."""
    known = [part for part in (collection.author, collection.published) if part]
    whose = collection.name + (f" ({', '.join(known)})" if known else "")
    dated = f"Follow-ups{collection.dated}." if collection.dated else ""
    return " ".join(part for part in (f"{whose}.", dated, collection.caveat) if part)


def category_line(category: Category, registry: Registry) -> str:
    """`number, slug, problems, levels, title, url`, separated by tabs."""
    counts = ",".join(f"{level}:{count}" for level, count in registry.level_counts(category).items())
    count = len(registry.in_category(category))
    return "\t".join((str(category.number), category.slug, str(count), counts, category.title, category.url))


def page(category: Category, registry: Registry) -> str:
    """A category as plain text: its line of the list first, then a paragraph a line."""
    out = [category_line(category, registry), "", category.motivation]
    out += ["", f"since the list was written: {category.progress}"]
    out += ["", f"how to begin: {category.begin}", "", "skills that help most:"]
    out += [f"- {one.id}: {one.meaning} Learn it: {one.learn} <{one.url}>" for one in registry.skills_of(category)]
    if category.superseded:
        out += ["", "overtaken since 2022:"]
        out += [f"- {overtaken_line(item)}" for item in category.superseded]
    if category.resources:
        out += ["", "resources:"]
        out += [f"- {item.kind}: {item.title} <{item.url}> {item.why}" for item in category.resources]
    return "\n".join([*out, "", f"source: {category.post} <{category.url}>", ""])


def overtaken_line(item: Superseded) -> str:
    """A framing of 2022 and what has taken its place."""
    return f"{item.framing}{'' if item.framing.endswith(('.', '?')) else '.'} Now: {item.now}"
