"""The plain face on a real terminal: prompts, Ctrl+C, and that nothing is lost."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pexpect

from tests.conftest import PACKS


def spawn(home: Path, *args: str) -> pexpect.spawn[str]:
    """Start the game on a pty of 80 columns and 24 rows."""
    env = {**os.environ, "ETERNAL_HOME": str(home), "TERM": "xterm-256color"}
    command = ["-m", "eternal", "play", str(PACKS / "night"), "--plain", *args]
    return pexpect.spawn(
        sys.executable, command, env=env, dimensions=(24, 80), encoding="utf-8", timeout=20, preexec_fn=_heeding_interrupts
    )


def _heeding_interrupts() -> None:
    """Let Ctrl+C reach the game: a shell that runs the tests in the background has them, and their children, ignore it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_ctrl_c_leaves_a_resumable_save(tmp_path: Path) -> None:
    """Interrupted in the middle the game says where the night is, returns 130, and the next start offers it."""
    game = spawn(tmp_path)
    game.expect("> ")
    game.sendline("1")
    game.expect("integrity 100 %")
    game.expect("> ")
    game.sendintr()
    game.expect("kept as night-1")
    game.expect(pexpect.EOF)
    game.close()
    assert game.exitstatus == 130
    again = spawn(tmp_path)
    again.expect("unfinished night, night-1")
    again.sendline("yes")
    again.expect("Ice, and a star named after a dentist")
    again.expect("> ")
    again.sendline("quit")
    again.expect(pexpect.EOF)
    again.close()
    assert again.exitstatus == 0
