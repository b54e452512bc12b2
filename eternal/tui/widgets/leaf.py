"""A leaf of the night: the prose, the choices under it, a cursor that moves among both, and the light on them.

One widget with the Line API: prose is broken into lines once, strips are kept, and while something moves only the lines
that changed are painted again. A new scene needs no layout.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import monotonic

from msgspec import Struct
from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from eternal.engine.view import Passage
from eternal.tui.palette import STEPS, Palette
from eternal.tui.settings import PACES
from eternal.tui.text.fade import Look
from eternal.tui.text.motion import FRAME, Breath, Canvas, Collapse, Dissolve, Motion, Reveal, carried, resting
from eternal.tui.text.offers import Offer, OfferRow, paint_offer, set_offers
from eternal.tui.text.paint import ink, paint_line
from eternal.tui.text.sheet import Link, Sheet, lay
from eternal.tui.widgets.column import column, margin

__all__ = ["Leaf", "Manner", "Writing"]

#: The light of the choices while the words above them still appear.
WAITING = 3


class Writing(Struct, frozen=True):
    """What stands on a leaf."""

    passages: tuple[Passage, ...] = ()
    offers: tuple[Offer, ...] = ()
    integrity: int = 100


class Manner(Struct, frozen=True):
    """How a leaf moves: words a second (0: at once), how much is animated, whether words leave, the most columns."""

    pace: float = PACES["reading"]
    animation: str = "full"
    dissolve: bool = True
    width: int = 72


class Leaf(Widget):
    """The prose and the choices."""

    DEFAULT_CSS = """
    Leaf { width: 1fr; height: 1fr; background: $ground; }
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
        """The cursor stands somewhere else. `does` is what pressing there would do."""

        def __init__(self, does: str) -> None:
            super().__init__()
            self.does = does

    def __init__(self, palette: Palette, manner: Manner, clock: Callable[[], float] = monotonic) -> None:
        super().__init__()
        self.palette = palette
        self.manner = manner
        self.clock = clock
        self.writing = Writing()
        self.cursor = ""
        self.scroll = 0
        self.note = ""
        self._sheet: Sheet = lay((), 10)
        self._canvas = Canvas(self._sheet)
        self._rows: tuple[OfferRow, ...] = ()
        self._strips: dict[int, Strip] = {}
        self._motions: list[Motion] = []
        self._began = 0.0
        self._timer: Timer | None = None
        self._next: Writing | None = None
        self._top = self._view = self._left = self._gap = 0

    # What stands here -------------------------------------------------------------------------------------------------

    def turn(self, writing: Writing, *, how: str = "scene", palette: Palette | None = None) -> None:
        """Show another writing.

        Args:
            writing: what to show.
            how: `scene` (the old page goes with a breath), `collapse` (it falls), `same` (only what is new appears), `still`.
            palette: the colours from now on.
        """
        self.finish()
        before = self.writing
        if palette is not None and palette != self.palette:
            self.palette = palette
            self._strips.clear()
        if how in ("scene", "collapse") and before.passages and self.manner.animation == "full" and self.size.width:
            self._next = writing
            self._play([Collapse(self._canvas) if how == "collapse" else Breath(self._canvas)])
        else:
            self._write(writing, before if how == "same" else None, still=how == "still")

    def _write(self, writing: Writing, before: Writing | None, *, still: bool = False) -> None:
        """Set the writing and begin to show it. What stood in `before` already is there at once."""
        self._next = None
        self.writing = writing
        if before is None:
            self.scroll = 0
        old = self._canvas
        self._lay()
        if before is None or self.cursor not in self.stops:
            self.cursor = self._first_stop()
        self._canvas = Canvas(self._sheet, carried(self._sheet, writing.passages, old, before.passages) if before else None)
        self._strips.clear()
        goal = resting(self._sheet, writing.integrity, dissolve=self.manner.dissolve)
        if still or self.manner.animation == "none" or not self.size.width:
            self._canvas = Canvas(self._sheet, goal)
        else:
            self._play(self._showing(goal, before))
        self.refresh()
        self.post_message(self.Moved(self.cursor))

    def _showing(self, goal: list[list[Look]], before: Writing | None) -> list[Motion]:
        """Return the motions in which the writing is shown: its words appear, and what is going dissolves."""
        motions: list[Motion] = []
        fresh = None if before is None else _fresh(before.passages, self.writing.passages)
        reading = 0.25 * self._sheet.words
        if not self.manner.pace:
            Reveal(self._canvas, 1.0, fresh).finish()
        elif fresh is None or fresh:
            motions.append(Reveal(self._canvas, self.manner.pace, fresh, gently=self.manner.animation == "full"))
            reading *= 0.4
        if self.writing.integrity < 100:
            wait = 0.6 if before else min(12.0, reading)
            motions.append(_Later(lambda: Dissolve(self._canvas, goal, wait=wait, each=0.7)))
        return motions

    def restyle(self, palette: Palette, manner: Manner) -> None:
        """Take other colours and manners, without showing anything anew."""
        relay = manner.width != self.manner.width
        self.palette, self.manner = palette, manner
        self._strips.clear()
        if relay or manner.animation == "none":
            self._resettle()
        self.refresh()

    def on_resize(self) -> None:
        """Break the lines anew; what was moving is over."""
        self._resettle()

    def _resettle(self) -> None:
        if self._next is not None:
            self._write(self._next, None, still=True)
        self._stop()
        self._lay()
        self._canvas = Canvas(self._sheet, resting(self._sheet, self.writing.integrity, dissolve=self.manner.dissolve))
        self._strips.clear()
        self._reach_cursor()
        self.refresh()

    def _lay(self) -> None:
        """Work out where everything stands."""
        width, height = self.size
        wide = column(self.screen.size.width, self.manner.width) if self.is_attached else width
        self._left = margin(self.screen.size.width) if self.is_attached else 0
        self._sheet = lay(self.writing.passages, wide)
        self._rows = set_offers(self.writing.offers, wide)
        self._top = 2 if height >= 26 else 1 if height >= 14 else 0
        self._gap = 2 if height >= 26 else 1
        room = height - self._top - (self._gap + len(self._rows) if self._rows else 0)
        self._view = max(1, min(len(self._sheet.lines), room))
        self.scroll = max(0, min(self.scroll, len(self._sheet.lines) - self._view))

    # The cursor ---------------------------------------------------------------------------------------------------------

    @property
    def words(self) -> list[str]:
        """The links that the cursor can stand on, in reading order."""
        return [f"{link.kind}:{link.id}" for link in self._sheet.links if not link.lit]

    @property
    def choices(self) -> list[str]:
        """What the choices do, in order."""
        return [offer.does for offer in self.writing.offers]

    @property
    def stops(self) -> list[str]:
        """Everything that the cursor can stand on."""
        return [*self.words, *self.choices]

    def _first_stop(self) -> str:
        return next(iter(self.choices), "") or next(iter(self.words), "")

    def move(self, among: Sequence[str], by: int) -> None:
        """Move the cursor among some of its stops, round and round."""
        if not among:
            return
        if self.cursor in among:
            self.point(among[(among.index(self.cursor) + by) % len(among)])
        else:
            self.point(among[0 if by > 0 else -1])

    def step(self, by: int) -> None:
        """Move the cursor to the next stop down or up the leaf, without going round."""
        stops = self.stops
        if stops:
            at = stops.index(self.cursor) + by if self.cursor in stops else 0
            self.point(stops[max(0, min(len(stops) - 1, at))])

    def point(self, does: str) -> None:
        """Put the cursor somewhere."""
        if does != self.cursor:
            self._touch(self.cursor)
            self.cursor = does
            self._touch(does)
            self._reach_cursor()
            self.post_message(self.Moved(does))

    def press(self) -> None:
        """Do what the cursor stands on."""
        if self.cursor.startswith("keep:"):
            self.post_message(self.Kept(self.cursor.removeprefix("keep:")))
        elif self.cursor:
            self.post_message(self.Took(self.cursor))

    def page(self, by: float) -> bool:
        """Scroll the prose by so many of its screens. Return whether there was anything to scroll."""
        goal = max(0, min(len(self._sheet.lines) - self._view, self.scroll + round(by * max(1, self._view - 1)) or 0))
        if goal == self.scroll:
            return False
        self.scroll = goal
        self.refresh()
        return True

    def _touch(self, does: str) -> None:
        """Paint again where a stop stands."""
        for link in self._sheet.links:
            if f"{link.kind}:{link.id}" == does:
                for span in link.spans:
                    self._strips.pop(span.line, None)
        self.refresh()

    def _reach_cursor(self) -> None:
        """Scroll the prose so that the words under the cursor are in sight."""
        link = next((link for link in self._sheet.links if f"{link.kind}:{link.id}" == self.cursor), None)
        if link is None:
            return
        first, last = link.spans[0].line, link.spans[-1].line
        self.scroll = max(min(self.scroll, first), last - self._view + 1)

    # Light ----------------------------------------------------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        """Whether something is happening that a key completes: a page going or words appearing."""
        return self._next is not None or any(isinstance(motion, Reveal) for motion in self._motions)

    def finish(self) -> None:
        """Complete what a key completes; what dissolves goes on doing so."""
        if self._next is not None:
            self._write(self._next, None)
        while self._motions and not isinstance(self._motions[0], _Later | Dissolve):
            self._motions.pop(0).finish()
            self._began = self.clock()
        self._repaint()
        self._schedule(FRAME if self._motions else None)

    def _play(self, motions: list[Motion]) -> None:
        self._motions = motions
        self._began = self.clock()
        self._schedule(FRAME if motions else None)

    def _stop(self) -> None:
        self._motions = []
        self._schedule(None)

    def _schedule(self, wait: float | None) -> None:
        """Come back after so many seconds, or not at all: nothing runs while nothing moves."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if wait is not None and self.is_attached:
            self._timer = self.set_timer(wait, self._frame)

    def _frame(self) -> None:
        """Move what is moving, and paint what has changed."""
        wait: float | None = None
        while self._motions:
            wait = self._motions[0].at(self.clock() - self._began)
            if wait is not None:
                break
            self._motions.pop(0)
            self._began = self.clock()
        ended = wait is None and self._next is not None
        self._repaint()
        self._schedule(wait)
        if ended and self._next is not None:
            self._write(self._next, None)

    def _repaint(self) -> None:
        """Paint the lines that have changed; the choices brighten when the words are all there."""
        for line in self._canvas.dirty:
            self._strips.pop(line, None)
        regions = [
            Region(0, self._top + line - self.scroll, self.size.width, 1)
            for line in self._canvas.dirty
            if 0 <= line - self.scroll < self._view
        ]
        self._canvas.dirty.clear()
        below = self._top + self._view
        if self._rows:
            regions.append(Region(0, below, self.size.width, max(0, self.size.height - below)))
        if regions:
            self.refresh(*regions)

    # Painting ---------------------------------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """Return a row: of the prose, of the choices, or an empty one."""
        row = y - self._top
        if 0 <= row < self._view and self._sheet.lines:
            strip = self._prose(row + self.scroll)
            return self._arrow(strip, row)
        row -= self._view + self._gap
        if 0 <= row < len(self._rows):
            return self._offer(self._rows[row])
        return Strip.blank(self.size.width)

    def _prose(self, line: int) -> Strip:
        if line not in self._strips:
            segments = paint_line(self._sheet.lines[line], self._canvas.looks[line], self.palette, self.cursor, self._canvas.light)
            self._strips[line] = Strip([Segment(" " * self._left), *segments])
        return self._strips[line]

    def _arrow(self, strip: Strip, row: int) -> Strip:
        """Mark at the right edge that there is more above or below."""
        more = "↑" if row == 0 and self.scroll else ""
        if row == self._view - 1 and self.scroll + self._view < len(self._sheet.lines):
            more = "↓"
        if not more:
            return strip
        edge = self._left + self._sheet.width + 1
        return Strip([*strip.adjust_cell_length(edge), Segment(more, ink(self.palette, "dim"))])

    def _offer(self, row: OfferRow) -> Strip:
        offer = self.writing.offers[row.offer]
        light = 0 if self._next is not None else WAITING if self.busy else STEPS
        strip = paint_offer(offer, row, self._sheet.width, self.palette, cursor=offer.does == self.cursor, light=light)
        return Strip([Segment(" " * self._left), *strip])

    # The mouse ---------------------------------------------------------------------------------------------------------------

    def _at(self, x: int, y: int) -> str:
        """Return what stands at a place: a stop, or nothing."""
        row = y - self._top
        if 0 <= row < self._view:
            return next((_does(link) for link in self._sheet.links if not link.lit and _covers(link, row + self.scroll, x - self._left)), "")
        row -= self._view + self._gap
        return self.writing.offers[self._rows[row].offer].does if 0 <= row < len(self._rows) else ""

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Let the cursor follow the mouse."""
        does = self._at(event.x, event.y)
        if does and not self.busy:
            self.point(does)

    def on_click(self, event: events.Click) -> None:
        """Complete what is appearing, or press what was clicked."""
        if self.busy:
            self.finish()
            return
        does = self._at(event.x, event.y)
        if does:
            self.point(does)
            self.press()

    def on_mouse_scroll_down(self) -> None:
        """Scroll the prose."""
        self.page(0.25)

    def on_mouse_scroll_up(self) -> None:
        """Scroll the prose."""
        self.page(-0.25)


class _Later(Motion):
    """A motion that is only worked out when its turn comes."""

    def __init__(self, make: Callable[[], Motion]) -> None:
        self.make = make
        self.motion: Motion | None = None

    def at(self, seconds: float) -> float | None:
        """Begin it, or go on with it."""
        self.motion = self.motion or self.make()
        return self.motion.at(seconds)

    def finish(self) -> None:
        """Finish it."""
        self.motion = self.motion or self.make()
        self.motion.finish()


def _fresh(before: tuple[Passage, ...], after: tuple[Passage, ...]) -> frozenset[int]:
    """Return the numbers of the passages that were not there before."""
    known = {passage.text for passage in before}
    return frozenset(number for number, passage in enumerate(after) if passage.text not in known)


def _does(link: Link) -> str:
    return f"{link.kind}:{link.id}"


def _covers(link: Link, line: int, x: int) -> bool:
    return any(span.line == line and span.x <= x < span.end for span in link.spans)
