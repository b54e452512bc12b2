"""The other screens: endings, before, help, the palette of commands."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from eternal.saves.nights import free_path
from eternal.saves.profile import remember
from eternal.saves.save import Save
from eternal.story.story import Story
from eternal.tui.column import margin
from eternal.tui.keys import SCOPES
from eternal.tui.screens.gallery import GalleryScreen
from eternal.tui.screens.help import HelpScreen
from eternal.tui.screens.last_page import LastPage
from eternal.tui.screens.nights import NightsScreen
from eternal.tui.screens.play import PlayScreen
from eternal.tui.screens.settings import SettingsScreen
from eternal.tui.stage import Stage
from eternal.tui.widgets.backlog import Backlog
from eternal.tui.widgets.menu import Menu
from eternal.tui.widgets.wall import ACROSS, Wall
from tests.acting import act, finish
from tests.tui.support import drive, shown, still


class TestEndings:
    """The wall, and the last pages on it."""

    def test_reached_endings_hang_with_their_words_and_the_others_are_nails(self, night: Story) -> None:
        """A reached ending shows its title and poem; Enter reads it again; a nail does nothing."""
        with Save.create(night, free_path()) as save:
            finish(save.game)
            remember(save.game)
            ending = save.game.view.title
        stage = still(night)

        async def script(pilot: Pilot[int]) -> None:
            stage.go("endings")
            await pilot.pause()
            assert "Endings · 1 of 3" in shown(stage)
            assert ending in shown(stage)
            await pilot.press("enter")
            assert isinstance(stage.screen, LastPage)
            await pilot.press("enter")
            assert isinstance(stage.screen, GalleryScreen)
            await pilot.press("left", "left", "up", "right", "right", "left", "right")
            await pilot.press("escape")

        drive(stage, script)

    def test_the_cursor_stands_on_the_ending_of_the_night(self, night: Story) -> None:
        """Whoever comes from a last page finds the cursor on what was just reached, whatever else hangs there."""
        saves = [Save.create(night, free_path()) for _ in range(2)]
        for save, acts in zip(
            saves, ((), ("some", "stay", "shout", "keep plank", "listen", "wait", "hide plank", "wait", "end", "look")), strict=True
        ):
            finish(act(save.game, *acts))
            remember(save.game)
        for save in saves:
            stage = still(night, save=save)

            async def script(pilot: Pilot[int], stage: Stage = stage, save: Save = save) -> None:
                stage.go("endings")
                await pilot.pause()
                frame = stage.screen.query_one(Wall).frame
                assert frame is not None
                assert frame.id == save.game.state.scene

            drive(stage, script)


class TestBefore:
    """What has been read and done."""

    def test_one_goes_back_to_any_choice(self, night: Story) -> None:
        """The cursor walks over what was done; Enter asks, and the night stands before it."""
        stage = still(night, mode="new")

        async def script(pilot: Pilot[int]) -> None:
            await pilot.press("1", "1", "2", "1", "h")
            for words in ("Hand everything over.", "Walk on.", "Back onto the ice.", "The bank"):
                assert words in shown(stage)
            await pilot.press("up", "up", "enter", "escape", "enter", "enter")
            assert isinstance(stage.screen, PlayScreen)
            assert stage.session is not None
            assert stage.session.state.scene == "bedside"
            assert len(stage.session.save.game.actions) == 4

        drive(stage, script)

    def test_words_are_found(self, night: Story) -> None:
        """The search marks what it finds, goes on with N and P, and says where there is nothing."""
        stage = still(night, mode="new")

        async def script(pilot: Pilot[int]) -> None:
            await pilot.press("1", "1", "h", "slash", *"PEN", "enter")
            assert stage.screen.query_one(Backlog).sought == "PEN"
            assert "“PEN”" in shown(stage)
            await pilot.press("n", "p", "slash", *"zebra", "enter")
            assert "nowhere" in shown(stage)
            await pilot.press("pageup", "pagedown", "escape")

        drive(stage, script)


@pytest.mark.parametrize("where", ["title", "nights", "endings", "settings", "map", "before", "hands"])
def test_help_knows_where_one_stands(night: Story, where: str) -> None:
    """F1 names every key of the screen it was pressed on, and goes away again."""
    stage = still(night, mode="ask" if where == "title" else "new")

    async def script(pilot: Pilot[int]) -> None:
        if where != "title":
            stage.go(where)
        await pilot.press("f1")
        assert isinstance(stage.screen, HelpScreen)
        rows = stage.screen.query_one(Menu).rows
        scope = {"endings": "gallery"}.get(where, where)
        assert all(any(key.says in row.text for row in rows) for key in SCOPES[scope])
        await pilot.press("down", "up", "f1")
        assert not isinstance(stage.screen, HelpScreen)

    drive(stage, script, (80, 40))


def test_the_palette_has_the_games_own_commands(night: Story) -> None:
    """Ctrl+P finds what the game can do, and nothing of Textual's."""
    stage = still(night, mode="new")

    async def script(pilot: Pilot[int]) -> None:
        await pilot.press("1", "1")
        titles = [command.title for command in stage.get_system_commands(stage.screen)]
        assert {"Map", "Before", "Settings", "Theme: paper", "Leave"} <= set(titles)
        assert "Screenshot" not in titles
        await pilot.press("ctrl+p", *"paper")
        await pilot.pause(0.3)
        await pilot.press("enter")
        await pilot.pause()
        assert stage.theme == "paper"

    drive(stage, script)


