"""A leaf of the night: the prose, the choices under it, a cursor that moves among both, and the light on them.

One widget with the Line API: prose is broken into lines once, strips are kept, and while something moves only the lines
that changed are painted again. A new scene needs no layout.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import monotonic

from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.timer import Timer

from eternal.tui.palette import STEPS, Palette
from eternal.tui.text.canvas import Canvas, carried, resting
from eternal.tui.text.light import Light
from eternal.tui.text.motion import Breath, Collapse
from eternal.tui.text.print import Print
from eternal.tui.text.spread import Spread
from eternal.tui.text.writing import Manner, Writing, fresh_passages, showing
from eternal.tui.widgets.painted import Painted

__all__ = ["Leaf"]

#: The light of the choices while the words above them still appear.
WAITING = 3


class Leaf(Painted):
    """The prose and the choices.

    Attributes:
        spread: what stands here, and where.
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

    class Settled(Message):
        """Everything that a key would complete is there."""

    def __init__(self, palette: Palette, manner: Manner, *, clock: Callable[[], float] = monotonic, middle: bool = False) -> None:
        super().__init__(palette)
        self.manner = manner
        self.middle = middle
        self.cursor = ""
        self.spread = Spread()
        self._clock = clock
        self._light = Light(Canvas(self.spread.sheet), clock)
        self._print = Print()
        self._timer: Timer | None = None
        self._next: tuple[Writing, Palette] | None = None
        self._settled = True
        self._laid = Size(0, 0), 0

    @property
    def writing(self) -> Writing:
        """What stands here."""
        return self.spread.writing

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
        self._next, self._settled = None, False
        if before is None:
            self.spread.scroll = self.spread.skip = 0
        self._lay(writing)
        if before is not None:
            self.spread.show(fresh_passages(before.passages, writing.passages))
        if before is None or self.cursor not in self.spread.stops:
            self.cursor = next(iter([*self.spread.choices, *self.spread.words]), "")
        looks = carried(self.spread.sheet, writing.passages, old, before.passages) if before else None
        self._light = Light(Canvas(self.spread.sheet, looks), self._clock)
        self._print.forget()
        if still or self.manner.animation == "none" or not self.size.width:
            self._rest()
        else:
            self._again_in(self._light.play(showing(self._light.canvas, writing, before, self.manner)))
        self.renew()

    def _arrive(self, *, still: bool = False) -> None:
        """Show the page that waited for the one before to go."""
        if self._next is not None:
            self._write(*self._next, None, still=still)
            self.post_message(self.Turned())

    def reword(self, writing: Writing) -> None:
        """Change what the choices say; the prose and its light stay."""
        self._lay(writing)
        self.renew()

    def _rest(self) -> None:
        """Let nothing move, and everything be as it is in the end."""
        looks = resting(self.spread.sheet, self.writing.integrity, dissolve=self.manner.dissolve)
        self._light = Light(Canvas(self.spread.sheet, looks), self._clock)
        self._print.forget()
        self._again_in(None)

    def repaint(self, palette: Palette) -> None:
        """Take other colours."""
        if palette != self.palette:
            self._print.forget()
            super().repaint(palette)

    def behave(self, manner: Manner) -> None:
        """Take other manners, without showing anything anew."""
        if manner != self.manner:
            self.manner = manner
            self._lay(self.writing)
            self._rest()
            self.renew()

    def on_resize(self) -> None:
        """Lay everything out anew, unless that has been done. Where it breaks the lines anew, what was moving is over."""
        if self._laid == self._room():
            return
        before = self.spread.sheet
        self._lay(self.writing)
        if self.spread.sheet != before:
            self._arrive(still=True)
            if self.writing.integrity < 100:  # what was going goes on from where it was
                self._light.complete()
                self._write(self.writing, self.palette, self.writing)
            else:
                self._rest()
        self._print.forget()
        self.spread.reach(self.cursor)
        self.refresh()

    def _room(self) -> tuple[Size, int]:
        """Return the size of the leaf, and the columns of the screen that it stands on."""
        return self.size, self.screen.size.width if self.is_attached else self.size.width

    def _lay(self, writing: Writing) -> None:
        """Work out where everything stands."""
        self._laid = size, whole = self._room()
        self.spread.lay(writing, size, whole=whole, widest=self.manner.width, middle=self.middle)

    def resized(self) -> None:
        """Take another size where the lines stay as they are: map and desk take columns that the page never uses, news rows below it."""
        now, whole = self._room()
        if now != self._laid[0] and whole == self._laid[1]:
            self._lay(self.writing)
            self._print.forget()
            self.spread.reach(self.cursor)

    # The cursor -----------------------------------------------------------------------------------------------------------

    def move(self, among: Sequence[str], by: int) -> None:
        """Move the cursor among some of its stops, round and round."""
        if among:
            self.point(self.spread.round(self.cursor, among, by))

    def step(self, by: int) -> None:
        """Move the cursor to the next stop down or up the leaf, without going round."""
        self.point(self.spread.beside(self.cursor, by))

    def point(self, does: str) -> None:
        """Put the cursor somewhere."""
        if does == self.cursor:
            return
        spread, before = self.spread, (self.spread.scroll, self.spread.skip)
        self._print.forget((*spread.lines_of(does), *spread.lines_of(self.cursor)))
        changed = [*spread.rows_of(does), *spread.rows_of(self.cursor)]
        self.cursor = does
        spread.reach(does)
        if (spread.scroll, spread.skip) != before or not changed:
            self.refresh()
        else:
            self.refresh(*(Region(0, y, self.size.width, 1) for y in changed))
        self.post_message(self.Moved(does))

    def press(self) -> None:
        """Do what the cursor stands on."""
        if self.cursor.startswith("keep:"):
            self.post_message(self.Kept(self.cursor.removeprefix("keep:")))
        elif self.cursor:
            self.post_message(self.Took(self.cursor))

    def page(self, by: float) -> None:
        """Scroll the prose by so many of its screens."""
        self.spread.page(by)
        self.renew()

    # Light ----------------------------------------------------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        """Whether something is happening that a key completes: a page going or words appearing."""
        return self._next is not None or self._light.busy

    @property
    def appearing(self) -> bool:
        """Whether something that is in sight has still to come: on a long page words also appear below what can be seen."""
        in_sight = self._light.canvas.looks[self.spread.scroll : self.spread.scroll + self.spread.plan.view]
        dark = any(look.light < STEPS and look.eaten < 100 for line in in_sight for look in line)
        return self._next is not None or (self._light.busy and dark)

    @property
    def moving(self) -> bool:
        """Whether anything moves, or is going to."""
        return self._timer is not None

    def finish(self) -> None:
        """Complete what a key completes; what dissolves goes on doing so."""
        self._arrive()
        if self._light.busy:
            self._again_in(self._light.complete())
            self._paint_changes()
            self.renew()

    def _again_in(self, wait: float | None) -> None:
        """Come back after so many seconds, or not at all: nothing runs while nothing moves."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if wait is not None and self.is_attached:
            self._timer = self.set_timer(wait, self.frame)
        if not self.busy and not self._settled:
            self._settled = True
            self.post_message(self.Settled())

    def frame(self) -> None:
        """Move what is moving, and paint what has changed."""
        wait, settled = self._light.frame(), self._settled
        self._paint_changes()
        if wait is None and self._next is not None:
            self._arrive()
        else:
            self._again_in(wait)
        if self._settled != settled:
            self.renew()  # the choices brighten

    def _paint_changes(self) -> None:
        """Paint the lines that have changed, and nothing else."""
        dirty = self._light.canvas.dirty
        self._print.forget(dirty)
        if self.middle and dirty and max(dirty) >= self.spread.scroll + self.spread.plan.view:  # it is read as it appears
            self.spread.turn(max(dirty) - self.spread.scroll - self.spread.plan.view + 1)
            self.refresh()
        if self._next is not None:  # the whole leaf is going
            self.refresh()
        elif dirty:
            plan, scroll = self.spread.plan, self.spread.scroll
            rows = (plan.top + line - scroll for line in dirty if 0 <= line - scroll < plan.view)
            self.refresh(*(Region(0, row, self.size.width, 1) for row in rows))
        dirty.clear()

    # Painting ---------------------------------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """Return a row."""
        light = self._light.canvas.below if self._next is not None else WAITING if self.busy else STEPS
        return self._print.row(y, self.size.width, self.spread, self._light.canvas, self.palette, self.cursor, light=light)

    # The mouse ---------------------------------------------------------------------------------------------------------------

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Let the cursor follow the mouse."""
        does = self.spread.at(event.x, event.y)
        if does and not self.busy:
            self.point(does)

    def on_click(self, event: events.Click) -> None:
        """Complete what is appearing, or press what was clicked."""
        does = self.spread.at(event.x, event.y)
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
