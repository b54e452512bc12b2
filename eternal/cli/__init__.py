"""The command line: one thin module a command."""

from __future__ import annotations

import sys

__all__ = ["main"]


def main() -> int:
    """Run the command line and return the exit code: 0 well, 1 errors, 2 a wrong command line, 130 interrupted."""
    if sys.argv[1:] in (["--version"], ["-V"]):  # asked by scripts, often: nothing else is imported for it
        from eternal._version import VERSION

        print(f"eternal {VERSION}")
        return 0
    from eternal.cli.group import run

    return run(sys.argv[1:])
