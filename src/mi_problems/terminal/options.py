"""The options that several commands share, each written once."""

from typing import Annotated

import typer

from mi_problems.errors import UsageFault
from mi_problems.records.typed import match_word

FORMATS = {"json": "one document", "csv": "for a spreadsheet", "md": "a table of Markdown"}
_ALSO = {"markdown": "md", "excel": "csv", "spreadsheet": "csv"}

Category = Annotated[
    list[str] | None,
    typer.Option(
        "--category", "-c", metavar="CATEGORY", help="Slug, number or beginning of a slug; '!rl' excludes. Repeatable."
    ),
]
Level = Annotated[
    list[str] | None,
    typer.Option("--level", "-l", metavar="LEVEL", help="beginner, intermediate, advanced or expert. Repeatable."),
]
Difficulty = Annotated[
    list[str] | None,
    typer.Option(
        "--difficulty",
        "-d",
        metavar="LETTER",
        help="Exactly this rating: A, B, C, D or a range such as B-C. Repeatable.",
    ),
]
Status = Annotated[
    list[str] | None,
    typer.Option("--status", "-s", metavar="STATUS", help="open, active or addressed. Repeatable."),
]
Skill = Annotated[
    list[str] | None,
    typer.Option(
        "--skill", "-t", metavar="SKILL", help="A technique it uses, such as activation-patching. Repeatable."
    ),
]
Starred = Annotated[
    bool, typer.Option("--starred", help="Only those known to be starred by the author as especially promising.")
]
Compute = Annotated[
    list[str] | None,
    typer.Option("--compute", metavar="COMPUTE", help="Exactly this machine: laptop, gpu or cluster. Repeatable."),
]
Source = Annotated[
    list[str] | None,
    typer.Option("--source", metavar="LIST", help="A list that states it, such as mats12. Repeatable."),
]
Since = Annotated[
    int | None,
    typer.Option(metavar="YEAR", min=1950, max=2100, help="Stated in this year or later.", show_default=False),
]
Weeks = Annotated[
    str | None, typer.Option(metavar="N", help="The weeks you have, from 1; the longest estimate must fit.")
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
Mine = Annotated[
    list[str] | None,
    typer.Option(
        "--mine",
        metavar="STATE",
        help="Your mark: saved, started, done, dropped, any; '!done' excludes. Repeatable.",
    ),
]
Who = Annotated[str | None, typer.Option(metavar="NAME", help="Somebody's marks; without it your own.")]
Format = Annotated[
    str | None,
    typer.Option("--format", metavar="FORMAT", help="json, csv for a spreadsheet, or md for a table of Markdown."),
]

# of `mip pick`
Interest = Annotated[
    list[str] | None,
    typer.Option("--interest", "-i", metavar="WORDS", help="What you like, in your words, or a category. Repeatable."),
]
AtHand = Annotated[
    str | None,
    typer.Option("--compute", metavar="COMPUTE", help="The most you have, to be made use of: laptop, gpu or cluster."),
]
Know = Annotated[list[str] | None, typer.Option(metavar="SKILL", help="A skill you have. Repeatable.")]
Exclude = Annotated[
    list[str] | None, typer.Option("--not", metavar="ID", help="Not this one; the other picks stay. Repeatable.")
]
Seed = Annotated[
    int | None, typer.Option(metavar="N", min=0, help="The same seed gives the same picks, with the same data.")
]
Addressed = Annotated[bool, typer.Option("--include-addressed", help="Also problems already answered.")]


def form(format_: str | None, as_json: bool) -> str:
    """The form that was asked for; empty where the stream decides. UsageFault for an unknown one, or two."""
    if format_ is None:
        return "json" if as_json else ""
    if as_json:
        raise UsageFault("--json and --format do not go together", "--json is short for --format json")
    return match_word(format_, tuple(FORMATS), "format", _ALSO)
