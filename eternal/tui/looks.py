"""How the game looks and moves here: what the player has set, within what the terminal allows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual.theme import Theme

from eternal.tui.palette import Palette
from eternal.tui.settings import PACES, Settings
from eternal.tui.themes import palette_of

if TYPE_CHECKING:
    from eternal.tui.text.writing import Manner

__all__ = ["manner_of", "palette_in"]

#: From the least movement to the most.
_LEVELS = ("none", "basic", "full")


def palette_in(theme: Theme, colours: str | None, environ: Mapping[str, str]) -> Palette:
    """Return the colours of a theme, or what the terminal allows of them.

    Args:
        theme: the theme.
        colours: what the terminal can show, in Rich's words.
        environ: the environment; with NO_COLOR in it, none are wanted.
    """
    palette = palette_of(theme)
    if "NO_COLOR" in environ:
        return palette.without_colours()
    return palette.in_sixteen() if colours == "standard" else palette


def manner_of(settings: Settings, level: str) -> Manner:
    """Return how pages move: what the player has set, or less if the terminal's environment asks for it.

    Args:
        settings: the player's.
        level: the most that the environment allows: none, basic or full.
    """
    from eternal.tui.text.writing import Manner  # nothing on the title moves as a page does

    animation = min(settings.animation, level, key=_LEVELS.index)
    pace = PACES[settings.pace] if animation != "none" else 0.0
    return Manner(pace=pace, animation=animation, dissolve=settings.dissolve and animation != "none", width=settings.width)
