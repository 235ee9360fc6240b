"""The program. Two habits of short runs, worth a fifth of the start-up time: no garbage collector, no teardown."""

import gc
import os
import sys


def main() -> None:
    """The entry point of `mip` and of `python -m mi_problems`."""
    gc.disable()
    try:
        code = _run()
    except KeyboardInterrupt:  # while importing or leaving: in between the program sees to it
        code = 130
    os._exit(code)


def _run() -> int:
    """Runs the program and gives its exit code."""
    from mi_problems.cli import app  # after the collector is off, since imports make most of the garbage

    try:
        app(prog_name="mip")
    except SystemExit as ending:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
        return ending.code if isinstance(ending.code, int) else 0
    return 0


if __name__ == "__main__":
    main()
