"""Thin lines out of braille dots: two columns and four rows of them in each cell."""

from __future__ import annotations

from collections.abc import Iterator

__all__ = ["Dots"]

_BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))


class Dots:
    """A canvas of cells that lines are drawn on; each cell keeps what drew on it last."""

    def __init__(self, width: int, height: int) -> None:
        """Begin with nothing drawn."""
        self.width, self.height = width, height
        self.cells: dict[tuple[int, int], tuple[int, str]] = {}

    def line(self, start: tuple[int, int], end: tuple[int, int], ink: str, *, every: int = 1) -> None:
        """Draw a line between the middles of two cells, one dot in `every`."""
        for number, (x, y) in enumerate(_points(_middle(start), _middle(end))):
            cell = x // 2, y // 4
            if number % every == 0 and 0 <= cell[0] < self.width and 0 <= cell[1] < self.height:
                bits = self.cells.get(cell, (0, ink))[0]
                self.cells[cell] = bits | _BITS[y % 4][x % 2], ink

    def at(self, x: int, y: int) -> tuple[str, str] | None:
        """Return the character of a cell and the ink it was drawn with."""
        found = self.cells.get((x, y))
        return (chr(0x2800 + found[0]), found[1]) if found else None


def _middle(cell: tuple[int, int]) -> tuple[int, int]:
    return 2 * cell[0] + 1, 4 * cell[1] + 2


def _points(start: tuple[int, int], end: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Yield the dots of a straight line."""
    steps = max(abs(end[0] - start[0]), abs(end[1] - start[1]), 1)
    for step in range(steps + 1):
        yield round(start[0] + (end[0] - start[0]) * step / steps), round(start[1] + (end[1] - start[1]) * step / steps)
