"""The journal of a night being played: each action is on the disk before its result is on the screen."""

from __future__ import annotations

import contextlib
import errno
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from eternal.safety import clean_name
from eternal.saves.beside import keep
from eternal.saves.disk import APPEND, DISK, Disk, explain
from eternal.saves.errors import SaveLocked
from eternal.saves.format import MAX_ACTIONS, MAX_BYTES, Record, encode_record
from eternal.saves.lock import Lock
from eternal.speech import _

__all__ = ["Journal"]

#: How many names are tried before a night gives up finding one of its own.
_NAMES = 1_000


class Journal:
    """A night's lines, in memory and on the disk.

    All is well while each line is appended and synced. When anything fails, the file is let go, the player is told
    (`trouble`), and the night goes on in memory. With the next action it is written anew as a whole into another file that
    then takes the name: a sync that failed is never tried again, for after it nobody can tell what the disk has of the old
    file, and half a line is never written behind. Only ever one line is unsynced, so no power cut leaves a good line
    after a lost one.

    Attributes:
        path: the save. It changes if another night has that name when this one must be written.
        trouble: why the night is not on the disk as it stands, or None.
        is_on_disk: whether the file has ever been there.
        kept: where what the file had before was kept, once it has been written over.
        notices: what the player should be told about the file, once.
    """

    def __init__(self, path: Path, lines: list[bytes], disk: Disk = DISK) -> None:
        """Take a night's lines, the header first. Nothing is written before `begin` or `go_on`."""
        self.path = path
        self.trouble: str | None = None
        self.is_on_disk = False
        self._lines = lines
        self._disk = disk
        self._lock: Lock | None = None
        self._descriptor: int | None = None
        self.kept: Path | None = None
        self.notices: list[str] = []
        #: How many bytes the open file has, if nobody else has written to it.
        self._size = 0
        #: The file that has been this night's: only what stands there can be ours.
        self._own: Path | None = None
        self._before: bytes | None = None
        self._beside: Path | None = None

    def begin(self) -> None:
        """Write a new night, under the path or, if another night has it, the next free name."""
        self._try(self._renew)

    def go_on(self, lock: Lock | None, reason: OSError | None = None) -> None:
        """Go on in a file that has exactly these lines. Without a lock nothing is written until one can be taken."""
        self._lock, self._own, self.is_on_disk = lock, self.path, True
        if lock is None:
            self.trouble = _trouble(reason)
        else:
            self._disk.sweep(self.path)
            self._try(self._attach_to_what_is_there)

    def carry_over(self, lock: Lock | None, before: bytes, beside: Path | None, reason: OSError | None = None) -> None:
        """Write these lines in place of what the file has, which is first kept beside it.

        Args:
            lock: the lock on the save, or None with the reason why there is none.
            before: what the file has now.
            beside: what to call that; None if nothing in it is lost.
            reason: why there is no lock.
        """
        self._lock, self._own, self.is_on_disk = lock, self.path, True
        self._before, self._beside = before, beside
        if lock is None:
            self.trouble = _trouble(reason)
        else:
            self._try(self._renew)

    def append(self, record: Record) -> None:
        """Put an action on the disk, or keep it in memory and say why in `trouble`."""
        self._lines.append(encode_record(record))
        if len(self._lines) > MAX_ACTIONS + 1:
            self.trouble = _("this night is not being saved: {why}").format(
                why=_("a save has room for {count:,} actions").format(count=MAX_ACTIONS)
            )
        else:
            self._try(self._write)

    def settle(self) -> None:
        """Write everything anew if the file is not as it should be; one that was taken away stays away until the next action."""
        if len(self._lines) <= MAX_ACTIONS + 1:
            self._try(self._mend)

    def close(self) -> None:
        """Write what is not yet on the disk, if that is possible now, close the file, and let others have it."""
        self.settle()
        self._let_go()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _try(self, write: Callable[[], None]) -> None:
        try:
            write()
        except OSError as error:
            self._let_go()
            self.trouble = _trouble(error)
        else:
            self.trouble = None

    def _write(self) -> None:
        """Append the last line, or write everything anew if the file is not, or no longer, as we left it."""
        if self._descriptor is None:
            self._renew()
        elif not self._disk.is_at(self._descriptor, self.path) or self._is_changed(self._descriptor):
            self._renew_and_say()
        else:
            self._disk.write(self._descriptor, self._lines[-1])
            self._disk.sync(self._descriptor)
            self._size += len(self._lines[-1])

    def _mend(self) -> None:
        if self._descriptor is None:
            self._renew()
        elif self._is_changed(self._descriptor):
            self._renew_and_say()

    def _is_changed(self, descriptor: int) -> bool:
        """Tell whether somebody has written to the open file, or cut it off."""
        return self._disk.size(descriptor) != self._size

    def _renew_and_say(self) -> None:
        before = self.path
        self._renew()
        if self.path == before:
            said = _("{name} was changed or taken away by something else; it has been written anew")
        else:
            said = _("{name} was changed or taken away by something else and is left alone; this night goes on as {other}")
        self.notices.append(said.format(name=clean_name(before.name), other=clean_name(self.path.name)))

    def _renew(self) -> None:
        """Write the whole night into a new file that takes the name at once."""
        self._let_go()
        self._disk.make_folder(self.path.parent)
        self._claim()
        self._disk.sweep(self.path)
        if self._beside is not None and self._before is not None:
            self.kept, self._beside = keep(self._beside, self._before, self._disk), None
        self._own = self.path
        self._disk.write_file(self.path, b"".join(self._lines))
        self._before = None
        self._attach()

    def _attach(self) -> None:
        self._descriptor = self._disk.open(self.path, APPEND)
        self._size = sum(map(len, self._lines))
        self.is_on_disk = True

    def _attach_to_what_is_there(self) -> None:
        """Go on in a file whose last writer may have died, or failed, before it and its name were safe."""
        self._attach()
        assert self._descriptor is not None
        self._disk.sync(self._descriptor)
        self._disk.sync_folder(self.path.parent)

    def _let_go(self) -> None:
        """Close the file. What was synced is safe whatever closing says, and what was not is written anew."""
        if self._descriptor is not None:
            with contextlib.suppress(OSError):
                self._disk.close(self._descriptor)
            self._descriptor = None

    def _claim(self) -> None:
        """Hold the lock of a name that is free or this night's own, going from name to name if it must be."""
        for path in (self.path, *_free_names(self.path)):
            if self._lock is None or path != self.path:
                try:
                    self._hold(path, Lock(path, self._disk))
                except SaveLocked:
                    continue
            if self._is_ours(path):
                return
        raise OSError(errno.EEXIST, "other nights have its name")

    def _hold(self, path: Path, lock: Lock) -> None:
        if self._lock is not None:
            self._lock.release()
        self.path, self._lock = path, lock

    def _is_ours(self, path: Path) -> bool:
        """Tell whether a name is free, or what has it is this night: nothing else is ever written over."""
        if not self._disk.exists(path):
            return True
        if path != self._own:
            return False
        there = self._disk.read(path, MAX_BYTES + 1)
        whole = there[: there.rfind(b"\n") + 1]
        return there == self._before or bool(whole and b"".join(self._lines).startswith(whole))


def _trouble(reason: OSError | None) -> str:
    return _("this night is not being saved: {why}").format(why=explain(reason) if reason else "")


def _free_names(path: Path) -> Iterator[Path]:
    """Yield the names that come after a save's: `night-8` after `night-7`, `mine-2` after `mine`."""
    stem, suffix = (path.name[: -len(path.suffix)], path.suffix) if path.suffix else (path.name, "")
    found = re.match(r"(.+)-(\d{1,9})\Z", stem)
    base, first = (found[1], int(found[2]) + 1) if found else (stem, 2)
    yield from (path.with_name(f"{base}-{number}{suffix}") for number in range(first, first + _NAMES))
