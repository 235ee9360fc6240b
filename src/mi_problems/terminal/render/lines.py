"""Plain text for pipes: one problem a line, and whole cards without wrapping."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from mi_problems.picking.recommend import more_like
from mi_problems.records.beside import Category, Collection, Skill, SourceList, Superseded
from mi_problems.records.problem import Problem
from mi_problems.records.terms import Level, Reach, Status, plural
from mi_problems.registry.registry import Registry
from mi_problems.terminal.render.screen import Screen

STATUS_STYLE = {Status.OPEN: "green", Status.ACTIVE: "yellow", Status.ADDRESSED: "blue"}
NOT_WRITTEN = "card not written yet: a title and a summary only"
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
    if not problem.difficulty:
        return "not rated: it fits every level"
    levels = problem.levels
    named = levels[0] if len(levels) == 1 else f"{levels[0]} to {levels[-1]}"
    return f"{problem.rating} ({named})" + (", our estimate" if problem.rating.startswith("~") else "")


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


def starter_in_words(problem: Problem) -> str:
    if not (problem.starter and problem.reach):
        return "none: `mip init` writes question, log and references"
    return f"{problem.starter}: {REACH_WORDS[problem.reach]}"


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


def status_in_words(problem: Problem, registry: Registry) -> str:
    return f"{problem.status}{registry.collection_of(problem).dated}: {problem.standing}"


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


def works_heading(problem: Problem) -> str:
    """What the follow-ups are: works near an open problem do not answer it."""
    return "Nearby since" if problem.status is Status.OPEN else "Known since"


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


def skill_page(skill: Skill, registry: Registry) -> str:
    """A skill as plain text: its line first, then its problems for beginners."""
    out = [skill_line(skill, registry), "", f"learn it: {skill.learn} <{skill.url}>"]
    found = for_beginners(skill, registry)
    out += ["", "for beginners:", *(f"- {one.id} {one.title}" for one in found)] if found else []
    return "\n".join([*out, ""])


def for_beginners(skill: Skill, registry: Registry) -> list[Problem]:
    """The problems with this skill that a beginner can take on."""
    return [problem for problem in registry.using(skill) if Level.BEGINNER in problem.levels]


def levels_in_words(category: Category, registry: Registry) -> str:
    levels = ", ".join(f"{count} {level}" for level, count in registry.level_counts(category).items() if count)
    return f"{levels}; a range counts for each level it spans"


def share_in_words(source: SourceList, registry: Registry) -> str:
    """`70 of its 70 items, as 68 problems`."""
    count = len(registry.stated_by(source))
    if source.here is None or source.items == "unknown":
        return f"{plural(count, 'problem')}; how many it has in all is not known"
    return f"{source.here} of its {source.items} items" + (f", as {count} problems" if count != source.here else "")


def categories_of(source: SourceList, registry: Registry) -> dict[str, int]:
    """How many problems of a list each category holds."""
    return dict(Counter(problem.category for problem in registry.stated_by(source)))


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


def overtaken_line(item: Superseded) -> str:
    """A framing of 2022 and what has taken its place."""
    return f"{item.framing}{'' if item.framing.endswith(('.', '?')) else '.'} Now: {item.now}"
