"""What a face is told of a state: everything a player decides by, counted by hand on the small night."""

from __future__ import annotations

from pathlib import Path

from eternal import speech
from eternal.engine.game import Game
from eternal.engine.pages import MachineView, MemoryView, RefugeView
from eternal.speech import _
from eternal.story.load import load
from tests.conftest import PACKS, Player


def machine(game: Game) -> MachineView:
    """Return the machine's side of a page that has one."""
    found = game.view.machine
    assert found is not None
    return found


def memory(game: Game, name: str) -> MemoryView:
    return next(found for found in game.view.memories if found.id == name)


def refuge(game: Game, name: str) -> RefugeView:
    return next(found for found in game.view.refuges if found.id == name)


def linked(game: Game) -> list[tuple[str, str]]:
    """Return the words that lead to choices."""
    return [(piece.text, piece.choice) for passage in game.view.passages for piece in passage.pieces if piece.choice]


def ends(game: Game) -> dict[str, bool]:
    return {choice.id: choice.ends for choice in game.view.choices}


class TestTheMachine:
    """The top line and the bottom line."""

    def test_is_not_there_before_anything_is_on_the_map(self, play: Player) -> None:
        """By the bed nobody has been called yet; the first object on the table wakes the screen."""
        assert play().view.machine is None
        assert play("some").view.machine is not None

    def test_counts_the_beats_to_the_next_erasure_by_the_rate(self, play: Player) -> None:
        """Four of strength are four beats, after one beat three, after three one."""
        game = play("all")
        assert machine(game).beats_left == 4
        game = play("page")
        assert machine(game).beats_left == 3
        game = play("back", "wake")
        assert machine(game).beats_left == 1

    def test_counts_with_the_hunt_s_rate_once_it_is_on(self, play: Player) -> None:
        """The second shout calls the doctor before its beat: the river, newly on the map, has lost two of four; two are one beat."""
        game = play("some")
        assert (machine(game).target, machine(game).beats_left) == ("pier", 3)
        game = play("shout", "shout")
        assert machine(game).mood == "howard"
        assert (machine(game).target, machine(game).beats_left) == ("river", 1)

    def test_says_which_target_of_how_many_it_is_at(self, play: Player) -> None:
        """Of three memories on the map the second, when the first is gone."""
        assert (machine(play("all")).number, machine(play()).total) == (1, 3)
        game = play("wake", "long", "on")
        assert (machine(game).target, machine(game).number, machine(game).total) == ("pier", 2, 3)

    def test_hears_how_loudly_he_runs(self, play: Player) -> None:
        """A leap takes it a third of the way to the hunt, a second two thirds, a third is the alarm; where he runs to changes nothing."""
        assert machine(play("all", "wake")).mood == "calm"
        assert machine(play("flee yard")).mood == "losing"
        assert machine(play("flee shore")).mood == "lost"
        assert machine(play("flee yard")).mood == "howard"

    def test_says_what_it_will_say_before_it_is_loud(self, play: Player) -> None:
        """Each leap and each shout brings the machine's next words, and once the hunt is on nothing new."""
        assert {way.brings for way in play("all", "wake").view.ways} == {"losing the subject"}
        assert {way.brings for way in play("flee yard", "flee shore").view.ways} == {"howard called"}
        assert {way.brings for way in play("flee yard", "listen").view.ways} == {""}

    def test_says_it_of_a_choice_that_is_loud(self, play: Player) -> None:
        """A shout is two of three; to stay is not heard."""
        assert {choice.id: choice.brings for choice in play("some").view.choices} == {"stay": "", "shout": "lost the subject"}


class TestChoices:
    """What stands beside a choice."""

    def test_says_whether_the_place_will_be_gone_before_it_is_done(self, play: Player) -> None:
        """With four left three beats leave one; with three left they take all, and a single beat takes the last."""
        assert ends(play("all")) == {"wake": False, "page": False, "long": False, "on": False}
        assert ends(play("wake")) == {"wake": False, "page": False, "long": True, "on": False}
        assert ends(play("wake", "wake")) == {"wake": True, "page": True, "long": True, "on": True}

    def test_does_not_say_so_where_the_machine_is_elsewhere(self, play: Player) -> None:
        """On the shore nothing goes while the river is worked on."""
        game = play("all", "wake", "flee shore")
        assert not any(ends(game).values())

    def test_says_when_running_comes_too_late(self, play: Player) -> None:
        """With one beat left the place goes before one has left it, and no way leads anywhere."""
        assert not any(way.ends for way in play("all", "wake").view.ways)
        game = play("wake", "wake")
        assert all(way.ends for way in game.view.ways)
        assert game.view.ways
        game = play("flee yard")
        assert game.state.scene != "yard"

    def test_names_beats_and_heat(self, play: Player) -> None:
        """A choice in a memory takes a beat unless it says otherwise; a shout is loud."""
        costs = {choice.id: (choice.beats, choice.heat) for choice in play("some").view.choices}
        assert costs == {"stay": (1, 0), "shout": (1, 2)}


