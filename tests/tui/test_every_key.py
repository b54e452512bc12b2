"""Every key that the help names, pressed where it holds: each does what the help says."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec import Struct
from textual.pilot import Pilot

from eternal.saves.nights import nights
from eternal.saves.profile import remember
from eternal.saves.save import Save
from eternal.story.story import Story
from eternal.tui.keys import SCOPES
from eternal.tui.screens.before import BeforeScreen
from eternal.tui.screens.cinema import CinemaScreen
from eternal.tui.screens.gallery import GalleryScreen
from eternal.tui.screens.hands import HandsScreen
from eternal.tui.screens.help import HelpScreen
from eternal.tui.screens.last_page import LastPage
from eternal.tui.screens.line import Line
from eternal.tui.screens.map import MapScreen
from eternal.tui.screens.nights import NightsScreen
from eternal.tui.screens.play import PlayScreen
from eternal.tui.screens.run_away import RunScreen
from eternal.tui.screens.settings import SettingsScreen
from eternal.tui.screens.title import TitleScreen
from eternal.tui.stage import Stage
from eternal.tui.widgets.backlog import Backlog
from eternal.tui.widgets.brain_map import BrainMap
from eternal.tui.widgets.leaf import Leaf
from eternal.tui.widgets.menu import Menu
from eternal.tui.widgets.wall import Wall
from tests.acting import finish
from tests.tui.support import drive, played, still

Look = Callable[[Stage], object]


class Case(Struct, frozen=True):
    """A key of the help: keys that lead to where it is pressed, what to look at, and what is seen there afterwards.

    With `changed` the look differs from the one before the press; otherwise it is `seen`.
    """

    name: str
    look: Look
    seen: object = "changed"
    before: tuple[str, ...] = ()
    size: tuple[int, int] = (80, 24)


def screen(stage: Stage) -> object:
    return type(stage.screen)


def scene(stage: Stage) -> object:
    assert stage.session is not None
    return stage.session.state.scene


def cursor(stage: Stage) -> object:
    return stage.screen.query_one(Leaf).cursor


def row(stage: Stage) -> object:
    return stage.screen.query_one(Menu).cursor


def hands(stage: Stage) -> object:
    assert stage.session is not None
    return stage.session.state.hands, stage.session.state.hidden


def deeds(stage: Stage) -> object:
    assert stage.session is not None
    return len(stage.session.save.game.actions)


def scrolled(stage: Stage) -> object:
    return stage.screen.query_one(Leaf).spread.scroll


def star(stage: Stage) -> object:
    return stage.screen.query_one(BrainMap).cursor


def backlog(stage: Stage) -> object:
    found = stage.screen.query_one(Backlog)
    return found.top, found.cursor


def found(stage: Stage) -> object:
    return stage.screen.query_one(Backlog).top


def names(stage: Stage) -> object:
    return len(nights(stage.story))


def frame(stage: Stage) -> object:
    return stage.screen.query_one(Wall).cursor


def theme(stage: Stage) -> object:
    return stage.theme


def film(stage: Stage) -> object:
    assert isinstance(stage.screen, CinemaScreen)
    return stage.screen.film.at


def runs(stage: Stage) -> object:
    assert isinstance(stage.screen, CinemaScreen)
    return stage.screen.playing


def pace(stage: Stage) -> object:
    assert isinstance(stage.screen, CinemaScreen)
    return stage.screen.speed


#: A window so low that a short page scrolls.
LOW = (22, 8)

CASES: dict[str, tuple[Case, ...]] = {
    "everywhere": (Case("help", screen, HelpScreen), Case("palette", lambda stage: len(stage.screen_stack))),
    "title": (
        Case("up", row, before=("down", "down")), Case("down", row), Case("enter", screen, SettingsScreen, ("down", "down", "down")),
        Case("leave", lambda stage: stage.return_value, 0),
    ),
    "night": (
        *(Case(f"take-{number}", deeds, 2 if number < 5 else 1) for number in range(1, 10)),
        Case("word", cursor, "keep:star"), Case("word-before", cursor, "keep:right-glove"), Case("up", cursor, before=("down",)),
        Case("down", cursor), Case("enter", hands, (("star",), ()), ("tab",)), Case("keep", hands, (("star",), ()), ("tab",)),
        Case("page-down", scrolled, size=LOW), Case("page-up", scrolled, before=("pagedown",), size=LOW), Case("run", screen, RunScreen, ("1",)),
        Case("hands", screen, HandsScreen), Case("map", screen, MapScreen), Case("before", screen, BeforeScreen),
        Case("undo", scene, "bedside"), Case("nights", screen, NightsScreen), Case("settings", screen, SettingsScreen),
        Case("leave", lambda stage: len(stage.screen_stack)),
    ),
    "list": (
        Case("up", row, before=("down",)), Case("down", row), Case("enter", lambda stage: stage.return_value, 0),
        Case("back", screen, PlayScreen),
    ),
    "run": (
        *(Case(f"take-{number}", deeds, 3 if number < 6 else 2) for number in range(1, 10)),
        Case("up", row, before=("down",)), Case("down", row), Case("enter", screen, PlayScreen), Case("back", screen, PlayScreen),
    ),
    "hands": (
        *(Case(f"take-{number}", hands, "changed" if number < 3 else (("star", "right-glove"), ())) for number in range(1, 10)),
        Case("up", row, before=("down",)), Case("down", row), Case("enter", hands), Case("drop", hands), Case("back", screen, PlayScreen),
    ),
    "map": (
        Case("older", star), Case("newer", star, before=("left", "left")), Case("across", star), Case("back", screen, PlayScreen),
    ),
    "before": (
        Case("up", backlog), Case("down", backlog, before=("up", "up")), Case("page-up", backlog),
        Case("page-down", backlog, before=("pageup", "pageup")), Case("search", screen, Line),
        Case("next", found, before=("slash", *"big", "enter"), size=(60, 10)), Case("previous", found, before=("slash", *"big", "enter"), size=(60, 10)),
        Case("enter", lambda stage: len(stage.screen_stack)), Case("back", screen, PlayScreen),
    ),
    "nights": (
        Case("up", row, before=("down",)), Case("down", row), Case("enter", screen, PlayScreen), Case("rename", screen, Line),
        Case("delete", names), Case("undo", names, before=("x",)), Case("watch", screen, CinemaScreen), Case("back", screen, TitleScreen),
    ),
    "gallery": (
        Case("up", frame, before=("right", "right")), Case("down", frame), Case("enter", screen, LastPage),
        Case("before", frame, before=("right", "right")), Case("next", frame), Case("back", screen, TitleScreen),
    ),
    "settings": (
        Case("up", row, before=("down",)), Case("down", row), Case("enter", theme), Case("less", theme), Case("more", theme),
        Case("default", theme, "night", ("right",)), Case("back", screen, TitleScreen),
    ),
    "cinema": (
        Case("pause", runs, before=("home",)), Case("step", film, 1, ("home",)), Case("step-back", film, 1, ("home", "right", "right")),
        Case("slower", pace, 0.5), Case("faster", pace, 2.0), Case("start", film, 0, ("end",)), Case("end", film, 4, ("home",)),
        Case("take-over", screen, PlayScreen), Case("back", lambda stage: stage.return_value, 0),
    ),
    "ending": (
        Case("enter", screen, GalleryScreen), Case("up", scrolled, before=("down", "down"), size=(16, 6)), Case("down", scrolled, size=(16, 6)),
        Case("gallery", screen, GalleryScreen), Case("undo", screen, PlayScreen), Case("before", screen, BeforeScreen),
        Case("leave", screen, TitleScreen),
    ),
}  # fmt: skip


def over(story: Story) -> Save:
    """Return a night that has ended with words."""
    save = played(story, "all", "keep star", "wake", "flee yard", "hide star", "keep breath", "hide breath", "back")
    finish(save.game)
    return save


def to(scope: str, story: Story) -> tuple[Stage, tuple[str, ...]]:
    """Return an app, and the keys that lead to where a scope's keys hold."""
    match scope:
        case "night" | "everywhere":
            return still(story, mode="new"), ("1", "1")
        case "list":
            return still(story, save=played(story, "all", "wake")), ("q",)
        case "run":
            return still(story, save=played(story, "all", "wake")), ("f",)
        case "hands":
            return still(story, save=played(story, "all", "keep star", "keep right-glove", "wake", "flee yard")), ("d",)
        case "map":
            return still(story, save=played(story, "all", "wake", "flee yard", "back")), ("m",)
        case "before":
            return still(story, save=played(story, "all", "wake", "flee yard", "deeper", "out", "deeper", "out", "deeper")), ("h",)
        case "cinema":
            return still(story, film=CinemaScreen(played(story, "all", "keep star", "wake", "flee yard").game, until=0)), ()
        case "ending":
            return still(story, save=over(story)), ()
    if scope == "nights":
        played(story, "all").close()
        played(story, "some").close()
    if scope == "gallery":
        for acts in (("all",), ("some",)):
            with played(story, *acts) as save:
                finish(save.game)
                remember(save.game)
    return still(story), ()


