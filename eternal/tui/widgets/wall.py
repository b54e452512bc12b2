"""The wall of endings: a frame for each, and an empty nail where none hangs yet."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip

from eternal.engine.view import Passage, Piece
from eternal.tui.column import column, margin
from eternal.tui.palette import Palette
from eternal.tui.text.fit import cells, fitted
from eternal.tui.text.paint import ink
from eternal.tui.text.sheet import lay, text_of
from eternal.tui.widgets.painted import Painted

__all__ = ["Frame", "Wall"]

ACROSS = 3


class Frame(Struct, frozen=True):
    """An ending: its scene, its title, how often it was reached (0: never), and the poem that was given there last."""

    id: str
    title: str
    times: int = 0
    poem: tuple[str, ...] = ()


class Wall(Painted):
    """Three frames in a row; the cursor walks among all of them."""

    DEFAULT_CSS = """
    Wall { height: 1fr; }
    """

    class Picked(Message):
        """A frame was taken."""

        def __init__(self, frame: Frame) -> None:
            super().__init__()
            self.frame = frame

    def __init__(self, frames: Sequence[Frame], palette: Palette) -> None:
        super().__init__(palette)
        self.frames = tuple(frames)
        self.cursor = next((number for number, frame in enumerate(frames) if frame.times), 0)

    def move(self, by: int) -> None:
        """Move the cursor by so many frames."""
        self.cursor = max(0, min(len(self.frames) - 1, self.cursor + by))
        self.refresh()

    def press(self) -> None:
        """Take the frame under the cursor."""
        if self.frames:
            self.post_message(self.Picked(self.frames[self.cursor]))

    def _tall(self) -> int:
        """Return the rows of a frame, with the empty one under it."""
        rows = -(-len(self.frames) // ACROSS) or 1
        return max(3, min(8, self.size.height // rows))

    def render_line(self, y: int) -> Strip:
        """Return a row of the wall."""
        width = self.size.width
        wide = column(width, 84) // ACROSS
        row, line = divmod(y, self._tall())
        segments = [Segment(" " * margin(width))]
        for number in range(row * ACROSS, min(len(self.frames), row * ACROSS + ACROSS)):
            segments += self._part(number, line, wide)
        return self.row(*segments)

    def _part(self, number: int, line: int, wide: int) -> list[Segment]:
        """Return one line of one frame: its title, then as much of its poem as there is room for."""
        frame, here = self.frames[number], number == self.cursor
        room = wide - 3
        if not frame.times:
            nail = ("›" if here else "·") if line == 0 else ""
            return [Segment(nail, ink(self.palette, "accent" if here else "dim")), Segment(" " * (wide - len(nail)))]
        if line == 0:
            text, style = fitted(frame.title, room), ink(self.palette, "accent" if here else "page")
        else:
            text, style = self._verse(frame, line - 1, room), ink(self.palette, "dim", italic=True)
        return [Segment(text, style), Segment(" " * (wide - cells(text)))]

    def _verse(self, frame: Frame, line: int, room: int) -> str:
        if line >= self._tall() - 2:
            return ""
        laid = [row for verse in frame.poem for row in lay((Passage((Piece(verse),)),), room).lines]
        if line >= len(laid):
            return ""
        more = line == self._tall() - 3 and len(laid) > line + 1
        return fitted(text_of(laid[line]) + " …", room) if more else text_of(laid[line])

    def on_click(self, event: events.Click) -> None:
        """Take the frame that was clicked."""
        wide = column(self.size.width, 84) // ACROSS
        number = event.y // self._tall() * ACROSS + max(0, event.x - margin(self.size.width)) // wide
        if number < len(self.frames):
            self.cursor = number
            self.refresh()
            self.press()
