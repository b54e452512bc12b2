"""The machine: its order, its beats, what refuses it, the hunt, the dawn. Counted by hand on the small night."""

from __future__ import annotations

from eternal.engine import machine
from eternal.engine.conditions import on_map, percent
from eternal.engine.game import Game
from eternal.story.load import load
from eternal.story.story import Story
from tests.conftest import PACKS, Player

FAULTS = PACKS / "faults"


def left(game: Game, memory: str) -> int:
    return game.state.strength[game.story.position[memory]]


def kinds(game: Game) -> list[str]:
    return [news.kind for news in game.state.news]


def test_memories_stand_newest_first(night: Story) -> None:
    """The order of erasure is the order of their dates, newest first."""
    assert night.index.memories == ("river", "pier", "attic", "shore")


def test_only_what_was_given_lights_the_map(play: Player) -> None:
    """A memory is on the map once something handed over lights it; what nothing lights stays dark."""
    game = play("some")
    on = [memory for memory in game.story.index.memories if on_map(game.story, game.state, memory)]
    assert on == ["pier", "shore"]
    assert machine.target(game.story, game.state) == "pier"


def test_next_leads_to_where_the_machine_works(play: Player) -> None:
    """`to: next` leads to the newest memory on the map."""
    assert play("all").state.scene == "river"


def test_waking_scenes_take_no_beats(play: Player) -> None:
    """Nothing passes while Joel is awake."""
    assert play("all").state.beat == 0


def test_a_choice_in_a_memory_takes_one_beat_from_the_target(play: Player) -> None:
    """A choice without `beats` takes one in a memory, and a beat takes `rate` from the target."""
    game = play("all", "page")
    assert (game.state.beat, left(game, "river")) == (1, 3)
    assert percent(game.story, game.state, "river-bank") == 75


def test_a_part_shares_its_head_s_strength(play: Player) -> None:
    """Beats spent on a further page come off the same memory."""
    game = play("all", "page", "back")
    assert left(game, "river") == 2


def test_a_memory_at_zero_collapses_and_throws_joel_into_the_next(play: Player) -> None:
    """Joel inside loses one lucidity and stands in the next target; the rest of the choice does not happen."""
    game = play("all", "wake", "long")
    assert game.state.scene == "wires"  # something outside falls due first
    assert game.state.resume == "pier"
    assert {"erased", "collapse"} <= set(kinds(game))
    assert game.state.lucidity == 3  # three, woken by one, less one


def test_words_nobody_holds_are_lost_with_their_memory(play: Player) -> None:
    """Fragments not in hand and not hidden go with the memory."""
    game = play("all", "page", "keep coats", "back", "on", "on")
    assert game.state.lost == {"star", "right-glove"}
    assert game.state.hands == ("coats",)


def test_a_memory_with_a_kept_fragment_refuses_as_often_as_its_heart(play: Player) -> None:
    """The beat that would erase it takes nothing; the next one does."""
    game = play("all", "keep star", "wake", "wake", "wake")
    assert "refuses" in kinds(game)
    assert left(game, "river") == 1
    assert game.state.refused[game.story.position["river"]] == 1
    assert "erased" in kinds(play("wake"))


def test_a_memory_with_nothing_kept_does_not_refuse(play: Player) -> None:
    """Without a fragment its heart is not asked."""
    assert "refuses" not in kinds(play("all", "wake", "long"))


def test_the_machine_gives_up_after_so_many_refusals(play: Player) -> None:
    """At `breaks` refusals the night goes to the broken scene with what is in hand."""
    game = play("all", "wake", "flee shore", "keep sea", "hide sea")
    while game.state.scene == "shore":
        game = play("wait")
    assert game.state.scene == "broken"
    assert sum(game.state.refused) == 3
    assert game.state.beat == 14
    assert [choice.id for choice in game.view.choices] == ["up"]


def test_heat_calls_the_hunt_for_good(play: Player) -> None:
    """At the hunt's heat every memory comes onto the map, the rate rises, and neither is taken back."""
    game = play("some", "shout", "shout")
    assert game.state.hunted
    assert "hunt" in kinds(game)
    assert all(on_map(game.story, game.state, memory) for memory in game.story.index.memories)
    assert machine.rate(game.story, game.state) == 2
    assert machine.target(game.story, game.state) == "river"


def test_a_refuge_entered_after_the_alarm_is_exposed(play: Player) -> None:
    """Refuges entered before stay unknown to the machine; those entered from then on do not."""
    game = play("all", "wake", "flee fort", "flee pier", "flee shore", "listen")
    assert game.state.hunted
    assert game.state.exposed == ()
    assert play("flee yard").state.exposed == ("yard",)


def test_the_machine_turns_to_exposed_refuges_between_two_memories(play: Player) -> None:
    """After the next erasure an exposed refuge is the target; erased, what is hidden in it is lost."""
    game = play("all", "keep right-glove", "wake", "flee fort", "hide right-glove", "flee pier", "flee fort", "listen")
    assert (game.state.scene, game.state.hunted, game.state.exposed) == ("fort", True, ("fort",))
    game = play("flee attic", "sit")
    assert machine.target(game.story, game.state) == "fort"
    game = play("sit")
    assert "right-glove" in game.state.lost
    assert game.state.hidden == ()


def test_dawn_ends_the_night() -> None:
    """At the dawn's beat, and not before, Joel is in the morning, whatever is left."""
    game = Game(load(FAULTS / "dawn-too-early" / "faulty", cached=False))
    game.choose("take")
    for beat in range(4):
        assert (game.state.beat, game.state.scene) == (beat, "first" if beat < 3 else "second")
        game.choose("stay")
    assert (game.state.beat, game.state.scene) == (4, "morning")
    assert (left(game, "second"), left(game, "third")) == (2, 3)
    assert game.view.machine is None  # it has been carried out of the room


def test_no_flight_leads_into_what_is_erased(play: Player) -> None:
    """Joel never stands in what is gone, and nothing opens a way to it."""
    game = play("all", "wake")
    while not game.is_over:
        gone = {name for name in game.story.position if machine.is_erased(game.story, game.state, name)}
        assert game.story.head(game.state.scene) not in gone
        assert not gone & {way.scene for way in game.view.ways}
        game = play(game.view.choices[-1].id)
    assert {"river", "pier"} <= gone


def test_no_choice_leads_into_what_is_erased() -> None:
    """A choice into a memory goes with the memory."""
    game = Game(load(FAULTS / "way-into-what-is-gone" / "faulty", cached=False))
    game.choose("take")
    while game.state.scene == "pier":
        game.choose("stay")
    assert [choice.to for choice in game.story.scenes["shore"].choices] == [None, "pier"]
    assert [choice.id for choice in game.view.choices] == ["stay"]
