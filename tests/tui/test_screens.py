"""The other screens: nights, endings, settings, keys, before, map, help, the palette of commands."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from eternal.locations import saves_folder
from eternal.saves.nights import free_path, nights
from eternal.saves.profile import remember
from eternal.saves.save import Save
from eternal.story.load import load
from eternal.story.story import Story
from eternal.tui.keys import SCOPES
from eternal.tui.screens.ask import Ask
from eternal.tui.screens.gallery import GalleryScreen
from eternal.tui.screens.help import HelpScreen
from eternal.tui.screens.keys import KeysScreen
from eternal.tui.screens.last_page import LastPage
from eternal.tui.screens.map import MapScreen
from eternal.tui.screens.nights import NightsScreen
from eternal.tui.screens.play import PlayScreen
from eternal.tui.screens.settings import SettingsScreen
from eternal.tui.settings import read_settings
from eternal.tui.widgets.backlog import Backlog
from eternal.tui.widgets.menu import Menu
from tests.conftest import PACKS
from tests.tui.support import drive, shown, still


def saved(story: Story, *acts: str, name: str = "") -> Path:
    """Return a night in the player's folder, played so far and closed."""
    with Save.create(story, saves_folder() / f"{name}.eternal" if name else free_path(), seed=1) as save:
        for act in acts:
            verb, _, what = act.rpartition(" ")
            getattr(save.game, verb or "choose")(what)
        path = save.path
    assert path is not None
    return path


class TestNights:
    """The list of nights."""

    def test_it_says_where_each_stands(self, night: Story) -> None:
        """Name, scene, hour, what is kept, how many steps."""
        saved(night, "all", "keep star", name="first")
        saved(night, "some", name="second")
        stage = still(night)

        async def script(pilot: Pilot[int]) -> None:
            stage.go("nights")
            await pilot.pause()
            screen = shown(stage)
            assert "first" in screen
            assert "The river · 1 kept · 2 steps" in screen
            assert "second" in screen
            assert "The pier · 1 step ·" in screen

        drive(stage, script)

    def test_a_night_is_renamed(self, night: Story) -> None:
        """R asks for a name; the file has it from then on; a taken one is refused with the reason."""
        saved(night, "all", name="first")
        saved(night, "all", name="taken")
        stage = still(night)

        async def script(pilot: Pilot[int]) -> None:
            stage.go("nights")
            await pilot.pause()
            stage.screen.query_one(Menu).point(str(saves_folder() / "first.eternal"))
            await pilot.press("r", "end", *["backspace"] * 5, *"river", "enter")
            assert {found.name for found in nights(night)} == {"river", "taken"}
            await pilot.press("r", *["backspace"] * 5, *"taken", "enter")
            assert "already a night called" in shown(stage)
            await pilot.press("r", "escape")
            assert isinstance(stage.screen, NightsScreen)

        drive(stage, script)

    def test_a_night_is_deleted_and_brought_back(self, night: Story) -> None:
        """X takes a night away, U brings it back byte by byte."""
        path = saved(night, "all", "wake")
        before = path.read_bytes()
        stage = still(night)

        async def script(pilot: Pilot[int]) -> None:
            stage.go("nights")
            await pilot.press("x")
            assert not path.exists()
            assert "u brings it back" in shown(stage)
            await pilot.press("u")
            assert path.read_bytes() == before

        drive(stage, script)

    def test_the_night_that_is_played_is_left_alone(self, night: Story) -> None:
        """Neither renamed nor deleted while it is open; Enter goes back to it."""
        stage = still(night, mode="new")

        async def script(pilot: Pilot[int]) -> None:
            await pilot.press("s", "x")
            assert "leave it first" in shown(stage)
            await pilot.press("r")
            assert "leave it first" in shown(stage)
            await pilot.press("enter")
            assert isinstance(stage.screen, PlayScreen)

        drive(stage, script)
        assert len(nights(night)) == 1

    def test_what_cannot_be_opened_is_said(self, night: Story, cloak: Story) -> None:
        """A night of another story, and a damaged one, stay closed with the reason."""
        saved(cloak, "west", name="other")
        (saves_folder() / "broken.eternal").write_bytes(b"no save\n")
        stage = still(night)

        async def script(pilot: Pilot[int]) -> None:
            stage.go("nights")
            for name in ("other", "broken"):
                await pilot.pause()
                stage.screen.query_one(Menu).point(str(saves_folder() / f"{name}.eternal"))
                await pilot.press("enter")
                assert isinstance(stage.screen, Ask)
                assert f"{name}.eternal" in shown(stage)
                await pilot.press("enter")
                assert isinstance(stage.screen, NightsScreen)

        drive(stage, script)

    def test_a_step_that_the_story_no_longer_allows_is_named(self, night: Story, tmp_path: Path) -> None:
        """A night that stops is offered up to its last good step, as a new one; the file is left as it is."""
        path = saved(night, "all", "wake", "wake")
        before = path.read_bytes()
        pack = tmp_path / "edited"
        pack.mkdir()
        for file in (PACKS / "night").glob("*.yaml"):
            (pack / file.name).write_text(file.read_text().replace("id: wake,", "id: stir,").replace("'wake')", "'stir')"))
        stage = still(load(pack, cached=False))

        async def script(pilot: Pilot[int]) -> None:
            stage.open(path)
            await pilot.pause()
            assert "step 2" in shown(stage)
            await pilot.press("enter")
            assert isinstance(stage.screen, PlayScreen)
            assert stage.session is not None
            assert stage.session.state.scene == "river"

        drive(stage, script)
        assert path.read_bytes() == before
        assert len(list(saves_folder().glob("*.eternal"))) == 2


