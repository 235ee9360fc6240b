"""Twenty wishes in a newcomer's words, written before any result was looked at, and which first picks would do.

`first` are ids, or the slug of a category, that somebody who supervises such projects would accept; empty where nothing
that fits is about the wish, which must then be said.
"""

from __future__ import annotations

from typing import NamedTuple

from mi_problems.picking.answers import Answers, draw
from mi_problems.registry.registry import Registry

ENOUGH = 17
SEEDS = 5


class Wish(NamedTuple):
    words: str
    level: str
    compute: str
    weeks: int
    first: str


WISHES = (
    Wish("sparse autoencoders", "beginner", "laptop", 4, "saes"),
    Wish("reasoning models", "intermediate", "gpu", 8, "reasoning"),
    Wish("emergent misalignment", "intermediate", "gpu", 6, "5.20"),
    Wish("is my model lying", "beginner", "laptop", 4, ""),
    Wish("how do transformers do addition", "beginner", "laptop", 2, "3.4"),
    Wish("induction heads", "beginner", "laptop", 3, ""),
    Wish("chess", "intermediate", "laptop", 6, ""),
    Wish("what does one neuron do", "beginner", "laptop", 4, "1.5 1.6 9.1 9.10 9.49"),
    Wish("can a model hide its goals from us", "advanced", "gpu", 12, "16.9 16.10 16.12"),
    Wish("why do models say yes to everything (sycophancy)", "intermediate", "gpu", 6, "12.14 12.15 16.17 16.21"),
    Wish("grokking", "beginner", "laptop", 4, "3.4 17.5"),
    Wish("does the model know when it does not know (hallucination)", "intermediate", "laptop", 4, ""),
    Wish("steering vectors", "beginner", "laptop", 4, "12.14"),
    Wish("image models", "intermediate", "laptop", 6, "vision"),
    Wish("bias and gender in language models", "beginner", "laptop", 4, ""),
    Wish("jailbreaks and refusal", "intermediate", "gpu", 8, "12.11 12.12 12.15"),
    Wish("protein folding", "beginner", "laptop", 4, ""),
    Wish("speech recognition", "beginner", "laptop", 4, ""),
    Wish("how are languages like french stored in the model", "intermediate", "laptop", 6, ""),
    Wish("faster tools to find circuits automatically", "advanced", "gpu", 12, "11.6 11.20 6.47 6.24"),
)


def accepted(registry: Registry, wish: Wish, seed: int) -> bool:
    """Whether the first pick would do, or it is said that nothing is about the wish."""
    drawn = draw(registry, Answers((wish.level,), (wish.words,), compute=wish.compute, weeks=wish.weeks, seed=seed))
    first = drawn.picks[0].problem
    if not wish.first:
        return drawn.missed is not None
    said = first.id in wish.first.split() or first.category == wish.first
    return said and drawn.missed is None and drawn.picks[0].reasons[0].startswith(("matches", "is in"))


def test_of_twenty_wishes_the_first_pick_would_do_for_most(registry: Registry) -> None:
    for seed in range(SEEDS):
        wrong = [wish.words for wish in WISHES if not accepted(registry, wish, seed)]
        assert len(WISHES) - len(wrong) >= ENOUGH, wrong


def test_a_pick_is_never_said_to_match_where_nothing_fits(registry: Registry) -> None:
    for wish in WISHES:
        drawn = draw(registry, Answers((wish.level,), (wish.words,), compute=wish.compute, weeks=wish.weeks))
        if drawn.missed is not None:
            assert not [pick for pick in drawn.picks if "matches" in str(pick.reasons)]
