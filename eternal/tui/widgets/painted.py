"""A widget that paints its own lines in the game's palette."""

from __future__ import annotations

from typing import Self

from rich.segment import Segment
from textual.filter import ANSIToTruecolor
from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.strip import Strip
from textual.widget import Widget

from eternal.tui.palette import Palette
from eternal.tui.text.paint import row

__all__ = ["Painted"]


class Painted(Widget):
    """What all of the game's widgets share: a palette that the screen hands down."""

    DEFAULT_CSS = """
    Painted { width: 1fr; height: auto; background: $ground; color: $page; }
    """
    ALLOW_SELECT = False
    #: Nothing that is painted here scrolls: a size that Textual has given needs no second layout, which would be a second frame.
    virtual_size = Reactive(Size(0, 0), repaint=False)

    def __init__(self, palette: Palette, *, classes: str | None = None, name: str | None = None) -> None:
        super().__init__(classes=classes, name=name)
        self.palette = palette
        self._kept: dict[int, Strip] = {}
        self._kept_at = Size(0, 0)

    def lines_at(self, width: int) -> int:
        """Return how many lines it takes at a width, where its height follows from that."""
        return 1 if width else 0

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's signature
        """Return how many lines it takes."""
        return self.lines_at(width)

    def row(self, *segments: Segment) -> Strip:
        """Return a whole row of the widget."""
        return row(self.palette, segments, self.size.width)

    def repaint(self, palette: Palette) -> None:
        """Take other colours."""
        if palette != self.palette:
            self.palette = palette
            self.refresh()

    # What is on the screen ------------------------------------------------------------------------------------------------

    @property
    def size(self) -> Size:
        """The size of what is painted. Every row asks for it, and Textual looks for the widget on its screen each time."""
        return super().size if self.styles.gutter else self.outer_size

    def renew(self) -> None:
        """Paint again the rows that look different now: the others are neither put together nor sent to the terminal."""
        if not self.is_on_screen:  # it may get another size before it is seen
            self.refresh()
            return
        before, rows = self._kept_rows(), range(self.size.height)
        self._kept = {y: self.render_line(y) for y in rows}
        changed = [Region(0, y, self.size.width, 1) for y in rows if self._kept[y] != before.get(y)]
        if changed:
            super().refresh(*changed)

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Paint again: those regions, or everything."""
        if repaint and regions:
            for y in {y for region in regions for y in region.line_range}:
                self._kept.pop(y, None)
        elif repaint:
            self._kept = {}
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return rows as they are painted, unless something is drawn around them: Textual's way makes each of them three times."""
        kept = self._kept_rows()
        if self.styles.gutter:
            return super().render_lines(crop)
        for y in crop.line_range:
            if y not in kept:
                kept[y] = self.render_line(y)
        strips = [kept[y] for y in crop.line_range]
        for one in self.app.get_line_filters():
            if not isinstance(one, ANSIToTruecolor):  # a palette names no colour of the terminal's own
                strips = [strip.apply_filter(one, self.background_colors[1]) for strip in strips]
        whole = crop.column_span == (0, self.size.width)
        return strips if whole else [strip.crop(*crop.column_span) for strip in strips]

    def _kept_rows(self) -> dict[int, Strip]:
        """Return the rows that are on the screen, or are about to be: none at another size."""
        if self._kept_at != self.size:
            self._kept, self._kept_at = {}, self.size
            self.resized()
        return self._kept

    def resized(self) -> None:
        """Lay out anew for another size, just before it is painted: Textual tells of it when a frame has been written already."""
