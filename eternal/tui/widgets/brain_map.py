"""The map: memories as a constellation, each with the light it has left, and what lies below the horizon."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from eternal.speech import _, mark
from eternal.tui.palette import STEPS, Palette, Role
from eternal.tui.sky import Place, Star, joined, places, short, woven
from eternal.tui.text.dots import Dots
from eternal.tui.text.fit import cells, fitted
from eternal.tui.text.grid import Grid, put, segments_of, write
from eternal.tui.text.paint import ink
from eternal.tui.widgets.painted import Painted

__all__ = ["BrainMap"]

#: The word under the horizon.
BELOW = mark("below: where she never was")


class BrainMap(Painted):
    """A still picture of the night, painted anew only when something has changed.

    Attributes:
        stars: what stands on it, oldest memory first, refuges last.
        cursor: the star that is being looked at, or empty.
        lights: memories that the thing in one's hand would light.
        labels: whether all the stars are named that have room for it.
        weave: whether the stars are joined to a constellation, whoever stands where.
    """

    DEFAULT_CSS = """
    BrainMap { height: 1fr; }
    """

    class Walked(Message):
        """The cursor stands on another star."""

        def __init__(self, star: str) -> None:
            super().__init__()
            self.star = star

    def __init__(self, palette: Palette, *, labels: bool = False, weave: bool = False) -> None:
        super().__init__(palette)
        self.stars: tuple[Star, ...] = ()
        self.cursor = ""
        self.lights: frozenset[str] = frozenset()
        self.labels = labels
        self.weave = weave
        self._rows: list[Strip] = []

    def show(self, stars: Sequence[Star], *, palette: Palette, cursor: str = "", lights: frozenset[str] = frozenset()) -> None:
        """Show a state of the night."""
        now = (tuple(stars), palette, cursor, lights)
        if now != (self.stars, self.palette, self.cursor, self.lights):
            self.stars, self.palette, self.cursor, self.lights = now
            self._again()

    def repaint(self, palette: Palette) -> None:
        """Take other colours."""
        self.palette = palette
        self._again()

    def on_resize(self) -> None:
        """Lay the stars out anew."""
        self._again()

    def _again(self) -> None:
        self._rows = []
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return a row of the picture."""
        if not self._rows:
            self._rows = self._paint()
        return self._rows[y] if y < len(self._rows) else self.row()

    # The picture ------------------------------------------------------------------------------------------------------

    @property
    def refuges(self) -> tuple[Star, ...]:
        """The stars below the horizon."""
        return tuple(star for star in self.stars if star.below)

    @property
    def _depth(self) -> int:
        """How many rows lie below the sky: the horizon, its words, and a row for each refuge."""
        return min(self.size.height // 2, 2 + len(self.refuges)) if self.refuges else 0

    def _places(self) -> Mapping[str, Place]:
        return places(self.stars, self.size.width, self.size.height - self._depth)

    def _paint(self) -> list[Strip]:
        width, height = self.size
        if not width or not height:
            return []
        where = self._places()
        grid: Grid = [[(" ", ink(self.palette, "ground"))] * width for _ in range(height)]
        self._draw_lines(grid, where)
        for star in self.stars:
            if star.id in where:
                self._draw_star(grid, star, where[star.id])
        taken = set(_around(where))
        for star in sorted(self.stars, key=lambda star: (star.id != self.cursor, not star.here, not star.target)):
            if star.id in where:
                self._draw_label(grid, star, where[star.id], taken)
        self._draw_below(grid)
        return [self.row(*segments_of(cells_of)) for cells_of in grid]

    def _draw_lines(self, grid: Grid, where: Mapping[str, Place]) -> None:
        """Draw what shares a motif with where one stands, and with what one looks at."""
        dots = Dots(len(grid[0]), len(grid))
        for older, newer in woven(self.stars) if self.weave else ():
            if older.id in where and newer.id in where:
                dots.line(where[older.id], where[newer.id], "weave", every=3)
        here = next((star.id for star in self.stars if star.here), "")
        for name, colour in ((here, "here"), (self.cursor, "cursor")):
            for other in joined(self.stars, name):
                if name in where and other.id in where:
                    dots.line(where[name], where[other.id], colour, every=1 if colour == "cursor" else 2)
        inks = {"here": ink(self.palette, "accent", STEPS // 2), "cursor": ink(self.palette, "dim"), "weave": ink(self.palette, "faint")}
        for y, row in enumerate(grid):
            for x in range(len(row)):
                drawn = dots.at(x, y)
                if drawn:
                    row[x] = drawn[0], inks[drawn[1]]

    def _draw_star(self, grid: Grid, star: Star, place: Place) -> None:
        x, y = place
        glyph, style = self._glyph(star)
        put(grid, x, y, glyph, style)
        if star.target:
            ring = ink(self.palette, "machine")
            put(grid, x - 1, y, "(", ring)
            put(grid, x + 1, y, ")", ring)

    def _glyph(self, star: Star) -> tuple[str, Style]:
        """Return a star's sign and light: what is left of it, and whether something of it is kept."""
        if star.here:
            return "◉", ink(self.palette, "accent", bold=True)
        role: Role = "accent" if star.held and not star.below else "lamp" if star.id in self.lights else "page"
        if not star.left:
            return "◌", ink(self.palette, role if star.held else "faint")
        if star.id in self.lights:
            return "●", ink(self.palette, "lamp")
        if not star.known:
            return "·", ink(self.palette, "dim" if role == "page" else role)
        sign = "●" if star.left > 66 else "•" if star.left > 33 else "·"
        return sign, ink(self.palette, role, 4 + round(4 * star.left / 100))

    def _draw_label(self, grid: Grid, star: Star, place: Place, taken: set[Place]) -> None:
        """Name the star one looks at, the one one stands in, what the machine works at; on a large map all that fit."""
        named = star.here or star.target or star.id == self.cursor or star.id in self.lights
        if not named and not (self.labels and star.left):
            return
        role: Role = "accent" if star.here else "page" if star.id == self.cursor else "machine" if star.target else "dim"
        text = _("you are here") if star.here and not self.labels and star.id != self.cursor else short(star.title)
        for x, y in _beside(place, cells(text), len(grid[0])):
            room = {(column, y) for column in range(x - 1, x + cells(text) + 1)}
            if 0 <= x <= len(grid[0]) - cells(text) and 0 <= y < len(grid) - self._depth and taken.isdisjoint(room):
                taken |= room
                write(grid, x, y, text, ink(self.palette, role))
                return

    def _draw_below(self, grid: Grid) -> None:
        """Draw the horizon and the refuges under it."""
        if not self._depth:
            return
        top = len(grid) - self._depth
        width = len(grid[0])
        write(grid, 0, top, fitted("- " * (width // 2), width), ink(self.palette, "faint"))
        below = _(BELOW)
        if cells(below) <= width:
            write(grid, width - cells(below), top, below, ink(self.palette, "dim", italic=True))
        for star, y in zip(self.refuges, range(top + 1, len(grid)), strict=False):
            self._draw_refuge(grid, star, y)

    def _draw_refuge(self, grid: Grid, star: Star, y: int) -> None:
        role: Role = "accent" if star.here else "page" if star.id == self.cursor else "lamp" if star.left else "faint"
        sign = f"({'⌂'})" if star.target or star.known else " ⌂ "
        write(grid, 1, y, sign, ink(self.palette, "machine" if star.target or star.known else role))
        write(grid, 2, y, "⌂", ink(self.palette, role))
        held = "●" * star.held + "○" * star.room
        text = fitted(short(star.title), len(grid[0]) - 8 - len(held))
        write(grid, 5, y, text, ink(self.palette, role if star.left else "dim"))
        write(grid, 6 + cells(text), y, held, ink(self.palette, "lamp" if star.left else "faint"))

    # The mouse ----------------------------------------------------------------------------------------------------------

    def on_click(self, event: events.Click) -> None:
        """Look at the star nearest to the click."""
        where = dict(self._places())
        top = self.size.height - self._depth
        where.update({star.id: (2, top + 1 + number) for number, star in enumerate(self.refuges)})
        near = min(where, key=lambda name: abs(where[name][0] - event.x) / 2 + abs(where[name][1] - event.y), default="")
        if near:
            self.post_message(self.Walked(near))


def _around(where: Mapping[str, Place]) -> Iterator[Place]:
    """Yield the cells that labels keep clear of: every star and its ring."""
    for x, y in where.values():
        yield from ((x - 1, y), (x, y), (x + 1, y))


def _beside(place: Place, size: int, width: int) -> Iterator[Place]:
    """Yield where a label of that size could stand, the best place first: right, left, below, above."""
    x, y = place
    under = max(0, min(width - size, x - size // 2))
    yield from ((x + 3, y), (x - 2 - size, y), (under, y + 1), (under, y - 1))
