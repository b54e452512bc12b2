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
from eternal.tui.text.fit import both_ends, fitted
from eternal.tui.text.paint import ink
from eternal.tui.widgets.painted import Painted

__all__ = ["Menu", "Row"]


class Row(Struct, frozen=True):
    """A line of the list: its id (empty: it cannot be chosen), its words, and a note to the right of them or below."""

    id: str
    text: str
    note: str = ""
    below: str = ""
    role: Role = "page"


class Menu(Painted):
    """A list that the keyboard and the mouse can walk. It scrolls so that the cursor is in sight."""

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

    def __init__(self, rows: Sequence[Row] = (), *, palette: Palette, width: int = 72, apart: int = 0) -> None:
        super().__init__(palette)
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
        self.refresh(layout=True)

    def _ids(self) -> list[str]:
        return [row.id for row in self._rows if row.id]

    # Walking ----------------------------------------------------------------------------------------------------------

    def step(self, by: int) -> None:
        """Move the cursor."""
        ids = self._ids()
        if ids:
            at = ids.index(self.cursor) if self.cursor in ids else 0
            self.point(ids[(at + by) % len(ids)])
        else:  # a list that is only read scrolls
            self.top += by
            self.refresh()

    def point(self, row: str) -> None:
        """Put the cursor on a row."""
        if row != self.cursor:
            self.cursor = row
            self.post_message(self.Moved(row))
            self.refresh()

    def press(self) -> None:
        """Take the row under the cursor."""
        if self.cursor:
            self.post_message(self.Picked(self.cursor))

    # Painting ---------------------------------------------------------------------------------------------------------

    def _lines(self) -> list[tuple[Row, int]]:
        """Return each line: its row, and whether it is the row's first (0), its second (1), or empty (2)."""
        lines: list[tuple[Row, int]] = []
        for row in self._rows:
            lines.append((row, 0))
            if row.below:
                lines.append((row, 1))
            lines += [(row, 2)] * self.apart
        return lines[: len(lines) - self.apart]

    def lines_at(self, width: int) -> int:
        """Return how many lines it takes: the same at any width."""
        return len(self._lines()) if width else 0

    def _scrolled(self) -> list[tuple[Row, int]]:
        lines = self._lines()
        height = self.size.height
        at = [number for number, (row, _) in enumerate(lines) if row.id == self.cursor and row.id]
        if at:
            first = at[0] if at[0] > 1 else 0
            self.top = max(min(self.top, first), at[-1] - height + 1)
        self.top = max(0, min(self.top, len(lines) - height))
        return lines[self.top : self.top + height]

    def render_line(self, y: int) -> Strip:
        """Return a line of the list."""
        lines = self._scrolled()
        if y >= len(lines) or lines[y][1] == 2:
            return self.row()
        row, part = lines[y]
        side, wide = margin(self.size.width), column(self.size.width, self.most)
        strip = self.row(Segment(" " * side), *(self._first(row, wide) if part == 0 else self._second(row, wide)))
        more = self._more(y)
        if not more or side + wide + 1 >= self.size.width:
            return strip
        return self.row(*strip.crop(0, side + wide + 1), Segment(more, ink(self.palette, "dim")))

    def _more(self, y: int) -> str:
        """Return the sign in a line's margin that there is more of the list above it or below it."""
        if y == self.size.height - 1 and self.top + self.size.height < len(self._lines()):
            return "↓"
        return "↑" if y == 0 and self.top else ""

    def _first(self, row: Row, wide: int) -> list[Segment]:
        here = bool(row.id) and row.id == self.cursor
        text, gap, note = both_ends(row.text, row.note, wide - 2)
        segments = [Segment("› " if here else "  ", ink(self.palette, "accent"))]
        segments.append(Segment(text, ink(self.palette, "accent" if here else row.role)))
        if note:
            segments += [Segment(gap), Segment(note, ink(self.palette, "dim", italic=True))]
        return segments

    def _second(self, row: Row, wide: int) -> list[Segment]:
        return [Segment("  "), Segment(fitted(row.below, wide - 2), ink(self.palette, "dim"))]

    # The mouse ----------------------------------------------------------------------------------------------------------

    def _at(self, y: int) -> str:
        lines = self._scrolled()
        return lines[y][0].id if 0 <= y < len(lines) and lines[y][1] < 2 else ""

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
