"""A file system in memory that forgets, when the power goes, whatever nobody waited for.

It promises only what POSIX does: what a file had when it was synced, and the names a folder had when that was. Everything
since may be there or not, in any order: a write whole, cut short, or in sectors of which some are zeros; a name that was
given or taken away, or not.
"""

from __future__ import annotations

import errno
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from eternal.saves.disk import Disk, Stamp

__all__ = ["Memory", "Tree"]

#: A whole file system: every file by its path; a folder is None.
Tree = dict[Path, bytes | None]
SECTOR = 512


class Inode(Struct):
    """A file: what programs see of it, what the platter has, and the writes between."""

    seen: bytes = b""
    safe: bytes = b""
    writes: list[tuple[int, bytes]] = []


class Memory(Disk):
    """The file system.

    Attributes:
        after: told of every call that has changed something.
        errors: call number -> the error it answers with.
    """

    def __init__(self, tree: Tree | None = None) -> None:
        self.inodes: dict[int, Inode] = {}
        self.names_: dict[Path, int] = {}
        self.safe_names: dict[Path, int] = {}
        self.changes: list[tuple[Path, dict[Path, int | None]]] = []
        self.handles: dict[int, int] = {}
        self.after: Callable[[], None] = lambda: None
        self.changed = 0
        self.errors: dict[int, int] = {}
        for path, data in (tree or {}).items():
            self.names_[path] = self.safe_names[path] = 0 if data is None else self._inode(data)

    def _inode(self, data: bytes = b"") -> int:
        number = len(self.inodes) + 1
        self.inodes[number] = Inode(seen=data, safe=data, writes=[])
        return number

    def _name(self, folder: Path, change: dict[Path, int | None]) -> None:
        self._fail()
        for path, inode in change.items():
            if inode is None:
                del self.names_[path]
            else:
                self.names_[path] = inode
        self.changes.append((folder, change))
        self._changed()

    def _fail(self) -> None:
        """Answer with an error if one is due at this change."""
        self.changed += 1
        if self.changed in self.errors:
            raise OSError(self.errors[self.changed], "an error that was asked for")

    def _changed(self) -> None:
        self.after()

    # The calls of the seam. -------------------------------------------------------------------------------------------

    def read(self, path: Path, limit: int) -> bytes:
        return self.inodes[self._at(path)].seen[:limit]

    def _at(self, path: Path) -> int:
        inode = self.names_.get(path)
        if not inode:
            raise FileNotFoundError(errno.ENOENT, "no such file", str(path))
        return inode

    def open(self, path: Path, flags: int, mode: int = 0o600) -> int:
        del mode
        import os

        if path not in self.names_:
            if not flags & os.O_CREAT or path.parent not in self.names_:
                raise FileNotFoundError(errno.ENOENT, "no such file", str(path))
            self._name(path.parent, {path: self._inode()})
        elif flags & os.O_EXCL:
            raise FileExistsError(errno.EEXIST, "file exists", str(path))
        handle = len(self.handles) + 100
        self.handles[handle] = self.names_[path]
        return handle

    def write(self, descriptor: int, data: bytes) -> None:
        inode = self.inodes[self.handles[descriptor]]
        try:
            self._fail()
        except OSError:
            self._put(inode, data[: len(data) // 2])
            raise
        self._put(inode, data)

    def _put(self, inode: Inode, data: bytes) -> None:
        inode.writes.append((len(inode.seen), data))
        inode.seen += data
        self._changed()

    def sync(self, descriptor: int) -> None:
        self._fail()
        inode = self.inodes[self.handles[descriptor]]
        inode.safe, inode.writes = inode.seen, []
        self._changed()

    def close(self, descriptor: int) -> None:
        self.handles[descriptor] = 0

    def replace(self, source: Path, target: Path) -> None:
        self._name(target.parent, {target: self._at(source), source: None})

    def remove(self, path: Path) -> None:
        self._at(path)
        self._name(path.parent, {path: None})

    def mkdir(self, path: Path) -> None:
        if path not in self.names_:
            self._name(path.parent, {path: 0})

    def sync_folder(self, path: Path) -> None:
        self._fail()
        for folder, change in self.changes:
            if folder == path:
                _apply(self.safe_names, change)
        self.changes = [(folder, change) for folder, change in self.changes if folder != path]
        self._changed()

    def lock(self, descriptor: int) -> bool:
        del descriptor
        return True

    def stamp(self, path: Path) -> Stamp:
        return len(self.inodes[self._at(path)].seen), 0, self._at(path)

    def is_at(self, descriptor: int, path: Path) -> bool:
        return self.names_.get(path) == self.handles[descriptor]

    def size(self, descriptor: int) -> int:
        return len(self.inodes[self.handles[descriptor]].seen)

    def exists(self, path: Path) -> bool:
        return path in self.names_ or path == path.parent

    def names(self, folder: Path) -> list[str]:
        return [path.name for path, inode in self.names_.items() if path.parent == folder and inode]

    # The power goes. --------------------------------------------------------------------------------------------------

    def cuts(self, chance: random.Random, number: int) -> Iterator[Tree]:
        """Yield what may be there if the power goes now: nothing that was not waited for, all of it, and chance mixtures."""
        yield self._cut(lambda: False, lambda inode: inode.safe)
        yield self._cut(lambda: True, lambda inode: inode.seen)
        for _ in range(number):
            yield self._cut(lambda: chance.random() < 0.5, lambda inode: _torn(inode, chance))

    def _cut(self, keeps: Callable[[], bool], has: Callable[[Inode], bytes]) -> Tree:
        names = dict(self.safe_names)
        for _, change in self.changes:
            if keeps():
                _apply(names, change)
        tree: Tree = {}
        for path, number in sorted(names.items()):
            if path.parent == path.parent.parent or path.parent in tree or path.parent not in self.names_:
                tree[path] = None if number == 0 else has(self.inodes[number])
        return tree


def _apply(names: dict[Path, int], change: dict[Path, int | None]) -> None:
    for path, inode in change.items():
        if inode is None:
            names.pop(path, None)
        else:
            names[path] = inode


def _torn(inode: Inode, chance: random.Random) -> bytes:
    """Return what the platter may have of a file: some of its writes, some of them in part, in any order."""
    data = bytearray(inode.safe)
    for start, words in chance.sample(inode.writes, len(inode.writes)):
        _put_some(data, start, words, chance)
    return bytes(data)


def _put_some(data: bytearray, start: int, words: bytes, chance: random.Random) -> None:
    how: Any = chance.choice(["none", "whole", "short", "sectors", "zeros"])
    if how == "none":
        return
    if how == "short":
        words = words[: chance.randrange(len(words) + 1)]
    end = start + len(words)
    if len(data) < end:
        data.extend(bytes(end - len(data)))
    if how == "zeros":
        return
    if how != "sectors":
        data[start:end] = words
        return
    for sector in range(start // SECTOR, end // SECTOR + 1):
        if chance.random() < 0.5:
            first, last = max(start, sector * SECTOR), min(end, (sector + 1) * SECTOR)
            data[first:last] = words[first - start : last - start]
