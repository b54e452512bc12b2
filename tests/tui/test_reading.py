"""The page as it is read: scrolled, answered, laid out anew, with choices that stand still."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from eternal.engine.view import view
from eternal.saves.replay import replay
from eternal.saves.save import folded_save
from eternal.saves.session import branch
from eternal.story.load import SHIPPED, load
from eternal.story.story import Story
from eternal.tui.offers import offers_of
from eternal.tui.text.offers import set_offers
from eternal.tui.text.sheet import lay
from eternal.tui.text.spread import plan
from eternal.tui.widgets.leaf import Leaf
from eternal.tui.widgets.machine_line import MachineLine
from tests.conftest import PACKS
from tests.tui.support import drive, shown, still


def test_long_prose_scrolls_and_choices_stay(shipped: Story) -> None:
    """In a low window a long page is marked at its edge, Space reads on, and no choice leaves the screen."""
    stage = still(shipped, mode="new")

    async def script(pilot: Pilot[int]) -> None:
        assert "↓" in shown(stage)
        before = shown(stage).splitlines()[2]
        await pilot.press("space")
        assert shown(stage).splitlines()[2] != before
        assert "↑" in shown(stage)
        await pilot.press("pageup", "pagedown", "pageup")
        assert all(
            any(row.strip().startswith(offer.key) for row in shown(stage).splitlines())
            for offer in stage.screen.query_one(Leaf).writing.offers
        )

    drive(stage, script, (60, 13))


@pytest.mark.parametrize("how", ["keys", "mouse"])
def test_a_choice_in_the_prose_is_taken_there(how: str) -> None:
    """Tab comes to its words, and Enter takes it; so does a click."""
    stage = still(load(PACKS / "inline"), mode="new")

    async def script(pilot: Pilot[int]) -> None:
        if how == "keys":
            await pilot.press("tab")
            assert stage.screen.query_one(Leaf).cursor == "choose:out"
            await pilot.press("enter")
        else:
            rows = shown(stage).splitlines()
            y = next(y for y, row in enumerate(rows) if "door" in row)
            await pilot.click(offset=(rows[y].index("door") + 1, y))
        await pilot.pause()
        assert stage.session is not None
        assert stage.session.state.scene == "garden"

    drive(stage, script)


def test_the_choices_stand_in_one_place(shipped: Story) -> None:
    """From page to page of a whole recorded night the first choice keeps its row, unless the page is too long for it."""
    game = folded_save(SHIPPED.parent / "saves" / "return.eternal", shipped).game
    for width, height, lines in ((80, 21, 14), (120, 36, 18), (200, 56, 18)):  # the leaf's, at 80x24, 120x40 and 200x60
        rows = {}
        for state in game.states:
            page = view(shipped, state)
            sheet = lay(page.passages, 72)
            offers = set_offers(tuple(offers_of(page, run="f", hands="d")), 72)
            found = plan(len(sheet.lines), len(offers), width, height)
            assert found.below + len(offers) <= height
            if len(sheet.lines) <= lines and len(offers) <= 5:
                rows[state.scene] = found.below
        assert len(set(rows.values())) == 1
        assert len(rows) > 30


def test_an_answer_is_in_sight_however_far_one_had_read(shipped: Story, tmp_path: Path) -> None:
    """A question asked at the foot of a long page is answered at its head: that is where the reader is taken."""
    recorded = SHIPPED.parent / "saves" / "return.eternal"
    states = replay(recorded, shipped).game.states
    path = tmp_path / recorded.name
    path.write_bytes(recorded.read_bytes())

    async def script(pilot: Pilot[int]) -> None:
        await pilot.press("pagedown", "pagedown")
        assert "doctor, shocked" not in shown(stage)
        await pilot.press("2")
        assert "“Nobody reads them,” says the doctor, shocked." in " ".join(shown(stage).split())

    with branch(shipped, path, next(number for number, state in enumerate(states) if state.scene == "table-letters")) as save:
        stage = still(shipped, save=save)
        drive(stage, script, (80, 20))


def test_what_needs_more_lines_is_laid_out_in_the_frame_that_shows_it(night: Story) -> None:
    """The first frame after news of three lines is the last one: choices stand where they will stay, and nothing is painted again."""
    stage = still(night, mode="new")
    frames: list[str] = []

    async def script(pilot: Pilot[int]) -> None:
        stage.screen.screen_layout_refresh_signal.subscribe(stage.screen, lambda _: frames.append(shown(stage)))
        stage.screen.query_one(MachineLine).say("something is lost " * 12)
        await pilot.pause()
        await pilot.pause()
        frames.append(shown(stage))

    drive(stage, script)
    assert "something is lost" in frames[0]
    assert len(frames) == 2
    assert frames[0] == frames[1]
