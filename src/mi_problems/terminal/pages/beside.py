"""What stands beside the problems, as pages on a terminal: a category, a list, a skill."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.rule import Rule
from rich.text import Text

from mi_problems.records.beside import Category, Skill, SourceList
from mi_problems.records.terms import plural
from mi_problems.registry.registry import Registry
from mi_problems.registry.words import (
    categories_of,
    for_beginners,
    levels_in_words,
    overtaken_line,
    share_in_words,
)
from mi_problems.terminal.pages.card import address, grid, section, styled


def category_page(category: Category, registry: Registry) -> RenderableType:
    """A category: why, what has happened, how to begin, what is contested, what to read."""
    count = len(registry.in_category(category))
    name = str(category.number) if category.number is not None else category.slug
    parts: list[RenderableType] = [
        Text.assemble((name, "bold cyan"), "  ", (category.title, "bold")),
        Rule(style="dim"),
        styled(f"{plural(count, 'problem')}: {levels_in_words(category, registry)}", "dim"),
    ]
    parts += [Text(), styled(category.motivation)] if category.motivation else []
    texts = {"Since the list was written" if category.post else "Since 2024": category.progress}
    texts |= {"How to begin": category.begin}
    parts += [section(title, styled(text)) for title, text in texts.items() if text]
    if category.contested:
        links = [Group(styled(link.title, "bold", link.url), address(link.url)) for link in category.contested_links]
        parts.append(section("Contested", Group(styled(category.contested), *links)))
    parts += [_skills(category, registry)] if category.skills else []
    if category.superseded:
        overtaken = [(Text("\u2022", style="dim"), styled(overtaken_line(item))) for item in category.superseded]
        parts.append(section("Overtaken since 2022", grid(overtaken)))
    if category.resources:
        parts.append(section("Resources", grid(_resources(category))))
    if category.url:
        parts.append(section("Source", styled(f"{category.post}: {category.url}", "", category.url)))
    parts += [Text(), Text.assemble(("its problems:  ", "dim"), (f"mip list -c {category.slug}", "bold"))]
    return Group(*parts)


def _resources(category: Category) -> list[tuple[Text, RenderableType]]:
    return [
        (
            Text(item.kind, style="dim"),
            Group(styled(item.title, "bold", item.url), styled(item.why), address(item.url)),
        )
        for item in category.resources
    ]


def _skills(category: Category, registry: Registry) -> RenderableType:
    rows = [
        (
            Text("\u2022", style="dim"),
            Group(
                Text.assemble((skill.id, "bold"), f": {skill.meaning}"),
                Text.assemble(skill.learn, "  ", address(skill.url)),
            ),
        )
        for skill in registry.skills_of(category)
    ]
    return section("Skills that help most", grid(rows))


def source_page(source: SourceList, registry: Registry) -> RenderableType:
    """A list that states problems: whose it is, how much of it is here, and how far to trust it."""
    facts = {"author": source.author, "date": source.published, "here": share_in_words(source, registry)}
    facts |= {"caveat": source.caveat} if source.caveat else {}
    spread = categories_of(source, registry).items()
    counts = [(styled(slug, "bold"), styled(plural(count, "problem"))) for slug, count in spread]
    return Group(
        Text.assemble((source.slug, "bold cyan"), "  ", (source.name, "bold")),
        Rule(style="dim"),
        grid((Text(label, style="dim"), styled(value)) for label, value in facts.items()),
        *([section("Categories", grid(counts))] if counts else []),
        section("Source", address(source.url)),
        Text(),
        Text.assemble(("its problems:  ", "dim"), (f"mip list --source {source.slug}", "bold")),
    )


def skill_page(skill: Skill, registry: Registry) -> RenderableType:
    """A skill: what it means, where to learn it, and its problems for beginners."""
    found = [(Text(one.id, style="bold"), styled(one.title)) for one in for_beginners(skill, registry)]
    return Group(
        Text.assemble((skill.id, "bold cyan"), "  ", (skill.title, "bold")),
        Rule(style="dim"),
        styled(f"{plural(len(registry.using(skill)), 'problem')}, {len(found)} for beginners", "dim"),
        Text(),
        styled(skill.meaning),
        section("Learn it", Group(styled(skill.learn, "bold", skill.url), address(skill.url))),
        *([section("For beginners", grid(found))] if found else []),
        Text(),
        Text.assemble(("its problems:  ", "dim"), (f"mip list -t {skill.id}", "bold")),
    )
