"""Beginning and going on with nights, as every face does it."""

from __future__ import annotations

import secrets
from pathlib import Path

from eternal.saves.disk import DISK, Disk
from eternal.saves.errors import SaveDamaged
from eternal.saves.fold import fold
from eternal.saves.nights import free_path
from eternal.saves.profile import read_profile
from eternal.saves.save import SUFFIX, Save, check_story, read_save
from eternal.story.story import Story

__all__ = ["begin", "branch"]


def begin(story: Story, seed: int | None = None, path: Path | None = None, locale: str | None = None) -> Save:
    """Begin a night in a new file of the player's folder, or in `path`, with a little of earlier nights in it."""
    seed = secrets.randbelow(2**32) if seed is None else seed
    past = read_profile().past(story.id)
    return Save.create(story, path or free_path(), seed=seed, past=past, locale=locale or story.header.language)


def branch(story: Story, path: Path, until: int | None = None, disk: Disk = DISK) -> Save:
    """Go on in a new file from a point of a save; the save stays as it is.

    This is what a player is offered when `Save.open` raises SaveStopped, or SaveDamaged with something `before` the damage:
    the last good point. With `until` it is what "take over from here" does in a replay.

    Args:
        story: the story of today.
        path: the save. The new one stands beside it, called after the step it goes on from: `night-1-from-41`.
        until: go on from after so many actions, if it is not the last good point.
        disk: the file system.

    Raises:
        SaveError: nothing of it can be read, or it belongs to another story.
    """
    try:
        parsed = read_save(path, disk)
    except SaveDamaged as damaged:
        if damaged.before is None:
            raise
        parsed = damaged.before
    check_story(path, story, parsed)
    folded = fold(story, parsed.header, parsed.records, until)
    name = f"{path.name.removesuffix(SUFFIX)}-from-{len(folded.game.actions)}{SUFFIX}"
    return Save.branch(path.with_name(name), folded, disk)