def test_settings_screen_is_reached_from_the_title(night: Story) -> None:
    """The rows of the title lead where they say."""
    stage = still(night)

    async def script(pilot: Pilot[int]) -> None:
        for row, screen in (("nights", NightsScreen), ("endings", GalleryScreen), ("settings", SettingsScreen)):
            stage.screen.query_one(Menu).point(row)
            await pilot.press("enter")
            assert isinstance(stage.screen, screen)
            await pilot.press("escape")

    drive(stage, script)


def test_a_list_longer_than_the_screen_says_so(night: Story) -> None:
    """The help goes on below: an arrow in the margin says it, and another that there was something above."""
    stage = still(night, mode="new")

    async def script(pilot: Pilot[int]) -> None:
        await pilot.press("1", "1", "f1")
        assert "↓" in [row[-1:] for row in shown(stage).splitlines()]
        await pilot.press(*["down"] * 30)
        last = [row[-1:] for row in shown(stage).splitlines()]
        assert "↑" in last
        assert "↓" not in last

    drive(stage, script)


def test_the_title_remembers_where_one_went_from_it(night: Story) -> None:
    """Back from nights, endings and settings the cursor stands where one left; back from a night, on going on with it."""
    stage = still(night)

    async def script(pilot: Pilot[int]) -> None:
        for row in ("nights", "endings", "settings"):
            stage.screen.query_one(Menu).point(row)
            await pilot.press("enter", "escape")
            assert stage.screen.query_one(Menu).cursor == row
        stage.screen.query_one(Menu).point("new")
        await pilot.press("enter")
        stage.to_title()
        await pilot.pause()
        assert stage.screen.query_one(Menu).cursor == "continue"

    drive(stage, script)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
def test_the_frame_under_the_cursor_has_its_corners(night: Story, size: tuple[int, int]) -> None:
    """Wherever the cursor stands on the wall, a frame is drawn around it, however low the frames are."""
    with Save.create(night, free_path()) as save:
        finish(save.game)
        remember(save.game)
    stage = still(night)

    async def script(pilot: Pilot[int]) -> None:
        stage.go("endings")
        await pilot.pause()
        wall = stage.screen.query_one(Wall)
        for number in range(len(wall.frames)):
            wall._point(number)
            await pilot.pause()
            left = margin(size[0]) + number % ACROSS * wall._wide
            corners = [row[left] for row in shown(stage).splitlines() if row[left : left + 1].strip()]
            assert "┌" in corners
            assert "└" in corners

    drive(stage, script, size)
