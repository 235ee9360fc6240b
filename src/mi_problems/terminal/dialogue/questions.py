"""The questions of the dialogue, each asked until it is answered, with a way back, cards on the way, and help."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

from mi_problems.clean import clean
from mi_problems.errors import MipError, UsageFault
from mi_problems.picking.answers import Answers
from mi_problems.records.problem import Problem
from mi_problems.records.terms import MEANING, Compute, Level, plural
from mi_problems.records.typed import read_id
from mi_problems.registry.registry import Registry
from mi_problems.terminal.dialogue import said
from mi_problems.terminal.render.cells import wrap
from mi_problems.terminal.session import Session

BACK = ("back", "<")
HELP = ("?", "help", "h")
LEAVE = ("q", "quit", "exit", "bye")
SHOW = ("show", "card", "open")
ANY_TIME = "at any time: an id such as 3.21 shows its card, `back` asks the question before, `q` or Ctrl-D ends"
_LONGEST_WORD = 12  # of what the choices mean
Value = TypeVar("Value")


class Back(Exception):
    """The question before is to be asked again."""


class Talk:
    """A conversation: where it is held, about which problems, and the days a week that were named in it."""

    def __init__(self, session: Session, registry: Registry) -> None:
        self.session, self.registry = session, registry
        self.days: int | None = None

    def say(self, text: str = "") -> None:
        self.session.out.write(f"{text}\n")

    def beside(self, label: str, text: str, *style: str) -> None:
        """The text beside a label, wrapped and indented to the same place; below it where that is narrow."""
        out = self.session.out
        if out.width - len(label) < _LONGEST_WORD:
            self.say(label.rstrip())
            label = "    "
        for line in wrap(text, out.width, label, " " * len(label)):
            self.say(line[: len(label)] + out.style(line[len(label) :], *style))

    def complain(self, error: MipError) -> None:
        self.beside("  ", clean(str(error)))

    def card(self, problem: Problem) -> None:
        """The whole card, through the pager where it is long."""
        from mi_problems.terminal.pages.card import card, printed

        self.session.show("\n" + printed([card(problem, self.registry)], self.session.out))

    def shown(self, text: str) -> bool:
        """Whether the text asks for a card by its id, which is then shown, or told why not."""
        verb, _, rest = text.partition(" ")
        asked = rest if verb.casefold() in SHOW else text
        if read_id(asked) is None:
            return False
        try:
            self.card(self.registry.problem(asked))
        except MipError as error:
            self.complain(error)
        return True


class Question(NamedTuple, Generic[Value]):
    """What is asked: the words, the choices with their meanings, what Enter means, and how an answer is read."""

    words: str
    choices: Sequence[tuple[str, str]]
    prompt: str
    read: Callable[[str], Value]
    help: str


def ask(talk: Talk, question: Question[Value]) -> Value:
    """The answer; Back where the question before is wanted, EOFError where the person leaves."""
    while True:
        talk.say(f"\n{talk.session.out.style(question.words, 'bold')}")
        for label, meaning in question.choices:
            talk.beside(label, meaning, "dim")
        while True:
            answer = talk.session.ask(question.prompt)
            word = answer.casefold()
            if word in LEAVE:
                raise EOFError
            if word in BACK:
                raise Back
            if word in HELP:
                talk.beside("  ", question.help)
                talk.beside("  ", ANY_TIME)
                break
            if talk.shown(answer):
                break
            try:
                return question.read(answer)
            except UsageFault as error:
                talk.complain(error)


def _one_of(talk: Talk, words: str, labels: Mapping[str, str], read: Callable[[str], str], help: str) -> str:
    """One of a few, by its number or in words; Enter takes the first. What was understood is said."""
    width = max(map(len, labels.values())) + 2
    lines = [(f"  {at}  {label:<{width}}", MEANING[one]) for at, (one, label) in enumerate(labels.items(), 1)]
    numbered = {str(at): one for at, one in enumerate(labels, 1)}
    understood = Question(words, lines, "[1] ", lambda answer: numbered.get(answer or "1") or str(read(answer)), help)
    chosen = ask(talk, understood)
    talk.say(f"  {chosen}")
    return chosen


def level(talk: Talk, answers: Answers) -> Answers:
    labels = {str(one): f"{one.letter}  {one}" for one in Level}
    help = "a number, a letter, or what you are: undergrad, engineer, PhD student; Enter is 1"
    return answers._replace(levels=(_one_of(talk, "How experienced are you?", labels, said.level, help),))


def interests(talk: Talk, answers: Answers) -> Answers:
    slugs = ", ".join(category.slug for category in talk.registry.categories)
    chosen = ask(
        talk,
        Question(
            "What interests you?", [("  ", f"words, separated by commas; or one of {slugs}")], "[anything] ",
            lambda answer: tuple(part.strip() for part in answer.split(",") if part.strip()),
            "such as `how do models lie`, or `steering vectors, chess`; Enter leaves it open",
        ),
    )  # fmt: skip
    return answers._replace(interests=chosen)


def machine(talk: Talk, answers: Answers) -> Answers:
    labels = {str(one): str(one) for one in Compute}
    help = "a number, or what you have: a free GPU on Colab, two A100s; what makes use of it comes first"
    return answers._replace(compute=_one_of(talk, "What do you compute on?", labels, said.machine, help))


def weeks(talk: Talk, answers: Answers) -> Answers:
    """The full-time weeks at hand; how many days a week is asked once, where weeks were named."""
    meant = "a week is five days of work, as the cards count; or say `4 weekends`, `2 months`"
    question = Question(
        "How many weeks do you have?", [("  ", meant)], "[any] ",
        lambda answer: said.time(answer) if answer else None,
        "the longest estimate of a pick fits into them; Enter leaves it open",
    )  # fmt: skip
    while True:
        time = ask(talk, question)
        if time is None:
            return answers._replace(weeks=None)
        if not time.days and talk.days is None:
            try:
                talk.days = ask(talk, DAYS)
            except Back:
                continue
        found = time.full_time(talk.days or said.FULL_TIME)
        talk.say(f"  {plural(found, 'week')} of full-time work")
        return answers._replace(weeks=found)


DAYS = Question(
    "How many days a week?", [("  ", "5 is full-time")], f"[{said.FULL_TIME}] ",
    lambda answer: said.days_a_week(answer) if answer else said.FULL_TIME,
    "the days on which you work on it: a number from 1 to 7",
)  # fmt: skip
