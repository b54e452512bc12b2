"""The list of nights: where each stands, and what can be done with it."""

from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot

from eternal.locations import saves_folder
from eternal.saves.nights import nights
from eternal.story.load import load
from eternal.story.story import Story
from eternal.tui.screens.ask import Ask
from eternal.tui.screens.nights import NightsScreen
from eternal.tui.screens.play import PlayScreen
from eternal.tui.widgets.menu import Menu
from tests.conftest import PACKS
from tests.tui.support import drive, played, shown, still


def saved(story: Story, *acts: str, name: str = "") -> Path:
    """Return a night in the player's folder, played so far and closed."""
    with played(story, *acts, name=name) as save:
        path = save.path
    assert path is not None
    return path


def test_it_says_where_each_stands(night: Story) -> None:
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


def test_a_night_is_renamed(night: Story) -> None:
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


def test_a_night_is_deleted_and_brought_back(night: Story) -> None:
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


def test_the_night_that_is_played_is_left_alone(night: Story) -> None:
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


def test_what_cannot_be_opened_is_said(night: Story, cloak: Story) -> None:
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


def test_a_step_that_the_story_no_longer_allows_is_named(night: Story, tmp_path: Path) -> None:
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
