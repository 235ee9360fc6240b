"""What every command is given: the registry to use and the two streams to speak on."""

import contextlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from mi_problems.clean import clean
from mi_problems.errors import MipError, UsageFault
from mi_problems.records.problem import Problem
from mi_problems.registry.filters import Criterion, why_empty
from mi_problems.registry.load import load
from mi_problems.registry.registry import Registry
from mi_problems.terminal.render.screen import OutputClosed, Screen
from mi_problems.terminal.typed import typed_line


class Session(NamedTuple):
    """One run of the tool. `data` are the user's own registries; `only` leaves the bundled problems out."""

    data: tuple[Path, ...]
    out: Screen
    err: Screen
    quiet: bool
    paging: bool = True
    only: bool = False

    def registry(self) -> Registry:
        """The registry in use; UsageFault where the bundled problems are left out and there are no others."""
        if self.only and not self.data:
            raise UsageFault("--only leaves the bundled problems out", "name your own with --data or MIP_DATA")
        return load(*self.data, only=self.only)

    def show(self, text: str) -> None:
        """The result, on standard output: through a pager where it is longer than the terminal."""
        if self.paging and self.out.terminal:
            from mi_problems.terminal.render.cells import rows

            if rows(text, self.out.width) >= self.out.height:
                from mi_problems.terminal.render import pager

                pager.show(text, self.out)
                return
        self.out.write(text)

    def note(self, text: str) -> None:
        """A hint on standard error, unless quiet; nothing where that stream cannot be written."""
        if not self.quiet:
            with contextlib.suppress(MipError, OutputClosed):
                self.err.write("".join(f"{clean(line)}\n" for line in text.split("\n")))

    def can_ask(self) -> bool:
        """Whether a person sits at both ends: prompts only then."""
        try:
            return self.out.terminal and sys.stdin is not None and sys.stdin.isatty()
        except ValueError:
            return False

    def ask(self, prompt: str) -> str:
        """One line typed at the terminal, without its ends; KeyboardInterrupt where input ends or the terminal goes.

        What is no text is told, and asked for again.
        """
        while True:
            self.out.write(prompt)
            try:
                line = typed_line(sys.stdin)
            except UnicodeDecodeError as error:
                self.out.write(f"  that is not {error.encoding.upper()}; type it again\n")
                continue
            except OSError:
                line = ""
            if not line:
                raise KeyboardInterrupt
            return line.strip()

    def remark(self, text: str) -> None:
        """A hint in prose: on a terminal wrapped between words."""
        if self.err.terminal:
            from mi_problems.terminal.render.cells import wrap

            text = "\n".join(wrap(text, self.err.width))
        self.note(text)

    def explain_empty(self, problems: Sequence[Problem], wanted: Sequence[Criterion]) -> None:
        """Says why a list is empty and what to relax."""
        self.note(f"mip: {why_empty(problems, wanted)}")
