"""One player on a save at a time. The system drops a lock with its process, so none can go stale."""

from __future__ import annotations

import contextlib
import errno
import os
import re
from pathlib import Path

from eternal.safety import clean, clean_name
from eternal.saves.disk import DISK, Disk
from eternal.saves.errors import SaveLocked
from eternal.speech import _, mark

__all__ = ["Lock"]

#: How often the file may be taken away between our opening and our locking it, before we take it as it is.
_ATTEMPTS = 10
_HOLDER = re.compile(r"process (\d{1,10}) on (\S+)\Z")
#: What may stand in a lock file of ours: nothing, the zeros of a power cut (cleaned), or who holds it, as far as it was written.
_OURS = re.compile(r"\ufffd*(process( \d{0,10}( o?n?( \S*)?)?)?)?\Z")


class Lock:
    """A lock beside a save: `NAME.eternal.lock`, held while the night is played, naming who plays it.

    Where the file system knows no locks the name in the file is all there is: that process holds the save while it
    lives, as far as this machine can tell.
    """

    def __init__(self, save: Path, disk: Disk = DISK) -> None:
        """Take the lock.

        Raises:
            SaveLocked: somebody else has it.
            OSError: the lock file cannot be made.
        """
        self.path = save.with_name(save.name + ".lock")
        self._disk = disk
        self._blind = False
        self._is_our_file = False
        self._descriptor = self._take(save.name)

    def _take(self, name: str) -> int:
        for _attempt in range(_ATTEMPTS):
            descriptor = self._disk.open(self.path, os.O_RDWR | os.O_CREAT)
            try:
                taken = self._is_ours(descriptor)
                # Whoever held it may have removed the file between our opening and locking it: then it locks nothing.
                if taken and self._disk.is_at(descriptor, self.path):
                    self._sign(descriptor)
                    return descriptor
            except BaseException:
                self._disk.close(descriptor)
                raise
            self._disk.close(descriptor)
            if not taken:
                raise self._refusal(clean_name(name))
        raise SaveLocked(mark("{name} is being opened by several players at once; try again"), name=clean_name(name))

    def _refusal(self, name: str) -> SaveLocked:
        holder = self._holder()
        holder = holder if _HOLDER.match(holder) else _("another process")
        if self._blind:
            said = mark("{name} is being played by {holder} (if it is not, delete {lock})")
            return SaveLocked(said, name=name, holder=holder, lock=clean_name(self.path.name))
        return SaveLocked(mark("{name} is being played by {holder}"), name=name, holder=holder)

    def _is_ours(self, descriptor: int) -> bool:
        try:
            return self._disk.lock(descriptor)
        except OSError:
            self._blind = True
            return not _may_live(self._holder())

    def _holder(self) -> str:
        """Return what the lock file says: who holds it, or who died holding it."""
        with contextlib.suppress(OSError):
            return clean(self._disk.read(self.path, 200).decode("utf-8", "replace")).strip().split("\n")[0]
        return ""

    def _sign(self, descriptor: int) -> None:
        """Write who holds the lock, over what a dead process left and nothing else. Where the system keeps the lock, that is a courtesy."""
        try:
            if not _OURS.match(self._holder()):
                raise FileExistsError(errno.EEXIST, "something else has the name of its lock")
            self._is_our_file = True
            self._disk.write(descriptor, f"process {os.getpid()} on {_machine()}\n".encode())
        except OSError:
            if self._blind:
                raise

    def release(self) -> None:
        """Give the lock up and take its file away, if it is ours."""
        with contextlib.suppress(OSError):
            if self._is_our_file and self._disk.is_at(self._descriptor, self.path):
                self._disk.remove(self.path)
        with contextlib.suppress(OSError):
            self._disk.close(self._descriptor)


def _machine() -> str:
    """Return the name of this machine."""
    name = os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")
    return "-".join(name.split()) or "this-machine"


def _may_live(holder: str) -> bool:
    """Tell whether the process that a lock file names may still be there; one on another machine may."""
    found = _HOLDER.match(holder)
    if not found:
        return False
    if found[2] != _machine() or os.name != "posix":
        return True
    try:
        os.kill(int(found[1]), 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
