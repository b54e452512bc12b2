"""Everything that can be walked with the keys can be clicked: every list, map, wall and thread."""

from __future__ import annotations

from textual.pilot import Pilot

from eternal.saves.profile import remember
from eternal.story.story import Story
from eternal.tui.screens.cinema import CinemaScreen
from eternal.tui.screens.gallery import GalleryScreen
from eternal.tui.screens.hands import HandsScreen
from eternal.tui.screens.last_page import LastPage
from eternal.tui.screens.play import PlayScreen
from eternal.tui.screens.run_away import RunScreen
from eternal.tui.stage import Stage
from eternal.tui.widgets.brain_map import BrainMap
from eternal.tui.widgets.leaf import Leaf
from eternal.tui.widgets.thread import Thread
from eternal.tui.widgets.wall import Wall
from tests.acting import finish
from tests.tui.support import drive, played, shown, still


async def click(pilot: Pilot[int], words: str) -> None:
    """Click on words that are on the screen."""
    stage = pilot.app
    assert isinstance(stage, Stage)
    rows = shown(stage).splitlines()
    y = next(y for y, row in enumerate(rows) if words in row)
    await pilot.click(offset=(rows[y].index(words) + 1, y))
    await pilot.pause()


def test_a_night_by_mouse(night: Story) -> None:
    """From the title: begin, give twice, keep words, run, hide them."""
    stage = still(night)

    async def script(pilot: Pilot[int]) -> None:
        for words in ("A new night", "Hand everything over", "Hand everything over", "a star named", "Wake up"):
            await click(pilot, words)
        assert stage.session is not None
        assert stage.session.state.hands == ("star",)
        await click(pilot, "Run, along")
        assert isinstance(stage.screen, RunScreen)
        await click(pilot, "The yard")
        assert stage.session.state.scene == "yard"
        await click(pilot, "Hide something here")
        assert isinstance(stage.screen, HandsScreen)
        await click(pilot, "A star named after a dentist.")
        assert stage.session.state.hidden == (("star", "yard"),)

    drive(stage, script)


def test_the_map_is_clicked(night: Story) -> None:
    """A click looks at the star, or the refuge, that is nearest."""
    stage = still(night, save=played(night, "all", "wake", "flee yard", "back"))

    async def script(pilot: Pilot[int]) -> None:
        await pilot.press("m")
        sky = stage.screen.query_one(BrainMap)
        await click(pilot, "The shore")
        assert sky.cursor == "shore"
        await click(pilot, "The yard")
        assert sky.cursor == "yard"

    drive(stage, script)


def test_the_backlog_is_clicked(night: Story) -> None:
    """A first click puts the cursor on a deed, a second takes it; the wheel scrolls."""
    stage = still(night, save=played(night, "all", "page", "back"))

    async def script(pilot: Pilot[int]) -> None:
        await pilot.press("h")
        await click(pilot, "Hand everything over.")
        assert "Go back to before this?" not in shown(stage)
        await click(pilot, "Hand everything over.")
        assert "Go back to before this?" in shown(stage)
        await click(pilot, "› Go back")
        assert stage.session is not None
        assert stage.session.state.scene == "bedside"

    drive(stage, script)


def test_the_wall_is_clicked(night: Story) -> None:
    """The cursor follows the mouse; a click on a frame reads its poem, one on a nail does nothing; a click leads back."""
    with played(night, "all", "keep star", "wake", "flee yard", "hide star", "back") as save:
        finish(save.game)
        remember(save.game)
        ending = save.game.view.title
    stage = still(night)

    async def script(pilot: Pilot[int]) -> None:
        stage.go("endings")
        await pilot.pause()
        wall = stage.screen.query_one(Wall)
        nail = next(number for number, frame in enumerate(wall.frames) if not frame.times)
        await pilot.hover(Wall, offset=(4 + 24 * nail + 10, 2))
        assert wall.cursor == nail
        assert "not reached" in shown(stage)
        await pilot.click(Wall, offset=(4 + 24 * nail + 10, 2))
        assert isinstance(stage.screen, GalleryScreen)
        await click(pilot, ending)
        assert isinstance(stage.screen, LastPage)
        await pilot.click(Leaf)
        assert isinstance(stage.screen, GalleryScreen)

    drive(stage, script)


def test_the_thread_is_dragged(night: Story) -> None:
    """Pressed, drawn and let go: the film stands where the finger is, and no longer follows it afterwards."""
    film = CinemaScreen(played(night, "all", "keep star", "wake", "flee yard").game, until=0)
    stage = still(night, film=film)

    async def script(pilot: Pilot[int]) -> None:
        await pilot.press("home")
        await pilot.mouse_down(Thread, offset=(4, 1))
        await pilot.hover(Thread, offset=(40, 1))
        await pilot.pause()
        assert film.film.at == 2
        await pilot.hover(Thread, offset=(76, 1))
        await pilot.pause()
        assert film.film.at == 4
        await pilot.mouse_up(Thread, offset=(76, 1))
        await pilot.hover(Thread, offset=(4, 1))
        await pilot.pause()
        assert film.film.at == 4

    drive(stage, script)


def test_settings_and_nights_are_clicked(night: Story) -> None:
    """A setting changes with each click; a night is played on."""
    played(night, "all").close()
    stage = still(night)

    async def script(pilot: Pilot[int]) -> None:
        await click(pilot, "Settings")
        await click(pilot, "Theme")
        assert stage.theme == "snow"
        await pilot.press("escape")
        await click(pilot, "Nights")
        await click(pilot, "night-1")
        assert isinstance(stage.screen, PlayScreen)

    drive(stage, script)
