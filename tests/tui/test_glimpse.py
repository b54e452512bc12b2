"""The title as it was kept: there before anything is imported, right or not there at all, and taken over in place."""

from __future__ import annotations

import os
import sys
import termios
from pathlib import Path

import pexpect
import pytest

from eternal.locations import title_file
from eternal.tui import glimpse
from tests.tui.drawing import Drawing
from tests.tui.terminal import Terminal

#: Shows the kept title, and says which of the expensive modules have been imported by then.
_SHOW = (
    "import sys; from eternal.tui.glimpse import show, standing; show(); heavy = 'typing', 'click', 'msgspec', 'eternal.story', 'textual';"
    "print('imported:', [name for name in heavy if name in sys.modules], 'painted:', bool(standing()))"
)


def played(home: Path) -> None:
    """Begin the game and leave it: then its title is kept."""
    game = Terminal(home, COLORTERM="truecolor")
    game.wait("A new night")
    game.press("q")
    game.end()
    assert game.game.exitstatus == 0


def process(home: Path, code: str, **env: str) -> pexpect.spawn[bytes]:
    """Run code on a terminal like the game's."""
    environment = {**os.environ, "ETERNAL_HOME": str(home), "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    for name in ("NO_COLOR", "COLUMNS", "LINES"):
        environment.pop(name, None)
    return pexpect.spawn(sys.executable, ["-c", code], env=environment | env, dimensions=(24, 80), timeout=60)


def shown(home: Path, **env: str) -> str:
    """Return what a process says that shows the kept title and does nothing else."""
    game = process(home, _SHOW, **env)
    game.expect(rb"imported: .*painted: (True|False)")
    assert isinstance(game.after, bytes)
    return game.after.decode()


def looks(drawing: Drawing, rows: list[int]) -> list[tuple[str, str, str]]:
    """Return each cell of some rows as it is seen: a space has no colour but its ground's."""
    cells = (drawing.screen.buffer[row][column] for row in rows for column in range(80))
    return [(cell.data, cell.bg, cell.fg if cell.data != " " else "") for cell in cells]


def test_it_is_there_before_anything_is_imported(tmp_path: Path) -> None:
    """Neither the story, nor click, nor Textual is needed for the title that was kept."""
    played(tmp_path)
    assert shown(tmp_path) == "imported: [] painted: True"


@pytest.mark.parametrize(
    "env", [{"COLORTERM": ""}, {"NO_COLOR": "1"}, {"LANG": "vi_VN.UTF-8", "LC_ALL": ""}, {"TERM": "xterm"}], ids=lambda env: next(iter(env))
)
def test_another_terminal_has_another_title(tmp_path: Path, env: dict[str, str]) -> None:
    """Where colours or language would be others, what was kept is not shown."""
    played(tmp_path)
    assert shown(tmp_path, **env) == "imported: [] painted: False"


@pytest.mark.parametrize("change", ["a night", "settings"])
def test_what_has_changed_since_is_seen(tmp_path: Path, change: str) -> None:
    """A night that came or went, or other settings: the kept title is no longer right, and not shown."""
    played(tmp_path)
    file = tmp_path / ("saves/night-1.eternal" if change == "a night" else "settings.json")
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(b"{}")
    assert shown(tmp_path) == "imported: [] painted: False"


@pytest.mark.parametrize(
    "evil",
    [
        "\x1b]0;x\x07",
        "\x1bP+q\x1b\\",
        "\x1b[6n",
        "\x1b[?1003h",
        "\x1b[2J",
        "\x1bc",
        "\x9b31m",
        "\x07",
        "\u202e",
        "\x1b",
        "\x1b[",
        "\x1b[1;1",
        "\n",
    ],
    ids=ascii,
)
def test_a_forged_title_is_not_shown(evil: str) -> None:
    """Only words, colours and places: whatever else a terminal would obey makes the whole frame none of ours."""
    assert glimpse._is_frame(f"{glimpse.BEGIN}\x1b[1;1H\x1b[0;38;5;1mname\u00a0of it\x1b[0m")
    assert not glimpse._is_frame(f"{glimpse.BEGIN}\x1b[1;1Hname{evil}\x1b[0m")
    assert not glimpse._is_frame(f"name{glimpse.BEGIN}{evil}")


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"\x00" * 1000, b"one line"], ids=["empty", "no text", "nothing", "one line"])
def test_a_damaged_file_is_none(data: bytes) -> None:
    """A file that cannot be understood is passed over."""
    title_file().parent.mkdir(parents=True)
    title_file().write_bytes(data)
    assert glimpse._kept() == ""


@pytest.mark.parametrize("kept", [False, True], ids=["worked out", "kept"])
@pytest.mark.parametrize("depth", ["truecolor", ""], ids=["true colour", "256 colours"])
def test_the_app_takes_it_over_without_a_flicker(tmp_path: Path, depth: str, *, kept: bool) -> None:
    """From the first frame on no letter of the title and no colour of it is ever another, whatever is written over it."""
    if kept:
        played(tmp_path)
    game = Terminal(tmp_path, COLORTERM=depth)
    game.wait("●")
    game.settle()
    painted = Drawing((80, 24))
    end = game.sent.index(b"F1") + game.sent[game.sent.index(b"F1") :].index(b"\x1b[0m") + 4
    painted.feed(game.sent[:end])
    rows = [number for number, line in enumerate(painted.screen.display) if line.strip()]
    before = looks(painted, rows)
    assert len(rows) > 9
    for start in range(end, len(game.sent), 40):
        painted.feed(game.sent[start : start + 40])
        assert looks(painted, rows) == before
    assert "●" in painted.text
    game.press("q")
    game.end()


def test_what_goes_wrong_behind_it_can_be_read(tmp_path: Path) -> None:
    """If there is no story after all, the title goes, the terminal is as it was, and one line says why."""
    played(tmp_path)
    code = (
        "import sys, eternal.story.load as l; from eternal.saves.errors import SaveError; from eternal.cli import main\n"
        "def load(*_):\n raise SaveError('it is not there')\n"
        "l.load = load; sys.argv = ['eternal']; sys.exit(main())"
    )
    game = process(tmp_path, code)
    modes = termios.tcgetattr(game.child_fd)
    game.expect(pexpect.EOF)
    game.wait()
    assert game.exitstatus == 1
    assert game.before is not None
    assert b"A new night" in game.before
    assert game.before.rpartition(b"\x1b[?1049l")[2].endswith(b"eternal: it is not there\r\n")
    assert termios.tcgetattr(game.child_fd) == modes
