"""The rows of a list, broken into lines: nothing that can be chosen is ever cut off."""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct

from eternal.engine.pages import Passage, Piece
from eternal.safety import clean
from eternal.tui.text.fit import cells
from eternal.tui.text.sheet import lay, text_of
from eternal.wording.columns import padded

__all__ = ["LEAD", "RowLine", "row_lines"]

#: Columns of what stands in a column of its own before the words.
LEAD = 14


class RowLine(Struct, frozen=True):
    """One line of a row: its words, then a note that ends at the right edge; or a line of what stands below."""

    text: str = ""
    gap: str = ""
    note: str = ""
    below: bool = False


@lru_cache(maxsize=1_024)
def row_lines(text: str, note: str, below: str, lead: str, room: int) -> tuple[RowLine, ...]:
    """Break a row into lines of at most `room` columns.

    Args:
        text: what the row is about; it is broken between words.
        note: a few words at the right, on a line of their own where there is no room beside the text.
        below: a sentence under it.
        lead: what stands before the words, in a column of its own.
        room: the columns.
    """
    lead, note, side = _safe(lead), _safe(note), LEAD if lead else 0
    texts = [padded(lead if not number else "", side) + line for number, line in enumerate(_wrapped(text, room - side))]
    lines = [RowLine(line) for line in texts]
    if note:
        last = lines[-1].text
        left = room - cells(last) - cells(note)
        if left >= 2:
            lines[-1] = RowLine(last, " " * left, note)
        else:
            lines += [RowLine("", " " * (room - cells(line)), line) for line in _wrapped(note, room)]
    return (*lines, *(RowLine(line, below=True) for line in (_wrapped(below, room) if below else ())))


def _wrapped(text: str, room: int) -> list[str]:
    return [text_of(line) for line in lay((Passage((Piece(_safe(text)),)),), max(8, room)).lines] or [""]


def _safe(text: str) -> str:
    return clean(text).replace("\n", " ").replace("\t", " ")
