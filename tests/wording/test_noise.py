"""How loudly one runs, in words: graded before anybody is called, said when a grade is passed, foretold where it is known."""

from __future__ import annotations

from msgspec.structs import replace

from eternal.engine.game import Game
from eternal.engine.machine import stir
from eternal.engine.state import initial
from eternal.plain.text import page_lines
from eternal.story.story import Story
from eternal.wording.news import news_lines
from eternal.wording.words import cost_words, status_line
from tests.conftest import Player

#: From the bedside to where one can run, and no louder for it.
AWAKE = ("all", "wake")


def said(game: Game) -> list[str]:
    """Return what the last action brought."""
    return news_lines(game.story, game.view)


def test_each_grade_is_said_once_when_it_is_passed(play: Player) -> None:
    """Two leaps that are heard each more than the last, and the third that calls him."""
    assert said(play(*AWAKE)) == ["from here on you can run"]
    assert said(play("flee yard")) == ["losing the subject: that was heard"]
    assert said(play("deeper")) == []
    assert said(play("out", "flee shore")) == ["lost the subject: a little louder, and somebody is called in"]
    assert said(play("flee yard"))[0] == "howard called; the map is widened"


def test_a_way_says_what_it_will_bring(play: Player) -> None:
    """Every leap is loud; the one that passes a grade says which."""
    assert cost_words(play(*AWAKE).view.ways[0]) == ("loud: losing the subject",)
    assert cost_words(play("flee yard", "flee shore").view.ways[0]) == ("loud: howard called",)
    assert cost_words(play("flee yard", "listen").view.ways[0]) == ("loud",)


def test_a_shout_says_it_too(play: Player) -> None:
    """A choice in the story is as loud as a leap."""
    costs = [cost_words(choice) for choice in play("some").view.choices]
    assert costs == [(), ("loud: lost the subject",)]


def test_the_shipped_night_has_three_grades_before_the_hunt(shipped: Story) -> None:
    """Ten leaps in a row are a restless subject, one that they are losing, a lost one, and a doctor in a coat."""
    state, heard = initial(shipped), []
    for _ in range(12):
        state = stir(shipped, replace(state, news=()), 1)
        heard.append("".join(item.about or item.kind for item in state.news))
    assert heard == ["restless", "", "", "losing", "", "", "lost", "", "", "hunt", "", ""]


def test_two_noises_in_one_action_are_one_piece_of_news(shipped: Story) -> None:
    """What is said is how loud it is now, not every step to it."""
    state = stir(shipped, stir(shipped, initial(shipped), 1), 5)
    assert [(item.kind, item.about) for item in state.news] == [("noise", "losing")]


def test_every_face_made_of_lines_says_the_same(play: Player) -> None:
    """The machine's line, the page and the ways of the plain face use one set of words."""
    page = play(*AWAKE, "flee yard").view
    assert page.machine is not None
    assert "losing the subject" in status_line(page)
    assert f"({status_line(page)})" in " ".join(page_lines(page))
    page = play("flee shore").view
    assert f"You can flee ({len(page.ways)} ways, loud: howard called)." in " ".join(page_lines(page))
