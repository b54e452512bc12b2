"""What is left of a memory: its last page as it now stands."""

from __future__ import annotations

from rich.segment import Segment
from textual.strip import Strip

from eternal.engine.view import Passage
from eternal.tui.column import column, margin
from eternal.tui.palette import Palette
from eternal.tui.text.canvas import resting
from eternal.tui.text.fit import fitted
from eternal.tui.text.paint import ink, paint_line
from eternal.tui.text.sheet import lay
from eternal.tui.widgets.painted import Painted

__all__ = ["Remains"]


class Remains(Painted):
    """A heading, a note, and the words that are left."""

    DEFAULT_CSS = """
    Remains { height: 1fr; }
    """

    def __init__(self, palette: Palette) -> None:
        super().__init__(palette)
        self.heading = ("", "")
        self.passages: tuple[Passage, ...] = ()
        self.left = 100
        self.note = ""

    def show(self, title: str, when: str, note: str, passages: tuple[Passage, ...], left: int) -> None:
        """Show a place: its name and date, a line about it, and of its words what so many percent leave."""
        self.heading, self.note, self.passages, self.left = (title, when), note, passages, left
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return a row."""
        side = Segment(" " * margin(self.size.width))
        if y == 0:
            title, when = self.heading
            return self.row(side, Segment(title + "  ", ink(self.palette, "page")), Segment(when, ink(self.palette, "dim")))
        if y == 1:
            note = fitted(self.note, self.size.width - 2 * margin(self.size.width))
            return self.row(side, Segment(note, ink(self.palette, "dim", italic=True)))
        sheet = lay(self.passages, column(self.size.width, 72))
        if y - 3 not in range(len(sheet.lines)):
            return self.row()
        looks = resting(sheet, self.left)[y - 3]
        return self.row(side, *paint_line(sheet.lines[y - 3], looks, self.palette, ""))
