"""A real terminal for the tests: the game in a process of its own, on a pty, drawn by pyte."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pexpect
import pyte

from tests.tui.drawing import Drawing

__all__ = ["Terminal"]


#: Modes that a terminal has on from the beginning: the cursor, and the wrapping of lines.
_ON = {b"25", b"7"}


class Terminal:
    """A game on a pty.

    Attributes:
        sent: every byte that the game wrote.
        modes: the terminal's modes before the game had it.
    """

    def __init__(
        self, home: Path, *args: str, size: tuple[int, int] = (80, 24), animations: str = "none", to: Path | None = None, **env: str
    ) -> None:
        environment = {**os.environ, "ETERNAL_HOME": str(home), "TERM": "xterm-256color", "TEXTUAL_ANIMATIONS": animations, **env}
        for name in ("NO_COLOR", "COLUMNS", "LINES"):
            environment.pop(name, None)
        self.drawing = Drawing(size)
        self.sent = b""
        self.game: pexpect.spawn[bytes] = pexpect.spawn(
            *_command(["-m", "eternal", *args], to), env=environment, dimensions=(size[1], size[0]), timeout=20
        )
        self.modes: list[Any] = termios.tcgetattr(self.game.child_fd)

    def read(self) -> None:
        """Draw what the game has written."""
        with contextlib.suppress(pexpect.TIMEOUT, pexpect.EOF):
            while True:
                data = self.game.read_nonblocking(65_536, timeout=0.02)
                self.sent += data
                self.drawing.feed(data)

    @property
    def screen(self) -> pyte.Screen:
        """The screen as it is drawn."""
        return self.drawing.screen

    @property
    def text(self) -> str:
        """What is on the screen."""
        return self.drawing.text

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

    def resize(self, width: int, height: int) -> None:
        """Give the window another size."""
        self.drawing.resize(width, height)
        self.game.setwinsize(height, width)

    def until(self, holds: Callable[[], bool], seconds: float = 60.0) -> None:
        """Wait until something holds, and draw meanwhile what the game writes."""
        until = time.monotonic() + seconds
        while not holds():
            self.read()
            assert time.monotonic() < until, self.text

    @property
    def is_stopped(self) -> bool:
        """Whether the process has been suspended."""
        done = subprocess.run(["ps", "-o", "stat=", "-p", str(self.game.pid)], capture_output=True, text=True, check=False)
        return done.stdout.startswith("T")

    @property
    def left(self) -> set[bytes]:
        """What the game has asked of the terminal and not taken back: private modes, and the keyboard's protocol."""
        asked: set[bytes] = set()
        for keyboard, mode, switch in re.findall(rb"\x1b\[(?:([<>])[0-9]*u|\?([0-9;]+)([hl]))", self.sent):
            for name in mode.split(b";") if mode else [b"keyboard"]:
                (asked.add if (switch == b"h") != (name in _ON) or keyboard == b">" else asked.discard)(name)
        return asked

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


def _command(args: list[str], to: Path | None) -> tuple[str, list[str]]:
    """Return a program and its arguments: Python, or a shell that sends its standard error into a file first."""
    return ("/bin/sh", ["-c", 'exec "$@" 2>"$0"', str(to), sys.executable, *args]) if to else (sys.executable, args)
