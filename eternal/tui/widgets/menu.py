"""A list to choose from: words on a page, no boxes; the cursor is a breath of the accent."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip

from eternal.tui.column import column, margin
from eternal.tui.palette import Palette, Role
from eternal.tui.text.offers import KEY
from eternal.tui.text.paint import ink
from eternal.tui.text.rows import RowLine, row_lines
from eternal.tui.widgets.painted import Painted
from eternal.wording.columns import padded

__all__ = ["Menu", "Row"]


class Row(Struct, frozen=True):
    """A row of the list: its id (empty: it cannot be chosen), its words, a note to the right of them, a sentence below, a lead before."""

    id: str
    text: str
    note: str = ""
    below: str = ""
    role: Role = "page"
    lead: str = ""


class Menu(Painted):
    """A list that the keyboard and the mouse can walk. It scrolls so that the cursor is in sight, and beyond its last row to its end.

    Attributes:
        cursor: the id of the row it stands on, or empty.
        top: how many lines are above those in sight.
        numbered: whether the first nine rows that can be chosen have their number before them, which chooses them.
    """

    class Picked(Message):
        """A row was taken."""

        def __init__(self, row: str) -> None:
            super().__init__()
            self.row = row

    class Moved(Message):
        """The cursor stands on another row."""

        def __init__(self, row: str) -> None:
            super().__init__()
            self.row = row

    def __init__(
        self, rows: Sequence[Row] = (), *, palette: Palette, width: int = 72, apart: int = 0, numbered: bool = False
    ) -> None:  # fmt: skip
        super().__init__(palette)
        self.numbered = numbered
        self._follows = True
        self.most = width
        self.apart = apart
        self.top = 0
        self.cursor = next((row.id for row in rows if row.id), "")
        self._rows = tuple(rows)

    @property
    def rows(self) -> tuple[Row, ...]:
        """What stands in the list."""
        return self._rows

    @rows.setter
    def rows(self, rows: Sequence[Row]) -> None:
        ids = self._ids()
        at = ids.index(self.cursor) if self.cursor in ids else 0
        self._rows = tuple(rows)
        ids = self._ids()
        if self.cursor not in ids:
            self.cursor = ids[min(at, len(ids) - 1)] if ids else ""
        self._follows = True
        self.refresh(layout=True)

    def _ids(self) -> list[str]:
        return [row.id for row in self._rows if row.id]

    # Walking ----------------------------------------------------------------------------------------------------------

    def step(self, by: int) -> None:
        """Move the cursor, round and round; what cannot be chosen is read on the way."""
        ids = self._ids()
        at = ids.index(self.cursor) if self.cursor in ids else 0
        last = not ids or at + by not in range(len(ids))
        if last and (self._is_more(by) or not ids):
            self._follows = False
            self.top += by
            self.renew()
        else:
            self.point(ids[(at + by) % len(ids)])

    def _is_more(self, by: int) -> bool:
        """Tell whether there are lines out of sight below the list's, or above them."""
        return self.top + self.size.height < len(self._lines(self.size.width)) if by > 0 else self.top > 0

    def take(self, number: int) -> None:
        """Take the row of that number, if there is one."""
        ids = self._ids()
        if self.numbered and number <= len(ids):
            self.point(ids[number - 1])
            self.press()

    def point(self, row: str) -> None:
        """Put the cursor on a row."""
        self._follows = True
        if row != self.cursor:
            self.cursor = row
            self.post_message(self.Moved(row))
            self.renew()

    def press(self) -> None:
        """Take the row under the cursor."""
        if self.cursor:
            self.post_message(self.Picked(self.cursor))

    # Painting ---------------------------------------------------------------------------------------------------------

    def _lines(self, width: int) -> list[tuple[Row, RowLine | None]]:
        """Return each line at a width: its row, and what stands on it; nothing for a free line between two rows."""
        room = column(width, self.most) - (KEY if self.numbered else 2)
        lines: list[tuple[Row, RowLine | None]] = []
        for row in self._rows:
            lines += ((row, line) for line in row_lines(row.text, row.note, row.below, row.lead, room))
            lines += [(row, None)] * self.apart
        return lines[: len(lines) - self.apart]

    def lines_at(self, width: int) -> int:
        """Return how many lines it takes."""
        return len(self._lines(width)) if width else 0

    def _scrolled(self) -> list[tuple[Row, RowLine | None]]:
        lines = self._lines(self.size.width)
        height = self.size.height
        at = [number for number, (row, line) in enumerate(lines) if line and row.id == self.cursor and row.id]
        if at and self._follows:
            first = at[0] if at[0] > 1 else 0
            self.top = max(min(self.top, first), at[-1] - height + 1)
        self.top = max(0, min(self.top, len(lines) - height))
        return lines[self.top : self.top + height]

    def render_line(self, y: int) -> Strip:
        """Return a line of the list."""
        lines = self._scrolled()
        row, line = lines[y] if y < len(lines) else (None, None)
        side, wide = margin(self.size.width), column(self.size.width, self.most)
        strip = self.row()
        if row is not None and line is not None:
            begins = y == 0 or lines[y - 1][0] is not row
            strip = self.row(Segment(" " * side), *self._segments(row, line, begins=begins))
        more = self._more(y)
        if not more or side + wide + 1 >= self.size.width:
            return strip
        return self.row(*strip.crop(0, side + wide + 1), Segment(more, ink(self.palette, "dim")))

    def _more(self, y: int) -> str:
        """Return the sign in a line's margin that there is more of the list above it or below it."""
        if y == self.size.height - 1 and self.top + self.size.height < len(self._lines(self.size.width)):
            return "↓"
        return "↑" if y == 0 and self.top else ""

    def _segments(self, row: Row, line: RowLine, *, begins: bool) -> list[Segment]:
        here = bool(row.id) and row.id == self.cursor
        if line.below:
            return [Segment("  "), Segment(line.text, ink(self.palette, "dim"))]
        segments = [self._sign(row, here=here, begins=begins)]
        segments.append(Segment(line.text, ink(self.palette, "accent" if here else row.role)))
        if line.note:
            segments += [Segment(line.gap), Segment(line.note, ink(self.palette, "dim", italic=True))]
        return segments

    def _sign(self, row: Row, *, here: bool, begins: bool) -> Segment:
        """Return what stands before a line: its number as on a page, or a sign where the cursor is."""
        if not self.numbered:
            return Segment("› " if here and begins else "  ", ink(self.palette, "accent"))
        number = self._ids().index(row.id) + 1 if row.id and begins else 0
        key = (str(number) if number < 10 else "·") if number else ""
        return Segment(padded(key, KEY), ink(self.palette, "accent" if here else "dim", bold=here))

    # The mouse ----------------------------------------------------------------------------------------------------------

    def _at(self, y: int) -> str:
        lines = self._scrolled()
        return lines[y][0].id if 0 <= y < len(lines) and lines[y][1] else ""

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Let the cursor follow the mouse."""
        row = self._at(event.y)
        if row:
            self.point(row)

    def on_click(self, event: events.Click) -> None:
        """Take the row that was clicked."""
        row = self._at(event.y)
        if row:
            self.point(row)
            self.press()

    def on_mouse_scroll_down(self) -> None:
        """Move down the list."""
        self.step(1)

    def on_mouse_scroll_up(self) -> None:
        """Move up the list."""
        self.step(-1)
