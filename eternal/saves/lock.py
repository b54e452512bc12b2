"""One player on a save at a time. The system drops a lock with its process, so none can go stale."""

from __future__ import annotations

import contextlib
import os
import socket
from pathlib import Path
from types import ModuleType

from eternal.saves.errors import SaveLocked
from eternal.story.safety import clean

__all__ = ["Lock"]

fcntl: ModuleType | None
try:
    import fcntl
except ImportError:  # Windows: an open journal cannot be replaced there, which is what matters
    fcntl = None


class Lock:
    """A lock beside a save: `NAME.eternal.lock`, held while the night is played, naming who plays it."""

    def __init__(self, save: Path) -> None:
        """Take the lock.

        Raises:
            SaveLocked: somebody else has it.
            OSError: the lock file cannot be made.
        """
        self.path = save.with_name(save.name + ".lock")
        self._descriptor = self._take(save.name)

    def _take(self, name: str) -> int:
        while True:
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
            if fcntl is not None:
                try:
                    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    holder = clean(os.read(descriptor, 200).decode("utf-8", "replace")).strip() or "another process"
                    os.close(descriptor)
                    raise SaveLocked(f"{clean(name)} is being played by {holder}") from None
            # Whoever held it may have removed the file between our opening and locking it: then it locks nothing.
            with contextlib.suppress(OSError):
                if os.fstat(descriptor).st_ino == self.path.stat().st_ino:
                    os.ftruncate(descriptor, 0)
                    os.write(descriptor, f"process {os.getpid()} on {socket.gethostname()}\n".encode())
                    return descriptor
            os.close(descriptor)

    def release(self) -> None:
        """Give the lock up and take its file away."""
        with contextlib.suppress(OSError):
            self.path.unlink()
        with contextlib.suppress(OSError):
            os.close(self._descriptor)
