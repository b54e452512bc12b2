"""The six actions: what each does, what refuses it, and that a refused one changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from eternal.engine.actions import Choose, Flee, Keep, Rewind
from eternal.engine.digests import digest
from eternal.engine.game import Game
from eternal.engine.step import start, step
from eternal.errors import Refused
from eternal.story.load import load
from eternal.story.story import Story
from tests.conftest import Player


def test_choose_moves_and_answers(play: Player) -> None:
    """A choice leads where it says, and its answer is read first."""
    game = play("some")
    assert [passage.role for passage in game.view.passages][:2] == ["answer", "text"]
    assert game.view.passages[0].text == "One shell."


def test_the_same_choice_is_answered_once_in_a_row(play: Player) -> None:
    """Taken again, a choice whose beat has passed is not answered in the same words; after something else it is."""
    game = play("all", "wake", "keep star", "wake")
    assert game.view.passages[0].text == "You hear a voice."
    game = play("wake")
    assert game.state.news[0].kind == "again"
    assert all(passage.role != "answer" for passage in game.view.passages)


def test_where_nothing_else_tells_a_choice_is_answered_again(cloak: Story) -> None:
    """Where no beat passes and one stays where one is, the answer is all there is, and is given each time."""
    game, answers = Game(cloak), []
    game.choose("south")
    for _ in range(2):
        game.choose("fumble")
        answers.append(game.view.passages[0].text)
    assert answers == ["That was probably not a good idea."] * 2


def test_keep_takes_words_into_the_hands(play: Player) -> None:
    """A fragment of the words goes into the hands and is lit on the page; in a memory it takes a beat."""
    game = play("all", "keep star")
    assert game.state.hands == ("star",)
    assert game.state.beat == 1
    assert any(piece.lit for passage in game.view.passages for piece in passage.pieces if piece.fragment == "star")


def test_keep_in_waking_scenes_takes_no_beat(play: Player) -> None:
    """Elsewhere than in a memory keeping is free."""
    assert play("keep pen").state.beat == 0


def test_hands_hold_no_more_than_carry(play: Player) -> None:
    """With both hands full nothing more can be kept, and the refusal says so."""
    play("all", "keep star", "keep right-glove", "page")
    with pytest.raises(Refused, match="hands hold 2"):
        play("keep coats")


def test_words_that_are_not_shown_cannot_be_kept(play: Player) -> None:
    """What the page does not show, because it has faded or stands elsewhere, is refused."""
    with pytest.raises(Refused, match="not here"):
        play("all", "keep coats")


def test_drop_gives_words_back_to_their_memory(play: Player) -> None:
    """A dropped fragment can be kept again where its words still stand."""
    game = play("all", "keep star", "drop star")
    assert game.state.hands == ()
    assert [fragment.id for fragment in game.view.fragments] == ["star", "right-glove"]


def test_drop_loses_words_whose_memory_is_gone(play: Player) -> None:
    """There is nothing left to give them back to."""
    game = play("all", "keep right-glove", "wake", "wake", "wake", "wake", "listen", "drop right-glove")
    assert "right-glove" in game.state.lost


def test_hide_needs_room(play: Player) -> None:
    """A refuge takes as many as its capacity; elsewhere there is nowhere to hide."""
    play("all", "keep star")
    with pytest.raises(Refused, match="nowhere to hide"):
        play("hide star")
    game = play("wake", "flee yard", "hide star")
    assert game.state.hidden == (("star", "yard"),)
    assert game.view.room == 1


def test_what_is_hidden_in_a_memory_is_planted_and_stays(play: Player) -> None:
    """The last memory takes one fragment, and its erasure does not."""
    game = play("all", "wake", "flee shore", "keep sea", "hide sea", "end")
    assert game.state.scene == "morning"
    assert game.state.kept == ("sea",)


def test_what_is_in_hand_at_morning_is_lost(play: Player) -> None:
    """Only what is hidden or planted remains."""
    game = play("all", "keep star", "wake", "flee shore", "end")
    assert game.state.hands == ()
    assert "star" in game.state.lost


def test_flight_opens_with_the_turn(play: Player) -> None:
    """Before the turn nobody knows that one can run."""
    play("all")
    with pytest.raises(Refused, match="do not know yet"):
        play("flee yard")
    assert {way.scene for way in play("wake").view.ways} == {"shore", "yard", "pier", "attic", "fort"}


def test_flight_runs_along_what_is_in_hand_too(play: Player) -> None:
    """A fragment's motif opens ways that the place has not."""
    before = {way.scene for way in play("all", "wake", "flee shore").view.ways}
    assert before == {"river", "yard", "pier"}
    game = play("flee pier")
    assert {way.scene for way in game.view.ways} == {"shore", "river", "attic", "fort"}


