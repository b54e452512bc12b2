"""What is behind the page: conditions and what they read, why a choice is or isn't offered."""

from __future__ import annotations

from random import Random

import pytest

from eternal.author.watch import Inspection, inspect
from eternal.author.watch.inspector import Item, Read, test
from eternal.engine import choices
from eternal.engine.choices import possible
from eternal.engine.conditions import holds
from eternal.engine.game import Game
from eternal.engine.state import State
from eternal.engine.step import is_over, start, step
from eternal.story.schema import blocks_of
from eternal.story.story import Story

test.__test__ = False  # type: ignore[attr-defined]  # it is the inspector's, not pytest's


def item(items: tuple[Item, ...], name: str) -> Item:
    """Return the item of a name."""
    return next(found for found in items if found.name == name)


def behind(story: Story, *acts: str) -> Inspection:
    """Return what is behind the page after some choices."""
    game = Game(story)
    for act in acts:
        game.choose(act)
    return inspect(story, game.state)


def test_a_choice_that_is_not_offered_says_which_part_failed_and_what_it_read(cloak: Story) -> None:
    """Of two parts joined by `and` the one that is so is not to blame."""
    found = behind(cloak, "south")
    read = item(found.choices, "read")
    assert not read.there
    assert read.why == "not so: cloak != 'worn'"
    assert read.test is not None
    assert read.test.reads == (Read("cloak", "worn"), Read("trampled", "0"))
    assert item(found.choices, "north").why == "no condition"
    assert item(found.choices, "fumble").why == "its condition holds"


def test_a_function_says_what_it_answered(cloak: Story) -> None:
    """With the ids it was asked about."""
    found = behind(cloak, "north")
    north = item(found.choices, "north")
    assert north.test is not None
    assert north.test.reads == (Read("chose('foyer', 'north')", "yes"),)
    assert not north.there


def test_of_alternatives_every_one_is_to_blame(night: Story) -> None:
    """And what lies under a `not` stays one part."""
    state = Game(night).state
    found = test(night, state, "calm > 2 or met or not (calm == 1 and mood == 'quiet')", "bedside")
    assert not found.holds
    assert found.because == ("calm > 2", "met", "not (calm == 1 and mood == 'quiet')")


def test_a_choice_into_what_is_erased_says_so(night: Story) -> None:
    """Its condition is not the reason."""
    game = Game(night)
    for act in ("all", "page"):
        game.choose(act)
    after = inspect(night, game.state)
    assert item(after.choices, "back").there
    place = night.position["river"]
    gone = State(**{**{name: getattr(game.state, name) for name in State.__struct_fields__},
                    "strength": (*game.state.strength[:place], 0, *game.state.strength[place + 1 :])})  # fmt: skip
    back = item(inspect(night, gone).choices, "back")
    assert not back.there
    assert back.why == "it leads into river, which is erased"


def test_the_machines_side_is_there(night: Story) -> None:
    """What it counts, what it aims at, what is left of each place and what is off its map."""
    found = behind(night, "some")
    facts = {fact.what: fact.value for fact in found.facts}
    assert facts["target"] == "pier"
    assert facts["given"] == "shell"
    assert facts["integrity"] == "100"
    assert {place.what: place.value for place in found.places}["river"] == "100 %, off the map"
    assert [due.name for due in found.due] == ["wires"]
    assert not found.due[0].there


def test_what_nobody_asks_for_is_not_made_up(night: Story) -> None:
    """Visits are counted only where a condition reads them."""
    found = behind(night)
    assert {fact.what: fact.value for fact in found.facts}["visits"].startswith("not counted")


def test_a_block_shown_once_says_so(night: Story) -> None:
    """A page outside that has been read on an earlier visit."""
    game = Game(night)
    for act in ("all", "long", "on"):
        game.choose(act)
    while game.state.scene != "wires":
        game.choose(game.view.choices[-1].id)
    assert item(inspect(night, game.state).blocks, "block 1").there
    read = State(**{**{name: getattr(game.state, name) for name in State.__struct_fields__}, "read": frozenset({("wires", 0)})})
    assert item(inspect(night, read).blocks, "block 1").why == "shown once already"


@pytest.mark.parametrize("name", ["night", "cloak"])
def test_it_never_says_otherwise_than_the_engine(name: str, request: pytest.FixtureRequest) -> None:
    """On every page of twenty random nights, what is offered and shown is what it says is."""
    story: Story = request.getfixturevalue(name)
    for seed in range(20):
        chance, state = Random(seed), start(story, seed)
        for _ in range(80):
            found = inspect(story, state)
            offered = [choice.id for choice in choices.available(story, state) if choice is not choices.DRIFT]
            assert [one.name for one in found.choices if one.there] == offered
            assert [one.there for one in found.blocks] == [
                number in dict(choices.blocks(story, state)) for number in range(len(blocks_of(story.scenes[state.scene].text)))
            ]
            for one in (*found.choices, *found.blocks):
                assert one.test is None or one.test.holds == holds(story, state, one.test.condition, state.scene)
            if is_over(story, state):
                break
            state = step(story, state, chance.choice(possible(story, state)))
