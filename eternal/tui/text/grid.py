"""A picture of cells, each with a character and a style: drawn into, and turned into rows at the end."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style

from eternal.wording.columns import graphemes

__all__ = ["Grid", "put", "segments_of", "write"]

#: Rows of cells: a character (empty right of one that is two columns wide) and its style.
Grid = list[list[tuple[str, Style]]]


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


def segments_of(cells_of: list[tuple[str, Style]]) -> list[Segment]:
    """Return a row's segments, neighbours of one style joined."""
    segments: list[Segment] = []
    for text, style in cells_of:
        if segments and segments[-1].style is style:
            segments[-1] = Segment(segments[-1].text + text, style)
        else:
            segments.append(Segment(text, style))
    return segments
