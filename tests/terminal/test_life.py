"""The life of the process: stopped and gone on with, resized without end, killed, and what is left of it."""

from __future__ import annotations

import os
import random
import signal
import termios
from pathlib import Path

import pytest

from eternal.saves.replay import verify
from eternal.story.story import Story
from tests.conftest import PACKS
from tests.terminal.resizing import looks, playing, resized
from tests.tui.terminal import Terminal

NIGHT = str(PACKS / "night")


def is_whole(home: Path, story: Story, actions: int) -> bool:
    """Tell whether the night can be played again, step by step, as it was recorded."""
    result = verify(home / "saves" / "night-1.eternal", story)
    return result.well and f"{actions} " in result.message and not list((home / "saves").glob("*.lock"))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT], ids=lambda number: number.name)
@pytest.mark.parametrize("where", ["title", "night"])
def test_a_signal_takes_back_all_that_was_asked(tmp_path: Path, night: Story, number: signal.Signals, where: str) -> None:
    """Whatever mode of the terminal was set is unset, the modes of the line are as before, the night is whole."""
    if where == "title":
        game = Terminal(tmp_path, "play", NIGHT, COLORTERM="truecolor")
        game.wait("●")
    else:
        game = playing(tmp_path)
        game.press("2")
        game.press("2")
        game.wait("A pier")
    game.kill(number)
    assert game.game.exitstatus == 128 + number
    assert game.left == set()
    assert termios.tcgetattr(game.game.child_fd) == game.modes
    assert where == "title" or is_whole(tmp_path, night, 1)


@pytest.mark.parametrize("how", ["ctrl+z", "SIGTSTP"])
@pytest.mark.parametrize("where", ["title", "night"])
def test_suspended_it_gives_the_terminal_back_and_takes_it_again(tmp_path: Path, how: str, where: str) -> None:
    """While it is stopped nothing is left of it; when it goes on everything is as it was, and keys and clicks work."""
    game = Terminal(tmp_path, "play", NIGHT, COLORTERM="truecolor") if where == "title" else playing(tmp_path)
    game.wait("●" if where == "title" else "Hand everything over.")
    asked, before = game.left, looks(game.drawing)
    if how == "ctrl+z":
        game.game.send("\x1a")
    else:
        game.game.kill(signal.SIGTSTP)
    game.until(lambda: game.is_stopped)
    game.until(lambda: not game.left)
    assert termios.tcgetattr(game.game.child_fd) == game.modes
    wipe(game)
    game.game.kill(signal.SIGCONT)
    game.until(lambda: looks(game.drawing) == before)
    game.until(lambda: game.left == asked)
    game.click("A new night" if where == "title" else "Hand over the shell alone.")
    game.wait("Hand everything over." if where == "title" else "once more to give it")
    game.kill(signal.SIGTERM)
    assert game.left == set()
    assert termios.tcgetattr(game.game.child_fd) == game.modes


def wipe(game: Terminal) -> None:
    """Let somebody else have used the terminal meanwhile: nothing of ours is on it."""
    game.drawing.feed(b"\x1b[0m\x1b[2J\x1b[Hsomebody else's words")


def test_stopped_without_being_asked_it_comes_back_too(tmp_path: Path) -> None:
    """SIGSTOP cannot be noticed; after SIGCONT the screen is drawn anew, and every key is read once."""
    game = playing(tmp_path)
    before = looks(game.drawing)
    game.game.kill(signal.SIGSTOP)
    game.until(lambda: game.is_stopped)
    wipe(game)
    game.game.kill(signal.SIGCONT)
    game.until(lambda: looks(game.drawing) == before)
    for _ in range(3):
        game.press("j")
        game.press("k")
    game.until(lambda: looks(game.drawing) == before)
    game.press("2")
    game.press("2")
    game.wait("A pier")
    game.kill(signal.SIGTERM)
    assert game.left == set()
    assert termios.tcgetattr(game.game.child_fd) == game.modes


def test_resized_without_end_it_looks_as_if_begun_at_that_size(tmp_path: Path, night: Story) -> None:
    """A hundred windows of any size, from one cell up, and keys in between: in the end every cell is right, the night is whole."""
    resized(tmp_path / "home", random.Random(7), 100)
    assert is_whole(tmp_path / "home", night, 1)


