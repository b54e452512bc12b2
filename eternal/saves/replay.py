"""Verifying a save: every step played again and compared with the digest that was recorded."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from eternal.saves.disk import DISK, Disk
from eternal.saves.save import folded_save, read_save
from eternal.story.safety import clean
from eternal.story.story import Story

__all__ = ["Verdict", "verify"]


class Verdict(Struct, frozen=True):
    """What verifying found: whether all is well, and one line that says so."""

    well: bool
    message: str


def verify(path: Path, story: Story, until: int | None = None, disk: Disk = DISK) -> Verdict:
    """Play a save's steps and name the first that the story refuses or that leads elsewhere.

    On a story that was edited since, states may rightly differ: then only refusals count, and the verdict says so.

    Raises:
        SaveError: the save cannot be read, is damaged, or belongs to another story.
    """
    parsed = read_save(path, disk)
    folded = folded_save(path, story, disk, until)
    name, steps = clean(path.name), len(folded.game.actions)
    if folded.stop is not None:
        return Verdict(well=False, message=f"{name}: {folded.stop.message}")
    scene = story.scenes[folded.game.state.scene]
    end = f"the ending {scene.id!r}" if folded.game.is_over else f"{scene.id!r}"
    torn = f"; the last {parsed.torn} bytes are damaged and were left out" if parsed.torn else ""
    if folded.diverged is None:
        return Verdict(well=True, message=f"{name}: {steps} steps verified, to {end}{torn}")
    record = parsed.records[folded.diverged - 1]
    where = f"step {folded.diverged} ({record.what} in {record.scene})"
    if folded.same_story:
        return Verdict(well=False, message=f"{name}: {where} leads to another state than was recorded")
    return Verdict(well=True, message=f"{name}: {steps} steps possible, to {end}, on an edited story; states differ from {where} on{torn}")
