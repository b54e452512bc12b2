"""Where a night is decided: the last moment at which it could still have ended otherwise."""

from __future__ import annotations

from collections import Counter
from random import Random

from eternal.author.playtest.night import LIMIT
from eternal.author.playtest.seat import Player, Seat
from eternal.author.playtest.tally import Sample
from eternal.author.playtest.tempers import TEMPERS
from eternal.engine.choices import possible
from eternal.engine.state import State
from eternal.engine.step import is_over, start, step
from eternal.story.story import Story

__all__ = ["TRIES", "decided_at"]

#: Who tries to end a night otherwise from a moment on, and how often each.
_WHO = ("random", "careful", "greedy", "hasty")
TRIES = 12


def decided_at(story: Story, sample: Sample) -> str:
    """Return the scene in which a night was decided.

    From there on none of `TRIES` players of four tempers who took over ended otherwise. What is lost stays lost, so the moment is found
    by halving.
    """
    states = [start(story, sample.seed)]
    for action in sample.actions:
        states.append(step(story, states[-1], action))
    open_, settled = -1, len(states) - 1
    while settled - open_ > 1:
        middle = (open_ + settled) // 2
        if _could_differ(story, states[middle], sample.ending, Random(f"{sample.seed}/{middle}")):
            open_ = middle
        else:
            settled = middle
    return states[settled].scene if settled == 0 else states[settled - 1].scene


def _could_differ(story: Story, state: State, ending: str, rng: Random) -> bool:
    """Tell whether anybody who takes over ends otherwise."""
    return any(_ending(story, state, TEMPERS[_WHO[number % len(_WHO)]], rng) not in (ending, "") for number in range(TRIES))


def _ending(story: Story, state: State, player: Player, rng: Random) -> str:
    tonight: Counter[tuple[str, object]] = Counter()
    for _ in range(LIMIT):
        if is_over(story, state):
            return state.scene
        options = possible(story, state)
        if not options:
            return ""
        action = player(Seat(story, state, options, rng, tonight, tonight))  # type: ignore[arg-type]  # a counter of deeds
        tonight[state.scene, action] += 1
        state = step(story, state, action)
    return ""
