"""The line above the page: the hour, where one is, and what the hands hold."""

from __future__ import annotations

from rich.segment import Segment
from textual.strip import Strip

from eternal.engine.view import View
from eternal.engine.words import when_words
from eternal.speech import _
from eternal.tui.column import margin
from eternal.tui.palette import Palette
from eternal.tui.session import asleep
from eternal.tui.text.fit import cells, fitted
from eternal.tui.text.paint import ink
from eternal.tui.widgets.painted import Painted

__all__ = ["TopLine"]

#: The most beats that are drawn one by one.
PIPS = 9


class TopLine(Painted):
    """Hour and beats on the left, title and date in the middle, hands on the right."""

    DEFAULT_CSS = """
    TopLine { height: 1; dock: top; }
    """

    def __init__(self, palette: Palette) -> None:
        super().__init__(palette)
        self.page: View | None = None

    def show(self, page: View, palette: Palette) -> None:
        """Show where the night stands."""
        self.page, self.palette = page, palette
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return the line."""
        page, width = self.page, self.size.width
        if page is None or y:
            return self.row()
        side = margin(width)
        left, right = self._hour(page), self._hands(page)
        used_left, used_right = (sum(cells(part.text) for part in parts) for parts in (left, right))
        room = width - 2 * side - 2 * max(used_left, used_right) - 4
        if room < cells(self._title(page)):  # no room for it in the middle of the line: then in the middle of what is left
            room = width - 2 * side - used_left - used_right - 4
        title = fitted(self._title(page), room)
        at = max(side + used_left + 2, min((width - cells(title)) // 2, width - side - used_right - 2 - cells(title)))
        return self.row(
            Segment(" " * side), *left, Segment(" " * max(0, at - side - used_left)), Segment(title, ink(self.palette, "dim")),
            Segment(" " * max(0, width - side - used_right - at - cells(title))), *right,
        )  # fmt: skip

    def _title(self, page: View) -> str:
        when = when_words(page.when) if page.when else ""
        return f"{page.title} · {when}" if when and when not in page.title else page.title

    def _hour(self, page: View) -> list[Segment]:
        """Return the hour, and a mark for each beat until the machine's target is gone; lit if that is where one stands."""
        machine = page.machine
        if machine is None or not asleep(page):
            return []
        here = any(memory.here and memory.target for memory in page.memories) or any(
            r.here and r.id == machine.target for r in page.refuges
        )
        left = min(machine.beats_left, PIPS) if machine.target else 0
        marks = "▪" * left + ("+" if machine.beats_left > PIPS else "")
        parts = [Segment(machine.hour, ink(self.palette, "page"))]
        return [*parts, Segment("  "), Segment(marks, ink(self.palette, "accent" if here else "machine"))] if marks else parts

    def _hands(self, page: View) -> list[Segment]:
        """Return a filled ring for each fragment in hand, an empty one for each that still has room."""
        if page.carry > PIPS or not asleep(page):
            return []
        word = [Segment(_("hands") + " ", ink(self.palette, "dim"))] if self.size.width >= 72 else []
        full, free = len(page.hands), max(0, page.carry - len(page.hands))
        rings = [Segment("● " * full, ink(self.palette, "accent")), Segment("○ " * free, ink(self.palette, "dim"))]
        parts = [part for part in (*word, *rings) if part.text]
        return [*parts[:-1], Segment(parts[-1].text.rstrip(), parts[-1].style)]
