"""The command palette: Textual's, in the game's looks. They are read when it is first opened."""

from __future__ import annotations

from textual.command import CommandPalette

__all__ = ["Commands"]


class Commands(CommandPalette):
    """Everything by its name."""

    CSS_PATH = "palette.tcss"
