"""What is left of a memory: its last page as it now stands."""

from __future__ import annotations

from rich.segment import Segment
from textual.strip import Strip

from eternal.engine.pages import Passage
from eternal.tui.column import column, margin
from eternal.tui.palette import Palette
from eternal.tui.text.canvas import resting
from eternal.tui.text.paint import ink, paint_line
from eternal.tui.text.rows import row_lines
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
        self.renew()

    def render_line(self, y: int) -> Strip:
        """Return a row."""
        side, wide = Segment(" " * margin(self.size.width)), column(self.size.width, 72)
        if y == 0:
            title, when = self.heading
            return self.row(side, Segment(title + "  ", ink(self.palette, "page")), Segment(when, ink(self.palette, "dim")))
        note = [line.text for line in row_lines(self.note, "", "", "", wide)]
        if y <= len(note):
            return self.row(side, Segment(note[y - 1], ink(self.palette, "dim", italic=True)))
        sheet, place = lay(self.passages, wide), y - len(note) - 2
        if place not in range(len(sheet.lines)):
            return self.row()
        return self.row(side, *paint_line(sheet.lines[place], resting(sheet, self.left)[place], self.palette, ""))
