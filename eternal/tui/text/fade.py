"""How much light a word has, and which of its letters are left: the look of going.

`eternal.wording.fading` says which words are gone; here is only how that looks.
"""

from __future__ import annotations

from functools import lru_cache
from zlib import crc32

from msgspec import Struct
from rich.cells import split_graphemes

from eternal.tui.palette import STEPS
from eternal.tui.text.sheet import Part
from eternal.wording.fading import is_gone

__all__ = ["FULL", "Look", "erode", "rest"]

#: Points of integrity for which a few letters stay behind where a word was, and for which a word pales before it goes.
TRACE, PALING = 14, 9


class Look(Struct, frozen=True, gc=False):
    """How a part is shown: which letters are gone (0 none, 100 all), its light (0 to `STEPS`), and whether it has paled."""

    eaten: int = 0
    light: int = STEPS
    pale: bool = False


FULL = Look()
UNSEEN = Look(eaten=100, light=0)
_PALE = Look(pale=True)


@lru_cache(maxsize=8_192)
def rest(part: Part, integrity: int, *, dissolve: bool = True) -> Look:
    """Return how a part looks when nothing moves, with so many percent left.

    Words that can still be kept only pale: they are there to be taken. Without `dissolve` no word does more than that.
    """
    if part.lit or part.rank < 0 or integrity >= 100:
        return FULL
    if is_gone(part.rank, integrity):
        if part.link or not dissolve:
            return _PALE
        past = part.rank - integrity
        return Look(eaten=min(100, 55 + 45 * past // TRACE), light=STEPS, pale=True) if past < TRACE else UNSEEN
    return _PALE if is_gone(part.rank, max(0, integrity - PALING)) else FULL


@lru_cache(maxsize=8_192)
def erode(text: str, eaten: int, key: int) -> str:
    """Return a text with so many percent of its letters replaced by spaces: always the same ones for the same key."""
    if eaten <= 0:
        return text
    if eaten >= 100:
        return " " * sum(width for _, _, width in split_graphemes(text)[0])
    return "".join(
        " " * width if crc32(f"{key}:{start}".encode()) % 100 < eaten else text[start:end] for start, end, width in split_graphemes(text)[0]
    )
