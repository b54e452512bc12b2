"""A proof on a real terminal: it shows where it stands, and whoever interrupts it gets what is known so far."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pexpect

from tests.conftest import PACKS


def listen() -> None:
    """Be interruptible, also where whoever runs the tests is not: what runs in the background hands that down."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_progress_and_interruption(tmp_path: Path) -> None:
    """States, states a second and the frontier are shown; Ctrl+C prints the verdicts there are, and returns 130."""
    env = {**os.environ, "ETERNAL_HOME": str(tmp_path), "TERM": "xterm-256color"}
    command = ["-m", "eternal", "prove", str(PACKS / "night"), "--states", "100000000"]
    proof = pexpect.spawn(sys.executable, command, env=env, dimensions=(24, 80), encoding="utf-8", timeout=60, preexec_fn=listen)
    proof.expect(r"exploring: \d+/\d+ settled · [\d,]+ states · [\d,]+/s · frontier [\d,]+ · \d+ s")
    proof.sendintr()
    proof.expect("from every state an ending can be reached: 1 proved")
    proof.expect("interrupted")
    proof.expect(pexpect.EOF)
    proof.close()
    assert proof.exitstatus == 130
