"""A whole night of the story that comes with the game, on a real terminal: by keyboard alone, and by mouse alone."""

from __future__ import annotations

import re
import signal
import termios
from collections.abc import Callable
from pathlib import Path

import pytest

from eternal.saves.replay import verify
from eternal.story.story import Story
from tests.tui.terminal import Terminal

#: More steps than any night has.
MOST = 400
_FIRST = re.compile(r"^ *1  (\S.*?)(?:  |$)", re.MULTILINE)


def by_keyboard(game: Terminal, words: str, key: str) -> None:
    """Press what stands for these words, and wait until something else is on the screen."""
    before = game.text
    assert words in before
    game.press(key)
    game.until(lambda: game.text != before)
    game.settle()


def by_mouse(game: Terminal, words: str, key: str) -> None:
    """Click on these words, and wait until something else is on the screen."""
    del key
    before = game.text
    game.click(words)
    game.until(lambda: game.text != before)
    game.settle()


@pytest.mark.parametrize("do", [by_keyboard, by_mouse])
def test_from_the_title_to_an_ending(tmp_path: Path, shipped: Story, do: Callable[[Terminal, str, str], None]) -> None:
    """Title, a night of a hundred choices, its last page, and the endings, where the one that was reached hangs; the night is whole."""
    game = Terminal(tmp_path, COLORTERM="truecolor")
    game.wait("●")
    do(game, "A new night", "\r")
    game.wait("  1  ")
    for _ in range(MOST):
        if "Turn to the last page." in game.text:
            break
        found = _FIRST.search(game.text)
        assert found is not None, game.text
        do(game, found[1], "1")
    do(game, "Turn to the last page.", "\r")
    for _ in range(9):
        if "Endings · 1 of 9" in game.text:
            break
        game.until(lambda: bool(game.text.strip()))  # the last page begins empty
        do(game, next(line.strip() for line in game.text.splitlines() if line.strip()), "\r")
    game.wait("Endings · 1 of 9")
    game.kill(signal.SIGTERM)
    assert game.left == set()
    assert termios.tcgetattr(game.game.child_fd) == game.modes
    assert verify(tmp_path / "saves" / "night-1.eternal", shipped).well
