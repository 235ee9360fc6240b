"""`mip pick` on a terminal: up to four questions, the picks, and what to do with them. Every answer has a flag."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mi_problems.clean import clean
from mi_problems.picking.answers import Answers, Drawn, draw
from mi_problems.progress.marks import Mark
from mi_problems.records.terms import Level
from mi_problems.terminal.dialogue import questions
from mi_problems.terminal.dialogue.menu import MENU, choose
from mi_problems.terminal.dialogue.questions import Back, Talk
from mi_problems.terminal.dialogue.remarks import above
from mi_problems.terminal.memory.picks import marks_for, part, welcome
from mi_problems.terminal.render.picks import pick_list
from mi_problems.terminal.session import Session

Asking = Callable[[Talk, Answers], Answers]


def interview(session: Session, answers: Answers) -> None:
    """Asks for what no flag has answered, shows picks, and offers what comes next until told to stop."""
    talk = Talk(session, session.registry())
    own = marks_for(session, talk.registry, answers)
    draw(talk.registry, answers._replace(levels=(Level.BEGINNER,)), own)  # a wrong flag is told before all questions
    if greeting := welcome(own, answers.who):
        talk.beside("", greeting, "dim")
    Interview(talk, answers, own).run()


class Interview:
    """One conversation: what was answered so far, and which marks it looks at."""

    def __init__(self, talk: Talk, answers: Answers, own: dict[str, Mark]) -> None:
        self.talk, self.answers, self.own = talk, answers, own
        self.by_marks = self.told = False

    def run(self) -> None:
        """Until the person leaves, who is then told how to have the same again."""
        try:
            asked = self.ask(_open(self.answers))
            while True:
                drawn = self.draw()
                try:
                    step = choose(self.talk, drawn, self.answers)
                except Back:
                    self.talk.days = None
                    asked = self.ask(asked, len(asked) - 1)
                    continue
                self.answers = step.answers
                if step.asked:
                    asked = self.ask(_open(self.answers))
        except EOFError:
            self.leave()

    def ask(self, asking: Sequence[Asking], at: int = 0) -> Sequence[Asking]:
        """Asks these questions in turn from one on, back and forth as wanted, and gives them back."""
        while at < len(asking):
            try:
                self.answers = asking[at](self.talk, self.answers)._replace(shown=())
                at += 1
            except Back:
                self.talk.days = None
                at = max(0, at - 1)
        return asking

    def draw(self) -> Drawn:
        """Picks for the answers, shown with what is to be said of them; from the start again where all were seen."""
        talk, session = self.talk, self.talk.session
        drawn = draw(talk.registry, self.answers, self.own)
        if not drawn.picks and self.answers.shown:
            talk.say("\n  that was all that fits; from the start again")
            self.answers = self.answers._replace(shown=())
            drawn = draw(talk.registry, self.answers, self.own)
        left_out, had = part(talk.registry, self.answers, drawn.wanted, self.own)
        lines = above(self.answers, drawn, "" if self.told else left_out, spoken=True)
        self.by_marks, self.told = self.by_marks or had, self.told or bool(left_out)
        for line in lines:
            session.remark(line)
        room = session.room([*lines, MENU]) - 2  # empty lines
        session.out.write("\n" + pick_list(drawn.picks, session.out, numbered=True, room=room))
        if not drawn.picks:
            session.explain_empty(talk.registry.problems, drawn.wanted, spoken=True)
        elif drawn.answered:
            talk.beside("  ", f"({drawn.answered} more are answered already: `r` takes them in, to replicate)")
        return drawn

    def leave(self) -> None:
        """The line that gives the same again, as far as there were answers."""
        if self.answers.levels or self.answers.like:
            line = self.talk.session.out.style(clean(self.answers.command()), "bold")
            self.talk.say(f"\nthe same again:  {line}")
        if self.by_marks:
            self.talk.say("  (your marks had a part in it)")


def _open(answers: Answers) -> list[Asking]:
    """What is still to be asked, the level in any case."""
    answered = {
        questions.level: False,
        questions.interests: bool(answers.interests or answers.categories),
        questions.machine: answers.compute is not None,
        questions.weeks: answers.weeks is not None,
    }
    return [asking for asking, known in answered.items() if not known]
