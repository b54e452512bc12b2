"""The wall of endings: a frame for each, and an empty nail where none hangs yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip

from eternal.engine.pages import Passage, Piece
from eternal.tui.column import margin
from eternal.tui.palette import Palette
from eternal.tui.text.fit import cells, fitted
from eternal.tui.text.paint import ink
from eternal.tui.text.sheet import lay, text_of
from eternal.tui.widgets.painted import Painted

__all__ = ["ACROSS", "Frame", "Wall"]

ACROSS = 3

#: The most columns and rows of a frame, and the rows from which on its corners have lines of their own.
WIDEST, HIGHEST, CORNERS = 54, 15, 6


class Frame(Struct, frozen=True):
    """An ending: its scene, its title, how often it was reached (0: never), the poem given there last, and her hair there."""

    id: str
    title: str
    times: int = 0
    poem: tuple[str, ...] = ()
    hair: str = ""


class Wall(Painted):
    """Three frames in a row, over the whole room; the cursor walks among all of them."""

    DEFAULT_CSS = """
    Wall { height: 1fr; }
    """

    class Picked(Message):
        """A frame was taken."""

        def __init__(self, frame: Frame) -> None:
            super().__init__()
            self.frame = frame

    class Moved(Message):
        """The cursor stands on another frame."""

    def __init__(self, frames: Sequence[Frame], palette: Palette, at: str = "") -> None:
        super().__init__(palette)
        self.frames = tuple(frames)
        reached = {frame.id: number for number, frame in enumerate(frames) if frame.times}
        self.cursor = reached.get(at, min(reached.values(), default=0))

    @property
    def frame(self) -> Frame | None:
        """The frame under the cursor."""
        return self.frames[self.cursor] if self.frames else None

    def move(self, by: int) -> None:
        """Move the cursor by so many frames."""
        self._point(max(0, min(len(self.frames) - 1, self.cursor + by)))

    def _point(self, number: int) -> None:
        self.cursor = number
        self.renew()
        self.post_message(self.Moved())

    def press(self) -> None:
        """Take the frame under the cursor."""
        if self.frame is not None:
            self.post_message(self.Picked(self.frame))

    # Where the frames hang ------------------------------------------------------------------------------------------------

    @property
    def _high(self) -> int:
        """The rows from one frame to the one below it."""
        rows = -(-len(self.frames) // ACROSS) or 1
        return max(3, min(HIGHEST, self.size.height // rows))

    @property
    def _wide(self) -> int:
        """The columns from one frame to the next."""
        return max(6, min(WIDEST, (self.size.width - 2 * margin(self.size.width)) // ACROSS))

    def _number_at(self, x: int, y: int) -> int | None:
        across, row = max(0, x - margin(self.size.width)) // self._wide, y // self._high
        number = row * ACROSS + across
        return number if across < ACROSS and number < len(self.frames) else None

    # Painting -------------------------------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """Return a row of the wall."""
        row, line = divmod(y, self._high)
        segments = [Segment(" " * margin(self.size.width))]
        for number in range(row * ACROSS, min(len(self.frames), row * ACROSS + ACROSS)):
            segments += self._part(number, line)
        return self.row(*segments)

    def _part(self, number: int, line: int) -> Iterator[Segment]:
        """Yield one line of one frame: a corner, a verse, the name under it, or the wall."""
        frame, here, wide = self.frames[number], number == self.cursor, self._wide - 2
        palette = self.palette.wearing(frame.hair)
        edge = ink(palette, "accent" if here else "dim" if frame.times else "faint")
        rows = self._high - 1  # one row of wall between two frames
        corners = self._high >= CORNERS  # a low frame has its corners beside what hangs in it
        room = wide if corners else wide - 2
        text, style = "", ink(palette, "page", italic=True)
        if line >= rows:
            pass
        elif not frame.times:
            text, style = ("›" if here else "·") if line == (rows - 1) // 2 else "", ink(palette, "accent" if here else "dim", bold=here)
        elif line >= rows - len(title := _title(frame.title, room)):
            text, style = fitted(title[line - rows + len(title)], room), ink(palette, "accent", bold=here)
        elif not corners or 0 < line < rows - 2:
            text = self._verse(frame, line - corners, rows - len(title) - 2 * corners, room - 2 * corners)
        bottom = rows - 2 if corners else rows
        left, right = _corners(line, bottom) if (frame.times and corners) or here else ("", "")
        space = wide - cells(text)
        before = space // 2
        yield from (
            Segment(left, edge), Segment(" " * (before - len(left))), Segment(text, style),
            Segment(" " * (space - before - len(right))), Segment(right, edge), Segment("  "),
        )  # fmt: skip

    def _verse(self, frame: Frame, line: int, rows: int, room: int) -> str:
        """Return a line of the poem in a frame of so many rows; the last says if there is more of it."""
        laid = [row for verse in frame.poem for row in _wrapped(verse, max(4, room))]
        line -= max(0, rows - len(laid)) // 2
        if not 0 <= line < len(laid):
            return ""
        more = line == rows - 1 and len(laid) > rows
        return fitted(f"{laid[line]} …", room) if more else laid[line]

    # The mouse ------------------------------------------------------------------------------------------------------------

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Let the cursor follow the mouse."""
        number = self._number_at(event.x, event.y)
        if number is not None and number != self.cursor:
            self._point(number)

    def on_click(self, event: events.Click) -> None:
        """Take the frame that was clicked."""
        number = self._number_at(event.x, event.y)
        if number is not None:
            self._point(number)
            self.press()


def _wrapped(text: str, room: int) -> list[str]:
    return [text_of(row) for row in lay((Passage((Piece(text),)),), room).lines]


def _title(text: str, room: int) -> list[str]:
    """Return a title in two rows at most."""
    rows = _wrapped(text, room)
    return rows if len(rows) < 3 else [rows[0], fitted(f"{rows[1]} …", room)]


def _corners(line: int, bottom: int) -> tuple[str, str]:
    """Return the corners of a frame's line: at its top, and at its bottom."""
    return {0: ("┌", "┐"), bottom: ("└", "┘")}.get(line, ("", ""))
