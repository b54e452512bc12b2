"""The game in another language: asked for, set, and changed in the middle of a night."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot

from eternal import speech
from eternal.engine.game import Game
from eternal.story.catalog import Catalog
from eternal.story.load import load
from eternal.story.messages import messages
from eternal.story.story import Story
from eternal.tui.history import entries
from eternal.tui.news import news_lines
from eternal.tui.settings import read_settings
from eternal.tui.sky import stars_of
from eternal.tui.told import choice_of, line_of, title_like, title_of
from tests.conftest import PACKS
from tests.tui.support import drive, shown, still


@pytest.fixture
def two() -> Iterator[Story]:
    """The small story, and the same in a language in which every word is said backwards."""
    story = load(PACKS / "night", cached=False)
    texts = {f"{message.key}\x04{message.text}": message.text[::-1] for message in messages(story) if "](" not in message.text}
    story.catalogs["xx"] = Catalog("xx", texts)
    story.pack = None
    yield story
    speech.speak("en")


def test_words_beside_the_page_are_told_too(two: Story) -> None:
    """Titles, lines and choices that no page holds are said in the language that is asked for."""
    assert title_of(two, "river", "xx") == "revir ehT"
    assert title_like(two, "The river", "xx") == "revir ehT"
    assert title_like(two, "Nowhere", "xx") == "Nowhere"
    assert line_of(two, "star", "xx") == ".tsitned a retfa deman rats A"
    assert choice_of(two, "river", "on", "xx") == ".og teL"
    assert title_of(two, "river", None) == title_of(two, "river", "vi") == "The river"


def test_history_news_and_sky_speak_it(two: Story) -> None:
    """What is gathered from a whole night is told in one language."""
    game = Game(two, seed=1)
    game.locale = "xx"
    game.choose("all")
    game.keep("star")
    assert news_lines(two, game.view, "xx") == ["in hand: .tsitned a retfa deman rats A"]
    told = list(entries(two, list(enumerate(game.states)), game.actions, "xx"))
    assert told[0].deed == ".revo gnihtyreve dnaH"
    assert stars_of(two, Game(two).view, "xx")[0].title == "erohs ehT"


def test_a_night_changes_its_language_in_the_middle(two: Story) -> None:
    """The page that is open is told anew, the setting is kept, the title speaks it."""
    stage = still(two, mode="new")

    async def script(pilot: Pilot[int]) -> None:
        await pilot.press("1", "1", "2")
        assert "The bank" in shown(stage)
        stage.change(replace(stage.settings, language="xx"))
        await pilot.pause()
        assert "knab ehT" in shown(stage)
        stage.to_title()
        await pilot.pause()
        assert "h  g  i  n" in shown(stage).replace("\u00a0", " ")

    drive(stage, script)
    assert read_settings().language == "xx"


def test_the_language_is_a_setting_where_there_is_more_than_one(two: Story, night: Story) -> None:
    """The row is there for a story of two languages, and not for a story of one."""
    stage, alone = still(two), still(night)

    async def set_it(pilot: Pilot[int]) -> None:
        stage.go("settings")
        await pilot.pause()
        assert "Language" in shown(stage)
        await pilot.press("right")
        assert stage.locale == "xx"

    async def look(pilot: Pilot[int]) -> None:
        alone.go("settings")
        await pilot.pause()
        assert "Language" not in shown(alone)

    drive(stage, set_it)
    drive(alone, look)
