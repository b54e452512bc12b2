"""The line above the page: the hour and how long the machine still needs, where one is, and what the hands hold."""

from __future__ import annotations

from rich.segment import Segment
from textual.strip import Strip

from eternal.engine.pages import View
from eternal.speech import _
from eternal.tui.column import margin
from eternal.tui.palette import Palette, Role
from eternal.tui.session import asleep
from eternal.tui.text.fit import cells, fitted
from eternal.tui.text.paint import ink
from eternal.tui.widgets.painted import Painted
from eternal.wording.words import beats_words, hour_words, is_target, left_words, when_words

__all__ = ["TopLine", "countdown"]

#: The most beats and hands that are drawn one by one.
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
        right = self._hands(page)
        used_right = _size(right)
        title = self._title(page)
        left = self._hour(page, width - 2 * side - used_right - cells(title) - 4)
        used_left = _size(left)
        room = width - 2 * side - used_left - used_right - 4
        title = title if cells(title) <= room else fitted(page.title, room)  # a name whole rather than a date
        at = max(side + used_left + 2, min((width - cells(title)) // 2, width - side - used_right - 2 - cells(title)))
        return self.row(
            Segment(" " * side), *left, Segment(" " * max(0, at - side - used_left)), Segment(title, ink(self.palette, "dim")),
            Segment(" " * max(0, width - side - used_right - at - cells(title))), *right,
        )  # fmt: skip

    def _title(self, page: View) -> str:
        when = when_words(page.when) if page.when and page.when != hour_words(page) else ""
        return f"{page.title} · {when}" if when and when not in page.title else page.title

    def _hour(self, page: View, room: int) -> list[Segment]:
        """Return the hour, and how long the machine still needs in as many words as there is room for."""
        if page.machine is None or not asleep(page):
            return []
        hour = Segment(hour_words(page), ink(self.palette, "page"))
        role: Role = "accent" if is_target(page) else "machine"
        for words in countdown(page):
            if cells(words) + cells(hour.text) + 2 <= room:
                return [hour, Segment("  "), Segment(words, ink(self.palette, role))]
        return [hour]

    def _hands(self, page: View) -> list[Segment]:
        """Return a filled ring for each fragment in hand, an empty one for each that still has room."""
        if page.carry > PIPS or not asleep(page):
            return []
        word = [Segment(_("hands") + " ", ink(self.palette, "dim"))] if self.size.width >= 72 else []
        full, free = len(page.hands), max(0, page.carry - len(page.hands))
        rings = [Segment("● " * full, ink(self.palette, "accent")), Segment("○ " * free, ink(self.palette, "dim"))]
        parts = [part for part in (*word, *rings) if part.text]
        return [*parts[:-1], Segment(parts[-1].text.rstrip(), parts[-1].style)]


def countdown(page: View) -> tuple[str, ...]:
    """Return how many beats the machine still needs, from the most words to the fewest; nothing while it has no target.

    Outside the night nothing is counted: what is told there happens beside it.
    """
    where = left_words(page)
    if page.machine is None or not where:
        return ()
    left = page.machine.beats_left
    beats, marks = beats_words(left), "▪" * min(left, PIPS) + ("+" if left > PIPS else "")
    return f"{marks} {where}", where, f"{marks} {beats}", beats, marks


def _size(parts: list[Segment]) -> int:
    return sum(cells(part.text) for part in parts)
