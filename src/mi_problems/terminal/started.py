"""What is told when a repository was started, by `mip init` and in the dialogue of `mip pick`."""

from mi_problems.scaffold.start import Started
from mi_problems.terminal.session import Session

HINT = "README.md says how to make an environment with the CPU build of torch (0.2 GB)"


def talk(session: Session, started: Started, dry_run: bool = False) -> None:
    """Tells on standard error what became of each file and, unless the run is dry, what to type next.

    The path goes to standard output.
    """
    for action in started.actions:
        session.note(f"{action.action:<8}{action.path}")
    if started.left_out:
        session.note(started.left_out)
    if dry_run:
        session.note("nothing written (--dry-run)")
    else:
        session.note("\nnext:\n" + "\n".join(f"  {command}" for command in started.commands) + f"\n{HINT}")
    session.out.write(f"{started.target}\n")