@pytest.mark.parametrize("size", [(1, 1), (2, 1), (1, 40), (20, 5), (300, 2), (500, 200)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_window_of_any_size(tmp_path: Path, size: tuple[int, int]) -> None:
    """It begins in a window of one cell, or of very many, and lives on in a usual one."""
    game = Terminal(tmp_path, "play", NIGHT, "--new", size=size)
    game.expect(b"\x1b[?2004h")
    game.resize(80, 24)
    game.wait("Hand everything over.")
    game.press("2")
    game.press("2")
    game.wait("A pier")
    game.kill(signal.SIGTERM)
    assert b"Traceback" not in game.sent


def test_killed_in_the_middle_it_goes_on(tmp_path: Path, night: Story) -> None:
    """After kill -9 the next start goes on where the night stood."""
    game = playing(tmp_path)
    game.press("2")
    game.press("2")
    game.wait("A pier")
    game.kill(signal.SIGKILL)
    again = Terminal(tmp_path, "play", NIGHT, "--continue")
    again.wait("A pier")
    again.kill(signal.SIGTERM)
    assert is_whole(tmp_path, night, 1)


def test_two_terminals_on_one_night(tmp_path: Path, night: Story) -> None:
    """The second is told who plays it, and neither waits nor writes; the first plays on."""
    first = playing(tmp_path)
    second = Terminal(tmp_path, "play", NIGHT, "--continue")
    second.wait(f"is being played by process {first.game.pid}")
    first.press("2")
    first.press("2")
    first.wait("A pier")
    second.press("\r")
    second.kill(signal.SIGTERM)
    first.kill(signal.SIGTERM)
    assert is_whole(tmp_path, night, 1)


def test_a_home_that_cannot_be_written(tmp_path: Path) -> None:
    """The night is played all the same, and says that it is not being saved."""
    (tmp_path / "home").write_bytes(b"a file where a folder should be")
    game = Terminal(tmp_path / "home", "play", NIGHT, "--new")
    game.wait("Before you go on")
    game.press("\r")
    game.wait("Hand everything over.")
    game.press("2")
    game.press("2")
    game.wait("A pier")
    assert "this night is not being saved" in game.text
    game.kill(signal.SIGTERM)
    assert game.left == set()


@pytest.mark.parametrize(
    "env",
    [
        {"NO_COLOR": "1"},
        {"TERM": "xterm"},
        {"TERM": "linux"},
        {"TERM": "vt100"},
        {"TERM": "no-such-terminal"},
        {"LC_ALL": "C"},
        {"LC_ALL": "POSIX"},
    ],
    ids=str,
)
def test_a_terminal_that_can_little(tmp_path: Path, env: dict[str, str]) -> None:
    """Few colours, none, a name that nobody knows, no locale: the title, a page, and the terminal as it was."""
    game = Terminal(tmp_path, "play", NIGHT, **env)  # type: ignore[arg-type]
    game.wait("A new night")
    game.press("\r")
    game.wait("Hand everything over.")
    game.kill(signal.SIGTERM)
    assert game.left == set()
    assert b"Traceback" not in game.sent


@pytest.mark.parametrize("env", [{"TERM": "dumb"}, {"TERM": ""}, {"PYTHONIOENCODING": "latin-1"}, {"PYTHONIOENCODING": "ascii"}], ids=str)
def test_a_terminal_that_can_less(tmp_path: Path, env: dict[str, str]) -> None:
    """Where no cursor can be placed, or not every letter shown, it is played line by line, without a single sequence."""
    game = Terminal(tmp_path, "play", NIGHT, **env)  # type: ignore[arg-type]
    game.wait("0 of 2 in hand.")
    game.game.sendline("2")
    game.wait("A pier")
    game.game.sendline("quit")
    game.end()
    assert game.game.exitstatus == 0
    assert b"\x1b" not in game.sent
    assert b"Traceback" not in game.sent


def test_what_goes_wrong_can_go_elsewhere(tmp_path: Path) -> None:
    """With standard error in a file the game is still on the terminal, and the file is empty."""
    game = Terminal(tmp_path, "play", NIGHT, "--new", to=tmp_path / "errors")
    game.wait("Hand everything over.")
    game.kill(signal.SIGTERM)
    assert game.left == set()
    assert (tmp_path / "errors").read_bytes() == b""


def test_a_megabyte_is_pasted(tmp_path: Path, night: Story) -> None:
    """A paste is no key: whatever is in it chooses nothing, and the game answers the next key."""
    game = playing(tmp_path)
    writer = os.fork()
    if not writer:
        data = b"\x1b[200~" + b"2\r\x03q\n1" * 200_000 + b"\x1b[201~"
        while data:
            data = data[os.write(game.game.child_fd, data) :]
        os._exit(0)
    game.until(lambda: os.waitpid(writer, os.WNOHANG)[0] != 0)
    game.settle()
    assert "Hand everything over." in game.text
    game.press("2")
    game.wait("once more to give it")
    game.press("2")
    game.wait("A pier")
    game.kill(signal.SIGTERM)
    assert is_whole(tmp_path, night, 1)


def test_keys_before_the_first_frame(tmp_path: Path) -> None:
    """What is typed while the game starts is not lost, and not echoed over it: the cursor has moved when it can be seen."""
    game = Terminal(tmp_path, "play", NIGHT, COLORTERM="truecolor")
    game.game.send("jj")
    game.wait("› Endings")
    assert "jj" not in game.text
    game.kill(signal.SIGTERM)


@pytest.mark.parametrize("args", [["--new"], ["--continue"]], ids=lambda args: args[0])
def test_nothing_is_chosen_that_was_not_seen(tmp_path: Path, args: list[str]) -> None:
    """Keys that come before the first page is on the screen choose nothing on it."""
    if args == ["--continue"]:
        playing(tmp_path).kill(signal.SIGTERM)
    game = Terminal(tmp_path, "play", NIGHT, *args)
    game.game.send("2222\r\r")
    game.wait("Hand everything over.")
    game.settle()
    assert "once more to give it" not in game.text
    game.press("2")
    game.wait("once more to give it")
    game.kill(signal.SIGTERM)
