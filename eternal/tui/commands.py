"""The commands of the palette: the game's own, by their names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace
from textual.app import SystemCommand

from eternal.tui.themes import OURS

if TYPE_CHECKING:
    from eternal.tui.stage import Stage

__all__ = ["commands"]


def commands(stage: Stage) -> Iterator[SystemCommand]:
    """Yield what can be done now, wherever one stands."""
    if stage.night is not None:
        yield SystemCommand("Map", "The map of memories", lambda: stage.go("map"))
        yield SystemCommand("Before", "What has been read and done", lambda: stage.go("before"))
        yield SystemCommand("Hands", "What you hold and what is hidden", lambda: stage.go("hands"))
        yield SystemCommand("Take back", "Take back the last step", stage.undo)
        yield SystemCommand("To the title", "Leave the night; it is saved", stage.to_title)
    yield SystemCommand("A new night", "Begin from the beginning", stage.begin)
    yield SystemCommand("Nights", "The nights that are saved", lambda: stage.go("nights"))
    yield SystemCommand("Endings", "The endings you have reached", lambda: stage.go("endings"))
    yield SystemCommand("Settings", "Theme, pace, animation, keys", lambda: stage.go("settings"))
    yield SystemCommand("Help", "What can be done here", stage.action_help)
    for theme in OURS:
        yield SystemCommand(f"Theme: {theme}", "Change the colours", lambda theme=theme: _wear(stage, theme))
    yield SystemCommand("Leave", "Leave the game; the night is saved", stage.leave)


def _wear(stage: Stage, theme: str) -> None:
    stage.change(replace(stage.settings, theme=theme))
