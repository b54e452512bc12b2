"""The nights in the player's folder: what each is, which to continue, what to call a new one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from eternal.engine.view import hour
from eternal.saves.disk import DISK, Disk
from eternal.saves.errors import SaveError
from eternal.saves.fold import fold
from eternal.saves.format import Header, Record
from eternal.saves.locations import saves_folder
from eternal.saves.save import SUFFIX, read_save
from eternal.story.safety import FORBIDDEN, clean
from eternal.story.story import Story

__all__ = ["Night", "delete", "find", "free_path", "latest", "nights", "read_night", "rename"]

#: How a sync service or a file manager names a second copy.
_COPY = re.compile(r"(\.sync-conflict-|\(\d+\)$| - Copy|conflicted copy)", re.IGNORECASE)


class Night(Struct, frozen=True):
    """A save in the folder.

    Attributes:
        name: the file's name without its ending, safe to show.
        problem: why it cannot be opened, or empty.
        actions: how many actions it has.
        scene: where it stands: the title while the story has that scene, else the id.
        hour: the hour of the night it stands at, or empty.
        ending: the ending it has reached, or empty.
        held: fragments in hand, hidden or planted.
        is_copy: whether its name says that a sync service or a file manager made it.
    """

    path: Path
    name: str
    story: str = ""
    created: str = ""
    actions: int = 0
    scene: str = ""
    hour: str = ""
    ending: str = ""
    held: int = 0
    problem: str = ""
    is_copy: bool = False
    modified: float = 0.0


def nights(story: Story | None = None, folder: Path | None = None, disk: Disk = DISK) -> list[Night]:
    """Return every save of the folder, the one last played first.

    Args:
        story: the story to stand the nights of in; the others are listed with what their file says.
        folder: where to look; by default the player's saves.
        disk: the file system.
    """
    folder = folder or saves_folder()
    try:
        files = [file for file in folder.iterdir() if file.name.endswith(SUFFIX) and not file.name.startswith(".") and file.is_file()]
    except OSError:
        return []
    return sorted((read_night(file, story, disk) for file in files), key=lambda night: (-night.modified, night.name))


def read_night(path: Path, story: Story | None = None, disk: Disk = DISK) -> Night:
    """Return what a save is; one that cannot be opened says why in `problem`."""
    name = clean(path.name.removesuffix(SUFFIX))
    is_copy = bool(_COPY.search(path.name.removesuffix(SUFFIX)))
    try:
        modified = path.stat().st_mtime
        parsed = read_save(path, disk)
    except (SaveError, OSError) as error:
        return Night(path=path, name=name, problem=str(error), is_copy=is_copy)
    head = parsed.header
    night = Night(
        path=path, name=name, story=head.story, created=head.created, actions=len(parsed.records), is_copy=is_copy,
        scene=parsed.records[-1].scene if parsed.records else "", modified=modified,
    )  # fmt: skip
    return _stand(night, story, head, parsed.records) if story is not None and head.story == story.id else night


def _stand(night: Night, story: Story, header: Header, records: tuple[Record, ...]) -> Night:
    folded = fold(story, header, records)
    state, scene = folded.game.state, story.scenes[folded.game.state.scene]
    return Night(
        path=night.path, name=night.name, story=night.story, created=night.created, actions=night.actions, is_copy=night.is_copy,
        scene=scene.title, ending=scene.id if scene.kind == "ending" else "", held=len(state.kept), modified=night.modified,
        hour=hour(state.beat, story.machine.dawn) if story.machine and state.beat else "",
        problem=folded.stop.message if folded.stop else "",
    )  # fmt: skip


def latest(story: Story, folder: Path | None = None) -> Night | None:
    """Return the night of a story that was last played and is not over."""
    return next((night for night in nights(story, folder) if night.story == story.id and not night.ending and not night.problem), None)


def free_path(folder: Path | None = None) -> Path:
    """Return a path for a new night: `night-1`, `night-2`, and so on."""
    folder = folder or saves_folder()
    taken = {int(found.group(1)) for found in (re.match(r"night-(\d{1,9})\b", name) for name in _names(folder)) if found}
    return folder / f"night-{max(taken, default=0) + 1}{SUFFIX}"


def _names(folder: Path) -> Iterator[str]:
    try:
        yield from (file.name for file in folder.iterdir())
    except OSError:
        return


def find(name: str, folder: Path | None = None) -> Path:
    """Return the path of a save named on the command line: a file anywhere, or a name in the player's folder.

    Raises:
        SaveError: there is none.
    """
    path = Path(name)
    if path.suffix == SUFFIX and path.is_file():
        return path
    inside = (folder or saves_folder()) / (name if name.endswith(SUFFIX) else name + SUFFIX)
    if inside.parent == (folder or saves_folder()) and inside.is_file():
        return inside
    if path.is_file():
        return path
    raise SaveError(f"there is no save {clean(name)!r}")


def rename(path: Path, name: str, disk: Disk = DISK) -> Path:
    """Give a save another name in its folder.

    Raises:
        SaveError: the name cannot be used, or is taken.
    """
    target = path.with_name(_checked(name) + SUFFIX)
    if target.exists():
        raise SaveError(f"there is already a night called {name!r}")
    try:
        disk.replace(path, target)
    except OSError as error:
        raise SaveError(f"{clean(path.name)} cannot be renamed: {(error.strerror or str(error)).lower()}") from None
    return target


def _checked(name: str) -> str:
    name = name.strip().removesuffix(SUFFIX)
    if not name or len(name.encode()) > 120 or name.startswith(".") or FORBIDDEN.search(name) or any(c in name for c in '/\\:*?"<>|\n\t'):
        raise SaveError("a night's name may have letters, digits, spaces and hyphens, and is not empty")
    return name


def delete(path: Path) -> None:
    """Take a save away.

    Raises:
        SaveError: it cannot be.
    """
    try:
        path.unlink()
    except OSError as error:
        raise SaveError(f"{clean(path.name)} cannot be deleted: {(error.strerror or str(error)).lower()}") from None
