"""Text by what a reader sees of it: whole characters (graphemes) and the columns they take, never code points.

A letter with its marks, a flag, a family of emoji is one character of several code points; a CJK character takes two
columns, a combining mark none. Whoever cuts, fills up or breaks text for a screen asks here.
"""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len, set_cell_size, split_graphemes

__all__ = ["columns", "cut", "fit", "graphemes", "padded"]


def columns(text: str) -> int:
    """Return how many columns a text takes; most texts can be told to take one a letter without being looked up."""
    return len(text) if text.isascii() and text.isprintable() else cell_len(text)


def graphemes(text: str) -> Iterator[tuple[str, int]]:
    """Yield each character that a reader sees, and its columns."""
    yield from ((text[start:end], width) for start, end, width in split_graphemes(text)[0])


def fit(text: str, room: int) -> int:
    """Return how many code points of a text fit into so many columns, never cutting through a character; one character at least."""
    looked = 4 * room + 16  # of a long text only the beginning matters; a character of many code points may need more of it
    while True:
        used = 0
        for start, _, width in split_graphemes(text[:looked])[0]:
            if used + width > room and start:
                return start
            used += width
        if looked >= len(text):
            return len(text)
        looked *= 4


def cut(text: str, room: int) -> str:
    """Return a text of one line cut to so many columns; what is missing is an ellipsis."""
    if columns(text) <= room:
        return text
    return set_cell_size(text, room - 1).rstrip() + "…" if room > 0 else ""


def padded(text: str, width: int) -> str:
    """Return a text with spaces after it to so many columns."""
    return text + " " * (width - columns(text))
