"""The lists that stand over the page: where one can run to, and what one holds and has hidden."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from eternal.saves.nights import free_path
from eternal.saves.save import Save, folded_save
from eternal.story.load import SHIPPED
from eternal.story.story import Story
from eternal.tui.screens.hands import HandsScreen
from eternal.tui.screens.run_away import RunScreen
from eternal.tui.text.rows import row_lines
from eternal.tui.widgets.menu import Menu
from tests.tui.support import drive, played, shown, still


def late(story: Story) -> Save:
    """Return a recorded night in a refuge, with hands full and words hidden in three places."""
    recorded = folded_save(SHIPPED.parent / "saves" / "both-truths.eternal", story).game
    save = Save.create(story, free_path(), seed=recorded.seed)
    for action in recorded.actions[:105]:
        save.game.act(action)
    return save


def test_a_number_runs(night: Story) -> None:
    """Each way has its number before it, and the number takes it; one that no way has does nothing."""
    stage = still(night, save=played(night, "all", "wake"))

    async def script(pilot: Pilot[int]) -> None:
        await pilot.press("f")
        rows = [row.strip() for row in shown(stage).splitlines()]
        numbered = {row[0]: row[3:].split("  ")[0] for row in rows if row[:1].isdigit()}
        assert list(numbered) == [str(number) for number in range(1, len(numbered) + 1)]
        await pilot.press("9")
        assert isinstance(stage.screen, RunScreen)
        await pilot.press("2")
        assert stage.session is not None
        assert stage.session.view.title == numbered["2"]

    drive(stage, script)


def test_what_every_way_costs_is_said_once(night: Story) -> None:
    """Above the list, not beside each way; beside one stands what is left of where it leads."""
    stage = still(night, save=played(night, "all", "keep star", "wake", "flee yard", "back", "page"))

    async def script(pilot: Pilot[int]) -> None:
        await pilot.press("f")
        assert stage.session is not None
        ways = stage.session.view.ways
        assert len(ways) > 2
        screen = shown(stage)
        assert screen.count("loud") == 1
        assert "Run · loud" in screen
        assert all(way.title in screen for way in ways)

    drive(stage, script)


def test_a_number_hides(night: Story) -> None:
    """In a refuge a number hides what it stands before; what is hidden already has none."""
    stage = still(night, save=played(night, "all", "keep star", "keep right-glove", "wake", "flee yard"))

    async def script(pilot: Pilot[int]) -> None:
        await pilot.press("d", "2")
        assert stage.session is not None
        assert stage.session.state.hidden == (("right-glove", "yard"),)
        await pilot.press("d")
        assert "1  A star named after a dentist." in shown(stage)
        await pilot.press("2")
        assert isinstance(stage.screen, HandsScreen)
        assert stage.session.state.hands == ("star",)

    drive(stage, script)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (60, 12), (120, 40)])
def test_all_that_is_hidden_can_be_read(shipped: Story, size: tuple[int, int]) -> None:
    """Walking on beyond what is in hand leads to the end of what is hidden, every line and place of it whole; and one step up back."""
    stage = still(shipped, save=late(shipped))

    async def script(pilot: Pilot[int]) -> None:
        await pilot.press("d")
        assert stage.session is not None
        page, menu = stage.session.view, stage.screen.query_one(Menu)
        seen = shown(stage)
        for _ in range(len(page.hands) - 1):
            await pilot.press("down")
        while "↓" in shown(stage):
            await pilot.press("down")
            seen += shown(stage)
        assert menu.cursor == page.hands[-1].id
        for _row, line in menu._lines(size[0]):
            assert line is None or (line.text + line.gap + line.note).strip() in seen
        words, places = " ".join(seen.split()), {held.place.split(" · ")[0] for held in page.hidden}
        assert all(place in words for place in places)
        await pilot.press("up")
        assert menu.cursor == page.hands[-2].id
        assert page.hands[-2].line[:24] in shown(stage)

    drive(stage, script, size)


@pytest.mark.parametrize("height", [12, 13, 14, 15])
def test_a_list_with_more_of_it_is_marked_on_whatever_line(night: Story, height: int) -> None:
    """Also where an empty line between two rows is the first or the last in sight: as when the window or a message leaves a line less."""
    stage = still(night)

    async def script(pilot: Pilot[int]) -> None:
        stage.go("settings")
        await pilot.pause()
        menu = stage.screen.query_one(Menu)
        for _ in menu.rows:
            screen, all_lines = shown(stage).splitlines(), menu.lines_at(60)
            first, last = screen[menu.region.y], screen[menu.region.bottom - 1]
            assert first.endswith("↑") == (menu.top > 0), shown(stage)
            assert last.endswith("↓") == (menu.top + menu.size.height < all_lines), shown(stage)
            await pilot.press("down")

    drive(stage, script, (60, height))


def test_a_note_is_never_cut() -> None:
    """What stands at the right of a row is broken between its words where it is longer than the line."""
    lines = row_lines("A short line.", "a place with a name that is longer than any line of so narrow a list", "", "", 24)
    assert " ".join(line.note for line in lines if line.note) == "a place with a name that is longer than any line of so narrow a list"
    assert all(len(line.gap + line.note) == 24 for line in lines if line.note)
