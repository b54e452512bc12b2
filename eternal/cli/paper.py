"""Lines for whoever reads them: a person's terminal has a width, a program gets them whole."""

from __future__ import annotations

import shutil
import sys
import textwrap

import click

__all__ = ["echo", "print_json", "terminal_width"]


def terminal_width() -> int | None:
    """Return the columns of the terminal that is written to; None if it is none."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def echo(text: str, hang: int) -> None:
    """Print lines; what is wider than the terminal goes on below, so many columns in."""
    width = terminal_width()
    fold = textwrap.TextWrapper(max(width or 0, 2 * hang), subsequent_indent=" " * hang, break_long_words=False, break_on_hyphens=False)
    for line in text.splitlines():
        click.echo(line if width is None or len(line) <= width else fold.fill(line))


def print_json(found: object) -> None:
    """Print what was found as data, in UTF-8 whatever the terminal speaks."""
    import msgspec

    sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(found), indent=2) + b"\n")
