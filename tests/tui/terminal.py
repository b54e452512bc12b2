"""A real terminal for the tests: the game in a process of its own, on a pty, drawn by pyte."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import sys
import termios
import time
from pathlib import Path
from typing import Any

import pexpect
import pyte

__all__ = ["Terminal"]


#: The beginning of a sequence whose end has not been read yet.
_HALF = re.compile(rb"\x1b(\[[0-9;:<=>?$]*)?\Z")


class Terminal:
    """A game on a pty.

    Attributes:
        sent: every byte that the game wrote.
        modes: the terminal's modes before the game had it.
    """

    def __init__(self, home: Path, *args: str, size: tuple[int, int] = (80, 24), animations: str = "none", **env: str) -> None:
        environment = {**os.environ, "ETERNAL_HOME": str(home), "TERM": "xterm-256color", "TEXTUAL_ANIMATIONS": animations, **env}
        for name in ("NO_COLOR", "COLUMNS", "LINES"):
            environment.pop(name, None)
        self.screen = pyte.Screen(*size)
        self.stream = pyte.ByteStream(self.screen)
        self.sent = b""
        self._half = b""
        self.game: pexpect.spawn[bytes] = pexpect.spawn(
            sys.executable, ["-m", "eternal", *args], env=environment, dimensions=(size[1], size[0]), timeout=20
        )
        self.modes: list[Any] = termios.tcgetattr(self.game.child_fd)

    def read(self) -> None:
        """Draw what the game has written."""
        with contextlib.suppress(pexpect.TIMEOUT, pexpect.EOF):
            while True:
                data = self.game.read_nonblocking(65_536, timeout=0.02)
                self.sent += data
                data = self._half + data
                cut = _HALF.search(data)
                self._half = cut.group() if cut else b""
                # pyte does not know the private sequences that ask a terminal about itself.
                self.stream.feed(re.sub(rb"\x1b\[[<>=?][0-9;]*[$]?[a-zA-Z]", _known, data[: len(data) - len(self._half)]))

    @property
    def text(self) -> str:
        """What is on the screen."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def wait(self, *words: str, seconds: float = 60.0) -> str:
        """Wait until one of these is on the screen, and return it."""
        until = time.monotonic() + seconds
        while True:
            found = next((word for word in words if word in self.text), "")
            if found:
                self.settle()
                return found
            self.read()
            assert time.monotonic() < until, f"none of {words!r} on\n{self.text}"

    def send(self, keys: str, *words: str) -> str:
        """Send keys, wait for what must come of them, and return which of the words it was."""
        self.game.send(keys)
        return self.wait(*words)

    def wait_until_gone(self, words: str, seconds: float = 60.0) -> None:
        """Wait until something is no longer on the screen."""
        until = time.monotonic() + seconds
        while words in self.text:
            self.read()
            assert time.monotonic() < until, f"still {words!r} on\n{self.text}"

    def expect(self, sequence: bytes, seconds: float = 60.0) -> None:
        """Wait until the game has written a sequence."""
        until = time.monotonic() + seconds
        while sequence not in self.sent:
            self.read()
            assert time.monotonic() < until, f"no {sequence!r}"

    def settle(self) -> None:
        """Wait until nothing has been written for a moment."""
        before = -1
        while before != len(self.sent):
            before = len(self.sent)
            self.read()

    def press(self, keys: str) -> None:
        """Send keys, and draw what comes of them."""
        before, until = len(self.sent), time.monotonic() + 1.0
        self.game.send(keys)
        while len(self.sent) == before and time.monotonic() < until:
            self.read()
        self.settle()

    def click(self, words: str) -> None:
        """Click on words with the left button."""
        row = next(number for number, line in enumerate(self.screen.display) if words in line)
        column = self.screen.display[row].index(words) + 2
        self.press(f"\x1b[<0;{column};{row + 1}M\x1b[<0;{column};{row + 1}m")

    def kill(self, number: signal.Signals) -> float:
        """Send a signal and wait for the end. Return the seconds it took."""
        began = time.monotonic()
        self.game.kill(number)
        return self.end(began)

    def end(self, began: float | None = None) -> float:
        """Wait for the end of the game. Return the seconds it took."""
        began = began or time.monotonic()
        while self.game.isalive():
            self.read()
            assert time.monotonic() - began < 10
        self.read()
        return time.monotonic() - began


def _known(found: re.Match[bytes]) -> bytes:
    """Keep only what pyte understands: switching modes."""
    return found.group() if re.fullmatch(rb"\x1b\[\?[0-9;]+[hl]", found.group()) else b""