#: Where the scopes that are reached from the title lie.
PLACES = {"nights": "nights", "gallery": "endings", "settings": "settings"}


@pytest.mark.parametrize("scope", SCOPES)
def test_every_key_has_its_case(scope: str) -> None:
    """No key is in the help that is not pressed here, and none is pressed that the help does not name."""
    assert sorted(case.name for case in CASES[scope]) == sorted(key.id for key in SCOPES[scope])


@pytest.mark.parametrize(
    ("scope", "case", "pressed"),
    [
        (scope, case, pressed)
        for scope, cases in CASES.items()
        for case in cases
        for key in SCOPES[scope]
        if key.id == case.name
        for pressed in key.keys.split(",")
    ],
    ids=lambda value: value.name if isinstance(value, Case) else value,
)
def test_it_does_what_the_help_says(night: Story, scope: str, case: Case, pressed: str) -> None:
    """Each way to press each key, one at a time, where it holds."""
    stage, keys = to(scope, night)

    async def script(pilot: Pilot[int]) -> None:
        if scope in PLACES:
            stage.go(PLACES[scope])
            await pilot.pause()
        await pilot.press(*keys, *case.before)
        await pilot.pause()
        before = case.look(stage)
        await pilot.press(pressed)
        await pilot.pause()
        if case.seen == "changed":
            assert case.look(stage) != before
        else:
            assert case.look(stage) == case.seen

    drive(stage, script, case.size)
