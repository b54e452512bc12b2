"""Text made to fit: safe for a terminal, and no wider than there is room."""

from __future__ import annotations

from rich.cells import cell_len

from eternal.engine.columns import cut
from eternal.story.safety import clean

__all__ = ["both_ends", "cells", "fitted"]


def cells(text: str) -> int:
    """Return how many columns a text takes."""
    return cell_len(text)


def fitted(text: str, room: int) -> str:
    """Return a text of one line made safe, and cut to so many columns."""
    text = clean(text).replace("\n", " ").replace("\t", " ")
    return cut(text, room)


def both_ends(text: str, note: str, room: int) -> tuple[str, str, str]:
    """Return a text, the gap after it, and a note that ends at the right edge; what is too long is cut, the note first."""
    text = fitted(text, room)
    left = room - cell_len(text) - 2
    note = fitted(note, left) if left >= min(8, cell_len(note)) else ""
    return text, " " * (room - cell_len(text) - cell_len(note)) if note else "", note
