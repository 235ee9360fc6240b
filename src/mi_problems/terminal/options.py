"""The options that several commands share, each written once."""

from typing import Annotated

import typer

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
    typer.Option(metavar="COMPUTE", help="Exactly this machine: laptop, gpu or cluster. Repeatable."),
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
Format = Annotated[str | None, typer.Option("--format", metavar="FORMAT", help="json, csv or md.")]
