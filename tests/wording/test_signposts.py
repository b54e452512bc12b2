"""Where one is when the story has looked elsewhere: said on the way out, and on the way back."""

from __future__ import annotations

from eternal.engine.game import Game
from eternal.wording.news import news_lines
from tests.conftest import Player


def said(game: Game) -> list[str]:
    """Return what the last action brought."""
    return news_lines(game.story, game.view)


def test_looking_outside_is_said_and_coming_back_names_the_place(play: Player) -> None:
    """The river goes, two men eat, and one is asleep again on the pier."""
    game = play("all", "wake", "wake", "wake", "wake")
    assert (game.state.scene, said(game)[1]) == ("wires", "outside, meanwhile")
    assert said(play("on")) == []
    game = play("on")
    assert (game.state.scene, said(game)) == ("pier", ["asleep again: The pier"])
    assert said(play("stay")) == []


def test_who_wakes_up_meanwhile_is_not_called_asleep(play: Player) -> None:
    """When nothing is left to go back to, the page is the morning and says so itself."""
    game = play("some", "stay", "stay", "stay", "listen")
    while game.state.scene != "morning":
        game = play("wait" if game.state.scene == "shore" else "stay")
    assert "asleep again" not in " ".join(said(game))
    assert "it is morning" in said(game)
