"""`mip pick` on a terminal: up to four questions, the picks, and what to do with them. Every answer has a flag."""

from collections.abc import Callable, Sequence

from mi_problems.clean import clean
from mi_problems.errors import MipError, UsageFault
from mi_problems.picking.answers import Answers, draw
from mi_problems.picking.recommend import Pick
from mi_problems.progress.entries import SAVED
from mi_problems.records.problem import Problem
from mi_problems.records.terms import MEANING, Compute, Level
from mi_problems.registry.filters import read_compute, read_level, read_weeks
from mi_problems.registry.registry import Registry
from mi_problems.scaffold.start import Request
from mi_problems.terminal.memory.marks import add, begin, read_who
from mi_problems.terminal.memory.picks import marks_for, part, welcome
from mi_problems.terminal.render.cells import wrap
from mi_problems.terminal.render.picks import pick_list
from mi_problems.terminal.session import Session
from mi_problems.terminal.started import talk

MENU = (
    "number: show in full", "i NUMBER: start it", "s NUMBER: save", "l NUMBER: others like it", "a: another draw",
    "w: other wishes", "q: quit",
)  # fmt: skip
_LONGEST_WORD = 12  # of what the choices mean


def interview(session: Session, answers: Answers) -> None:
    """Asks for what no flag has answered, shows picks, and offers what comes next until told to stop."""
    registry = session.registry()
    own = marks_for(session, registry, answers)
    draw(registry, answers._replace(level=Level.BEGINNER), own)  # a wrong flag is told before the first question
    if greeting := welcome(own, answers.who):
        _say_beside(session, "", greeting, "dim")
    answers = _complete(session, registry, answers)
    said, depends = False, False
    while True:
        picks, wanted, notice = draw(registry, answers, own)
        left_out, had = part(registry, answers, wanted, own)
        if not picks and answers.shown:
            _say(session, "\n  that was all that fits; from the start again")
            answers = answers._replace(shown=())
            continue
        if notice:
            session.remark(f"mip: {notice}")
        if left_out and not said:
            session.remark(f"mip: {left_out}")
        said, depends = said or bool(left_out), depends or had
        session.out.write("\n" + pick_list(picks, session.out, numbered=True))
        if not picks:
            session.explain_empty(registry.problems, wanted)
        again = _menu(session, registry, picks, answers)
        if again is None:
            break
        answers = again
    _say(session, f"\nthe same again:  {session.out.style(clean(answers.command()), 'bold')}")
    if depends:
        _say(session, "  (your marks had a part in it)")


def _complete(session: Session, registry: Registry, answers: Answers) -> Answers:
    """The answers with the level, and whichever of interests, machine and weeks were not given, asked for."""
    answers = answers._replace(level=_choose(session, "How experienced are you?", Level, read_level))
    if not answers.interests and not answers.categories:
        answers = answers._replace(interests=_interests(session, registry))
    if answers.compute is None:
        answers = answers._replace(compute=_choose(session, "What do you compute on?", Compute, read_compute))
    if answers.weeks is None:
        answers = answers._replace(weeks=_weeks(session))
    return answers


def _say(session: Session, text: str) -> None:
    session.out.write(f"{text}\n")


def _say_beside(session: Session, label: str, text: str, *style: str) -> None:
    """The text beside a label, wrapped between words and indented to the same place; below it where that is narrow."""
    if session.out.width - len(label) < _LONGEST_WORD:
        _say(session, label.rstrip())
        label = "    "
    for line in wrap(text, session.out.width, label, " " * len(label)):
        _say(session, line[: len(label)] + session.out.style(line[len(label) :], *style))


def _choose(
    session: Session,
    question: str,
    choices: type[Level] | type[Compute],
    read: Callable[[str], str],
) -> str:
    """One of a few, by number, letter, name or beginning of a name; Enter takes the default."""
    _say(session, f"\n{session.out.style(question, 'bold')}")
    names = [str(choice) for choice in choices]
    for number, choice in enumerate(choices, 1):
        letter = f"{choice.letter}  " if isinstance(choice, Level) else ""
        _say_beside(session, f"  {number}  {letter}{choice:<14}", MEANING[choice], "dim")
    while True:
        answer = session.ask("[1] ") or "1"
        try:
            chosen = names[int(answer) - 1] if answer in _numbers(len(names)) else str(read(answer))
        except UsageFault as error:
            _say_beside(session, "  ", clean(str(error)))
            continue
        _say(session, f"  {chosen}")
        return chosen


def _numbers(most: int) -> list[str]:
    return [str(number) for number in range(1, most + 1)]


def _interests(session: Session, registry: Registry) -> tuple[str, ...]:
    _say(session, f"\n{session.out.style('What interests you?', 'bold')}")
    slugs = ", ".join(category.slug for category in registry.categories)
    _say_beside(session, "  ", f"words, separated by commas; or one of {slugs}")
    answer = session.ask("[anything] ")
    return tuple(part.strip() for part in answer.split(",") if part.strip())


def _weeks(session: Session) -> int | None:
    _say(session, f"\n{session.out.style('How many weeks do you have?', 'bold')}")
    while True:
        answer = session.ask("[any] ")
        if not answer:
            return None
        try:
            return read_weeks(answer)
        except UsageFault:
            _say(session, "  a whole number from 1, or Enter")


def _menu(session: Session, registry: Registry, picks: Sequence[Pick], answers: Answers) -> Answers | None:
    """Asks what to do with the picks until it is done; new answers for another draw, None to stop."""
    beside = "   ".join(MENU)
    menu = beside if len(beside) <= session.out.width else "\n".join(MENU)
    while True:
        _say(session, f"\n{session.out.style(menu, 'dim')}")
        verb, _, rest = session.ask("> ").partition(" ")
        if verb in {"q", "quit", "exit", ""}:
            return None
        if verb == "a":
            shown = (*answers.shown, *(pick.problem.id for pick in picks))
            return answers._replace(seed=answers.seed + 1, shown=shown)
        if verb == "w":
            fresh = answers._replace(interests=(), categories=(), compute=None, weeks=None, like=None, shown=())
            return _complete(session, registry, fresh)
        number = rest.strip() if verb in {"i", "s", "l"} else f"{verb} {rest}".strip()
        if number not in _numbers(len(picks)):
            _say(session, f"  a number from 1 to {len(picks)}, or i, s, l, a, w, q" if picks else "  a, w or q")
            continue
        problem = picks[int(number) - 1].problem
        if verb == "l":
            return answers._replace(like=problem.id, exclude=(*answers.exclude, problem.id), interests=(), shown=())
        if verb == "i":
            if _start(session, problem.id):
                return None
            continue
        if verb == "s":
            _save(session, problem, answers.who)
            continue
        from mi_problems.terminal.pages.card import card, printed

        _say(session, "\n" + printed([card(problem, registry)], session.out).rstrip("\n"))


def _start(session: Session, identifier: str) -> bool:
    """Writes the repository of a problem; False, with the reason shown, where that fails."""
    try:
        talk(session, begin(session, session.registry(), Request(identifier)))
    except MipError as error:
        _say_beside(session, "  ", clean(str(error)))
        return False
    return True


def _save(session: Session, problem: Problem, who: str) -> None:
    """Marks a problem as saved; says so, or why not."""
    try:
        add([problem], SAVED, read_who(who))
    except MipError as error:
        _say_beside(session, "  ", clean(str(error)))
    else:
        _say(session, f"  saved {problem.id}; `mip mine` shows it")
