"""Runs the program without garbage collector and teardown, which take a fifth of the time of short runs."""

import gc
import os
import sys

INTERRUPTED = 130


def main() -> None:
    """The entry point of `mip` and of `python -m mi_problems`."""
    gc.disable()
    try:
        from mi_problems.cli import app  # after the collector is off, since imports make most of the garbage

        app(prog_name="mip")
    except KeyboardInterrupt:
        os._exit(INTERRUPTED)
    except SystemExit as ending:
        code = ending.code if isinstance(ending.code, int) else 0
        for stream in (sys.stdout, sys.stderr):
            if stream is not None and code != INTERRUPTED:  # what is left then may wait for a reader forever
                try:
                    stream.flush()
                except (OSError, ValueError):
                    code = code or 1
        os._exit(code)


if __name__ == "__main__":
    main()
