"""File systems that fail: one that dies with its process at a call, one whose calls answer with an error."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from functools import partial
from typing import Any, Literal

from eternal.saves.disk import Disk

__all__ = ["CALLS", "Death", "Doomed", "Failing", "Moment", "Mortal", "Seam"]

#: Every call of the seam; what `Disk` makes of them is made of these.
CALLS = (
    "read", "open", "share", "write", "sync", "close", "replace", "remove", "mkdir", "sync_folder", "lock", "stamp", "is_at", "size", "exists", "names",
)  # fmt: skip
Moment = Literal["before", "half", "after"]


class Death(BaseException):
    """The process is gone. Nothing that it would still do has any effect."""


class Seam(Disk):
    """A file system whose every call passes through `passing`. Waiting for the platter is left out: only power cuts ask for that."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        for name in CALLS:
            setattr(self, name, partial(self._pass, name))

    def _pass(self, name: str, *args: Any) -> Any:
        self.calls.append(name)
        real = getattr(super(), name)
        return self.passing(name, args, partial(real, *args) if name not in ("sync", "sync_folder") else lambda: None)

    def passing(self, name: str, args: tuple[Any, ...], do: Callable[[], Any]) -> Any:
        """Do a call, or something else."""
        del name, args
        return do()


class Mortal(Seam):
    """Dies at one call: before it, after half of a write, or after it. Its open files are closed, as a kernel does it."""

    def __init__(self, at: int, moment: Moment) -> None:
        super().__init__()
        self.at = at
        self.moment = moment
        self.fails = 0
        self.is_dead = False
        self._open: set[int] = set()

    def passing(self, name: str, args: tuple[Any, ...], do: Callable[[], Any]) -> Any:
        """Do a call and keep count of what is open, or die."""
        if self.is_dead:
            raise Death
        last = len(self.calls) == self.at
        if last and self.moment == "before":
            self._die()
        if last and self.moment == "half" and name == "write":
            os.write(args[0], args[1][: len(args[1]) // 2])
            self._die()
        result = do()
        if name == "open":
            self._open.add(result)
        elif name == "close":
            self._open.discard(args[0])
        if last:
            self._die()
        return result

    def _die(self) -> None:
        self.is_dead = True
        for descriptor in self._open:
            os.close(descriptor)
        raise Death


class Doomed(Mortal):
    """Answers one call with an error, and dies at a later one: while it mends what the error left."""

    def __init__(self, fails: int, error: int, dies: int) -> None:
        super().__init__(dies, "half")
        self.fails = fails
        self.error = error

    def passing(self, name: str, args: tuple[Any, ...], do: Callable[[], Any]) -> Any:
        """Fail, die, or do the call."""
        if len(self.calls) != self.fails:
            return super().passing(name, args, do)
        if name == "close":
            super().passing(name, args, do)
        elif name == "write":
            os.write(args[0], args[1][: len(args[1]) // 2])
        raise OSError(self.error, os.strerror(self.error))


class Failing(Seam):
    """Answers a call, or every call from it on, with an error until it is healed. Notes what is synced after a failed sync."""

    def __init__(self, at: int, error: int, *, for_ever: bool) -> None:
        super().__init__()
        self.at = at
        self.error = error
        self.for_ever = for_ever
        self.is_healed = False
        self.failed: list[str] = []
        self.suspect: dict[int, int] = {}
        self.synced_again = False

    def heal(self) -> None:
        """Let every call succeed from here on."""
        self.is_healed = True

    def forget(self) -> None:
        """Close the files whose sync failed: they are held open so that no other gets their inode."""
        while self.suspect:
            os.close(self.suspect.popitem()[1])

    def passing(self, name: str, args: tuple[Any, ...], do: Callable[[], Any]) -> Any:
        """Do a call or fail it; a file is closed either way, and half of a write is written."""
        inode = os.fstat(args[0]).st_ino if name == "sync" else 0
        self.synced_again |= inode in self.suspect
        here = len(self.calls)
        if self.is_healed or not (here == self.at or (self.for_ever and here > self.at)):
            return do()
        self.failed.append(name)
        if name == "close":
            with contextlib.suppress(OSError):
                do()
        elif name == "write":
            os.write(args[0], args[1][: len(args[1]) // 2])
        elif name == "sync":
            self.suspect[inode] = os.dup(args[0])
        raise OSError(self.error, os.strerror(self.error))
