"""The command line: one thin module a command."""

from __future__ import annotations

import sys

__all__ = ["main"]


def main() -> int:
    """Run the command line and return the exit code: 0 well, 1 errors, 2 a wrong command line, 130 interrupted."""
    try:
        if sys.argv[1:] in (["--version"], ["-V"]) and _said_version():
            return 0
        if not sys.argv[1:]:
            return _played()
        from eternal.cli.group import run

        return run(sys.argv[1:])
    except KeyboardInterrupt:  # before `run` could see to it
        return 130


def _said_version() -> bool:
    """Say the version without importing anything else: scripts ask for it, often. False if it cannot be written."""
    from eternal._version import VERSION

    try:
        print(f"eternal {VERSION}", flush=True)
    except OSError:
        return False
    return True


def _played() -> int:
    """Play without a word on the command line: the title is on the screen before anything that could need one."""
    import gc

    gc.disable()  # thousands of modules' objects come and none goes: whoever draws the title, or plays without it, turns it on again
    from eternal.tui.glimpse import show

    show()
    from eternal.cli.outcome import outcome
    from eternal.cli.playing import play_shipped

    return outcome(play_shipped)
