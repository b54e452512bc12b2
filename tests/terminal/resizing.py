"""Windows of any size, one after the other, with keys in between that change nothing in the end."""

from __future__ import annotations

import shutil
import signal
from pathlib import Path
from random import Random

from tests.conftest import PACKS
from tests.tui.drawing import Drawing
from tests.tui.terminal import Terminal

__all__ = ["looks", "playing", "resized"]

NIGHT = str(PACKS / "night")
#: The window in the end.
LAST = (70, 22)


def looks(drawing: Drawing) -> list[tuple[str, str, str]]:
    """Return each cell as it is seen: a space has no colour but its ground's."""
    cells = (drawing.screen.buffer[y][x] for y in range(drawing.screen.lines) for x in range(drawing.screen.columns))
    return [(cell.data, cell.bg, cell.fg if cell.data != " " else "") for cell in cells]


def playing(home: Path) -> Terminal:
    """Begin a night, and stand before its first choice."""
    game = Terminal(home, "play", NIGHT, "--new")
    game.wait("Hand everything over.")
    return game


def resized(home: Path, chance: Random, times: int) -> None:
    """Play a step, resize the window at random, and see that every cell is as in a game that is begun at that size.

    Args:
        home: where the night lies afterwards, with one action.
        chance: what decides.
        times: how often the window is resized.
    """
    begun = playing(home)
    begun.press("2")
    begun.press("2")
    begun.wait("A pier")
    begun.kill(signal.SIGTERM)
    copy = home.with_name("copy")  # from now on, so that both are told the same for the first time
    shutil.copytree(home, copy)
    game = Terminal(home, "play", NIGHT, "--continue")
    game.wait("A pier")
    for _ in range(times):
        _resize(game, chance)
    game.resize(*LAST)
    expected = _begun_at_last(copy)
    game.until(lambda: looks(game.drawing) == expected)
    game.kill(signal.SIGTERM)
    assert game.left == set()
    assert b"Traceback" not in game.sent


def _resize(game: Terminal, chance: Random) -> None:
    """Take any size, often a tiny one, and sometimes the next before the game can have drawn this."""
    tiny = chance.random() < 0.2
    game.resize(chance.randint(1, 8 if tiny else 220), chance.randint(1, 4 if tiny else 70))
    if chance.random() < 0.2:
        game.game.send(chance.choice(["mm", "hh", "jk", "\x1b[O\x1b[I"]))
    if chance.random() < 0.4:
        game.read()


def _begun_at_last(home: Path) -> list[tuple[str, str, str]]:
    """Return how a game looks that is begun at the last size."""
    game = Terminal(home, "play", NIGHT, "--continue", size=LAST)
    game.wait("A pier")
    game.settle()
    seen = looks(game.drawing)
    game.kill(signal.SIGTERM)
    return seen
