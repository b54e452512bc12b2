"""The choices under a page: a key, the words, and what they cost to the right of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct
from rich.segment import Segment

from eternal.engine.pages import Passage, Piece
from eternal.tui.palette import STEPS, Palette
from eternal.tui.text.fit import cells
from eternal.tui.text.paint import ink
from eternal.tui.text.sheet import lay, text_of
from eternal.wording.columns import padded
from eternal.wording.lines import wrap

__all__ = ["KEY", "Offer", "OfferRow", "paint_offer", "set_offers"]

#: Columns that the key of a choice takes.
KEY = 3


class Offer(Struct, frozen=True):
    """Something that can be done: the key that does it, what it says, what it costs in words, and what it does.

    `does` is `choose:ID`, or the name of an action of the screen.
    """

    key: str
    text: str
    cost: str
    does: str


class OfferRow(Struct, frozen=True):
    """One line of the block of choices: which offer it belongs to, its text, and the cost if it stands on this line."""

    offer: int
    first: bool
    text: str
    cost: str = ""


def set_offers(offers: Sequence[Offer], width: int) -> tuple[OfferRow, ...]:
    """Break the choices into rows of at most `width` columns."""
    return _set(tuple(offers), width)


@lru_cache(maxsize=64)
def _set(offers: tuple[Offer, ...], width: int) -> tuple[OfferRow, ...]:
    rows: list[OfferRow] = []
    for number, offer in enumerate(offers):
        sheet = lay((Passage((Piece(offer.text),)),), max(8, width - KEY))
        texts = [text_of(line) for line in sheet.lines]
        made = [OfferRow(number, place == 0, text) for place, text in enumerate(texts)]
        if offer.cost and made:
            last = made[-1]
            if cells(last.text) + cells(offer.cost) + 2 <= width - KEY:
                made[-1] = OfferRow(number, last.first, last.text, offer.cost)
            else:
                made += [OfferRow(number, first=False, text="", cost=row) for row in wrap(offer.cost, max(8, width - KEY - 2))]
        rows += made
    return tuple(rows)


def paint_offer(offer: Offer, row: OfferRow, width: int, palette: Palette, *, cursor: bool, light: int = STEPS) -> list[Segment]:
    """Return a row of the block: the key in her colour under the cursor, the cost dim at the right edge."""
    key = padded(offer.key, KEY) if row.first else " " * KEY
    segments = [
        Segment(key, ink(palette, "accent" if cursor else "dim", light, bold=cursor)),
        Segment(row.text, ink(palette, "accent" if cursor else "page", light, bold=cursor and palette.plain)),
    ]
    if row.cost:
        used = KEY + cells(row.text)
        segments += [Segment(" " * max(2, width - used - cells(row.cost))), Segment(row.cost, ink(palette, "dim", light, italic=True))]
    return segments
