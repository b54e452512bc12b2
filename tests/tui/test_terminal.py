"""The game on a real terminal: played by keyboard alone and by mouse alone, and ended in every way there is."""

from __future__ import annotations

import os
import re
import signal
import termios
import time
from pathlib import Path

import pytest

from eternal.saves.save import read_save
from tests.conftest import PACKS
from tests.tui.terminal import Terminal

NIGHT = str(PACKS / "night")


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
def test_a_night_by_keyboard_alone(tmp_path: Path, size: tuple[int, int]) -> None:
    """From the title to an ending, its last page, the endings and out: exit 0, the terminal as it was."""
    game = Terminal(tmp_path, "play", NIGHT, "--seed", "1", size=size)
    game.wait("A new night")
    game.press("\r")
    game.wait("Hand everything over.")
    game.press("22")
    game.wait("A pier")
    for _ in range(40):
        if "Turn to the last page." in game.text:
            break
        game.press("1")
    game.wait("Turn to the last page.")
    game.press("\r")
    game.press("\r")
    game.wait("Endings · 1 of 3")
    game.press("q")
    game.wait("A new night")
    game.press("q")
    assert game.end() < 1.5
    assert game.game.exitstatus == 0
    assert termios.tcgetattr(game.game.child_fd) == game.modes
    assert b"\x1b[?1049l" in game.sent


def test_a_night_by_mouse_alone(tmp_path: Path) -> None:
    """Every step of a night is a click."""
    game = Terminal(tmp_path, "play", NIGHT, "--seed", "1")
    game.wait("●")
    game.click("A new night")
    game.wait("The pen is hers")
    game.click("The pen is hers")
    game.wait("in hand")
    for _ in range(2):
        game.click("Hand over the shell alone.")
    game.wait("A pier")
    ways = ("Turn to the last page.", "Stay.", "Listen.", "Wait.", "Let go.", "Get up.", "Sleep on.", "Look into", "Sit.")
    for _ in range(40):
        if (way := game.wait(*ways)) == ways[0]:
            break
        game.click(way)
    game.click("Turn to the last page.")
    game.click("A pen that was hers.") if "A pen that was hers." in game.text else game.press("\x1b[<0;5;5M\x1b[<0;5;5m")
    game.wait("Endings · 1 of 3")
    game.kill(signal.SIGTERM)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT], ids=lambda number: number.name)
def test_a_signal_leaves_everything_whole(tmp_path: Path, number: signal.Signals) -> None:
    """Within a second it is gone, with the code that the signal has; the modes are back, the night is whole, no traceback."""
    game = Terminal(tmp_path, "play", NIGHT, "--new", animations="full")
    game.wait("The bed")
    game.press("x")
    game.press("11")
    assert game.kill(number) < 1.0
    assert game.game.exitstatus == 128 + number
    assert termios.tcgetattr(game.game.child_fd) == game.modes
    assert b"\x1b[?1049l" in game.sent
    assert b"\x1b[?25h" in game.sent
    assert b"Traceback" not in game.sent
    assert len(read_save(tmp_path / "saves" / "night-1.eternal").records) == 1
    assert list((tmp_path / "saves").glob("*.lock")) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=lambda number: number.name)
def test_a_signal_in_the_first_moment(tmp_path: Path, number: signal.Signals) -> None:
    """Between the first frame and the app a signal gives the terminal back as well."""
    game = Terminal(tmp_path, "play", NIGHT)
    while b"A new night" not in game.sent:
        game.read()
    assert game.kill(number) < 1.0
    assert game.game.exitstatus == 128 + number
    assert termios.tcgetattr(game.game.child_fd) == game.modes
    assert b"\x1b[?1049l" in game.sent
    assert b"Traceback" not in game.sent


def test_a_closed_terminal_ends_the_game(tmp_path: Path) -> None:
    """When the terminal goes away, so does the game, within a second; the night is whole."""
    game = Terminal(tmp_path, "play", NIGHT, "--new")
    game.wait("Hand everything over.")
    game.press("11")
    began = time.monotonic()
    os.close(game.game.child_fd)
    while game.game.isalive():
        assert time.monotonic() - began < 1.0
    assert len(read_save(tmp_path / "saves" / "night-1.eternal").records) == 1


def test_suspending_and_coming_back(tmp_path: Path) -> None:
    """Ctrl+Z gives the terminal back; on coming back the page is there and can be played on."""
    game = Terminal(tmp_path, "play", NIGHT, "--new")
    game.wait("Hand everything over.")
    game.press("\x1a")
    game.expect(b"\x1b[?1049l")
    game.sent = b""
    game.game.kill(signal.SIGCONT)
    game.expect(b"\x1b[?1049h")
    game.settle()
    game.press("11")
    game.wait("Ice, and")
    game.kill(signal.SIGTERM)


def test_only_sequences_that_the_game_means_reach_the_terminal(tmp_path: Path) -> None:
    """Over a list of the worst names, nothing is written that retitles, beeps, or asks the terminal for something new."""
    saves = tmp_path / "saves"
    saves.mkdir()
    for name in ("\x1b]0;title\x07", "\x1bP+q544e\x1b\\", "\x9b31m", "\x07\x08\x0e\x0f", "\u202eevil", "\x1b[?1049l"):
        (saves / f"{name}.eternal").write_bytes(b"no save\n")
    game = Terminal(tmp_path, "play", NIGHT)
    game.wait("A new night")
    game.press("j\r")
    known = re.compile(rb"\x1b\[[0-9;:?<>=]*[$]?[a-zA-Z]|\x1b[()][A-Z0-9]|\x1b\]22;[a-z]+\x07")  # colours, places, modes, the mouse's shape
    rest = known.sub(b"", game.sent).decode("utf-8", "replace")
    assert not re.search("[\x00-\x07\x0b\x0c\x0e-\x1f\x7f-\x9f\u202e]", rest)
    game.kill(signal.SIGTERM)


def test_watching_a_night_in_the_cinema(tmp_path: Path) -> None:
    """`eternal replay` opens a night, plays it, and is left with a key."""
    game = Terminal(tmp_path, "play", NIGHT, "--new")
    game.wait("Hand everything over.")
    game.press("11")
    game.kill(signal.SIGTERM)
    film = Terminal(tmp_path, "replay", "night-1", "--pack", NIGHT, "--speed", "20")
    film.wait("1 of 1")
    film.press("q")
    film.end()
    assert film.game.exitstatus == 0