class TestEndings:
    """The wall, and the last pages on it."""

    def test_reached_endings_hang_with_their_words_and_the_others_are_nails(self, night: Story) -> None:
        """A reached ending shows its title and poem; Enter reads it again; a nail does nothing."""
        with Save.create(night, free_path()) as save:
            for _ in range(60):
                if not save.game.is_over:
                    save.game.choose(save.game.view.choices[-1].id)
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


class TestSettings:
    """Settings and keys."""

    def test_a_change_holds_at_once_and_for_good(self, night: Story) -> None:
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

    def test_a_setting_goes_back_to_what_it_was(self, night: Story) -> None:
        """Backspace gives the value one begins with."""
        stage = still(night)

        async def script(pilot: Pilot[int]) -> None:
            stage.go("settings")
            await pilot.press("right", "right", "backspace")

        drive(stage, script)
        assert read_settings().theme == "night"

    def test_a_key_of_ones_own(self, night: Story) -> None:
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

    def test_a_taken_key_is_refused(self, night: Story) -> None:
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

    def test_settings_that_cannot_be_kept_say_so(self, night: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """The change holds for now, and a line says why it will not last."""
        (tmp_path / "file").write_text("")
        monkeypatch.setenv("ETERNAL_HOME", str(tmp_path / "file"))
        stage = still(night)

        async def script(pilot: Pilot[int]) -> None:
            stage.go("settings")
            await pilot.press("right")
            assert "the settings are not saved" in shown(stage)

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


class TestMap:
    """The map on its own screen."""

    def test_one_walks_it_and_reads_what_is_left(self, night: Story) -> None:
        """It begins where Joel is; side arrows go through time, the others below the horizon; the words that are left are read."""
        stage = still(night, mode="new")

        async def script(pilot: Pilot[int]) -> None:
            await pilot.press("1", "1", "1", "f", "enter", "m")
            assert "The yard" in shown(stage)
            assert "Everything is too big." in shown(stage)
            await pilot.press("up")
            await pilot.press("right", "right", "right", "right", "left")
            assert "January 2004" in shown(stage)
            await pilot.press("down")
            assert "Everything is too big." in shown(stage)

        drive(stage, script)

    def test_an_erased_memory_is_a_ring_with_nothing_in_it(self, night: Story) -> None:
        """What is gone is said to be gone, and its words are not there."""
        stage = still(night, mode="new")

        async def script(pilot: Pilot[int]) -> None:
            await pilot.press("1", "1", "2", "1", "3", "m")
            stage.screen.query_one("BrainMap")
            for _ in range(4):
                await pilot.press("right")
            assert "gone" in shown(stage)
            assert "◌" in shown(stage)
            assert "cold" not in shown(stage)

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


def test_the_map_says_what_is_hidden_where(night: Story) -> None:
    """A refuge that one looks at names the words that are safe in it."""
    path = saved(night, "all", "keep star", "choose wake", "flee yard", "hide star", "choose back")
    stage = still(night)

    async def script(pilot: Pilot[int]) -> None:
        stage.open(path)
        await pilot.press("m", "down")
        assert "1 hidden here: “a star named after a dentist”" in shown(stage)

    drive(stage, script)
