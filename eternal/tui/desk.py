"""The table of mementos: which things lie where, and what a choice would do with them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from eternal.engine.state import State
from eternal.story.story import Story
from eternal.wording.told import say

__all__ = ["Gesture", "Thing", "gesture_of", "is_table", "lights_of", "things"]

#: Where a thing is: under the lamp for good, being asked for, in one's pocket, or still in the bag.
Lies = Literal["given", "asked", "kept", "bag"]


class Thing(Struct, frozen=True):
    """A memento on the table."""

    id: str
    name: str
    line: str
    lies: Lies


class Gesture(Struct, frozen=True):
    """What the hand is about to do: the things it holds into the light, and those it puts away."""

    gives: frozenset[str] = frozenset()
    keeps: frozenset[str] = frozenset()


def is_table(story: Story, state: State) -> bool:
    """Tell whether something is asked for here."""
    return any(choice.give for choice in story.scenes[state.scene].choices)


def things(story: Story, state: State, way: Iterable[State], locale: str | None = None) -> tuple[Thing, ...]:
    """Return all the mementos in the story's order, and where each lies.

    Args:
        story: the story.
        state: where the night stands.
        way: the states on the way there, for what was asked for before and not given.
        locale: the language to name them in.
    """
    here = _asked(story, state.scene)
    before = {memento for past in {state.scene for state in way} for memento in _asked(story, past)}
    return tuple(
        Thing(
            name,
            say(story, f"memento:{name}:name", memento.name, locale),
            say(story, f"memento:{name}:line", memento.line, locale) if memento.line else "",
            _lies(name, state, here, before),
        )
        for name, memento in story.header.mementos.items()
    )


def _lies(name: str, state: State, here: set[str], before: set[str]) -> Lies:
    if name in state.given:
        return "given"
    return "asked" if name in here else "kept" if name in before else "bag"


def _asked(story: Story, scene: str) -> set[str]:
    return {memento for choice in story.scenes[scene].choices for memento in choice.give}


def gesture_of(story: Story, scene: str, does: str) -> Gesture:
    """Return what a choice would do with the things that are asked for: give them, or go on without."""
    choice = story.choice(scene, does.removeprefix("choose:")) if does.startswith("choose:") else None
    if choice is None:
        return Gesture()
    gives = frozenset(choice.give)
    return Gesture(gives, frozenset(_asked(story, scene)) - gives if choice.to else frozenset())


def lights_of(story: Story, scene: str, does: str) -> frozenset[str]:
    """Return the memories that a choice would put on the map by what it gives."""
    gives = gesture_of(story, scene, does).gives
    return frozenset(memory for memento in gives for memory in story.header.mementos[memento].lights)
