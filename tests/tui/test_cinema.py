"""The cinema: a recorded night plays itself, and can be taken over."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from eternal.engine.game import Game
from eternal.saves.nights import free_path
from eternal.saves.save import Save
from eternal.story.story import Story
from eternal.tui.screens.cinema import CinemaScreen
from eternal.tui.screens.last_page import LastPage
from eternal.tui.screens.nights import NightsScreen
from eternal.tui.screens.play import PlayScreen
from eternal.tui.stage import Stage
from eternal.tui.widgets.leaf import Leaf
from eternal.tui.widgets.thread import Thread
from tests.acting import act, finish
from tests.tui.support import drive, shown, still


@pytest.fixture
def game(night: Story) -> Game:
    """A short night with a keep, a flight and something hidden."""
    return act(Game(night, seed=1), "all", "keep star", "wake", "flee yard", "hide star")


def test_steps_and_jumps(night: Story, game: Game) -> None:
    """The arrows step, Home and End jump; each stops the film; the page is the night's page at that step."""
    film = CinemaScreen(game)
    stage = still(night, film=film)

    async def script(pilot: Pilot[int]) -> None:
        await pilot.press("right", "right")
        assert film.film.at == 2
        assert not film.playing
        assert "The river" in shown(stage)
        await pilot.press("end")
        assert film.film.at == 5
        await pilot.press("right", "left", "home")
        assert film.film.at == 0
        assert "The bed" in shown(stage)

    drive(stage, script)


def test_it_plays_by_itself_to_where_it_should(night: Story, game: Game) -> None:
    """At high speed it runs through, points at what is done before it is done, and stops at `until`."""
    film = CinemaScreen(game, speed=60.0, until=3)
    stage = still(night, film=film)

    async def script(pilot: Pilot[int]) -> None:
        for _ in range(80):
            await pilot.pause(0.02)
            if not film.playing:
                break
        assert film.film.at == 3
        assert "paused" in shown(stage)
        await pilot.press("space")
        assert film.playing

    drive(stage, script)


def test_speed_is_said(night: Story, game: Game) -> None:
    """The brackets run it faster and slower, within bounds."""
    film = CinemaScreen(game)
    stage = still(night, film=film)

    async def script(pilot: Pilot[int]) -> None:
        await pilot.press("space", *["right_square_bracket"] * 9)
        assert film.speed == 16
        assert "16×" in shown(stage)
        await pilot.press(*["left_square_bracket"] * 9)
        assert film.speed == 0.5

    drive(stage, script)


def test_it_is_taken_over_as_a_new_night(night: Story) -> None:
    """T plays on from the frame; the night that was watched stays as it was."""
    with Save.create(night, free_path(), seed=7) as save:
        for choice in ("all", "page", "back"):
            save.game.choose(choice)
    assert save.path is not None
    before = save.path.read_bytes()
    stage = still(night)

    async def script(pilot: Pilot[int]) -> None:
        stage.go("nights")
        await pilot.press("w")
        assert isinstance(stage.screen, CinemaScreen)
        await pilot.press("home", "right", "right", "t")
        assert isinstance(stage.screen, PlayScreen)
        assert stage.session is not None
        assert stage.session.state.scene == "river-bank"
        assert stage.session.save.game.seed == 7
        await pilot.press("1")

    drive(stage, script)
    assert save.path.read_bytes() == before


def test_leaving_it(night: Story, game: Game) -> None:
    """Who came only to watch is out; who came from the list is back there."""
    stage = still(night, film=CinemaScreen(game))

    async def out(pilot: Pilot[int]) -> None:
        await pilot.press("q")

    drive(stage, out)
    assert stage.return_value == 0
    Save.create(night, free_path()).close()
    again = still(night)

    async def back(pilot: Pilot[int]) -> None:
        again.go("nights")
        await pilot.press("w", "escape")
        assert isinstance(again.screen, NightsScreen)

    drive(again, back)


def test_the_thread_is_touched_and_the_page_is_not(night: Story, game: Game) -> None:
    """A click on the thread stands there; a click on a choice changes nothing."""
    film = CinemaScreen(game)
    stage = still(night, film=film)

    async def script(pilot: Pilot[int]) -> None:
        await pilot.press("home")
        await pilot.click(Thread, offset=(75, 1))
        await pilot.pause()
        assert film.film.at == 5
        await pilot.press("home")
        await pilot.click(Leaf, offset=(8, 3))
        assert film.film.at == 0

    drive(stage, script)


def screen(stage: Stage) -> type:
    """Return the kind of screen that is shown."""
    return type(stage.screen)


def test_the_end_is_the_last_page(night: Story) -> None:
    """End shows the words that were carried out, as stepping on from the ending does; one comes back to the film from them."""
    game = finish(act(Game(night, seed=1), "all", "keep star", "wake", "flee yard", "hide star", "back"))
    film = CinemaScreen(game)
    stage = still(night, film=film)

    async def script(pilot: Pilot[int]) -> None:
        await pilot.press("end")
        assert screen(stage) is LastPage
        assert "A star named after a dentist." in shown(stage)
        await pilot.press("escape")
        assert screen(stage) is CinemaScreen
        assert film.film.at == film.film.end
        await pilot.press("left", "right")
        assert screen(stage) is CinemaScreen
        await pilot.press("right", "enter")
        assert screen(stage) is CinemaScreen
        await pilot.click(Leaf, offset=(8, film.query_one(Leaf).spread.plan.below))
        assert screen(stage) is LastPage

    drive(stage, script)


def test_it_plays_on_to_the_last_page(night: Story) -> None:
    """Left alone it shows the ending, points at what leads on, turns to the last page, and stops; from there Space begins again."""
    film = CinemaScreen(finish(act(Game(night, seed=1), "all")), speed=60.0)
    stage = still(night, film=film)

    async def script(pilot: Pilot[int]) -> None:
        for _ in range(200):
            await pilot.pause(0.02)
            if screen(stage) is LastPage:
                break
        assert screen(stage) is LastPage
        await pilot.press("escape")
        assert "paused" in shown(stage)
        await pilot.press("space")
        assert "paused" not in shown(stage)
        assert film.film.at < film.film.end

    drive(stage, script)
