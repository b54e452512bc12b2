"""A leaf of the night: the prose, the choices under it, a cursor that moves among both, and the light on them.

One widget with the Line API: prose is broken into lines once, strips are kept, and while something moves only the lines
that changed are painted again. A new scene needs no layout.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import monotonic

from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.timer import Timer

from eternal.tui.column import column, margin
from eternal.tui.palette import STEPS, Palette
from eternal.tui.text.canvas import Canvas, carried, resting
from eternal.tui.text.light import Light
from eternal.tui.text.motion import Breath, Collapse
from eternal.tui.text.offers import OfferRow, paint_offer, set_offers
from eternal.tui.text.paint import ink, paint_line
from eternal.tui.text.sheet import Sheet, lay
from eternal.tui.text.writing import Manner, Writing, covers, does_of, showing
from eternal.tui.widgets.painted import Painted

__all__ = ["Leaf"]

#: The light of the choices while the words above them still appear.
WAITING = 3


class Leaf(Painted):
    """The prose and the choices.

    Attributes:
        writing: what stands here.
        cursor: what pressing would do: `keep:ID`, `choose:ID`, the name of an action, or nothing.
        middle: whether the prose stands in the middle of the height.
    """

    DEFAULT_CSS = """
    Leaf { height: 1fr; }
    """

    class Took(Message):
        """A choice or an action was taken: `choose:ID`, or an action's name."""

        def __init__(self, does: str) -> None:
            super().__init__()
            self.does = does

    class Kept(Message):
        """A fragment's words were kept."""

        def __init__(self, fragment: str) -> None:
            super().__init__()
            self.fragment = fragment

    class Moved(Message):
        """The cursor stands somewhere else."""

        def __init__(self, does: str) -> None:
            super().__init__()
            self.does = does

    class Turned(Message):
        """A page that had to wait for the one before to go (`going`) has taken its place."""

    def __init__(self, palette: Palette, manner: Manner, *, clock: Callable[[], float] = monotonic, middle: bool = False) -> None:
        super().__init__(palette)
        self.manner = manner
        self.middle = middle
        self.writing = Writing()
        self.cursor = ""
        self.scroll = 0
        self._clock = clock
        self._sheet: Sheet = lay((), 10)
        self._light = Light(Canvas(self._sheet), clock)
        self._rows: tuple[OfferRow, ...] = ()
        self._strips: dict[int, Strip] = {}
        self._timer: Timer | None = None
        self._next: tuple[Writing, Palette] | None = None
        self._settled = True
        self._top = self._view = self._left = self._gap = 0

    # What stands here ---------------------------------------------------------------------------------------------------

    def turn(self, writing: Writing, *, how: str = "scene", palette: Palette | None = None) -> None:
        """Show another writing.

        Args:
            writing: what to show.
            how: `scene` (the old page goes with a breath), `collapse` (it falls), `same` (only what is new appears), `still`.
            palette: the colours from now on.
        """
        self.finish()
        before = self.writing
        palette = palette or self.palette
        if how in ("scene", "collapse") and before.passages and self.manner.animation == "full" and self.size.width:
            self._next = writing, palette
            self._again_in(self._light.play([Collapse(self._light.canvas) if how == "collapse" else Breath(self._light.canvas)]))
        else:
            self._write(writing, palette, before if how == "same" else None, still=how == "still")

    @property
    def going(self) -> bool:
        """Whether the old page is still on its way out: `Turned` will say when the new one is there."""
        return self._next is not None

    def _write(self, writing: Writing, palette: Palette, before: Writing | None, *, still: bool = False) -> None:
        """Set the writing and begin to show it. What stood in `before` already is there at once."""
        self.palette = palette
        old = self._light.canvas
        self._next, self.writing, self._settled = None, writing, False
        if before is None:
            self.scroll = 0
        self._lay()
        if before is None or self.cursor not in self.stops:
            self.cursor = next(iter([*self.choices, *self.words]), "")
        looks = carried(self._sheet, writing.passages, old, before.passages) if before else None
        self._light = Light(Canvas(self._sheet, looks), self._clock)
        self._strips.clear()
        if still or self.manner.animation == "none" or not self.size.width:
            self._rest()
        else:
            self._again_in(self._light.play(showing(self._light.canvas, writing, before, self.manner)))
        self.refresh()

    def _arrive(self, *, still: bool = False) -> None:
        """Show the page that waited for the one before to go."""
        if self._next is not None:
            self._write(*self._next, None, still=still)
            self.post_message(self.Turned())

    def reword(self, writing: Writing) -> None:
        """Change what the choices say; the prose and its light stay."""
        self.writing = writing
        self._lay()
        self.refresh()

    def _rest(self) -> None:
        """Let nothing move, and show everything as it is in the end."""
        looks = resting(self._sheet, self.writing.integrity, dissolve=self.manner.dissolve)
        self._light = Light(Canvas(self._sheet, looks), self._clock)
        self._strips.clear()
        self._again_in(None)
        self.refresh()

    def repaint(self, palette: Palette) -> None:
        """Take other colours."""
        if palette != self.palette:
            self._strips.clear()
            super().repaint(palette)

    def behave(self, manner: Manner) -> None:
        """Take other manners, without showing anything anew."""
        if manner != self.manner:
            self.manner = manner
            self._lay()
            self._rest()

    def on_resize(self) -> None:
        """Lay everything out anew. Where that breaks the lines anew, what was moving is over."""
        before = self._sheet
        self._lay()
        if self._sheet != before:
            self._arrive(still=True)
            self._rest()
        self._strips.clear()
        self._reach_cursor()
        self.refresh()

    def _lay(self) -> None:
        """Work out where everything stands."""
        height, whole = self.size.height, self.screen.size.width if self.is_attached else self.size.width
        wide = column(whole, self.manner.width)
        self._left = margin(whole)
        self._sheet = lay(self.writing.passages, wide)
        self._rows = set_offers(self.writing.offers, wide)
        self._gap = 2 if height >= 26 else 1
        self._top = 2 if height >= 26 else 1 if height >= 14 else 0
        room = height - self._top - (self._gap + len(self._rows) if self._rows else 0)
        self._view = max(1, min(len(self._sheet.lines), room))
        if self.middle:
            self._top = max(0, (height - self._view - len(self._rows)) * 2 // 5)
        self.scroll = max(0, min(self.scroll, len(self._sheet.lines) - self._view))

    # The cursor -----------------------------------------------------------------------------------------------------------

    @property
    def words(self) -> list[str]:
        """The links that the cursor can stand on, in reading order."""
        return [does_of(link) for link in self._sheet.links if not link.lit]

    @property
    def choices(self) -> list[str]:
        """What the choices do, in order."""
        return [offer.does for offer in self.writing.offers]

    @property
    def stops(self) -> list[str]:
        """Everything that the cursor can stand on."""
        return [*self.words, *self.choices]

    def move(self, among: Sequence[str], by: int) -> None:
        """Move the cursor among some of its stops, round and round."""
        if self.cursor in among:
            self.point(among[(among.index(self.cursor) + by) % len(among)])
        elif among:
            self.point(among[0 if by > 0 else -1])

    def step(self, by: int) -> None:
        """Move the cursor to the next stop down or up the leaf, without going round."""
        stops = self.stops
        if stops:
            at = stops.index(self.cursor) + by if self.cursor in stops else 0
            self.point(stops[max(0, min(len(stops) - 1, at))])

    def point(self, does: str) -> None:
        """Put the cursor somewhere."""
        if does == self.cursor:
            return
        for link in self._sheet.links:
            if does_of(link) in (does, self.cursor):
                for span in link.spans:
                    self._strips.pop(span.line, None)
        self.cursor = does
        self._reach_cursor()
        self.refresh()
        self.post_message(self.Moved(does))

    def press(self) -> None:
        """Do what the cursor stands on."""
        if self.cursor.startswith("keep:"):
            self.post_message(self.Kept(self.cursor.removeprefix("keep:")))
        elif self.cursor:
            self.post_message(self.Took(self.cursor))

    def page(self, by: float) -> None:
        """Scroll the prose by so many of its screens."""
        lines = round(by * max(1, self._view - 1)) or (1 if by > 0 else -1)
        self.scroll = max(0, min(len(self._sheet.lines) - self._view, self.scroll + lines))
        self.refresh()

    def _reach_cursor(self) -> None:
        """Scroll the prose so that the words under the cursor are in sight."""
        link = next((link for link in self._sheet.links if does_of(link) == self.cursor), None)
        if link is not None:
            self.scroll = max(min(self.scroll, link.spans[0].line), link.spans[-1].line - self._view + 1)

    # Light ----------------------------------------------------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        """Whether something is happening that a key completes: a page going or words appearing."""
        return self._next is not None or self._light.busy

    def finish(self) -> None:
        """Complete what a key completes; what dissolves goes on doing so."""
        self._arrive()
        if self._light.busy:
            self._again_in(self._light.complete())
            self._paint_changes()

    def _again_in(self, wait: float | None) -> None:
        """Come back after so many seconds, or not at all: nothing runs while nothing moves."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if wait is not None and self.is_attached:
            self._timer = self.set_timer(wait, self._frame)
        if not self.busy and not self._settled:
            self._settled = True  # the choices brighten
            self.refresh()

    def _frame(self) -> None:
        """Move what is moving, and paint what has changed."""
        wait = self._light.frame()
        self._paint_changes()
        if wait is None and self._next is not None:
            self._arrive()
        else:
            self._again_in(wait)

    def _paint_changes(self) -> None:
        """Paint the lines that have changed, and nothing else."""
        dirty = self._light.canvas.dirty
        for line in dirty:
            self._strips.pop(line, None)
        if self._next is not None:  # the whole leaf is going
            self.refresh()
        elif dirty:
            rows = (self._top + line - self.scroll for line in dirty if 0 <= line - self.scroll < self._view)
            self.refresh(*(Region(0, row, self.size.width, 1) for row in rows))
        dirty.clear()

    # Painting ---------------------------------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """Return a row: of the prose, of the choices, or an empty one."""
        row = y - self._top
        if 0 <= row < self._view and row + self.scroll < len(self._sheet.lines):
            return self._arrow(self._prose(row + self.scroll), row)
        row -= self._view + self._gap
        return self._offer(self._rows[row]) if 0 <= row < len(self._rows) else self.row()

    def _prose(self, line: int) -> Strip:
        if line not in self._strips:
            canvas = self._light.canvas
            segments = paint_line(self._sheet.lines[line], canvas.looks[line], self.palette, self.cursor, canvas.light)
            self._strips[line] = self.row(Segment(" " * self._left), *segments)
        return self._strips[line]

    def _arrow(self, strip: Strip, row: int) -> Strip:
        """Mark at the right edge that there is more above or below."""
        more = "↑" if row == 0 and self.scroll else ""
        if row == self._view - 1 and self.scroll + self._view < len(self._sheet.lines):
            more = "↓"
        edge = self._left + self._sheet.width + 1
        if not more or edge >= self.size.width:
            return strip
        return self.row(*strip.crop(0, edge), Segment(more, ink(self.palette, "dim")))

    def _offer(self, row: OfferRow) -> Strip:
        offer = self.writing.offers[row.offer]
        light = self._light.canvas.below if self._next is not None else WAITING if self.busy else STEPS
        segments = paint_offer(offer, row, self._sheet.width, self.palette, cursor=offer.does == self.cursor, light=light)
        return self.row(Segment(" " * self._left), *segments)

    # The mouse ---------------------------------------------------------------------------------------------------------------

    def _at(self, x: int, y: int) -> str:
        """Return what stands at a place: a stop, or nothing."""
        row = y - self._top
        if 0 <= row < self._view:
            line = row + self.scroll
            return next((does_of(link) for link in self._sheet.links if not link.lit and covers(link, line, x - self._left)), "")
        row -= self._view + self._gap
        return self.writing.offers[self._rows[row].offer].does if 0 <= row < len(self._rows) else ""

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Let the cursor follow the mouse."""
        does = self._at(event.x, event.y)
        if does and not self.busy:
            self.point(does)

    def on_click(self, event: events.Click) -> None:
        """Complete what is appearing, or press what was clicked."""
        does = self._at(event.x, event.y)
        if self.busy:
            self.finish()
        elif does:
            self.point(does)
            self.press()

    def on_mouse_scroll_down(self) -> None:
        """Scroll the prose."""
        self.page(0.25)

    def on_mouse_scroll_up(self) -> None:
        """Scroll the prose."""
        self.page(-0.25)
