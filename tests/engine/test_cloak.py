"""Cloak of Darkness: the engine serves stories that have no machine."""

from __future__ import annotations

from eternal.engine.game import Game
from eternal.story.story import Story


def walk(story: Story, *choices: str) -> Game:
    game = Game(story)
    for choice in choices:
        game.choose(choice)
    return game


def test_the_winning_walk(cloak: Story) -> None:
    """Hang the cloak up, then read the message."""
    assert walk(cloak, "west", "hang", "east", "south", "read").state.scene == "won"


def test_stumbling_in_the_dark_loses(cloak: Story) -> None:
    """Two fumbles in the dark trample the message."""
    game = walk(cloak, "south", "fumble", "north", "west", "drop", "east", "south", "squint")
    assert game.state.scene == "lost"
    assert game.view.over


def test_there_is_no_night_in_it(cloak: Story) -> None:
    """No hour, no map, no flight, no beats."""
    page = walk(cloak, "south").view
    assert page.machine is None
    assert page.memories == ()
    assert page.ways == ()
    assert all(choice.beats == 0 for choice in page.choices)