def test_flight_costs_a_beat_and_heat(play: Player) -> None:
    """Running is not free and not silent."""
    before = play("all", "wake").state
    after = play("flee yard").state
    assert (after.beat - before.beat, after.heat - before.heat) == (1, 1)


def test_outside_is_played_once_between_two_places(play: Player) -> None:
    """It falls due between two places of the night, and then the night goes on where Joel was going."""
    game = play("some", "stay", "stay", "stay")
    assert game.state.scene == "wires"
    game = play("on", "on")
    assert game.state.scene == "shore"
    assert game.state.shown == {"wires"}


def test_once_is_read_once(play: Player) -> None:
    """A block marked `once` is shown on one visit only."""
    texts = [passage.text for passage in play("some", "stay", "stay", "stay").view.passages]
    assert "Two men eat." in texts
    assert ("wires", 0) in play("listen").state.read


def test_dissonance_wakes_the_real_clementine_for_good(play: Player) -> None:
    """Once a motif is both given and hidden she begins to look, and that is not taken back."""
    game = play("all", "keep right-glove", "wake", "flee fort")
    assert not game.state.looking
    assert play("hide right-glove").state.looking


def test_drift_is_there_when_nothing_else_is(night: Story) -> None:
    """In a memory or refuge whose own ways on are all gone one can always drift on."""
    from msgspec.structs import replace

    from eternal.engine.choices import available

    state = replace(start(night), scene="river-bank", strength=(0, 3, 2, 5, 2, 2))
    assert [choice.id for choice in available(night, state)] == ["drift"]
    assert step(night, state, Choose("drift")).scene in night.scenes


def test_rewind_goes_back_to_an_earlier_state(play: Player) -> None:
    """Going back is an action like any other, and stands in the list."""
    game = play("all", "keep star", "rewind 1")
    assert game.state.hands == ()
    assert game.actions[-1] == Rewind(1)
    assert len(game.states) == 4


def test_undo_walks_back_past_what_was_undone(night: Story) -> None:
    """Taking back twice takes back two actions, not the taking back."""
    game = Game(night)
    for choice in ("all", "wake", "page"):
        game.choose(choice)
    game.rewind()
    game.rewind()
    assert game.state == game.states[1]
    assert game.path() == [0, 1]
    game.choose("page")
    assert game.path() == [0, 1, 6]


def test_a_refused_action_changes_nothing_and_is_not_recorded(night: Story) -> None:
    """Neither the list of actions nor the recorder learns of it."""
    game = Game(night)
    told: list[int] = []
    game.recorder = lambda number, *_: told.append(number)
    before = game.state
    for attempt in (Choose("nothing"), Keep("star"), Rewind(7), Rewind(0), Flee("yard")):
        with pytest.raises(Refused):
            game.act(attempt)
    assert game.state is before
    assert game.actions == []
    assert told == []


def test_nothing_can_be_done_after_an_ending_but_going_back(play: Player) -> None:
    """The night is over; rewinding is still possible."""
    game = play("some", "shout", "shout")
    while not game.is_over:
        game = play(game.view.choices[-1].id)
    with pytest.raises(Refused, match="over"):
        play("up")
    assert not play(f"rewind {len(game.actions) - 1}").is_over


def test_the_digest_does_not_depend_on_news(night: Story) -> None:
    """What an action brought is for reading; two states that go on alike have one digest."""
    from msgspec.structs import replace

    state = step(night, start(night), Choose("some"))
    assert state.news
    assert digest(night, state) == digest(night, replace(state, news=()))


def test_words_that_were_shown_once_are_part_of_the_digest(tmp_path: Path) -> None:
    """Two states that differ in which words can still be kept are told apart; words without a link change nothing."""
    once = "{once: true, text: '[A coin](keep:coin).'}, {once: true, text: Dust.}"
    (tmp_path / "story.yaml").write_text(
        f"id: s\ntitle: S\nstart: hall\nmotifs: [m]\nendings: [end]\n---\nid: hall\ntitle: H\ntext: [{once}]\n"
        "fragments: {coin: {motif: m, line: A coin.}}\nchoices: [{id: out, text: Out., to: yard}]\n---\n"
        "id: yard\ntitle: Y\ntext: Y.\nchoices: [{id: in, text: In., to: hall}, {id: end, text: End., to: end}]\n---\n"
        "id: end\nkind: ending\ntitle: E\ntext: E.\n"
    )
    game = Game(load(tmp_path, cached=False))
    first = game.state
    game.choose("out")
    again = game.choose("in")
    assert again.read == {("hall", 0), ("hall", 1)}
    assert digest(game.story, again) != digest(game.story, first)
    assert digest(game.story, replace(again, read=frozenset({("hall", 1)}))) == digest(game.story, first)
