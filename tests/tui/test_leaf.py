"""The leaf in motion: by a clock that the tests hold, in an app that runs."""

from __future__ import annotations

import random

import pytest
from textual import events
from textual.geometry import Size
from textual.pilot import Pilot

from eternal.engine.actions import Choose
from eternal.locations import saves_folder
from eternal.story.story import Story
from eternal.tui.stage import Stage
from eternal.tui.text.canvas import resting
from eternal.tui.widgets.leaf import Leaf
from tests.tui.support import Clock, drive, shown, still


def moving(story: Story, clock: Clock) -> Stage:
    stage = Stage(story, seed=1, mode="new")
    stage.clock = clock
    return stage


def tick(stage: Stage, clock: Clock, seconds: float) -> None:
    """Let time pass and the leaf look at its clock."""
    clock.now += seconds
    stage.screen.query_one(Leaf).frame()


def busy(stage: Stage) -> bool:
    return stage.screen.query_one(Leaf).busy


def test_words_come_one_by_one_and_a_key_shows_them_all(night: Story) -> None:
    """A page begins dark; after a while some words are there; a key completes them and does nothing else."""
    clock = Clock()
    stage = moving(night, clock)

    async def script(pilot: Pilot[int]) -> None:
        leaf = stage.screen.query_one(Leaf)
        assert busy(stage)
        assert "A lamp, a form, a pen." in shown(stage).replace("\n", " ")
        dark = leaf.render_line(leaf.spread.plan.top)
        tick(stage, clock, 0.5)
        assert leaf.render_line(leaf.spread.plan.top) != dark
        await pilot.press("enter")
        assert not busy(stage)
        assert stage.session is not None
        assert stage.session.state.scene == "bedside"
        await pilot.press("enter", "enter")
        assert stage.session.state.scene == "river"

    drive(stage, script)


def test_a_digit_chooses_while_words_still_appear(night: Story) -> None:
    """Who knows what to do need not wait; but a digit is not taken for a page that is not there yet."""
    clock = Clock()
    stage = moving(night, clock)

    async def script(pilot: Pilot[int]) -> None:
        assert stage.session is not None
        assert busy(stage)
        await pilot.press("1", "1")
        assert stage.session.state.scene == "river"
        assert stage.screen.query_one(Leaf).going
        await pilot.press("2")
        assert stage.session.state.scene == "river"
        await pilot.press("2")
        assert stage.session.state.scene == "river-bank"

    drive(stage, script)


def test_a_scene_goes_with_a_breath(night: Story) -> None:
    """The old page dims before the new one is there; a key cuts that short."""
    clock = Clock()
    stage = moving(night, clock)

    async def script(pilot: Pilot[int]) -> None:
        await pilot.press("1", "1")
        leaf = stage.screen.query_one(Leaf)
        assert busy(stage)
        assert "A lamp" in leaf.writing.passages[0].text
        tick(stage, clock, 0.4)
        assert "Ice" in leaf.writing.passages[0].text
        await pilot.press("x")
        assert not busy(stage)

    drive(stage, script)


def test_what_dissolves_does_so_while_one_decides(night: Story) -> None:
    """With 75 percent left the page is whole at first; in the end it has lost what the state says, and no timer runs."""
    clock = Clock()
    stage = moving(night, clock)

    async def script(pilot: Pilot[int]) -> None:
        await pilot.press("1", "1", "x", "4", "x", "x")
        leaf = stage.screen.query_one(Leaf)
        assert leaf.writing.integrity == 75
        for _ in range(200):
            tick(stage, clock, 0.5)
        assert not leaf.moving
        assert leaf._light.canvas.looks == resting(leaf.spread.sheet, 75)

    drive(stage, script)


def test_nothing_runs_when_nothing_moves(night: Story) -> None:
    """Without animation there is never a timer."""
    stage = still(night, mode="new")

    async def script(pilot: Pilot[int]) -> None:
        await pilot.press("1", "1", "4")
        assert stage.screen.query_one(Leaf).moving is False

    drive(stage, script)


@pytest.mark.parametrize("level", ["none", "basic", "full"])
def test_the_environment_can_only_lower_the_setting(night: Story, level: str) -> None:
    """The lesser of the setting and the terminal's own level holds."""
    stage = Stage(night)
    stage.animation_level = level  # type: ignore[assignment]
    assert stage.manner.animation == level
    assert bool(stage.manner.pace) == (level != "none")


def test_any_number_of_resizes_leaves_the_screen_as_a_fresh_one(shipped: Story) -> None:
    """After a thousand sizes in a row the screen is what a new game at that size shows, and the night is whole."""
    chance = random.Random(5)
    stage, fresh = still(shipped, mode="new"), still(shipped, mode="new")
    screens: list[str] = []

    async def resized(pilot: Pilot[int]) -> None:
        await pilot.press("1")
        for number in range(1_000):
            size = Size(chance.randint(20, 200), chance.randint(5, 60))
            stage.post_message(events.Resize(size, size, size))
            if number % 40 == 0:
                await pilot.resize_terminal(*size)
        await pilot.resize_terminal(120, 40)
        await pilot.pause()
        screens.append(shown(stage))
        assert stage.session is not None
        assert len(stage.session.save.game.actions) == 1

    async def plain(pilot: Pilot[int]) -> None:
        assert fresh.session is not None
        await pilot.press("1")
        screens.append(shown(fresh))

    drive(stage, resized)
    drive(fresh, plain, (120, 40))
    assert screens[0] == screens[1]


def test_trouble_with_the_disk_stays_said(night: Story) -> None:
    """Where nothing can be written, the night goes on in memory and the line says so."""
    saves_folder().parent.mkdir(parents=True)
    saves_folder().write_text("no folder")
    stage = still(night, mode="new")

    async def script(pilot: Pilot[int]) -> None:
        assert "not being saved" in shown(stage)
        await pilot.press("enter", "1", "1")
        assert "not being saved" in shown(stage)
        assert stage.session is not None
        stage.act(Choose("page"))
        assert stage.session.state.scene == "river-bank"

    drive(stage, script)


def test_a_collapse_is_said_while_it_falls(night: Story) -> None:
    """The old page falls with its hour and map still around it; the machine says at once what is gone."""
    clock = Clock()
    stage = moving(night, clock)

    async def script(pilot: Pilot[int]) -> None:
        await pilot.press("1", "1", "x", "3", "x", "4")
        assert busy(stage)
        assert "The river · January 2004" in shown(stage)
        assert "The river: removed" in shown(stage)
        await pilot.press("x")
        assert "The river · January 2004" not in shown(stage)
        assert "23:40" in shown(stage)
        assert "forgotten: “a star named after a dentist”" in " ".join(shown(stage).split())

    drive(stage, script)
