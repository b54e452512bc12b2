"""What becomes of a command: an exit code, and one line for whatever went wrong."""

from __future__ import annotations

import sys
from collections.abc import Callable

from eternal.cli import streams
from eternal.cli.extras import extra_of
from eternal.errors import EternalError

__all__ = ["INTERRUPTED", "outcome", "say"]

#: What an interrupted program returns.
INTERRUPTED = 130


def outcome(work: Callable[[], object], *, debug: bool = False) -> int:
    """Do something and return its exit code; what goes wrong is said on standard error.

    Args:
        work: what to do; a number it returns is the exit code.
        debug: whether an error of ours is shown with its traceback.
    """
    from eternal.story.diagnostics import StoryError, render

    streams.make_ready()
    try:
        result = work()
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        streams.give_up_stdout()
        return 0
    except StoryError as error:
        for diagnostic in error.diagnostics:
            print(render(diagnostic), file=sys.stderr)
        return 1
    except EternalError as error:
        return say(error.told, 1)
    except OSError as error:
        if debug:
            raise
        streams.give_up_stdout()
        return say(streams.explain(error), 1)
    except Exception as error:  # the outermost edge: whatever it is, it ends in one line
        if debug:
            raise
        if isinstance(error, ModuleNotFoundError) and (extra := extra_of(error)) is not None:
            return say(f"this command needs the extra '{extra}': pip install 'eternal[{extra}]'", 1)
        return say(f"internal error: {type(error).__name__}: {error} (run with --debug for the traceback)", 1)
    return result if isinstance(result, int) else 0


def say(message: str, code: int) -> int:
    """Say in one line what went wrong, and return the exit code that goes with it."""
    from eternal.safety import clean

    print(f"eternal: {clean(' '.join(message.split()))}", file=sys.stderr)
    return code
