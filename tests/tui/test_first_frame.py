"""The first frame is the title, before there is an app; the app takes it over without moving a letter."""

from __future__ import annotations

import subprocess
import sys

import pyte
import pytest
from msgspec.structs import replace
from textual.pilot import Pilot

from eternal.saves.nights import free_path
from eternal.saves.save import Save
from eternal.story.story import Story
from eternal.tui.first_frame import first_frame
from eternal.tui.palette import OURS
from eternal.tui.settings import Settings, write_settings
from tests.tui.support import drive, shown, still

TRUE = {"COLORTERM": "truecolor"}


def drawn(frame: str, width: int, height: int) -> pyte.Screen:
    screen = pyte.Screen(width, height)
    pyte.Stream(screen).feed(frame)
    return screen


@pytest.mark.parametrize("begun", [False, True], ids=["nothing to continue", "a night to continue"])
@pytest.mark.parametrize("size", [(80, 24), (60, 20), (120, 40), (200, 60), (66, 21)])
def test_it_is_what_the_app_draws(shipped: Story, size: tuple[int, int], *, begun: bool) -> None:
    """Row by row the same words in the same places; only the stars come in later."""
    if begun:
        with Save.create(shipped, free_path(), seed=1) as save:
            save.game.act(save.game.possible()[0])
    frame = first_frame(shipped, Settings(), *size, TRUE)
    stage = still(shipped)
    rows: list[str] = []

    async def script(_: Pilot[int]) -> None:
        rows.extend(shown(stage).splitlines())

    drive(stage, script, size)
    painted = [line.rstrip() for line in drawn(frame, *size).display]
    first = next(number for number, row in enumerate(painted) if row)
    assert painted[first:] == [row.rstrip() for row in rows[first:]]


@pytest.mark.parametrize("theme", OURS)
def test_it_wears_the_players_theme(night: Story, theme: str) -> None:
    """Ground and letters have the colours of the theme that is set."""
    palette = OURS[theme]
    screen = drawn(first_frame(night, Settings(theme=theme), 80, 24, TRUE), 80, 24)
    row = next(number for number, line in enumerate(screen.display) if "A new night" in line)
    letter = screen.buffer[row][screen.display[row].index("A new")]
    assert (letter.fg, letter.bg) == (palette.accent[1:], palette.ground[1:])
    assert screen.buffer[0][0].bg == palette.ground[1:]


def test_its_colours_are_those_that_rich_chooses_of_256() -> None:
    """On a terminal of 256 colours no colour changes when the app takes over."""
    from rich.color import Color, ColorSystem

    from eternal.tui.first_frame import _eight_bit

    for palette in OURS.values():
        for colour in (palette.ground, palette.page, palette.dim, palette.accent, palette.machine, palette.lamp):
            triplet = Color.parse(colour).get_truecolor()
            assert _eight_bit(*triplet) == Color.parse(colour).downgrade(ColorSystem.EIGHT_BIT).number


@pytest.mark.parametrize(
    "environ", [{"TERM": "xterm"}, {**TRUE, "NO_COLOR": "1"}, {"TERM": "linux"}, {**TRUE, "TEXTUAL_DRIVER": "x:y"}], ids=str
)
def test_where_it_could_look_otherwise_nothing_is_painted(night: Story, environ: dict[str, str]) -> None:
    """Few colours, none, a driver of somebody's own: the app paints the first frame itself."""
    assert first_frame(night, Settings(), 80, 24, environ) == ""


def test_neither_for_another_theme_nor_in_a_low_window(night: Story) -> None:
    """A theme that only Textual knows, or a window that the words do not fit, is left to the app."""
    assert first_frame(night, replace(Settings(), theme="nord"), 80, 24, TRUE) == ""
    assert first_frame(night, Settings(), 80, 9, TRUE) == ""


def test_it_comes_before_textual() -> None:
    """Painting it imports nothing of Textual."""
    code = (
        "import sys; from eternal.story.load import load; from tests.conftest import PACKS; from eternal.tui.first_frame import paint;"
        "paint(load(PACKS / 'night', cached=False)); print('textual' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("False\n")


def test_a_key_of_ones_own_is_on_it(night: Story) -> None:
    """The words at its foot name the key that the player has chosen for help."""
    write_settings(Settings(keymap={"everywhere.help": "f2"}))
    assert "F2 help" in "\n".join(drawn(first_frame(night, Settings(keymap={"everywhere.help": "f2"}), 80, 24, TRUE), 80, 24).display)
