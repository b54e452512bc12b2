"""The game in another language: asked for, set, and changed in the middle of a night."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot

from eternal import speech
from eternal.engine.game import Game
from eternal.story.catalog import Catalog
from eternal.story.languages import learn
from eternal.story.load import load
from eternal.story.messages import messages
from eternal.story.schema import blocks_of
from eternal.story.story import Story
from eternal.tui.history import entries
from eternal.tui.screens.cinema import CinemaScreen
from eternal.tui.settings import read_settings
from eternal.tui.sky import stars_of
from eternal.tui.widgets.backlog import Backlog
from eternal.wording.news import news_lines
from eternal.wording.told import line_of, title_like, title_of
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


def test_a_film_changes_its_language_while_it_is_watched(two: Story) -> None:
    """The frame, its choices and the thread's knots are told anew; the film stands where it stood."""
    game = Game(two, seed=1)
    for act in ("all", "long"):
        game.choose(act)
    film = CinemaScreen(game)
    stage = still(two, film=film)

    async def script(pilot: Pilot[int]) -> None:
        await pilot.press("home", "right")
        assert "The river" in shown(stage)
        stage.change(replace(stage.settings, language="xx"))
        await pilot.pause()
        assert film.film.at == 1
        assert "revir ehT" in shown(stage)
        assert "The river" not in shown(stage)

    drive(stage, script)


def test_an_unset_language_is_the_system_s(two: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    """The key that sets a setting back to where it was in the beginning gives the language of the system, not the story's own."""
    monkeypatch.setenv("LANG", "xx_XX.UTF-8")
    stage = still(two)

    async def script(pilot: Pilot[int]) -> None:
        stage.change(replace(stage.settings, language="en"))
        assert stage.locale == "en"
        stage.change(replace(stage.settings, language=""))
        await pilot.pause()
        assert stage.locale == "xx"

    drive(stage, script)


def test_the_backlog_is_searched_without_typing_marks(shipped: Story) -> None:
    """“bong hong” finds “bông hồng”, and “đêm” typed whole does not find “đem”."""
    assert learn(shipped, "vi")
    speech.speak("vi")
    stage = still(shipped, mode="new", locale="vi")

    async def script(pilot: Pilot[int]) -> None:
        await pilot.press("1", "h", "slash", *"bong hong", "enter")
        assert "“bong hong” ·" in shown(stage)
        backlog = stage.screen.query_one(Backlog)
        lit = [backlog.render_line(y).text for y in range(backlog.size.height) if "bông hồng" in backlog.render_line(y).text]
        assert lit
        await pilot.press("slash", *["backspace"] * 9, *"bống hồng", "enter")
        assert "không thấy: “bống hồng”" in shown(stage)

    drive(stage, script)
    speech.speak("en")


def test_a_translation_that_would_break_its_page_is_not_told(night: Story) -> None:
    """A link lost or made up, a value nobody has, markup that is none: the page is as the author wrote it, and can be played."""
    game = Game(night, seed=1)
    game.choose("all")
    source = next(block.text for block in blocks_of(night.scenes["river"].text) if block.text)
    for broken in (
        "Băng.",
        "[Băng](keep:nothing)",
        f"{source} [lậu](keep:plank)",
        "[Băng](http://x)",
        f"{source} `mã`",
        f"{source} {{tiền}}",
    ):
        night.catalogs["xx"] = Catalog("xx", {f"river:text:0\x04{source}": broken, "river:title\x04The river": "{tiền}"})
        game.locale = "xx"
        page = game.view
        assert page.title == "{tiền}"
        assert [fragment.words for fragment in page.fragments] == ["a star named after a dentist", "one glove"]
        assert any("Ice, and a star named after a dentist" in passage.text for passage in page.passages)
    del night.catalogs["xx"]
