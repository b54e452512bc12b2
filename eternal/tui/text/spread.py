"""A writing laid out at a size: where the prose and the choices stand, how far it is scrolled, and what is where."""

from __future__ import annotations

from collections.abc import Container, Sequence

from msgspec import Struct

from eternal.tui.column import column, margin
from eternal.tui.text.offers import OfferRow, set_offers
from eternal.tui.text.sheet import Sheet, lay
from eternal.tui.text.writing import Writing, covers, does_of

__all__ = ["Plan", "Spread", "plan"]

#: The lines of prose that the choices leave room for on every page, so that they stand in one place from scene to scene,
#: and the rows that they keep for themselves on a short screen.
USUAL, KEPT = 18, 5
#: Rows that prose and choices both have, however much there is of the other: choices beyond that scroll with the cursor.
LEAST = 3


class Plan(Struct, frozen=True):
    """Where things stand.

    Attributes:
        left: the column where the prose begins.
        top: the row of its first line.
        view: how many of its lines are in sight.
        below: the row of the first choice.
        deep: how many rows of choices are in sight.
    """

    left: int = 0
    top: int = 0
    view: int = 1
    below: int = 1
    deep: int = 0


def plan(lines: int, offers: int, width: int, height: int, *, middle: bool = False) -> Plan:
    """Work out where so many lines of prose and rows of choices stand.

    Args:
        lines: the lines of prose.
        offers: the rows of choices.
        width: the columns of the whole screen.
        height: the rows of the leaf.
        middle: whether the prose stands in the middle of the height.
    """
    top = 0 if height < 14 else 1 if height < 26 else 2 + max(0, height - 37) // 3
    gap = 2 if height >= 26 else 1
    deep = min(offers, max(LEAST, height - top - gap - LEAST))
    room = height - top - (gap + deep if deep else 0)
    view = max(1, min(lines, room))
    if middle:
        top = max(0, (height - view - deep) * 2 // 5)
        return Plan(margin(width), top, view, top + view + gap, deep)
    usual = min(USUAL, height - top - gap - KEPT, room)
    return Plan(margin(width), top, view, top + max(view, usual) + gap, deep)


class Spread:
    """A writing on a leaf.

    Attributes:
        writing: what stands there.
        sheet: its prose, broken into lines.
        rows: its choices, broken into rows.
        plan: where both stand.
        scroll: how many lines of prose are above those in sight.
        skip: how many rows of choices are above those in sight.
    """

    def __init__(self) -> None:
        """Begin with nothing written."""
        self.writing = Writing()
        self.sheet: Sheet = lay((), 10)
        self.rows: tuple[OfferRow, ...] = ()
        self.plan = Plan()
        self.scroll = self.skip = 0

    def lay(self, writing: Writing, size: tuple[int, int], *, whole: int, widest: int, middle: bool = False) -> None:
        """Lay a writing out on a leaf of a size, on a screen of so many columns, at most so wide."""
        wide = column(whole, widest)
        self.writing = writing
        self.sheet = lay(writing.passages, wide)
        self.rows = set_offers(writing.offers, wide)
        self.plan = plan(len(self.sheet.lines), len(self.rows), whole, size[1], middle=middle)
        self.turn(0)

    # What can be pointed at -------------------------------------------------------------------------------------------------

    @property
    def words(self) -> list[str]:
        """The links that a cursor can stand on, in reading order."""
        return [does_of(link) for link in self.sheet.links if not link.lit]

    @property
    def choices(self) -> list[str]:
        """What the choices do, in order."""
        return [offer.does for offer in self.writing.offers]

    @property
    def stops(self) -> list[str]:
        """Everything that a cursor can stand on."""
        return [*self.words, *self.choices]

    @staticmethod
    def round(cursor: str, among: Sequence[str], by: int) -> str:
        """Return the stop so many after a cursor among some, round and round."""
        if cursor in among:
            return among[(among.index(cursor) + by) % len(among)]
        return among[0 if by > 0 else -1]

    def beside(self, cursor: str, by: int) -> str:
        """Return the stop so many down or up the leaf, without going round."""
        stops = self.stops
        at = stops.index(cursor) + by if cursor in stops else 0
        return stops[max(0, min(len(stops) - 1, at))] if stops else cursor

    def lines_of(self, does: str) -> list[int]:
        """Return the lines on which the words of a link stand."""
        return [span.line for link in self.sheet.links if does_of(link) == does for span in link.spans]

    def rows_of(self, does: str) -> list[int]:
        """Return the rows of the leaf in which the words of a link, or a choice, are in sight."""
        first = self.plan.top - self.scroll
        prose = (first + line for line in self.lines_of(does) if 0 <= line - self.scroll < self.plan.view)
        seen = enumerate(self.rows[self.skip : self.skip + self.plan.deep], self.plan.below)
        return [*prose, *(y for y, row in seen if self.writing.offers[row.offer].does == does)]

    def at(self, x: int, y: int) -> str:
        """Return what stands at a place of the leaf: a stop, or nothing."""
        line, offer = self.line_at(y), self.offer_at(y)
        if line is not None:
            links = (link for link in self.sheet.links if not link.lit and covers(link, line, x - self.plan.left))
            return next((does_of(link) for link in links), "")
        return self.writing.offers[offer.offer].does if offer is not None else ""

    def line_at(self, y: int) -> int | None:
        """Return the line of prose in a row of the leaf."""
        line = y - self.plan.top + self.scroll
        return line if 0 <= y - self.plan.top < self.plan.view and line < len(self.sheet.lines) else None

    def offer_at(self, y: int) -> OfferRow | None:
        """Return the row of choices in a row of the leaf."""
        row = y - self.plan.below
        return self.rows[row + self.skip] if 0 <= row < self.plan.deep else None

    # Scrolling ----------------------------------------------------------------------------------------------------------------

    def turn(self, lines: int) -> None:
        """Scroll by so many lines, as far as there are any."""
        self.scroll = max(0, min(len(self.sheet.lines) - self.plan.view, self.scroll + lines))
        self.skip = max(0, min(len(self.rows) - self.plan.deep, self.skip))

    def page(self, by: float) -> None:
        """Scroll by so many of the prose's screens, at least by a line."""
        self.turn(round(by * max(1, self.plan.view - 1)) or (1 if by > 0 else -1))

    def reach(self, does: str) -> None:
        """Scroll so that the words of a link, or a choice, are in sight."""
        lines = self.lines_of(does)
        if lines:
            self.scroll = max(min(self.scroll, lines[0]), lines[-1] - self.plan.view + 1)
        rows = [number for number, row in enumerate(self.rows) if self.writing.offers[row.offer].does == does]
        if rows:
            self.skip = max(min(self.skip, rows[0]), rows[-1] - self.plan.deep + 1)

    def show(self, passages: Container[int]) -> None:
        """Scroll so that the first of some passages is in sight; not at all where there is none."""
        first = next((number for number, line in enumerate(self.sheet.lines) if line.parts and line.passage in passages), None)
        if first is not None and not self.scroll <= first < self.scroll + self.plan.view:
            self.scroll = first
            self.turn(0)

    def more(self, y: int) -> str:
        """Return the sign in a row's margin that there is more above it or below it."""
        row, choice = y - self.plan.top, y - self.plan.below
        if row == self.plan.view - 1 and self.scroll + self.plan.view < len(self.sheet.lines):
            return "↓"
        if choice == self.plan.deep - 1 and self.skip + self.plan.deep < len(self.rows):
            return "↓"
        return "↑" if (row == 0 and self.scroll) or (choice == 0 and self.skip) else ""
