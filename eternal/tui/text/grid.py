"""A picture of cells, each with a character and a style: drawn into, and turned into rows at the end."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style

from eternal.wording.columns import graphemes

__all__ = ["Cells", "Grid", "put", "segments_of", "write"]

#: A row of cells: a character (empty right of one that is two columns wide) and its style.
Cells = list[tuple[str, Style]]

#: Rows of cells.
Grid = list[Cells]


def put(grid: Grid, x: int, y: int, text: str, style: Style) -> None:
    """Put a character into a cell, if the cell is on the picture."""
    if 0 <= y < len(grid) and 0 <= x < len(grid[0]):
        grid[y][x] = text, style


def write(grid: Grid, x: int, y: int, text: str, style: Style) -> None:
    """Write text cell by cell; what is two columns wide leaves the next cell empty."""
    for character, wide in graphemes(text):
        if wide and x + wide <= len(grid[0]):
            put(grid, x, y, character, style)
            for more in range(1, wide):
                put(grid, x + more, y, "", style)
        x += wide


def segments_of(cells_of: Cells) -> list[Segment]:
    """Return a row's segments, neighbours of one style joined."""
    segments: list[Segment] = []
    begin = 0
    for x, (_, style) in enumerate(cells_of):
        if style is not cells_of[begin][1]:
            segments.append(_joined(cells_of, begin, x))
            begin = x
    return [*segments, _joined(cells_of, begin, len(cells_of))] if cells_of else segments


def _joined(cells_of: Cells, begin: int, end: int) -> Segment:
    return Segment("".join([text for text, _ in cells_of[begin:end]]), cells_of[begin][1])
