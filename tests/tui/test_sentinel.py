"""No control character reaches the terminal, wherever it comes from."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from textual.events import Paste
from textual.pilot import Pilot

from eternal.locations import saves_folder, settings_file
from eternal.saves.disk import DISK
from eternal.saves.save import Save
from eternal.story.safety import FORBIDDEN
from eternal.story.story import Story
from eternal.tui.screens.keys import KeysScreen
from eternal.tui.screens.line import Line
from eternal.tui.stage import Stage
from eternal.tui.widgets.menu import Menu
from tests.tui.support import drive, shown, still

#: Every C0 but NUL and the newline, DEL, every C1, separators, bidi controls, a byte-order mark.
CONTROLS = [
    chr(code)
    for code in (*range(1, 10), *range(11, 32), *range(127, 160), 0x2028, 0x2029, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF)
]


def assert_clean(stage: Stage) -> None:
    screen = shown(stage).replace("\n", "")
    assert not FORBIDDEN.search(screen)
    assert "\t" not in screen


def test_names_of_files_are_made_safe(night: Story) -> None:
    """A file can be called anything, even bytes that are no text; its name is shown without a single control character."""
    folder = saves_folder()
    folder.mkdir(parents=True)
    with Save.create(night, folder / "plain.eternal", seed=1) as save:
        save.game.choose("all")
    data = (folder / "plain.eternal").read_bytes()
    for start in range(0, len(CONTROLS), 12):
        (folder / ("a" + "b".join(CONTROLS[start : start + 12]) + ".eternal")).write_bytes(data)
    Path(os.fsdecode(os.fsencode(folder) + b"/c\xff\x9b31m.eternal")).write_bytes(b"no save\x1b[31m\n")
    stage = still(night)

    async def script(pilot: Pilot[int]) -> None:
        stage.go("nights")
        await pilot.pause()
        count = len(stage.screen.query_one(Menu).rows)
        assert count == len(list(folder.iterdir()))
        for _ in range(count):
            assert_clean(stage)
            await pilot.press("x")
            assert_clean(stage)
            await pilot.press("u", "down")
        await pilot.press("r")
        assert_clean(stage)
        await pilot.press("escape")
        for row in stage.screen.query_one(Menu).rows:
            if "c" in row.text:
                stage.screen.query_one(Menu).point(row.id)
        await pilot.press("enter")
        assert_clean(stage)

    drive(stage, script, (120, 40))


def test_settings_from_a_strangers_file_are_made_safe(night: Story) -> None:
    """Theme and keys are shown as they stand in the file, but for what a terminal would obey."""
    DISK.write_file(
        settings_file(), b'{"theme": "\\u001b[31m", "keymap": {"night.map": "\\u001b]0;x\\u0007", "map.back": "\\u202e\\u009b"}}'
    )
    stage = still(night)

    async def script(pilot: Pilot[int]) -> None:
        stage.go("settings")
        await pilot.pause()
        assert_clean(stage)
        stage.push_screen(KeysScreen())
        await pilot.pause()
        for _ in range(30):
            assert_clean(stage)
            await pilot.press("down")
        await pilot.press("f1")
        assert_clean(stage)

    drive(stage, script, (80, 40))


@pytest.mark.parametrize("character", ["\x1b", "\x9b", "\u202e", "\x07", "\u2028"])
def test_what_is_pasted_is_made_safe(night: Story, character: str) -> None:
    """A line to write takes no control character, typed or pasted."""
    stage = still(night)

    async def script(pilot: Pilot[int]) -> None:
        stage.push_screen(Line("Name", stage.palette))
        await pilot.pause()
        stage.screen.query_one("Input").post_message(Paste(f"a{character}b"))
        await pilot.pause()
        assert_clean(stage)

    drive(stage, script)


def test_markup_is_shown_and_not_obeyed(night: Story) -> None:
    """Square brackets in a name are letters like any other."""
    with Save.create(night, saves_folder() / "[bold]x[@click=app.bell]y.eternal", seed=1) as save:
        save.game.choose("all")
    stage = still(night)

    async def script(pilot: Pilot[int]) -> None:
        stage.go("nights")
        await pilot.pause()
        assert "[bold]x[@click=app.bell]y" in shown(stage)

    drive(stage, script)
