"""Keys: each does one thing where it holds, and a player's own are refused where they would clash."""

from __future__ import annotations

import pytest

from eternal.tui.keys import SCOPES, bindings, clash, find, shown
from eternal.tui.screens.before import BeforeScreen
from eternal.tui.screens.cinema import CinemaScreen
from eternal.tui.screens.gallery import GalleryScreen
from eternal.tui.screens.hands import HandsScreen
from eternal.tui.screens.last_page import LastPage
from eternal.tui.screens.map import MapScreen
from eternal.tui.screens.nights import NightsScreen
from eternal.tui.screens.play import PlayScreen
from eternal.tui.screens.room import Room
from eternal.tui.screens.settings import SettingsScreen
from eternal.tui.screens.title import TitleScreen
from eternal.tui.stage import Stage

ROOMS: list[type[Room]] = [
    BeforeScreen, CinemaScreen, GalleryScreen, HandsScreen, LastPage, MapScreen, NightsScreen, PlayScreen, SettingsScreen, TitleScreen,
]  # fmt: skip


@pytest.mark.parametrize("scope", SCOPES)
def test_no_key_means_two_things(scope: str) -> None:
    """Within a scope, and between it and what holds everywhere, every key is there once."""
    keys = [key for other in {scope, "everywhere"} for spec in SCOPES[other] for key in spec.keys.split(",")]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.__name__)
def test_every_key_has_an_action(room: type[Room]) -> None:
    """What a key promises, its screen can do."""
    for key in SCOPES[room.SCOPE]:
        owner, _, name = key.action.partition("(")[0].rpartition(".")
        assert hasattr(Stage if owner == "app" else room, f"action_{name}"), key.id


def test_every_binding_can_be_moved() -> None:
    """Each has an id of its own that a keymap can name."""
    names = [binding.id for scope in SCOPES for binding in bindings(scope) if not isinstance(binding, tuple)]
    assert None not in names
    assert len(names) == len(set(names))


def test_a_clash_is_refused_with_the_reason() -> None:
    """A key that does something here already is named with what it does; elsewhere it is free."""
    assert clash({}, "night.map", "h") == "h is already: what has been read and done"
    assert clash({}, "night.map", "f1") == "F1 is already: what can be done here"
    assert clash({}, "night.map", "3") == "3 always means the same"
    assert clash({}, "night.map", "ctrl+c") == "ctrl+c always means the same"
    assert clash({}, "night.map", "g") == ""
    assert clash({"night.before": "b"}, "night.map", "h") == ""


def test_a_key_that_holds_everywhere_clashes_with_all() -> None:
    """Help cannot be put on a key that any screen uses."""
    assert clash({}, "everywhere.help", "r") == "r is already: give it another name"


def test_keys_are_written_for_people() -> None:
    """Names of keys are their signs."""
    assert shown("f1,question_mark") == "F1 ?"
    assert shown("shift+tab,left") == "Shift+Tab ←"
    key = find("night.map")
    assert key is not None
    assert key.keys == "m"
    assert find("night.nothing") is None
