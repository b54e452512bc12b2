"""What lies under the sky: the horizon, and the places where she never was, with what is hidden in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from eternal.speech import _, mark
from eternal.tui.palette import Palette, Role
from eternal.tui.sky import Place, Star
from eternal.tui.text.fit import cells, fitted
from eternal.tui.text.grid import Grid, write
from eternal.tui.text.paint import ink
from eternal.wording.told import short

__all__ = ["depth", "draw_below", "refuge_places"]

#: The word on the horizon, and a shorter one.
BELOW, SHORT = mark("below: where she never was"), mark("below")

#: The columns that a refuge takes at least, where several stand in a row, and those from which on its hidden words are told.
WIDE, TELLING = 26, 44


def depth(refuges: Sequence[Star], width: int, height: int) -> int:
    """Return how many rows lie below the sky: the horizon, and the rows of refuges."""
    return min(height // 2, 1 + -(-len(refuges) // _across(refuges, width))) if refuges else 0


def refuge_places(refuges: Sequence[Star], width: int, top: int) -> Iterator[tuple[Star, Place]]:
    """Yield each refuge with where its sign stands, row by row below the horizon."""
    across = _across(refuges, width)
    for number, star in enumerate(refuges):
        yield star, (1 + number % across * (width // across), top + 1 + number // across)


def draw_below(grid: Grid, top: int, refuges: Sequence[Star], palette: Palette, cursor: str) -> None:
    """Draw the horizon at a row, and the refuges under it."""
    width = len(grid[0])
    write(grid, 0, top, fitted("- " * (width // 2), width), ink(palette, "faint"))
    words = next((text for text in (_(BELOW), _(SHORT)) if cells(text) <= width // 2 + 12), "")
    if cells(words) < width:
        write(grid, width - cells(words) - 1, top, f" {words}", ink(palette, "dim", italic=True))
    room = width // _across(refuges, width)
    for star, place in refuge_places(refuges, width, top):
        if place[1] < len(grid):
            _draw(grid, star, place, room, palette, looked_at=star.id == cursor)


def _across(refuges: Sequence[Star], width: int) -> int:
    """Return how many refuges stand in a row: where there are few, each has more room."""
    return max(1, min(len(refuges), width // WIDE))


def _draw(grid: Grid, star: Star, place: Place, room: int, palette: Palette, *, looked_at: bool) -> None:
    """Draw a refuge: ringed if the machine knows it, its name, and a mark for all that is hidden or could be."""
    x, y = place
    role: Role = "accent" if star.here else "page" if looked_at else "lamp" if star.left else "dim"
    if star.target or star.known:
        write(grid, x, y, "( )", ink(palette, "machine"))
    write(grid, x + 1, y, "⌂", ink(palette, role))
    marks = "●" * star.held + "○" * star.room
    text = fitted(short(star.title), room - 7 - cells(marks))
    write(grid, x + 4, y, text, ink(palette, role, bold=star.here))
    at = x + 5 + cells(text)
    write(grid, at, y, "●" * star.held, ink(palette, "lamp"))
    write(grid, at + star.held, y, "○" * star.room, ink(palette, "dim"))
    at += cells(marks) + 1
    if star.words and room >= TELLING and at + 8 < x + room:
        write(grid, at, y, fitted(" · ".join(star.words), x + room - at - 2), ink(palette, "dim", italic=True))
