"""The map on its own screen: walked, read, and what its signs mean."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from eternal.engine.actions import Flee
from eternal.saves.nights import free_path
from eternal.saves.save import Save, folded_save
from eternal.story.load import SHIPPED
from eternal.story.story import Story
from eternal.tui.legend import legend
from eternal.tui.screens.map import MapScreen
from eternal.tui.screens.play import PlayScreen
from eternal.tui.sky import Star
from tests.tui.support import drive, played, shown, still


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


def test_the_map_says_what_is_hidden_where(night: Story) -> None:
    """A refuge that one looks at names the words that are safe in it."""
    stage = still(night, save=played(night, "all", "keep star", "wake", "flee yard", "hide star", "back"))

    async def script(pilot: Pilot[int]) -> None:
        await pilot.press("m", "down")
        assert "1 hidden here: “a star named after a dentist”" in shown(stage)

    drive(stage, script)


def test_what_the_machine_was_not_shown_has_no_name(night: Story) -> None:
    """A dark memory is a date and nothing else, until one has been there."""
    stage = still(night, save=played(night, "all", "wake"))

    async def script(pilot: Pilot[int]) -> None:
        await pilot.press("m", "left", "left")
        screen = shown(stage)
        assert "somewhere dark  January 2003" in screen
        assert "not on the machine's map" in screen
        assert "The attic" not in screen
        await pilot.press("escape", "f")
        stage.act(Flee("attic"))
        await pilot.pause()
        await pilot.press("m")
        assert "The attic" in shown(stage)

    drive(stage, script)


def test_there_is_no_map_before_the_machine_has_been_shown_anything(night: Story) -> None:
    """By day M says so and names no memory; as soon as something is given it opens the map."""
    stage = still(night, mode="new")

    async def script(pilot: Pilot[int]) -> None:
        await pilot.press("m")
        assert isinstance(stage.screen, PlayScreen)
        assert "there is no map yet" in shown(stage)
        await pilot.press("1", "1", "m")
        assert isinstance(stage.screen, MapScreen)

    drive(stage, script)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
def test_the_signs_are_explained(shipped: Story, size: tuple[int, int]) -> None:
    """One line says what the signs on this map mean: those of the sky, or those below the horizon, where one looks."""
    stage = still(shipped, save=_late(shipped))

    async def script(pilot: Pilot[int]) -> None:
        await pilot.press("m")
        assert "⌂ where she never was" in shown(stage)
        await pilot.press("up", "right")
        above = shown(stage)
        assert all(sign in above for sign in ("( ) the machine", "◌ gone", "· dark", "● whole"))
        assert "⌂ where she never was" not in above

    drive(stage, script, size)


def _late(story: Story) -> Save:
    """Return a recorded night in a refuge, with memories gone and others dark."""
    recorded = folded_save(SHIPPED.parent / "saves" / "both-truths.eternal", story).game
    save = Save.create(story, free_path(), seed=recorded.seed)
    for action in recorded.actions[:105]:
        save.game.act(action)
    return save


@pytest.mark.parametrize(
    ("star", "sign"),
    [
        (Star("a", "A", known=True, target=True), "( ) the machine"), (Star("a", "A", left=0), "◌ gone"), (Star("a", "A"), "· dark"),
        (Star("a", "A", known=True), "● whole"), (Star("a", "A", known=True, left=40), "• going"), (Star("a", "A", here=True), "◉ you"),
    ],
)  # fmt: skip
def test_only_what_is_there_is_explained(star: Star, sign: str) -> None:
    """A sign is in the line exactly where it is on the map, and a line too long for its room loses its last signs, whole."""
    said = legend([star], "a", 72)
    assert sign in said
    assert sign not in legend([Star("b", "B", known=True, left=40 if "going" not in sign else 90)], "b", 72)
    assert legend([star, Star("b", "B", known=True)], "a", 3) == ""


def test_the_key_that_leads_across_says_where_to(night: Story) -> None:
    """From the memories it points below, from below it points up; where no refuge has been found there is none."""
    stage = still(night, save=played(night, "all", "wake", "flee yard", "back"))

    async def script(pilot: Pilot[int]) -> None:
        await pilot.press("m")
        assert "↓ below" in shown(stage)
        await pilot.press("down")
        assert "↑ the memories" in shown(stage)
        assert "below ·" not in shown(stage)
        await pilot.press("up")
        assert "↓ below" in shown(stage)

    drive(stage, script)
    above = still(night, save=played(night, "all"))

    async def alone(pilot: Pilot[int]) -> None:
        await pilot.press("m")
        assert "← → walk · Esc back" in shown(above)

    drive(above, alone)
