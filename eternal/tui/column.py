"""Where the column of prose stands on a screen of a given width: the same for every screen of the game."""

from __future__ import annotations

__all__ = ["MAP_FROM", "column", "margin"]

#: From so many columns on, the map stands beside the prose.
MAP_FROM = 112


def margin(width: int) -> int:
    """Return the columns left of the prose: enough to breathe, and the same for every scene."""
    if width < 84:
        return 2 if width < 66 else 4
    return 6 if width < MAP_FROM else min(24, 6 + (width - MAP_FROM) // 4)


def column(width: int, most: int) -> int:
    """Return the columns that prose takes on a screen so wide."""
    return max(12, min(most, width - 2 * margin(width)))
