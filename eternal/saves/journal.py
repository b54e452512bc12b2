"""The journal of a night being played: each action is on the disk before its result is on the screen."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from eternal.saves.disk import DISK, Disk
from eternal.saves.format import Record, encode_record
from eternal.saves.lock import Lock

__all__ = ["Journal", "explain"]


def explain(error: OSError) -> str:
    """Say what a disk's error means, to a player."""
    known = {
        errno.ENOSPC: "the disk is full",
        errno.EDQUOT: "your share of the disk is full",
        errno.EROFS: "the disk cannot be written to",
        errno.EACCES: "the folder of saves may not be written to",
        errno.EPERM: "the folder of saves may not be written to",
        errno.EIO: "the disk reports an error",
    }
    return known.get(error.errno or 0, (error.strerror or str(error)).lower())


class Journal:
    """A save opened for writing.

    What cannot be written is kept in memory. A write that failed (a full disk) is tried again with the next action,
    from the last good byte. A sync that failed is never tried again: after it nobody can tell what is on the disk.

    Attributes:
        path: the save.
        trouble: why the last action is not on the disk, or None.
    """

    def __init__(self, path: Path, size: int, lock: Lock, disk: Disk = DISK) -> None:
        """Open a save whose first `size` bytes are good. The lock is held already and released with the journal."""
        self.path = path
        self.trouble: str | None = None
        self._disk = disk
        self._lock = lock
        self._good = size
        self._pending = b""
        self._given_up = False
        self._descriptor: int | None = disk.open(path, os.O_WRONLY)
        os.lseek(self._descriptor, size, os.SEEK_SET)

    def append(self, record: Record) -> None:
        """Put an action on the disk, or keep it in memory and say why in `trouble`."""
        self._pending += encode_record(record)
        if self._descriptor is None or self._given_up:
            return
        try:
            self._write(self._descriptor)
        except OSError as error:
            self.trouble = f"this night is not being saved: {explain(error)}"
        else:
            self.trouble = None

    def _write(self, descriptor: int) -> None:
        if self.trouble is not None:  # an earlier write may have left half a line
            self._disk.truncate(descriptor, self._good)
            os.lseek(descriptor, self._good, os.SEEK_SET)
        self._disk.write(descriptor, self._pending)
        try:
            self._disk.sync(descriptor)
        except OSError:
            self._given_up = True
            raise
        self._good += len(self._pending)
        self._pending = b""

    def close(self) -> None:
        """Close the file and let others have it."""
        if self._descriptor is not None:
            try:
                self._disk.close(self._descriptor)
            except OSError as error:
                self.trouble = f"the end of this night may not be saved: {explain(error)}"
            self._descriptor = None
        self._lock.release()
