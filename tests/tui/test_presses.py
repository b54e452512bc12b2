"""No press is without an effect that one can see: reading on while words still appear, and what cannot be done here."""

from __future__ import annotations

from textual.pilot import Pilot

from eternal.story.story import Story
from eternal.tui.screens.ask import Ask
from eternal.tui.screens.play import PlayScreen
from eternal.tui.stage import Stage
from eternal.tui.widgets.leaf import Leaf
from tests.tui.support import Clock, drive, played, shown, still


def moving(story: Story, clock: Clock, **options: object) -> Stage:
    """Return an app in which words appear by a clock."""
    stage = Stage(story, seed=1, **options)  # type: ignore[arg-type]
    stage.clock = clock
    return stage


def until_seen(leaf: Leaf, clock: Clock) -> None:
    """Let time pass until all that is in sight is there."""
    while leaf.appearing:
        clock.now += 0.05
        leaf.frame()


def test_space_reads_on_while_words_appear_below_what_is_in_sight(shipped: Story) -> None:
    """On a page longer than the screen the words out of sight come too: once those in sight are there, the first Space turns on."""
    clock = Clock()
    stage = moving(shipped, clock, mode="new")

    async def script(pilot: Pilot[int]) -> None:
        leaf = stage.screen.query_one(Leaf)
        until_seen(leaf, clock)
        assert leaf.busy
        await pilot.press("space")
        assert leaf.spread.scroll > 0
        assert not leaf.busy

    drive(stage, script, (60, 13))


def test_space_completes_words_that_are_in_sight(shipped: Story) -> None:
    """As long as something in sight has not come, Space shows it and turns nothing."""
    clock = Clock()
    stage = moving(shipped, clock, mode="new")

    async def script(pilot: Pilot[int]) -> None:
        leaf = stage.screen.query_one(Leaf)
        clock.now += 0.5
        leaf.frame()
        assert leaf.appearing
        await pilot.press("space")
        assert leaf.spread.scroll == 0
        assert not leaf.busy

    drive(stage, script, (60, 13))


def test_what_cannot_be_done_is_said_while_words_appear(night: Story) -> None:
    """Who asks to run before one can is answered, also on a page that was still on its way, and once more on the next."""
    clock = Clock()
    stage = moving(night, clock, save=played(night, "all"))

    async def script(pilot: Pilot[int]) -> None:
        assert stage.screen.query_one(Leaf).busy
        await pilot.press("f")
        assert "nobody runs yet" in shown(stage)
        await pilot.press("2")
        assert stage.screen.query_one(Leaf).going
        await pilot.press("f")
        await pilot.pause()
        assert stage.session is not None
        assert stage.session.state.scene == "river-bank"
        assert "The bank" in shown(stage)
        assert "nobody runs yet" in shown(stage)
        await pilot.press("1")
        while stage.screen.query_one(Leaf).going:
            clock.now += 0.1
            stage.screen.query_one(Leaf).frame()
        await pilot.pause()
        assert "nobody runs yet" not in shown(stage)

    drive(stage, script)


def test_one_step_back_is_not_asked_about_and_more_are(night: Story) -> None:
    """As the settings say: U takes the last step back at once; going back to a choice in the history is asked first."""
    stage = still(night, save=played(night, "all", "page", "back"))

    async def script(pilot: Pilot[int]) -> None:
        assert stage.settings.confirm
        await pilot.press("u")
        assert isinstance(stage.screen, PlayScreen)
        assert stage.session is not None
        assert stage.session.state.scene == "river-bank"
        await pilot.press("h", "up", "enter")
        assert isinstance(stage.screen, Ask)
        await pilot.press("escape", "escape", "o")
        assert "before leaving, going back in the history, and giving a thing away" in " ".join(shown(stage).split())

    drive(stage, script)
