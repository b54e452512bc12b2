"""What becomes of saves when a story changes: each is played on the new one, and on the old one to compare."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from msgspec import Struct

from eternal.safety import clean
from eternal.saves.errors import SaveError
from eternal.saves.fold import Folded, fold
from eternal.saves.save import SUFFIX, read_save
from eternal.story.story import Story

__all__ = ["Fate", "Outcome", "fates"]

#: goes on: every step is still possible; elsewhere: so it is, but the night stands or ends in another scene; stops: a step is not;
#: broken: a step was not possible on the old story either; unreadable: no save, or a damaged one; foreign: of another story.
Outcome = Literal["goes on", "elsewhere", "stops", "broken", "unreadable", "foreign"]


class Fate(Struct, frozen=True):
    """What becomes of one save.

    Attributes:
        name: the file's name, safe to show.
        step: the step it stops at; 0 if it does not.
        scene: where the new story leaves it, and `was` where the old one did.
        message: one line that says it.
    """

    name: str
    outcome: Outcome
    step: int = 0
    scene: str = ""
    was: str = ""
    message: str = ""


def fates(folder: Path, old: Story, new: Story) -> list[Fate]:
    """Return what becomes of every save in a folder, by name."""
    return list(_fates(folder, old, new))


def _fates(folder: Path, old: Story, new: Story) -> Iterator[Fate]:
    for file in sorted(folder.glob(f"*{SUFFIX}")):
        yield _fate(file, old, new)


def _fate(file: Path, old: Story, new: Story) -> Fate:
    name = clean(file.name)
    try:
        parsed = read_save(file)
    except SaveError as error:
        return Fate(name, "unreadable", message=error.message)
    if parsed.header.story not in (old.id, new.id):
        return Fate(name, "foreign", message=f"{name} is a night of the story {clean(parsed.header.story)!r}")
    return _told(name, fold(old, parsed.header, parsed.records), fold(new, parsed.header, parsed.records))


def _told(name: str, before: Folded, after: Folded) -> Fate:
    was, scene = before.game.state.scene, after.game.state.scene
    if before.stop is not None:
        return Fate(name, "broken", before.stop.number, scene, was, f"{name}: on the old story, {before.stop.message}")
    if after.stop is not None:
        return Fate(name, "stops", after.stop.number, scene, was, f"{name}: {after.stop.message}")
    steps = len(after.game.actions)
    there = after.game.story.renamed.get(("scene", was), was)
    if scene not in (was, there):
        return Fate(name, "elsewhere", 0, scene, was, f"{name}: {steps} steps, and stands in {scene!r} where it stood in {was!r}")
    return Fate(name, "goes on", 0, scene, was, f"{name}: {steps} steps, to {scene!r}")
