"""The one seam between saves and the file system, so that tests can fail any call of it."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

__all__ = ["DISK", "Disk"]


class Disk:
    """The calls that a save makes. Each can raise OSError; none is ever retried here."""

    def read(self, path: Path, limit: int) -> bytes:
        """Return at most `limit` bytes of a file."""
        with path.open("rb") as file:
            return file.read(limit)

    def open(self, path: Path, flags: int) -> int:
        """Open a file that only its owner can read, and return its descriptor."""
        return os.open(path, flags | getattr(os, "O_CLOEXEC", 0), 0o600)

    def write(self, descriptor: int, data: bytes) -> None:
        """Write all of `data`."""
        view = memoryview(data)
        while view:
            view = view[os.write(descriptor, view) :]

    def sync(self, descriptor: int) -> None:
        """Wait until what was written is on the disk."""
        os.fsync(descriptor)

    def truncate(self, descriptor: int, size: int) -> None:
        """Cut a file to `size` bytes."""
        os.ftruncate(descriptor, size)

    def close(self, descriptor: int) -> None:
        """Close a file."""
        os.close(descriptor)

    def replace(self, source: Path, target: Path) -> None:
        """Give a file another name at once, in place of whatever has it."""
        source.replace(target)

    def make_folder(self, path: Path) -> None:
        """Make a folder and those above it."""
        path.mkdir(parents=True, exist_ok=True)

    def sync_folder(self, path: Path) -> None:
        """Wait until the names in a folder are on the disk, where the system can."""
        if not hasattr(os, "O_DIRECTORY"):
            return
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            self.sync(descriptor)
        finally:
            os.close(descriptor)

    def write_file(self, path: Path, data: bytes) -> None:
        """Write a whole file so that after any interruption either the old or the new one is there, and whole."""
        self.make_folder(path.parent)
        temporary = path.with_name(f".{path.name}.{os.getpid()}.new")
        try:
            descriptor = self.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            try:
                self.write(descriptor, data)
                self.sync(descriptor)
            finally:
                self.close(descriptor)
            self.replace(temporary, path)
        except OSError:
            with contextlib.suppress(OSError):
                temporary.unlink()
            raise
        self.sync_folder(path.parent)


#: The real one.
DISK = Disk()
