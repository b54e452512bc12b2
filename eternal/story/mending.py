"""What can still be read of a file that is not YAML at one place: every scene but the one it stands in.

The lines of that scene become blanks, all but the one that names it, so that everything else keeps its place.
"""

from __future__ import annotations

import re
from typing import Any

from msgspec import Struct

__all__ = ["Lost", "mend"]

#: A line that ends a document and begins the next.
_BORDER = re.compile(r"(?:---|\.\.\.)(?:\s|$)")
_NAME = re.compile(r"id:[ \t]+[a-z][a-z0-9'-]*[ \t]*(?:#.*)?$")
_INNER_NAME = re.compile(r"^[ \t].*?\bid:[ \t]+([a-z][a-z0-9'-]*)", re.MULTILINE)
#: What stands for a scene that has no name.
_NAMELESS = "x"
_KEPT = re.compile(r"\(keep:([a-z0-9'-]+)\)")


class Lost(Struct, frozen=True):
    """A scene that cannot be read.

    Attributes:
        line: the line (from 0) that stands for it in the mended text.
        text: its lines.
        named: whether it is known by its name; if not, nobody can tell what is missing from the story.
    """

    line: int
    text: str
    named: bool

    def known(self) -> dict[str, Any]:
        """Return what others may name of it besides itself: whatever looks like one of its choices or fragments."""
        choices = dict.fromkeys(_INNER_NAME.findall(self.text))
        return {"choices": [{"id": name} for name in choices], "fragments": {name: {} for name in _KEPT.findall(self.text)}}


def mend(text: str, line: int) -> tuple[str, Lost] | None:
    """Take out the document that a line (from 0) stands in.

    Returns:
        The text as it can be read, every other character where it was, and what was taken out; None if nothing is left to take.
    """
    lines = text.split("\n")
    begin, end = _borders(lines, line)
    taken = lines[begin:end]
    names = [number for number in range(begin, end) if _NAME.match(lines[number])]
    stands = next((number for number in range(begin, end) if number in names or (not names and lines[number])), None)
    if stands is None:
        return None
    kept = lines[stands] if names else _NAMELESS.ljust(len(lines[stands]))
    lines[begin:end] = [" " * len(taken_line) for taken_line in taken]
    lines[stands] = kept
    mended = "\n".join(lines)
    return (mended, Lost(stands, "\n".join(taken), named=len(names) == 1)) if mended != text else None


def _borders(lines: list[str], at: int) -> tuple[int, int]:
    """Return the first line of the document that a line stands in, and the line after its last."""
    begin = next((n + 1 for n in range(min(at, len(lines) - 1), -1, -1) if _BORDER.match(lines[n])), 0)
    end = next((n for n in range(max(begin, at + 1), len(lines)) if _BORDER.match(lines[n])), len(lines))
    return begin, end
