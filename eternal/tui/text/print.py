"""The rows of a leaf as strips. Lines of prose are painted once and kept until their light, or the cursor, changes them."""

from __future__ import annotations

from collections.abc import Iterable

from rich.segment import Segment
from textual.strip import Strip

from eternal.tui.palette import STEPS, Palette
from eternal.tui.text.canvas import Canvas
from eternal.tui.text.offers import OfferRow, paint_offer
from eternal.tui.text.paint import ink, paint_line, row
from eternal.tui.text.spread import Spread

__all__ = ["Print"]


class Print:
    """What has been painted of a spread."""

    def __init__(self) -> None:
        """Begin with nothing painted."""
        self._strips: dict[int, Strip] = {}

    def forget(self, lines: Iterable[int] | None = None) -> None:
        """Forget some lines of prose, or all of them: they have changed."""
        if lines is None:
            self._strips.clear()
            return
        for line in lines:
            self._strips.pop(line, None)

    def row(
        self, y: int, width: int, spread: Spread, canvas: Canvas, palette: Palette, cursor: str, *, light: int = STEPS
    ) -> Strip:  # fmt: skip
        """Return a row of the leaf: of the prose, of the choices, or an empty one.

        Args:
            y: the row.
            width: the columns of the leaf.
            spread: what stands where.
            canvas: the light on the prose.
            palette: the colours.
            cursor: what the cursor stands on.
            light: the light of the choices.
        """
        line, offer = spread.line_at(y), spread.offer_at(y)
        if line is not None:
            if line not in self._strips:
                segments = paint_line(spread.sheet.lines[line], canvas.looks[line], palette, cursor, canvas.light)
                self._strips[line] = row(palette, (Segment(" " * spread.plan.left), *segments), width)
            return _marked(self._strips[line], spread.more(y), spread, palette, width)
        offered = row(palette, _offered(offer, spread, palette, cursor, light) if offer is not None else (), width)
        return _marked(offered, spread.more(y), spread, palette, width)


def _offered(offered: OfferRow, spread: Spread, palette: Palette, cursor: str, light: int) -> list[Segment]:
    offer = spread.writing.offers[offered.offer]
    painted = paint_offer(offer, offered, spread.sheet.width, palette, cursor=offer.does == cursor, light=light)
    return [Segment(" " * spread.plan.left), *painted]


def _marked(strip: Strip, more: str, spread: Spread, palette: Palette, width: int) -> Strip:
    """Mark at the right edge that there is more above or below."""
    edge = spread.plan.left + spread.sheet.width + 1
    if not more or edge >= width:
        return strip
    return row(palette, (*strip.crop(0, edge), Segment(more, ink(palette, "dim"))), width)
