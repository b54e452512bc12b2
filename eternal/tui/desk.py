"""The table of mementos: which things lie where, and what a choice would do with them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from eternal.engine.state import State
from eternal.speech import _, mark
from eternal.story.story import Story
from eternal.tui.told import say

__all__ = ["Thing", "in_short", "is_table", "lights_of", "things"]

#: Where a thing is: under the lamp for good, being asked for, in one's pocket, or still in the bag.
Lies = Literal["given", "asked", "kept", "bag"]


_PLACES: tuple[tuple[Lies, str], ...] = (("given", mark("under the lamp")), ("kept", mark("in your pocket")), ("bag", mark("in the bag")))


class Thing(Struct, frozen=True):
    """A memento on the table."""

    id: str
    name: str
    line: str
    lies: Lies


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


def in_short(lying: Iterable[Thing]) -> str:
    """Say where everything lies, in a line, for a screen on which there is no room for the desk."""
    lie = [thing.lies for thing in lying]
    return " · ".join(f"{_(place)} {lie.count(lies)}" for lies, place in _PLACES if lies in lie)


def _lies(name: str, state: State, here: set[str], before: set[str]) -> Lies:
    if name in state.given:
        return "given"
    return "asked" if name in here else "kept" if name in before else "bag"


def _asked(story: Story, scene: str) -> set[str]:
    return {memento for choice in story.scenes[scene].choices for memento in choice.give}


def lights_of(story: Story, scene: str, does: str) -> frozenset[str]:
    """Return the memories that a choice would put on the map by what it gives."""
    choice = story.choice(scene, does.removeprefix("choose:")) if does.startswith("choose:") else None
    given = choice.give if choice else ()
    return frozenset(memory for memento in given for memory in story.header.mementos[memento].lights)
