"""Settings and keys, where a player changes them."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from eternal.story.story import Story
from eternal.tui.screens.keys import KeysScreen
from eternal.tui.screens.map import MapScreen
from eternal.tui.screens.play import PlayScreen
from eternal.tui.settings import read_settings
from eternal.tui.widgets.menu import Menu
from tests.tui.support import drive, shown, still


def test_a_change_holds_at_once_and_for_good(night: Story) -> None:
    """The theme changes under the cursor, and the next game wears it."""
    stage = still(night)

    async def script(pilot: Pilot[int]) -> None:
        stage.go("settings")
        await pilot.press("right")
        assert stage.theme == "snow"
        await pilot.press("left", "left", "right", "right", "right")
        await pilot.press("down", "enter", "down", "right", "down", "right", "down", "right", "down", "right")

    drive(stage, script)
    kept = read_settings()
    assert (kept.theme, kept.pace, kept.animation, kept.dissolve, kept.width, kept.confirm) == (
        "tangerine", "quick", "basic", False, 64, False,
    )  # fmt: skip
    assert still(night).theme == "tangerine"


def test_a_setting_goes_back_to_what_it_was(night: Story) -> None:
    """Backspace gives the value one begins with."""
    stage = still(night)

    async def script(pilot: Pilot[int]) -> None:
        stage.go("settings")
        await pilot.press("right", "right", "backspace")

    drive(stage, script)
    assert read_settings().theme == "night"


def test_a_key_of_ones_own(night: Story) -> None:
    """A moved key works at once and after a restart; the old one no longer does; the help says so."""
    stage = still(night, mode="new")

    async def script(pilot: Pilot[int]) -> None:
        stage.push_screen(KeysScreen())
        await pilot.pause()
        stage.screen.query_one(Menu).point("night.map")
        await pilot.press("enter", "g", "escape", *"11", "m")
        assert isinstance(stage.screen, PlayScreen)
        await pilot.press("g")
        assert isinstance(stage.screen, MapScreen)
        await pilot.press("escape", "f1")
        assert "g             the map of memories" in shown(stage)

    drive(stage, script)
    assert read_settings().keymap == {"night.map": "g"}
    again = still(night, mode="continue")

    async def restarted(pilot: Pilot[int]) -> None:
        await pilot.press("g")
        assert isinstance(again.screen, MapScreen)

    drive(again, restarted)


def test_a_taken_key_is_refused(night: Story) -> None:
    """The reason is said, nothing changes; Escape waits no longer; Backspace gives a key back."""
    stage = still(night)

    async def script(pilot: Pilot[int]) -> None:
        stage.push_screen(KeysScreen())
        await pilot.pause()
        stage.screen.query_one(Menu).point("night.map")
        await pilot.press("enter", "h")
        assert "h is already" in shown(stage)
        await pilot.press("enter")
        assert "press a key" in shown(stage)
        await pilot.press("escape")
        assert "press a key" not in shown(stage)
        await pilot.press("enter", "g", "backspace")

    drive(stage, script)
    assert read_settings().keymap == {}


def test_settings_that_cannot_be_kept_say_so(night: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The change holds for now, and a line says why it will not last."""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("ETERNAL_HOME", str(tmp_path / "file"))
    stage = still(night)

    async def script(pilot: Pilot[int]) -> None:
        stage.go("settings")
        await pilot.press("right")
        assert "the settings are not saved" in shown(stage)

    drive(stage, script)
