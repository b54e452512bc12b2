"""No control character reaches the terminal, wherever it comes from."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import msgspec
import pytest
from textual.events import Paste
from textual.pilot import Pilot

from eternal.engine.actions import Choose, Keep
from eternal.locations import saves_folder, settings_file
from eternal.safety import FORBIDDEN
from eternal.saves.disk import DISK
from eternal.saves.save import Save
from eternal.story.story import Story
from eternal.tui import glimpse
from eternal.tui.first_frame import first_frame
from eternal.tui.screens.cinema import CinemaScreen
from eternal.tui.screens.keys import KeysScreen
from eternal.tui.screens.last_page import LastPage
from eternal.tui.screens.line import Line
from eternal.tui.settings import Settings
from eternal.tui.stage import Stage
from eternal.tui.widgets.menu import Menu
from tests.tui.support import drive, shown, still

#: Every C0 but NUL, DEL, every C1, separators, bidi controls, a byte-order mark: all but NUL can stand in a file's name.
CONTROLS = [chr(code) for code in (*range(1, 32), *range(127, 160), 0x2028, 0x2029, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF)]
#: What can stand in a text that no loader has seen: all of these, NUL, and surrogates from all of their range.
WORST = "".join(["\x00", *CONTROLS, *map(chr, range(0xD800, 0xE000, 146))])
#: What of a story is words.
WORDS = {"title", "text", "about", "line", "name", "collapse", "says", "label", "authors", "words", "fading", "answer"}


def assert_clean(stage: Stage) -> None:
    screen = shown(stage).replace("\n", "")
    assert not FORBIDDEN.search(screen)
    assert "\t" not in screen


def test_names_of_files_are_made_safe(night: Story) -> None:
    """A file can be called anything, even bytes that are no text; its name is shown without a single control character."""
    folder = saves_folder()
    folder.mkdir(parents=True)
    with Save.create(night, folder / "plain.eternal", seed=1) as save:
        save.game.choose("all")
    data = (folder / "plain.eternal").read_bytes()
    for start in range(0, len(CONTROLS), 12):
        (folder / ("a" + "b".join(CONTROLS[start : start + 12]) + ".eternal")).write_bytes(data)
    Path(os.fsdecode(os.fsencode(folder) + b"/c\xff\x9b31m.eternal")).write_bytes(b"no save\x1b[31m\n")
    Path(os.fsdecode(os.fsencode(folder) + b"/d\xfe\x80.eternal")).write_bytes(data)
    stage = still(night)

    async def script(pilot: Pilot[int]) -> None:
        stage.go("nights")
        await pilot.pause()
        count = len(stage.screen.query_one(Menu).rows)
        assert count == len(list(folder.iterdir()))
        for _ in range(count):
            assert_clean(stage)
            await pilot.press("x")
            assert_clean(stage)
            await pilot.press("u", "down")
        await pilot.press("r")
        assert_clean(stage)
        await pilot.press("escape")
        for row in stage.screen.query_one(Menu).rows:
            if "c" in row.text:
                stage.screen.query_one(Menu).point(row.id)
        await pilot.press("enter")
        assert_clean(stage)

    drive(stage, script, (120, 40))


def test_settings_from_a_strangers_file_are_made_safe(night: Story) -> None:
    """Theme and keys are shown as they stand in the file, but for what a terminal would obey."""
    DISK.write_file(
        settings_file(), b'{"theme": "\\u001b[31m", "keymap": {"night.map": "\\u001b]0;x\\u0007", "map.back": "\\u202e\\u009b"}}'
    )
    stage = still(night)

    async def script(pilot: Pilot[int]) -> None:
        stage.go("settings")
        await pilot.pause()
        assert_clean(stage)
        stage.push_screen(KeysScreen())
        await pilot.pause()
        for _ in range(30):
            assert_clean(stage)
            await pilot.press("down")
        await pilot.press("f1")
        assert_clean(stage)

    drive(stage, script, (80, 40))


@pytest.mark.parametrize("character", ["\x1b", "\x9b", "\u202e", "\x07", "\u2028"])
def test_what_is_pasted_is_made_safe(night: Story, character: str) -> None:
    """A line to write takes no control character, typed or pasted."""
    stage = still(night)

    async def script(pilot: Pilot[int]) -> None:
        stage.push_screen(Line("Name", stage.palette))
        await pilot.pause()
        stage.screen.query_one("Input").post_message(Paste(f"a{character}b"))
        await pilot.pause()
        assert_clean(stage)

    drive(stage, script)


def test_markup_is_shown_and_not_obeyed(night: Story) -> None:
    """Square brackets in a name are letters like any other."""
    with Save.create(night, saves_folder() / "[bold]x[@click=app.bell]y.eternal", seed=1) as save:
        save.game.choose("all")
    stage = still(night)

    async def script(pilot: Pilot[int]) -> None:
        stage.go("nights")
        await pilot.pause()
        assert "[bold]x[@click=app.bell]y" in shown(stage)

    drive(stage, script)


def poisoned(value: Any, *, words: bool = False) -> Any:
    """Return the raw form of something of a story with the worst characters in each of its words."""
    if isinstance(value, dict):
        return {key: poisoned(item, words=key in WORDS) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [poisoned(item, words=words) for item in value]
    return f"{value[:2]}{WORST}{value[2:]}" if words and isinstance(value, str) else value


def worst(story: Story) -> Story:
    """Return the story as nobody can load it: as a forged cache, or a fault of ours, could bring it to a face."""
    header = msgspec.convert(poisoned(msgspec.to_builtins(story.header)), type(story.header))
    scenes = {name: msgspec.convert(poisoned(msgspec.to_builtins(scene)), type(scene)) for name, scene in story.scenes.items()}
    return Story(header, scenes, story.index, story.digest)


async def look(pilot: Pilot[int]) -> str:
    """Look at the screen that one is on, and at its help, and return its name."""
    stage = pilot.app
    assert isinstance(stage, Stage)
    await pilot.pause()
    assert_clean(stage)
    name = type(stage.screen).__name__
    await pilot.press("f1")
    await pilot.pause()
    assert_clean(stage)
    await pilot.press("escape")
    await pilot.pause()
    assert type(stage.screen).__name__ == name
    return name


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["narrow", "wide"])
def test_no_screen_writes_what_a_story_should_not_have(night: Story, size: tuple[int, int]) -> None:
    """Title, page, desk, map, history, hands, ways, nights, gallery, settings, keys, help, questions, cinema, last page."""
    stage = still(worst(night))
    visited: list[str] = []

    async def script(pilot: Pilot[int]) -> None:
        visited.append(await look(pilot))
        stage.begin()
        visited.append(await look(pilot))
        for action in (Choose("all"), Keep("star")):
            stage.act(action)
        visited.append(await look(pilot))
        for where in ("map", "before", "hands", "run", "nights", "endings", "settings"):
            stage.go(where)
            visited.append(await look(pilot))
            for key in ("down", "down", "up"):
                await pilot.press(key)
                assert_clean(stage)
            stage.pop_screen()
        stage.push_screen(KeysScreen())
        visited.append(await look(pilot))
        stage.pop_screen()
        stage.leave()
        await pilot.pause()
        assert_clean(stage)
        await pilot.press("escape")
        assert stage.session is not None
        stage.push_screen(CinemaScreen(stage.session.save.game))
        visited.append(await look(pilot))
        stage.pop_screen()
        stage.push_screen(LastPage(f"a{WORST}b", [f"c{WORST}d"]))
        visited.append(await look(pilot))

    drive(stage, script, size)
    assert len(set(visited)) == 12


def test_no_name_of_the_first_frame_is_obeyed(night: Story) -> None:
    """The frame that is painted without Textual has nothing but colours and places beside its words."""
    frame = first_frame(worst(night), Settings(), 80, 40, {"COLORTERM": "truecolor"})
    assert glimpse._is_frame(frame)
