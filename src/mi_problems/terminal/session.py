"""What every command is given: the registry to use and the two streams to speak on."""

import contextlib
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from mi_problems.clean import clean
from mi_problems.errors import MipError, UsageFault
from mi_problems.records.problem import Problem
from mi_problems.registry.load import load
from mi_problems.registry.registry import Registry
from mi_problems.terminal.render.screen import OutputClosed, Screen
from mi_problems.terminal.typed import typed_line

if TYPE_CHECKING:
    from mi_problems.registry.filters import Criterion

Seen = Callable[[], tuple[str, str]]  # a text for a person at a terminal, and a hint to stand below it
Beside = TypeVar("Beside")


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

    def show(self, text: str | bytes) -> None:
        """The result, on standard output: text through a pager where it is longer than the terminal."""
        if self.paging and self.out.terminal and isinstance(text, str):
            from mi_problems.terminal.render.cells import fills

            if fills(text, self.out.width, self.out.height):
                from mi_problems.terminal.render import pager

                pager.show(text, self.out)
                return
        self.out.write(text)

    def room(self, beside: Sequence[str]) -> int:
        """The lines that are left for a text where these hints stand beside it, and a prompt below."""
        from mi_problems.terminal.render.cells import wrap

        shown = () if self.quiet or not self.err.terminal else beside
        return self.out.height - 1 - sum(len(wrap(line, self.err.width)) for line in shown)

    def answer(
        self,
        form: str,
        *,
        json: Callable[[], str | bytes],
        piped: Callable[[], str],
        seen: Seen,
        rows: Callable[[], tuple[Sequence[str], Iterable[Sequence[str]]]] = lambda: ((), ()),
    ) -> None:
        """The result in the form that was asked for, else in that of the stream; `rows` are a table for csv and md."""
        hint = ""
        text: str | bytes
        if form == "json":
            text = json()
        elif form:
            from mi_problems.terminal.render.formats import WRITERS

            text = WRITERS[form](*rows())
        elif self.out.terminal:
            text, hint = seen()
        else:
            text = piped()
        self.show(text)
        if hint:
            self.remark(hint)

    def answer_problems(
        self,
        form: str,
        found: Sequence[Problem],
        seen: Seen,
        more: Sequence[dict[str, Any]] = (),
    ) -> None:
        """Problems as the result; `more` is what JSON says of each beside its record."""
        from mi_problems.terminal.render import lines, records

        self.answer(
            form,
            json=lambda: records.problems(found, self.out, more),
            rows=lambda: (records.PROBLEM, map(records.problem_row, found)),
            piped=lambda: lines.lines(found, self.out),
            seen=seen if found else lambda: ("", ""),
        )

    def answer_beside(
        self,
        form: str,
        found: Sequence[Beside],
        registry: Registry,
        *,
        record: Callable[[Beside, Registry], dict[str, Any]],
        columns: Sequence[str],
        line: Callable[[Beside, Registry], str],
        page: Callable[[Beside, Registry], str] | None,
        seen: Seen,
    ) -> None:
        """Categories, lists or skills as the result: a line each, or with `page` one as a page."""
        from mi_problems.terminal.render.records import document, row

        self.answer(
            form,
            json=lambda: document([record(one, registry) for one in found], self.out),
            rows=lambda: (columns, [row(record(one, registry), columns) for one in found]),
            piped=lambda: "".join(page(one, registry) if page else f"{line(one, registry)}\n" for one in found),
            seen=seen if found else lambda: ("", ""),
        )
        if not found:
            self.note("mip: this registry has none")

    def visit(self, addresses: Sequence[str]) -> None:
        """Opens addresses in the web browser; in a pipe, or where there is no browser, they are the result."""
        from mi_problems.terminal.render.links import opened

        for address in addresses:
            if self.out.terminal and opened(address):
                self.note(f"opened {address} in the web browser")
            else:
                self.out.write(f"{address}\n")

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
        """One line typed at the terminal, without its ends; EOFError where input ends or the terminal goes.

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
                raise EOFError
            return line.strip()

    def remark(self, text: str) -> None:
        """A hint in prose: on a terminal wrapped between words."""
        if self.err.terminal:
            from mi_problems.terminal.render.cells import wrap

            text = "\n".join(wrap(text, self.err.width))
        self.note(text)

    def explain_empty(self, problems: Sequence[Problem], wanted: "Sequence[Criterion]", spoken: bool = False) -> None:
        """Says why a list is empty and what to relax, in words where no flags were typed."""
        from mi_problems.registry.filters import why_empty

        self.note(f"mip: {why_empty(problems, wanted, spoken)}")
