"""Where the column of prose stands on a screen of a given width: the same for every screen of the game."""

from __future__ import annotations

__all__ = ["MAP_FROM", "column", "margin", "side_of"]

#: From so many columns on, the map stands beside the prose.
MAP_FROM = 112

#: The columns between the prose and the map, and the most that the map takes.
GAP, WIDEST = 4, 76


def margin(width: int) -> int:
    """Return the columns left of the prose: enough to breathe, and the same for every scene."""
    if width < 84:
        return 2 if width < 66 else 4
    return 6 if width < MAP_FROM else max(4, min(24, 5 + (width - 120) // 4))


def column(width: int, most: int) -> int:
    """Return the columns that prose takes on a screen so wide."""
    return max(12, min(most, width - 2 * margin(width)))


def side_of(width: int, prose: int) -> int:
    """Return the columns beside the prose, 0 for none: page and side together stand in the middle of the screen."""
    if width < MAP_FROM:
        return 0
    return min(WIDEST, width - 2 * margin(width) - column(width, prose) - GAP)
