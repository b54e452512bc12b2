"""Beginning and going on with nights, as every face does it."""

from __future__ import annotations

import secrets
from pathlib import Path

from eternal.saves.nights import free_path, latest
from eternal.saves.profile import read_profile
from eternal.saves.save import Save
from eternal.story.story import Story

__all__ = ["begin", "open_night", "resume"]


def begin(story: Story, seed: int | None = None, path: Path | None = None) -> Save:
    """Begin a night in a new file of the player's folder, or in `path`, with a little of earlier nights in it."""
    seed = secrets.randbelow(2**32) if seed is None else seed
    past = read_profile().past(story.id)
    return Save.create(story, path or free_path(), seed=seed, past=past, locale=story.header.language)


def resume(story: Story) -> Save | None:
    """Go on with the night of this story that was last played and is not over; None if there is none."""
    night = latest(story)
    return Save.open(night.path, story) if night else None


def open_night(story: Story, path: Path, seed: int | None = None) -> Save:
    """Go on with the night in a file, or begin one there.

    Raises:
        SaveError: the file is there and cannot be used.
    """
    return Save.open(path, story) if path.exists() else begin(story, seed, path)
