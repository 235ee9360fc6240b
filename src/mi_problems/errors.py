"""What a user can get wrong, each kind with its exit code. Everything else is a bug and keeps its traceback."""

from __future__ import annotations

from collections.abc import Sequence

MAX_WORD = 80
MAX_CHOICES = 3000
MAX_TOLD = 50
LIKE = 0.5  # least likeness of a lookalike, 1 being equal


class MipError(Exception):
    """A failure the user can act on.

    `message` says what went wrong and where, `hint` what to do about it; both are one line.
    `exit_code` is 1 for failures and 2 for wrong usage.
    """

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}; {self.hint}" if self.hint else self.message


class UnknownProblem(MipError):
    """An id that the registry does not hold."""


class BadRegistry(MipError):
    """A registry that cannot be read or holds faults."""


class Conflict(MipError):
    """Files in the way of what is to be written."""


class UsageFault(MipError):
    """An option or argument with a value that cannot be."""

    exit_code = 2


def why_failed(error: Exception) -> str:
    """The system's word for a failure, such as `No space left on device`."""
    return getattr(error, "strerror", None) or str(error)


def nearest(word: str, choices: Sequence[str], count: int = 3, like: float = LIKE) -> list[str]:
    """The choices most like `word`, best first; those that it begins or ends come before lookalikes.

    Lookalikes are sought for words, not for whole texts, and not among thousands: that would take seconds.
    """
    if not word:
        return []
    word = word[: MAX_WORD + 1].casefold()
    lowered = {choice[: MAX_WORD + 1].casefold(): choice for choice in choices}
    starts = [choice for key, choice in lowered.items() if key.startswith(word)][:count]
    if len(word) > MAX_WORD or len(lowered) > MAX_CHOICES:
        return starts
    ends = [choice for key, choice in lowered.items() if key.endswith(f"-{word}")]
    from rapidfuzz import process
    from rapidfuzz.distance import Indel

    likeness = Indel.normalized_similarity
    near = process.extract(word, list(lowered), scorer=likeness, score_cutoff=like, limit=None)
    close = sorted(((score, key) for key, score, _ in near), reverse=True)[:count]
    return list(dict.fromkeys([*starts, *ends, *(lowered[key] for _, key in close)]))[:count]


def did_you_mean(word: str, choices: Sequence[str], like: float = LIKE, otherwise: str = "") -> str:
    """A hint that names the nearest choices.

    When none is near it is what to do `otherwise`, or all choices where they fit into a few lines.
    """
    found = nearest(word, choices, like=like)
    if found or otherwise:
        return "did you mean " + " or ".join(found) + "?" if found else otherwise
    return "choose from " + ", ".join(choices) if choices and len(choices) <= MAX_TOLD else ""
