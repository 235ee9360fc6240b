"""What to do with the picks: the verbs of the dialogue, each with a number, an id or nothing behind it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from mi_problems.errors import MipError
from mi_problems.picking.answers import Answers, Drawn
from mi_problems.progress.entries import SAVED
from mi_problems.records.problem import Problem
from mi_problems.scaffold.start import Request
from mi_problems.terminal.dialogue.questions import ANY_TIME, BACK, HELP, LEAVE, SHOW, Back, Talk
from mi_problems.terminal.memory.marks import add, begin, read_who
from mi_problems.terminal.started import talk as tell

MENU = "1: show, i 1: start, s 1: save, l 1: like, a: again, w: other, ?: help, q: quit"
WITHOUT = "w: wishes, back, ?: help, q: quit"  # where nothing is picked
IN_WORDS = (
    ("1, or 3.21", "shows a card in full: a number of a pick, or any id"),
    ("i 1", "starts it: writes a repository with an experiment"),
    ("s 1", "saves it; `mip mine` shows what you saved"),
    ("l 1", "others like it"),
    ("a", "another draw"),
    ("r", "also those that are answered already, to replicate"),
    ("w", "other wishes, from the first question on"),
    ("back", "the last question again"),
    ("q", "ends, and prints the line that gives the same picks again"),
)
_VERBS = {
    "i": ("i", "init", "start"), "s": ("s", "save", "mark"), "l": ("l", "like", "more"),
    "a": ("a", "again", "another", "next"), "w": ("w", "wishes", "other"), "r": ("r", "replicate", "replications"),
    "show": SHOW, "?": HELP, "back": BACK, "q": (*LEAVE, ""),
}  # fmt: skip


class Step(NamedTuple):
    """What comes next: other answers to draw by, the same picks shown again, or, with `asked`, all questions anew."""

    answers: Answers
    asked: bool = False


def choose(talk: Talk, drawn: Drawn, answers: Answers) -> Step:
    """What is wanted next; Back for the last question, EOFError where the person leaves."""
    while True:
        talk.say()
        talk.beside("", MENU if drawn.picks else WITHOUT, "dim")
        word, _, rest = talk.session.ask("> ").partition(" ")
        verb = next((name for name, words in _VERBS.items() if word.casefold() in words), "show")
        about = rest.strip() if word.casefold() in _VERBS[verb] else f"{word} {rest}".strip()
        if verb == "q":
            raise EOFError
        if verb == "back":
            raise Back
        if verb == "?":
            for label, meaning in IN_WORDS:
                talk.beside(f"  {label:<12}", meaning, "dim")
            talk.beside("  ", ANY_TIME)
        elif verb in _FROM_HERE:
            return _FROM_HERE[verb](drawn, answers)
        elif problem := _meant(talk, drawn, about):
            step = _ABOUT[verb](talk, problem, answers)
            if step:
                return step


def _again(drawn: Drawn, answers: Answers) -> Step:
    shown = (*answers.shown, *(pick.problem.id for pick in drawn.picks))
    return Step(answers._replace(seed=answers.seed + 1, shown=shown))


def _replications(_: Drawn, answers: Answers) -> Step:
    return Step(answers._replace(include_addressed=True, shown=()))


def _wishes(_: Drawn, answers: Answers) -> Step:
    fresh = answers._replace(interests=(), categories=(), compute=None, weeks=None, like=None, shown=())
    return Step(fresh, asked=True)


_FROM_HERE: dict[str, Callable[[Drawn, Answers], Step]] = {"a": _again, "r": _replications, "w": _wishes}


def _meant(talk: Talk, drawn: Drawn, about: str) -> Problem | None:
    """The pick of a number, the only one where there is no number, or the problem of an id; None, told, for neither."""
    ids = [pick.problem.id for pick in drawn.picks]
    numbered = {str(number): identifier for number, identifier in enumerate(ids, 1)}
    about = about or ("1" if len(ids) == 1 else "")
    try:
        if "." in about or about in numbered:
            return talk.registry.problem(numbered.get(about, about))
    except MipError as error:
        talk.complain(error)
        return None
    number = f"a number from 1 to {len(ids)}, " if len(ids) > 1 else "1, " if ids else ""
    verbs = "i, s, l, a, r, w, back, ?, q" if ids else "w, back, ?, q"
    talk.beside("  ", f"{number}an id such as 3.21, or one of {verbs}")
    return None


def _show(talk: Talk, problem: Problem, answers: Answers) -> Step:
    talk.card(problem)
    return Step(answers)


def _like(talk: Talk, problem: Problem, answers: Answers) -> Step:
    exclude = (*answers.exclude, problem.id)
    return Step(answers._replace(like=problem.id, exclude=exclude, interests=(), shown=()))


def _start(talk: Talk, problem: Problem, answers: Answers) -> Step | None:
    """Writes the repository and ends; where that fails the reason is told."""
    try:
        request = Request(problem.id)
        tell(talk.session, begin(talk.session, talk.registry, request), request)
    except MipError as error:
        talk.complain(error)
        return None
    raise EOFError


def _save(talk: Talk, problem: Problem, answers: Answers) -> None:
    try:
        add([problem], SAVED, read_who(answers.who))
    except MipError as error:
        talk.complain(error)
    else:
        talk.say(f"  saved {problem.id}; `mip mine` shows it")


_ABOUT: dict[str, Callable[[Talk, Problem, Answers], Step | None]] = {
    "show": _show, "l": _like, "i": _start, "s": _save,
}  # fmt: skip
