"""Writes docs/data-format.md from the tables of fields in mi_problems.reading.fields: python docs/make_format.py

What a field wants is read from its rule; what it means stands here. tests/test_docs.py compares page and tables and
runs the example through `mip check`.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from docs.make_cli import table

from mi_problems.reading import fields, loose
from mi_problems.reading import rules as schema
from mi_problems.reading.rules import Field, Rule
from mi_problems.records.terms import MEANING

PAGE = Path(__file__).parent / "data-format.md"
Given = Mapping[str, Any]

HEAD = """\
# The format of a registry

Made from the tables of [`fields.py`](../src/mi_problems/reading/fields.py) by `python docs/make_format.py`.

A registry is one YAML file, or a folder. `mip check FILE` names every fault in it with line and column, and
`mip --data FILE list` uses it, beside the bundled problems; `--only` leaves those out. `mip check --template` prints a
small one to fill in. How far to trust the bundled one is in [data/README.md](../data/README.md), how large a
registry may be in [security.md](security.md#limits).

## The files

{files}
Only problems are needed, and of a problem only `title` and `summary`: a list of them alone will do. Own skills, models,
phrases and lists are added to the bundled ones; a name that is taken with another meaning is a fault, which names a
free one. A registry without `collection.yaml` goes by the name of its file. Set `MIP_DATA` to its path (several are
separated as in `PATH`) while you work with it: the commands that hints name then mean it, too.

## Strict files and others

A problem file that says `strict: true` at its top, as the bundled ones do, has every field that is marked `strict`
below, within the lengths that stand there; and what it says of later works hangs together: the status fits their
relations, one address has one title, year and confidence, a number of arXiv in a text is among the works. Other files
have what is marked `yes`, in any length. There these names are understood, too:

{others}
and these words for values:

{words}
`weeks` takes `2`, `1-2` or `[1, 2]`, `difficulty` also `easy to medium`; a work may be its address or its number of
arXiv alone; lists of keywords, skills and models may be one text with commas; a category may be its title alone. A
field that is left empty is left out, and a number, a date or `true` is text where text is asked for. A list of records
in JSON is read, too.

## Ids

A numbered category has ids such as `100.1`; own numbers begin at 100, since 1 to 18 are bundled and 19 to 99 kept for
later lists. A category without a number has ids that begin with its slug, `lab.1`; a file without a category goes by
its name. Problems without ids are numbered in order, for trying out: `mip check --number FILE` prints the file with the
ids written in. Ids with words sort after those with numbers.

## What holds everywhere

- A field that is not listed here is a fault, and so is a second one of the same name. What is not required may be left
  out; in a strict file `null` is taken only where it says so.
- In a strict file quote ids (`"4.10"`), and any text that YAML would take for a number, a date or `true`.
- Quote a text that holds ` #` or `: `, or begins with a sign such as `*`, `[` or `@`. A comment may stand on a line of
  its own, and behind words of a list, numbers and quotes; behind a text without quotes it is a fault.
- Words are what stands between blanks; of Han, kana, Thai, Lao, Khmer and Burmese, two characters count as one.
- What editors, systems and version control leave in a folder (`.#x.yaml`, `._x.yaml`, `x.yaml~`) is not read.
- The number before the dot of an id is that of its category. No id stands twice in a registry.
- `related` names other problems, of this registry or the bundled one.
- A model is named by its name or an alias; `trained from scratch` is always allowed.
- No keyword is the title. Where items are to be distinct, capitals make no difference.
- Plain text only: no tags, aliases or control characters, one document a file, in UTF-8.
"""

FILES = [
    (
        "problems/*.yaml",
        "under `category` one [category](#category), under `problems` at least one [problem](#problem)",
    ),
    ("*.yaml", "the same, in a folder without `problems/` or as a single file"),
    ("collection.yaml", "the fields of the [collection](#collection)"),
    ("lists.yaml", "under `lists` every [list](#list) that states problems"),
    ("skills.yaml", "under `skills` a list of every [skill](#skill) that cards may name"),
    ("models.yaml", "under `models` a list of every [model](#model) that cards may name"),
    (
        "glossary.yaml",
        "under `glossary` a list of lists of at least 2 texts: phrases that mean the same, the usual one first",
    ),
    ("elsewhere.yaml", "under `elsewhere` a list of texts: phrases of those who look for what is not here"),
]

EXAMPLE = """\
category:
  number: 100
  slug: clocks
  title: Clocks
  post: A list of our own
  url: https://example.org/clocks
  motivation: >-
    Some quantities go round: hours, weekdays, months, compass points, musical notes. A model that computes with
    them has to get from December to January without a step, and small models are known to do so with circles.
    Whether a language model keeps such circles for words, and uses them when it reasons about dates, can be asked
    with little compute and answered with an intervention. Each quantity is a case of its own, so results add up,
    and a wrong explanation is caught soon: rotate the circle, and the answer has to follow by just as much.
  progress: >-
    Modular addition in small transformers is understood down to single frequencies, and circular features of
    weekdays and months have been found in larger models. What is missing are maps of several circular quantities in
    one model, and tests that an intervention on one of them leaves the others alone.
  begin: >-
    Start with weekdays: there are seven of them, each is one token, and prompts are easily made. Collect the
    residual stream at the last token, project it on its first principal components, and look before you compute
    anything. Keep months for testing what you then believe.
  skills: [activation-patching]
  resources: []
problems:
  - id: "100.1"
    title: Is there one circle for weekdays?
    section: circular features
    difficulty: A-B
    difficulty_basis: estimated
    status: open
    summary: >-
      Asked which day comes three days after Friday, a language model often knows. Does it keep the days on one circle
      that all prompts share, or on another for every way of asking? The answer decides whether steering the circle can
      change what it says.
    first_steps:
      - Write fifty prompts in three wordings and keep those that the model answers rightly.
      - Find the plane that holds most of the variance between days, one wording at a time.
      - Rotate the activation in that plane by one day and see whether the answer follows.
    done_when: >-
      A table of wordings by wordings with the share of answers that follow a rotation, beside rotations in a random
      plane.
    skills: [activation-patching]
    models: [gpt2]
    compute: laptop
    weeks: [1, 2]
    keywords: [days of the week, circular feature, modular arithmetic, periodic, rotation, calendar]
    related: ["2.17"]
    starter: modadd
    reach: warm-up
"""

TABLES: dict[str, Mapping[str, Field]] = {
    "category": fields.CATEGORY,
    "resource": fields.RESOURCE,
    "superseded framing": fields.SUPERSEDED,
    "problem": fields.PROBLEM,
    "follow-up": fields.FOLLOW_UP,
    "settings": fields.SETTINGS,
    "collection": fields.COLLECTION,
    "list": fields.SOURCE_LIST,
    "link": fields.LINK,
    "skill": fields.SKILL,
    "model": fields.MODEL,
}

LOOSE: dict[str, Mapping[str, Field]] = {
    "category": fields.LOOSE_CATEGORY,
    "problem": fields.LOOSE_PROBLEM,
    "follow-up": fields.LOOSE_FOLLOW_UP,
}

MEANINGS: dict[str, dict[str, str]] = {
    "category": {
        "number": "Its number, with which the ids of its problems begin.",
        "slug": "Its name on the command line.",
        "title": "Its name for readers.",
        "post": "The title of the post that lists its problems.",
        "url": "Where that post is.",
        "source": "The list that states each of its problems that names no other.",
        "motivation": "Why these problems are worth the time.",
        "progress": "What has been found since the post.",
        "begin": "Where to start, and the traps.",
        "contested": "What people of the field disagree on, both sides.",
        "contested_links": "Where to read of that.",
        "skills": "What one uses in most of its problems.",
        "resources": "What to read and use.",
        "superseded": "What one would ask in another way today.",
    },
    "resource": {
        "kind": "In a word: paper, tutorial, tool, models.",
        "title": "Its title.",
        "url": "Where it is.",
        "why": "What it is good for here.",
    },
    "superseded framing": {
        "framing": "How the post put it.",
        "now": "What has taken its place.",
        "url": "Where to read of that.",
    },
    "problem": {
        "id": "Its name in every command.",
        "title": "The question in a line.",
        "section": "The part of the list or category it stands in.",
        "sources": "The lists that state it; with `:` and its number where the list prints one, such as `apollo:17`.",
        "difficulty": "How hard it is; the letters are the levels beginner, intermediate, advanced and expert.",
        "difficulty_basis": "Whether the letter was read in a copy of the list, or is an estimate.",
        "starred": "Whether the author starred it as especially promising; null where that is not known.",
        "status": "What is known of later work.",
        "listed": "How the list names it.",
        "gist": "The problem in one sentence that stands alone.",
        "summary": "The question, why it matters, and what an answer would look like.",
        "first_steps": "What to do in the first days, in order.",
        "done_when": "What has to be on the table at the end, with a baseline.",
        "skills": "What one uses.",
        "models": "What one studies.",
        "compute": "The machine it asks for.",
        "weeks": "How long it takes, at least and at most.",
        "keywords": "Words that people use for it and the card lacks, for search.",
        "questions": "How somebody would ask for it who does not know the terms, for search.",
        "related": "Problems that one would do before, after or instead.",
        "starter": "The experiment that `mip init` writes; see [starters.md](starters.md).",
        "reach": "How far that experiment carries; see [starters.md](starters.md).",
        "settings": "How the card sets that experiment.",
        "catalogue": "Its number in the Coda catalogue, where that differs.",
        "url": "Where it is stated, unless the category's address says so.",
        "follow_ups": "Later works on it.",
    },
    "settings": {
        "task": "A task that the starter takes in place of its own: a file in `data/templates/tasks/`.",
        "seconds": "How long a run then takes on one CPU core, where not as long as the starter.",
        "set": "Constants of the starter, by name, with their values here.",
        "headline": "What the experiment then measures.",
        "baseline": "What stands beside it.",
        "expect": "The figures to expect, and for which seeds.",
    },
    "follow-up": {
        "title": "The work's title.",
        "url": "Where it is.",
        "year": "When it came out.",
        "relation": "What it does to the problem; `background` is near it and answers none of it, `tool` is used.",
        "confidence": "What was read of it: the abstract or page, or title and link only.",
        "note": "What it found, and what it leaves open.",
    },
    "collection": {
        "name": "The title of the whole list.",
        "author": "Who wrote it.",
        "url": "Where it is.",
        "published": "When and where it came out.",
        "caveat": "How its author sees it today.",
        "version": "The version of the data; raised with every change that users should notice.",
        "as_of": "Until when later work was looked for.",
    },
    "list": {
        "slug": "Its name on the command line.",
        "name": "Its title.",
        "author": "Who wrote it.",
        "published": "Its date, in words.",
        "year": "The year that counts for `--since`.",
        "url": "Where it is.",
        "items": "How many problems it has in all, as far as known.",
        "here": "How many of them are in the registry.",
        "numbered": "Whether it prints numbers, so that `slug:17` names one.",
        "caveat": "How far to trust it.",
    },
    "link": {"title": "Its title.", "url": "Where it leads."},
    "skill": {
        "id": "Its name in cards and on the command line.",
        "title": "Its name for readers.",
        "meaning": "What one does, in a line.",
        "learn": "What to learn it from.",
        "url": "Where that is.",
    },
    "model": {
        "name": "The name that loads it.",
        "aliases": "Other names of it that cards may use.",
        "parameters": "Millions of parameters, roughly; null where unknown.",
        "download_mb": "The size of its weights in MB, roughly; null where unknown.",
        "url": "Where it is, unless TransformerLens loads it by name.",
    },
}


def bounds(low: int, high: int) -> str:
    """A range of counts, 0 at the top for none; empty if there is nothing to bound."""
    if high and not low:
        return f"at most {high}"
    if high:
        return str(low) if low == high else f"{low} to {high}"
    return f"at least {low}" if low else ""


def refused(convert: Any) -> str:
    """What a function of the model understands, from its complaint about what it does not."""
    try:
        convert("?")
    except ValueError as error:
        return str(error).removeprefix("'?' is not ")
    raise ValueError(f"{convert.__name__} takes anything")


def sized(given: Given) -> str:
    """Text, with its bounds if it has any."""
    low, high = given["low"], given["high"]
    return "text" if (low, high) == (1, 0) else f"text of {bounds(low, high)} {given['unit']}"


def chosen(given: Given) -> str:
    """The words of a closed list, with what they mean where the tool says so itself."""
    return ", ".join(f"`{word}`" + (f" ({MEANING[word]})" if word in MEANING else "") for word in given["choices"])


def listed(given: Given) -> str:
    """A list, with its bounds and what each item is."""
    count = [bounds(given["low"], given["high"]), "distinct" if given["distinct"] else "", "items, each"]
    return f"a list of {' '.join(filter(None, count))} {wanted(given['rule'])}"


def linked(given: Given) -> str:
    """A record, by the name of its table."""
    name = next(name for name, fields in TABLES.items() if fields is given["fields"])
    return f"a [{name}](#{name.replace(' ', '-')})"


PLAIN: dict[Rule, str] = {
    schema.url: "an http or https address",
    schema.number: "a number from 0",
    schema.boolean: "true or false",
    schema.constants: "constants by name, each a number, true or false, or a quoted list",
    schema.span: "`[low, high]`, both from 1 to 104",
}
MADE: dict[str, Callable[[Given], str]] = {
    "text": sized,
    "one_of": chosen,
    "many": listed,
    "record": linked,
    "matching": lambda given: str(given["wanted"]),
    "parsed": lambda given: refused(given["convert"]),
    "optional": lambda given: f"{wanted(given['rule'])}; or null",
    "whole": lambda given: f"a whole number from {given['low']} to {given['high']}",
}


def wanted(rule: Rule) -> str:
    """What a rule asks for, in words, from its maker in `schema` and what that was given."""
    if rule in PLAIN:
        return PLAIN[rule]
    return MADE[rule.__qualname__.split(".")[0]](inspect.getclosurevars(rule).nonlocals)


def asked(name: str, field: str, known: Field) -> str:
    """Who asks for a field: every file, strict ones, or none."""
    if not known.required:
        return "no"
    loose = LOOSE.get(name)
    return "strict" if loose and not loose[field].required else "yes"


def section(name: str) -> str:
    """One table of fields."""
    rows = [
        (field, asked(name, field, known), wanted(known.rule), MEANINGS[name][field])
        for field, known in TABLES[name].items()
    ]
    return f"## {name.capitalize()}\n\n" + table(["field", "required", "accepts", "meaning"], rows)


def page() -> str:
    """The whole page."""
    example = f"## Example\n\nA whole registry in one file:\n\n```yaml\n{EXAMPLE}```\n"
    names: dict[str, list[str]] = {}
    for other, field in loose.FIELDS.items():
        names.setdefault(field, []).append(f"`{other}`")
    others = table(["field", "also called"], [(field, ", ".join(found)) for field, found in names.items()])
    means: dict[str, list[str]] = {}
    for known in (loose.LEVELS, loose.STATUS, loose.COMPUTE):
        for word, value in known.items():
            means.setdefault(value, []).append(word)
    words = table(["value", "also written"], [(value, ", ".join(found)) for value, found in means.items()])
    head = HEAD.format(files=table(["file", "what it holds"], FILES), others=others, words=words)
    return "\n".join([head, *map(section, TABLES), example])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
