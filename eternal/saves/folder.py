"""The names of nights: finding one, a free one, and giving or taking them away."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

from eternal.locations import SUFFIX, saves_folder
from eternal.safety import FORBIDDEN, clean_name
from eternal.saves.disk import DISK, Disk, explain
from eternal.saves.errors import SaveError
from eternal.speech import mark

__all__ = ["check_folder", "delete", "find", "find_own", "free_path", "rename"]

_UNFIT = re.compile(r'[/\\:*?"<>|\n\t]')


def free_path(folder: Path | None = None, disk: Disk = DISK) -> Path:
    """Return a path for a new night: `night-1`, `night-2`, and so on.

    Two games that begin at once may be given the same; `Save.create` gives the second one the next.
    """
    folder = folder or saves_folder()
    try:
        names = disk.names(folder)
    except OSError:
        names = []
    taken = {int(found[1]) for found in (re.match(r"night-(\d{1,9})\b", name) for name in names) if found}
    return folder / f"night-{max(taken, default=0) + 1}{SUFFIX}"


def find(name: str, folder: Path | None = None) -> Path:
    """Return the path of a save named on the command line: a name in the player's folder, or else a file anywhere.

    Raises:
        SaveError: there is none, or the folder cannot be read.
    """
    path, inside = Path(name), (folder or saves_folder()) / (name.removesuffix(SUFFIX) + SUFFIX)
    for found in (inside, path) if path.name == name else (path,):
        if _is_file(found):
            return found
    check_folder(folder)
    raise SaveError(mark("there is no save {name!r}"), name=clean_name(name)[:200])


def find_own(name: str, folder: Path | None = None, disk: Disk = DISK) -> Path:
    """Return the path of a save that is to be renamed or deleted: a night of the player's folder, damaged or not, or what is a save.

    Raises:
        SaveError: there is none, or the file is something else.
    """
    path = find(name, folder)
    is_night = path.parent.resolve() == (folder or saves_folder()).resolve() or _begins_as_save(path, disk)
    if path.suffix != SUFFIX or not is_night:
        raise SaveError(mark("{name} is no save of Eternal; it is left alone"), name=clean_name(str(path)))
    return path


def _begins_as_save(path: Path, disk: Disk) -> bool:
    from eternal.saves.parse import MAX_HEADER, begins_as_save  # the title asks for nights, and begins none

    try:
        return begins_as_save(disk.read(path, MAX_HEADER + 2))
    except OSError:
        return False


def check_folder(folder: Path | None = None, disk: Disk = DISK) -> None:
    """Pass over a folder of nights that can be read, or is not there yet.

    Raises:
        SaveError: it is there and cannot be read.
    """
    folder = folder or saves_folder()
    try:
        disk.names(folder)
    except FileNotFoundError:
        pass
    except OSError as error:
        raise SaveError(mark("{name} cannot be read: {why}"), name=clean_name(str(folder)), why=explain(error)) from None


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name longer than any file has
        return False


def rename(path: Path, name: str, disk: Disk = DISK) -> Path:
    """Give a save another name in its folder.

    Raises:
        SaveError: the name cannot be used or is taken, or the night is being played.
    """
    target = path.with_name(_checked(name) + SUFFIX)
    if target == path:
        return path
    try:
        with _held(path, disk), _held(target, disk):
            if disk.exists(target):
                raise SaveError(mark("there is already a night called {name!r}"), name=clean_name(target.name.removesuffix(SUFFIX)))
            disk.replace(path, target)
            disk.sync_folder(target.parent)
    except OSError as error:
        raise SaveError(mark("{name} cannot be renamed: {why}"), name=clean_name(path.name), why=explain(error)) from None
    return target


def delete(path: Path, disk: Disk = DISK) -> None:
    """Take a save away.

    Raises:
        SaveError: it cannot be, or the night is being played.
    """
    try:
        with _held(path, disk):
            disk.remove(path)
    except OSError as error:
        raise SaveError(mark("{name} cannot be deleted: {why}"), name=clean_name(path.name), why=explain(error)) from None


@contextlib.contextmanager
def _held(path: Path, disk: Disk) -> Iterator[None]:
    from eternal.saves.lock import Lock

    lock = Lock(path, disk)
    try:
        yield
    finally:
        lock.release()


def _checked(name: str) -> str:
    name = name.strip().removesuffix(SUFFIX)
    if not name or len(os.fsencode(name)) > 120 or name.startswith(".") or FORBIDDEN.search(name) or _UNFIT.search(name):
        raise SaveError(mark("a night's name may have letters, digits, spaces and hyphens, and is not empty"))
    return name
