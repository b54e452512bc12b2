"""The nights in the player's folder: what each is, and which to continue."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from eternal.locations import SUFFIX, saves_folder
from eternal.safety import clean_name
from eternal.saves.copies import copy_of
from eternal.saves.disk import DISK, Disk, Stamp
from eternal.saves.errors import SaveError
from eternal.saves.folder import check_folder, delete, find, find_own, free_path, rename
from eternal.saves.shelf import Shelf, Standing
from eternal.story.story import Story

__all__ = ["Night", "check_folder", "delete", "find", "find_own", "free_path", "latest", "nights", "read_night", "rename"]


class Night(Struct, frozen=True, kw_only=True):
    """A save in the folder.

    Attributes:
        name: the file's name without its ending, safe to show.
        at: where it stands.
        copy_of: the name of the night that a sync service or a file manager made it a copy of, or empty: its own name says so.
    """

    path: Path
    name: str
    at: Standing
    copy_of: str

    @property
    def is_copy(self) -> bool:
        """Whether its name says that it is a copy."""
        return bool(self.copy_of)


def nights(story: Story | None = None, folder: Path | None = None, disk: Disk = DISK) -> list[Night]:
    """Return every save of the folder, the one last played first.

    Args:
        story: the story to stand the nights of in; the others are listed with what their file says.
        folder: where to look; by default the player's saves.
        disk: the file system.
    """
    return list(_nights(story, folder, disk))


def read_night(path: Path, story: Story | None = None, disk: Disk = DISK) -> Night:
    """Return what a save is; one that cannot be opened says why in `problem`."""
    return _night(path, _standing(path, story, disk))


def latest(story: Story, folder: Path | None = None, *, stopped: bool = False) -> Night | None:
    """Return the night of a story that was last played and is not over; a copy only if there is no other.

    Args:
        story: the story.
        folder: where to look; by default the player's saves.
        stopped: whether one will do that the story of today no longer allows a step of.
    """
    copy = None
    for night in _nights(story, folder, DISK):
        at = night.at
        if at.story != story.id or at.ending or (at.problem and not stopped):
            continue
        if not night.is_copy:
            return night
        copy = copy or night
    return copy


def _nights(story: Story | None, folder: Path | None, disk: Disk) -> Iterator[Night]:
    """Yield the nights, the one last played first, each read only when it is asked for."""
    where = folder or saves_folder()
    stamps = _stamps(where, disk)
    shelf = Shelf(story.digest, disk) if story is not None and folder is None else None
    try:
        for name, stamp in sorted(stamps.items(), key=lambda item: (-item[1][1], item[0])):
            standing = shelf.get(name, stamp) if shelf else None
            if standing is None:
                standing = _standing(where / name, story, disk)
                if shelf and standing.story and not standing.problem:  # a problem is said in the language of the moment
                    shelf.put(name, stamp, standing)
            yield _night(where / name, standing)
    finally:
        if shelf:
            shelf.keep(list(stamps))


def _stamps(folder: Path, disk: Disk) -> dict[str, Stamp]:
    """Return the stamp of every save of a folder; one that is taken away at this moment is not there."""
    found: dict[str, Stamp] = {}
    try:
        names = disk.names(folder)
    except OSError:
        return found
    for name in names:
        if name.endswith(SUFFIX) and not name.startswith("."):
            with contextlib.suppress(OSError):
                found[name] = disk.stamp(folder / name)
    return found


def _night(path: Path, at: Standing) -> Night:
    name = clean_name(path.name.removesuffix(SUFFIX))
    return Night(path=path, name=name, at=at, copy_of=copy_of(name))


def _standing(path: Path, story: Story | None, disk: Disk) -> Standing:
    """Read a night, and play it again if it is one of `story`: seldom, for the shelf remembers, and so what plays is imported here."""
    from eternal.engine.clock import clock
    from eternal.saves.fold import fold
    from eternal.saves.save import read_save

    try:
        parsed = read_save(path, disk)
    except SaveError as error:
        return Standing(problem=error.told)
    head, records = parsed.header, parsed.records
    if story is None or head.story != story.id:
        scene = records[-1].scene if records else ""
        return Standing(story=head.story, created=head.created, actions=len(records), scene=scene)
    folded = fold(story, head, records)
    state, scene_ = folded.game.state, story.scenes[folded.game.state.scene]
    return Standing(
        story=head.story, created=head.created, actions=len(records), scene=scene_.title, held=len(state.kept),
        ending=scene_.id if scene_.kind == "ending" else "",
        hour=clock(story, state) if story.machine and state.beat else "",
        problem=folded.stop.message if folded.stop else "",
    )  # fmt: skip
