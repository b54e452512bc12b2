"""What stands around a page, played or watched: the lines above and below it, map and desk beside it or under it."""

from __future__ import annotations

from collections.abc import Sequence

from textual.screen import Screen

from eternal.tui.column import side_of
from eternal.tui.palette import Palette
from eternal.tui.session import Night
from eternal.tui.widgets.leaf import Leaf
from eternal.tui.widgets.machine_line import MachineLine
from eternal.tui.widgets.side import Side
from eternal.tui.widgets.table import Table
from eternal.tui.widgets.top_line import TopLine

__all__ = ["show_lines", "show_side"]


def show_lines(
    screen: Screen[None], night: Night, palette: Palette, hints: Sequence[tuple[str, str]], trouble: str = ""
) -> MachineLine:  # fmt: skip
    """Show the hour and what the hands hold, and the machine's side of it. Return the line on which news are said.

    Args:
        screen: the screen with the page.
        night: the night.
        palette: the colours.
        hints: keys and what they do, the most useful first.
        trouble: what stays said until it is mended.
    """
    screen.query_one(TopLine).show(night.view, palette)
    line = screen.query_one(MachineLine)
    line.trouble = trouble
    line.hints = tuple(hints)
    line.show(night.view, palette)
    return line


def show_side(screen: Screen[None], night: Night, palette: Palette, prose: int, *, slide: bool = False) -> None:
    """Show map and desk beside the page where there is room for them, else the desk under it.

    Args:
        screen: the screen with the page.
        night: the night.
        palette: the colours.
        prose: the most columns of the prose.
        slide: whether things may move.
    """
    does, width = screen.query_one(Leaf).cursor, side_of(screen.size.width, prose)
    screen.query_one(Side).show(night, does, palette, width, slide=slide)
    screen.query_one(Table).show(night, does, palette, room=not width, slide=slide)
