"""`eternal serve` for the tests: a process of its own on a free port."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Self

__all__ = ["Server"]


class Server:
    """A server in the middle of its work.

    Attributes:
        url: where it is.
        home: where its visitors' things are.
    """

    def __init__(self, home: Path, *args: str, port: int = 0, **env: str) -> None:
        self.home = home
        environment = {**os.environ, "ETERNAL_HOME": str(home), "TEXTUAL_ANIMATIONS": "none", **env}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "eternal", "serve", *args, "--port", str(port)],
            env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        )  # fmt: skip
        assert self.process.stderr is not None
        said = self.process.stderr.readline()
        found = re.match(r"(http://\S+) \(Ctrl\+C stops\)\n\Z", said)
        assert found, said
        self.url = found[1]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.communicate()

    def interrupt(self, number: signal.Signals = signal.SIGINT) -> tuple[int, str]:
        """Press Ctrl+C: the signal goes to all of the foreground. Return the exit code and everything that was said since."""
        os.killpg(self.process.pid, number)
        out, err = self.process.communicate(timeout=30)
        return self.process.returncode, out + err

    def games(self) -> list[int]:
        """Return the processes that it has begun and that are still there."""
        done = subprocess.run(["ps", "-o", "pid=", "--ppid", str(self.process.pid)], capture_output=True, text=True, check=False)
        return [int(word) for word in done.stdout.split()]

    def saves(self) -> list[Path]:
        """Return the nights of all visitors."""
        return sorted(self.home.glob("visitors/*/saves/*.eternal"))
