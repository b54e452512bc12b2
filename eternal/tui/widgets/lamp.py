"""A lamp's circle of light on a dark desk, and the things under it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from time import monotonic

from rich.style import Style
from textual.strip import Strip
from textual.timer import Timer

from eternal.tui.desk import Gesture, Thing
from eternal.tui.palette import Palette, Role, blend, legible
from eternal.tui.text.desktop import Laid, Spot, laid_out, lit_at
from eternal.tui.text.grid import Grid, segments_of, write
from eternal.tui.text.motion import FRAME
from eternal.tui.widgets.painted import Painted
from eternal.wording.columns import graphemes

__all__ = ["GLOW", "SLIDE", "Lamp", "lamp_ink"]

#: The steps of light from the edge of the circle to its middle, and the most of the lamp's colour there.
GLOW, BRIGHTEST = 24, 0.26

#: Seconds in which a thing that is held out slides into the light.
SLIDE = 0.35


class Lamp(Painted):
    """Given things lie in the light, the one that is asked for at its rim, kept ones in a pocket at the edge of the desk.

    Attributes:
        things: the mementos.
        gesture: what the choice under the cursor would do: into the light, or into the pocket.
    """

    DEFAULT_CSS = """
    Lamp { height: 1fr; }
    """

    def __init__(self, palette: Palette, *, clock: Callable[[], float] = monotonic) -> None:
        super().__init__(palette)
        self.things: tuple[Thing, ...] = ()
        self.gesture = Gesture()
        self._clock = clock
        self._since: float | None = None
        self._timer: Timer | None = None

    def show(self, things: Sequence[Thing], gesture: Gesture, palette: Palette, *, slide: bool = False) -> None:
        """Show the desk; what is newly held out slides into the light, if things may move."""
        now = (tuple(things), gesture, palette)
        if now == (self.things, self.gesture, self.palette):
            return
        held_out = bool(gesture.gives - self.gesture.gives)
        self.things, self.gesture, self.palette = now
        self._since = self._clock() if slide and held_out else None
        self._again()

    def _again(self) -> None:
        """Paint, and come back as long as something slides."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if self._share() < 1 and self.is_attached:
            self._timer = self.set_timer(FRAME, self._again)
        self.renew()

    def _share(self) -> float:
        """Return how far what slides has come: 0 at the rim, 1 in its place."""
        if self._since is None:
            return 1.0
        return min(1.0, (self._clock() - self._since) / SLIDE)

    def render_line(self, y: int) -> Strip:
        """Return a row of the desk."""
        width, height = self.size
        laid = laid_out(self.things, self.gesture, width, height)
        grid: Grid = [list(_desk(self.palette, y, width, laid.lit))]
        for spot in laid.spots:
            if self.row_of(spot) == y:
                self._write(grid, spot, y, laid, width)
        return self.row(*segments_of(grid[0]))

    def row_of(self, spot: Spot) -> int:
        """Return the row where something stands now; what slides is on its way there."""
        return spot.y + round((spot.comes_from - spot.y) * (1 - self._share())) if spot.comes_from is not None else spot.y

    def _write(self, grid: Grid, spot: Spot, y: int, laid: Laid, width: int) -> None:
        """Write something on a row, each character on the light that falls there."""
        x = spot.x
        for character, wide in graphemes(spot.text):
            glow = 0 if self.palette.few else round(GLOW * lit_at(x, y, width, laid.lit))
            style = lamp_ink(self.palette, spot.role, glow, italic=spot.italic)
            write(grid, x, 0, character, style)
            x += wide


@lru_cache(maxsize=256)
def _desk(palette: Palette, y: int, width: int, lit: int) -> Sequence[tuple[str, Style]]:
    """Return an empty row of the desk: more or less lit; where light has no steps, with the dots of a ring."""
    light = [lit_at(x, y, width, lit) for x in range(width)]
    if palette.few:
        return [("·" if 0 < share < 0.22 else " ", lamp_ink(palette, "lamp", 0, italic=False)) for share in light]
    return [(" ", lamp_ink(palette, "page", round(GLOW * share), italic=False)) for share in light]


@lru_cache(maxsize=1024)
def lamp_ink(palette: Palette, role: Role, glow: int, *, italic: bool) -> Style:
    """Return the style of words of a role on so many of the `GLOW` steps of light."""
    ground = palette.ground if palette.few else blend(palette.ground, palette.lamp, BRIGHTEST * glow / GLOW)
    colour = palette.colour(role) if palette.few else legible(palette.colour(role), ground)
    return Style(color=colour, bgcolor=ground, italic=italic or None)
