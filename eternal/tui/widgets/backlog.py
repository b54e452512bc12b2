"""What has been read and done, as one long page with a cursor on what was done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import Struct
from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip

from eternal.tui.column import column, margin
from eternal.tui.history import Entry
from eternal.tui.palette import Palette
from eternal.tui.text.fade import FULL
from eternal.tui.text.fit import fitted
from eternal.tui.text.offers import KEY, Offer, set_offers
from eternal.tui.text.paint import ink, paint_line
from eternal.tui.text.search import hits
from eternal.tui.text.sheet import Line, lay, text_of
from eternal.tui.widgets.painted import Painted

__all__ = ["Backlog"]


class _Row(Struct, frozen=True):
    """A row: of a heading, of news, of the prose, or of a deed (`entry` is its place in the list)."""

    kind: str
    text: str = ""
    line: Line = Line()
    entry: int = -1
    begins: bool = True


class Backlog(Painted):
    """The night so far, scrolled to its end.

    Attributes:
        entries: the steps.
        cursor: the entry whose deed one stands on; -1 for none.
    """

    DEFAULT_CSS = """
    Backlog { height: 1fr; }
    """

    class Picked(Message):
        """A deed was taken: the night is to go back to before it."""

        def __init__(self, entry: Entry) -> None:
            super().__init__()
            self.entry = entry

    def __init__(self, entries: Sequence[Entry], palette: Palette, *, width: int = 72) -> None:
        super().__init__(palette)
        self.entries = tuple(entries)
        self.most = width
        self._sought = ""
        self._found: frozenset[int] = frozenset()
        self.top = 0
        self.cursor = max((n for n, entry in enumerate(entries) if entry.deed), default=-1)
        self._rows: tuple[_Row, ...] = ()

    def resized(self) -> None:
        """Break the lines anew, and keep the cursor in sight."""
        self._rows = tuple(self._lay(column(self.screen.size.width, self.most)))
        self.sought = self._sought
        self.top = self._within(self._reached())

    def _lay(self, width: int) -> Iterator[_Row]:
        for number, entry in enumerate(self.entries):
            if entry.heading:
                yield from ([_Row("gap"), _Row("gap")] if number else [])
                yield _Row("heading", entry.heading)
            if entry.news:
                yield _Row("gap")
                for row in set_offers([Offer("", "  ·  ".join(entry.news), "", "")], width + KEY):
                    yield _Row("news", row.text)
            if entry.passages:
                yield _Row("gap")
                yield from (_Row("prose", line=line, entry=number) for line in lay(entry.passages, width).lines)
            if entry.deed:
                yield _Row("gap")
                for row in set_offers([Offer("›", entry.deed, "", "")], width):
                    yield _Row("deed", row.text, entry=number, begins=row.first)

    # Looking for words --------------------------------------------------------------------------------------------------

    @property
    def sought(self) -> str:
        """The words that are looked for."""
        return self._sought

    @sought.setter
    def sought(self, words: str) -> None:
        self._sought = words
        found: set[int] = set()
        for _, group in groupby(range(len(self._rows)), key=self._paragraph):
            rows = list(group)
            found |= {rows[line] for line in hits([self._text(self._rows[number]) for number in rows], words)}
        self._found = frozenset(found)

    def _paragraph(self, number: int) -> tuple[str, int, int]:
        """Return what the rows of one paragraph, and of one deed, have in common."""
        row = self._rows[number]
        return row.kind, row.entry if row.kind != "heading" else number, row.line.passage

    @staticmethod
    def _text(row: _Row) -> str:
        return row.text or text_of(row.line)

    # Walking ------------------------------------------------------------------------------------------------------------

    def step(self, by: int) -> None:
        """Move the cursor to the deed before or after."""
        deeds = [number for number, entry in enumerate(self.entries) if entry.deed]
        if deeds:
            at = deeds.index(self.cursor) + by if self.cursor in deeds else len(deeds) - 1
            self.cursor = deeds[max(0, min(len(deeds) - 1, at))]
            self._scroll(self._reached())

    def page(self, by: int) -> None:
        """Scroll by screens; the cursor stays."""
        self._scroll(self.top + by * max(1, self.size.height - 2))

    def press(self) -> None:
        """Take the deed under the cursor."""
        if self.cursor >= 0:
            self.post_message(self.Picked(self.entries[self.cursor]))

    def find(self, by: int) -> bool:
        """Scroll to the next line that has the sought words, up or down. Return whether there is one."""
        found = sorted(self._found)
        if not found:
            return False
        middle = self.top + self.size.height // 3
        ahead = [number for number in found if (number > middle if by > 0 else number < middle)]
        goal = (ahead[0] if by > 0 else ahead[-1]) if ahead else (found[0] if by > 0 else found[-1])
        self._scroll(goal - self.size.height // 3)
        return True

    def _reached(self) -> int:
        """Return the row at the top when the cursor is in sight."""
        rows = [number for number, row in enumerate(self._rows) if row.kind == "deed" and row.entry == self.cursor]
        height = self.size.height
        if rows and not self.top <= rows[0] <= rows[-1] < self.top + height - 1:
            return rows[-1] - height + 3 if rows[-1] >= self.top else rows[0] - height // 2
        return self.top

    def _scroll(self, top: int) -> None:
        self.top = self._within(top)
        self.renew()

    def _within(self, top: int) -> int:
        return max(0, min(top, len(self._rows) - self.size.height))

    # Painting -----------------------------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """Return a row."""
        if self.top + y >= len(self._rows):
            return self.row()
        place = self.top + y
        segments = self._segments(self._rows[place], lit=place in self._found)
        return self.row(Segment(" " * margin(self.screen.size.width)), *segments)

    def _segments(self, row: _Row, *, lit: bool) -> list[Segment]:
        match row.kind:
            case "heading":
                return [Segment(fitted(row.text, self.size.width - 4), ink(self.palette, "accent" if lit else "dim"))]
            case "news":
                return [Segment(row.text, ink(self.palette, "accent" if lit else "machine", italic=True))]
            case "prose":
                if lit:
                    return [Segment(text_of(row.line), ink(self.palette, "accent"))]
                return paint_line(row.line, [FULL] * len(row.line.parts), self.palette, "")
            case "deed":
                here = row.entry == self.cursor
                sign = "   " if not row.begins else "›  " if here else "·  "
                return [
                    Segment(sign, ink(self.palette, "accent")),
                    Segment(row.text, ink(self.palette, "accent" if here or lit else "dim")),
                ]
            case _:
                return []

    # The mouse -------------------------------------------------------------------------------------------------------------

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on a deed; on the one it is on already, take it."""
        place = self.top + event.y
        if 0 <= place < len(self._rows) and self._rows[place].kind == "deed":
            if self._rows[place].entry == self.cursor:
                self.press()
            else:
                self.cursor = self._rows[place].entry
                self.renew()

    def on_mouse_scroll_down(self) -> None:
        """Scroll down."""
        self._scroll(self.top + 3)

    def on_mouse_scroll_up(self) -> None:
        """Scroll up."""
        self._scroll(self.top - 3)
