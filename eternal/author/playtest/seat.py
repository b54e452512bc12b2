"""What a player of a temper has before them when it is their turn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from random import Random

from msgspec import Struct

from eternal.engine.actions import Action
from eternal.engine.state import State
from eternal.story.story import Story

__all__ = ["Player", "Seat"]

#: A deed: an action and the scene it is taken in.
Deed = tuple[str, Action]


class Seat(Struct):
    """One turn: the story, the state, what can be done, chance, and what the player remembers.

    Attributes:
        options: everything that is possible, never empty.
        tonight: how often each deed has been done this night.
        ever: how often in all nights so far; what `fresh` goes by.
    """

    story: Story
    state: State
    options: list[Action]
    rng: Random
    tonight: Counter[Deed]
    ever: Counter[Deed]

    def of(self, *kinds: type[Action]) -> list[Action]:
        """Return the options of some kinds."""
        return [option for option in self.options if isinstance(option, kinds)]

    def any(self, options: list[Action]) -> Action:
        """Return one of some options by chance."""
        return options[int(self.rng.random() * len(options))]

    def rarest(self, options: list[Action], among: Counter[Deed]) -> Action:
        """Return one of the options done least often, by chance among equals."""
        least = min(among[self.state.scene, option] for option in options)
        return self.any([option for option in options if among[self.state.scene, option] == least])


#: A temper: given a turn, what to do.
Player = Callable[[Seat], Action]
