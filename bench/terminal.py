"""A process on a terminal of its own, and when it writes what: what a player waits for is measured from outside."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from typing import Self

__all__ = ["Watched"]

#: Seconds without a byte after which a frame is over; and after which the thing is given up.
STILL, PATIENCE = 0.08, 30.0


class Watched:
    """A Python process on a pty.

    Attributes:
        pid: its number.
        began: when it was started, by `time.perf_counter`.
        sent: every byte it has written.
        last: when it wrote the last of them.
    """

    def __init__(self, args: Sequence[str], env: Mapping[str, str], size: tuple[int, int] = (80, 24)) -> None:
        """Start it, on so many columns and rows."""
        self.sent = b""
        self._ended = False
        self.began = self.last = time.perf_counter()
        self.pid, self._end = pty.fork()
        if not self.pid:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
            os.execve(sys.executable, [sys.executable, *args], dict(env))

    def __enter__(self) -> Self:
        """Use it for a while."""
        return self

    def __exit__(self, *_: object) -> None:
        """End it."""
        if not self._ended:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self._end)

    def read(self, seconds: float) -> bool:
        """Read what it writes within so many seconds. Return whether it has written anything."""
        if not select.select([self._end], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._end, 65_536)
        except OSError:  # it has ended
            data = b""
        self.last = time.perf_counter()
        self.sent += data
        return bool(data)

    def until(self, *words: str) -> float:
        """Wait until it has written all of these words, and return the seconds since it was started."""
        wanted = [word.encode() for word in words]
        while not all(word in self.sent for word in wanted):
            assert time.perf_counter() - self.began < PATIENCE, f"{words} not in {self.sent[-2000:]!r}"
            self.read(0.5)
        return self.last - self.began

    def settle(self, still: float = STILL) -> None:
        """Wait until nothing has been written for a while."""
        while self.read(still):
            pass

    def press(self, key: str) -> float:
        """Press a key, and return the seconds until the last byte of what it brings is written."""
        begun = time.perf_counter()
        os.write(self._end, key.encode())
        self.read(PATIENCE)
        self.settle()
        return self.last - begun

    def send(self, keys: str) -> None:
        """Press keys and wait for nothing."""
        os.write(self._end, keys.encode())

    def end(self, number: int = 0) -> float:
        """Wait for the end of the process, after a signal if one is given, and return the seconds until it."""
        begun = time.perf_counter()
        if number:
            os.kill(self.pid, number)
        while self.read(PATIENCE):
            pass
        os.waitpid(self.pid, 0)
        self._ended = True
        return time.perf_counter() - begun

    def cpu(self) -> float:
        """Return the seconds of processor time that it has taken (Linux)."""
        return time.clock_gettime(((~self.pid) << 3) | 2)

    def memory(self, which: str = "VmRSS") -> float:
        """Return the megabytes that it holds (Linux)."""
        with open(f"/proc/{self.pid}/status", encoding="ascii") as status:  # noqa: PTH123 - no file of ours
            return next(int(line.split()[1]) for line in status if line.startswith(which)) / 1024
