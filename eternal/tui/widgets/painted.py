"""A widget that paints its own lines in the game's palette."""

from __future__ import annotations

from rich.segment import Segment
from textual.geometry import Size
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
