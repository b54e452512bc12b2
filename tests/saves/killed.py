"""A game played by a real process in a real pty, and killed outright at a random moment."""

from __future__ import annotations

import os
import random
import re
import select
import signal
import sys
import time
from pathlib import Path

import pexpect

from eternal.saves.save import Save, read_save
from eternal.story.story import Story

__all__ = ["kill_once"]

_PAGE = re.compile(r"^== .* ==\r?$", re.MULTILINE)
#: How long a game may take to answer, in seconds, before something is wrong.
_PATIENCE = 60
_COMMANDS = ("1", "1", "1", "2", "2", "3", "a", "b", "back", "hide a", "drop a", "flee 1", "flee 2")


def kill_once(story: Story, pack: Path, path: Path, chance: random.Random) -> tuple[str, int]:
    """Play some actions of a night, kill the process, and look at what it left.

    Returns:
        At what it was killed, and how many actions the save has now.
    """
    before = len(read_save(path).records) if path.exists() else 0
    env = {**os.environ, "ETERNAL_HOME": str(path.parent / "home"), "TERM": "dumb"}
    args = ["-m", "eternal", "play", str(pack), "--plain", "--save", str(path)]
    game = pexpect.spawn(sys.executable, args, env=env, dimensions=(24, 80), encoding="utf-8", timeout=_PATIENCE)
    game.delaybeforesend = None
    sent, seen, moment = 0, "", "the start"
    if chance.random() < 0.15:
        seen += _watch(game, chance.uniform(0, 0.3))
    else:
        moment = "an action"
        seen += _until_prompt(game)
        for _ in range(chance.randrange(8)):
            sent += game.sendline(chance.choice(_COMMANDS)) > 0
            seen += _until_prompt(game)
        sent += game.sendline(chance.choice(_COMMANDS)) > 0
        seen += _watch(game, chance.uniform(0, 0.012))
    game.kill(signal.SIGKILL)
    seen += _rest(game)
    return moment, _check(story, path, before, seen, sent)


def _check(story: Story, path: Path, before: int, seen: str, sent: int) -> int:
    """Open the save: every page that was shown after the first is an action that must be there."""
    shown = len(_PAGE.findall(seen))
    if not path.exists():
        assert (before, shown) == (0, 0), "a page was shown, and there is no save"
        return 0
    with Save.open(path, story) as save:
        assert save.trouble is None
        done = len(save.game.actions)
    assert done >= before + max(0, shown - 1), f"{shown} pages were shown, {done - before} actions are there"
    assert done <= before + sent
    return done


def _until_prompt(game: pexpect.spawn[str]) -> str:
    found = game.expect([r"\n> ", "^> ", pexpect.EOF])
    return (game.before or "") + ("" if found == 2 else "\n")


def _watch(game: pexpect.spawn[str], seconds: float) -> str:
    """Read what comes until the time is up."""
    seen, end = "", time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0 and select.select([game.child_fd], [], [], left)[0]:
        try:
            seen += game.read_nonblocking(65_536, timeout=0)
        except (pexpect.EOF, pexpect.TIMEOUT):
            break
    return seen


def _rest(game: pexpect.spawn[str]) -> str:
    """Read what the process had written before it was killed."""
    seen = game.buffer
    while True:
        try:
            seen += game.read_nonblocking(65_536, timeout=1)
        except (pexpect.EOF, pexpect.TIMEOUT):
            game.close(force=True)
            return seen
