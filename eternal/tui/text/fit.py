"""Text made to fit: safe for a terminal, and no wider than there is room."""

from __future__ import annotations

from eternal.safety import clean
from eternal.wording.columns import columns as cells
from eternal.wording.columns import cut

__all__ = ["cells", "fitted"]


def fitted(text: str, room: int) -> str:
    """Return a text of one line made safe, and cut to so many columns."""
    text = clean(text).replace("\n", " ").replace("\t", " ")
    return cut(text, room)
