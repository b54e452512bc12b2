"""Where one is when the story has looked elsewhere: said on the page, between what ended and what begins."""

from __future__ import annotations

from eternal.engine.game import Game
from eternal.plain.text import page_lines
from tests.conftest import Player


def read(game: Game) -> list[str]:
    """Return the paragraphs of a page."""
    return [passage.text for passage in game.view.passages]


def test_looking_outside_and_coming_back_are_said(play: Player) -> None:
    """The river goes, two men eat, and one is asleep again on the pier; a page later nothing is said any more."""
    game = play("all", "wake", "wake", "wake", "wake")
    assert game.state.scene == "wires"
    assert read(game) == [
        "The ice goes clear, and then goes.",
        "outside, meanwhile",
        "Two men eat.",
        "One of them holds a shell to his ear.",
    ]
    assert "outside, meanwhile" not in read(play("on"))
    game = play("on")
    assert (game.state.scene, read(game)[0]) == ("pier", "asleep again")
    assert "asleep again" in list(page_lines(game.view))
    assert "asleep again" not in read(play("stay"))


def test_who_wakes_up_meanwhile_is_not_called_asleep(play: Player) -> None:
    """When nothing is left to go back to, the page is the morning and says so itself."""
    game = play("some", "stay", "stay", "stay", "listen")
    while game.state.scene != "morning":
        game = play("wait" if game.state.scene == "shore" else "stay")
    assert not any("asleep again" in words for words in read(game))
