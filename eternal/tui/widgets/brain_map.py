"""The map: memories as a constellation, each with the light it has left, and what lies below the horizon."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from eternal.speech import _
from eternal.tui.labels import Name, placed
from eternal.tui.legend import BRIGHT
from eternal.tui.palette import STEPS, Palette, Role
from eternal.tui.sky import Place, Star, called, joined, places, woven, years
from eternal.tui.text.dots import Dots
from eternal.tui.text.grid import Cells, Grid, put, segments_of, write
from eternal.tui.text.horizon import depth, draw_below, refuge_places
from eternal.tui.text.paint import ink
from eternal.tui.widgets.painted import Painted

__all__ = ["BrainMap"]

#: The rows from which on a large map has a row for the years.
DATED = 6


class BrainMap(Painted):
    """A still picture of the night, painted anew only when something has changed.

    Attributes:
        stars: what stands on it, oldest memory first, refuges last.
        cursor: the star that is being looked at, or empty.
        lights: memories that the thing in one's hand would light.
        labels: whether all the stars are named that have room for it, and the years.
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
        self._before: dict[int, tuple[Cells, Strip]] = {}
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

    def _again(self) -> None:
        self._rows = []
        self.renew()

    def resized(self) -> None:
        """Lay the stars out anew."""
        self._rows = []

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
    def _horizon(self) -> int:
        """The row of the horizon: all rows above it are sky."""
        return self.size.height - depth(self.refuges, *self.size)

    @property
    def _dated(self) -> bool:
        return self.labels and self._horizon >= DATED

    def _places(self) -> Mapping[str, Place]:
        return places(self.stars, self.size.width, self._horizon - self._dated)

    def _paint(self) -> list[Strip]:
        width, height = self.size
        if not width or not height:
            return []
        where = self._places()
        grid: Grid = [[(" ", ink(self.palette, "ground"))] * width for _ in range(height)]
        lines = self._draw_lines(grid, where)
        for star in self.stars:
            if star.id in where:
                self._draw_star(grid, star, where[star.id])
        if self._dated:
            self._draw_years(grid, where)
        self._draw_labels(grid, where, lines)
        if self.refuges:
            draw_below(grid, self._horizon, self.refuges, self.palette, self.cursor)
        return self._strips(grid)

    def _strips(self, grid: Grid) -> list[Strip]:
        """Return the picture's rows: from one step to the next most of them stay."""
        before, self._before = self._before, {}
        for y, cells_of in enumerate(grid):
            known, strip = before.get(y, (None, None))
            self._before[y] = cells_of, strip if strip is not None and known == cells_of else self.row(*segments_of(cells_of))
        return [strip for _, strip in self._before.values()]

    def _draw_lines(self, grid: Grid, where: Mapping[str, Place]) -> frozenset[Place]:
        """Draw what shares a motif with where one stands, and with what one looks at. Return the cells that are drawn on."""
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
        for (x, y), (_bits, colour) in dots.cells.items():
            drawn = dots.at(x, y)
            if drawn is not None:
                grid[y][x] = drawn[0], inks[colour]
        return frozenset(dots.cells)

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
        return "●" if star.left > BRIGHT else "•", ink(self.palette, role, 4 + round(4 * star.left / 100))

    def _draw_years(self, grid: Grid, where: Mapping[str, Place]) -> None:
        """Write each year in the lowest row of the sky, where its first memory stands: time runs from left to right."""
        free = 0
        for year, star in years(self.stars):
            x = min(where[star.id][0], len(grid[0]) - len(year)) if star.id in where else -1
            if x >= free:
                write(grid, x, self._horizon - 1, year, ink(self.palette, "dim"))
                free = x + len(year) + 2

    def _draw_labels(self, grid: Grid, where: Mapping[str, Place], lines: frozenset[Place]) -> None:
        """Name what matters, and on a large map all that fit."""
        names = list(self._names(where))
        roles = {star.id: self._role(star) for star in self.stars}
        for label in placed(names, len(grid[0]), self._horizon - self._dated, set(_rings(where)), lines):
            write(grid, label.x, label.y, label.text, ink(self.palette, roles[label.id]))

    def _names(self, where: Mapping[str, Place]) -> Iterator[Name]:
        """Yield the names, the most important first: where one looks, what is lit, where one is, the machine's, or else the last memory."""
        last = next((star.id for star in self.stars if not star.below), "") if not self.lights else ""

        def rank(star: Star) -> int:
            marks = (star.id == self.cursor, star.id in self.lights, star.here, star.target, star.id == last)
            return marks.index(True) if True in marks else len(marks)

        for star in sorted(self.stars, key=rank):
            matters = rank(star) < 5 and not self.weave
            if star.id in where and self._says(star, matters=matters):
                plain = star.here and not self.labels and star.id != self.cursor
                yield Name(star.id, _("you are here") if plain else called(star, self.lights), where[star.id], needed=matters)

    def _says(self, star: Star, *, matters: bool) -> bool:
        """Tell whether a star has its name beside it: what is dark only while one looks at it, what is gone only where it matters."""
        if star.id == self.cursor:
            return True
        return (star.named or star.id in self.lights) and (matters or (self.labels and star.left > 0))

    def _role(self, star: Star) -> Role:
        if star.id in self.lights:
            return "lamp"
        return "accent" if star.here else "page" if star.id == self.cursor else "machine" if star.target else "dim"

    # The mouse ----------------------------------------------------------------------------------------------------------

    def on_click(self, event: events.Click) -> None:
        """Look at the star nearest to the click."""
        where = dict(self._places())
        where.update({star.id: (x + 4, y) for star, (x, y) in refuge_places(self.refuges, self.size.width, self._horizon)})
        near = min(where, key=lambda name: abs(where[name][0] - event.x) / 2 + abs(where[name][1] - event.y), default="")
        if near:
            self.post_message(self.Walked(near))


def _rings(where: Mapping[str, Place]) -> Iterator[Place]:
    """Yield the cells that names keep clear of: every star and its ring."""
    for x, y in where.values():
        yield from ((x - 1, y), (x, y), (x + 1, y))
