"""The way into the terminal face. Light: Textual is imported when there is something to show."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from eternal.story.story import Story

__all__ = ["run", "watch_replay"]


def run(story: Story, *, seed: int | None = None, mode: Literal["ask", "new", "continue"] = "ask", save: Path | None = None) -> int:
    """Play a story in the terminal.

    Args:
        story: the story.
        seed: the seed of a new night; chance decides without it.
        mode: `ask` shows the title, `new` begins a night, `continue` takes up the latest.
        save: a night to play on.

    Returns:
        The exit code.

    Raises:
        SaveError: `save` cannot be opened.
    """
    from eternal.saves.save import Save
    from eternal.tui.stage import Stage

    opened = Save.open(save, story) if save is not None else None
    return Stage(story, seed=seed, mode=mode, save=opened).run() or 0


def watch_replay(story: Story, path: Path, speed: float = 1.0, until: int | None = None) -> int:
    """Watch a night in the terminal.

    Returns:
        The exit code.

    Raises:
        SaveError: the save cannot be read.
    """
    raise NotImplementedError