class TestTheMap:
    """Memories and refuges."""

    def test_memories_have_what_is_left_of_them(self, play: Player) -> None:
        """Percent, rounded up, so that only what is gone is at nought; where he is, where it is, what is on the map."""
        game = play("all", "keep star", "page")
        river, attic = memory(game, "river"), memory(game, "attic")
        assert (river.integrity, river.here, river.target, river.on_map, river.kept) == (50, True, True, True, 1)
        assert (attic.integrity, attic.here, attic.target, attic.on_map, attic.kept) == (100, False, False, False, 0)

    def test_what_is_gone_stays_on_it(self, play: Player) -> None:
        """Erased memories are still listed, at nought."""
        game = play("all", "wake", "long", "on")
        assert memory(game, "river").erased
        assert [found.id for found in game.view.memories] == ["river", "pier", "attic", "shore"]

    def test_a_refuge_is_listed_when_it_has_been_found(self, play: Player) -> None:
        """With the room that is left in it, and what is hidden there."""
        game = play("all", "keep right-glove", "wake")
        assert game.view.refuges == ()
        game = play("flee fort", "hide right-glove")
        fort = refuge(game, "fort")
        assert (fort.here, fort.hidden, fort.room, fort.exposed) == (True, ("right-glove",), fort.room, False)
        assert [(held.id, held.place) for held in game.view.hidden] == [("right-glove", fort.title)]
        assert game.view.room == fort.room


class TestWords:
    """Fragments, hands and the last page."""

    def test_words_can_be_kept_once(self, play: Player) -> None:
        """What has been taken is lit on the page and no longer offered."""
        game = play("all")
        assert [fragment.id for fragment in game.view.fragments] == ["star", "right-glove"]
        game = play("keep star")
        assert [fragment.id for fragment in game.view.fragments] == ["right-glove"]
        lit = [piece for passage in game.view.passages for piece in passage.pieces if piece.lit]
        assert [(piece.fragment, piece.text) for piece in lit] == [("star", "a star named after a dentist")]

    def test_a_choice_can_stand_in_the_prose(self) -> None:
        """The words lead to it, and it says so of itself; any other choice is only in the list."""
        game = Game(load(PACKS / "inline"))
        assert linked(game) == [("bell", "ring"), ("door", "out")]
        assert [choice.inline for choice in game.view.choices] == [True, True]

    def test_words_lead_to_no_choice_that_is_not_offered(self) -> None:
        """They stand there as words; nobody is led to what would be refused."""
        game = Game(load(PACKS / "inline"))
        game.choose("ring")
        assert linked(game) == [("door", "out")]
        assert "".join(passage.text for passage in game.view.passages) == "It rings.There is a bell, and a door that stands open."

    def test_the_poem_is_on_the_last_page_alone(self, play: Player) -> None:
        """What was hidden, as lines; before the end there is none."""
        game = play("all", "wake", "flee shore", "keep sea", "hide sea")
        assert game.view.poem == ()
        game = play("end", "look")
        assert game.is_over
        assert game.view.poem == ("Snow on the sea.",)


def test_drifting_is_said_in_the_players_language(tmp_path: Path) -> None:
    """Where nothing else is left to do, the one choice is the interface's own word."""
    (tmp_path / "story.yaml").write_text(
        "id: s\ntitle: S\nstart: sea\nendings: [up]\nmachine: {morning: bed, turn: beat > 90}\n---\n"
        "id: sea\nkind: memory\ntitle: Sea\nwhen: '2003'\ntext: Sea.\n---\n"
        "id: bed\ntitle: Bed\ntext: Bed.\nchoices: [{id: up, text: Up., to: up}]\n---\nid: up\nkind: ending\ntitle: Up\ntext: Up.\n"
    )
    game = Game(load(tmp_path, cached=False))
    assert [choice.text for choice in game.view.choices] == ["Let it carry you."]
    speech.speak("vi")
    try:
        assert [choice.text for choice in game.view.choices] == [_("Let it carry you.")]
        assert game.view.choices[0].text != "Let it carry you."
    finally:
        speech.speak("en")
