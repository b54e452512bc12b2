"""The machine: what it aims at, what a beat takes, what refuses it, and when it hunts. It never moves Joel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from eternal.engine.conditions import on_map
from eternal.engine.state import News, State
from eternal.story.story import Story

if TYPE_CHECKING:
    from eternal.engine.pages import Mood

__all__ = ["beat", "gave_up", "is_erased", "loudness", "next_memory", "rate", "stir", "target"]

#: The heat that counts as loud where no hunt says so.
_LOUD = 8


def is_erased(story: Story, state: State, scene: str) -> bool:
    """Tell whether the memory or refuge that a scene belongs to is gone."""
    place = story.position.get(story.head(scene))
    return place is not None and state.strength[place] == 0


def next_memory(story: Story, state: State) -> str | None:
    """Return the newest memory on the map that is not erased."""
    left = zip(story.index.memories, state.strength, strict=False)
    return next((memory for memory, strength in left if strength and on_map(story, state, memory)), None)


def target(story: Story, state: State) -> str | None:
    """Return what the machine works on: the exposed refuge it has turned to, else the newest memory on the map."""
    return state.sweep or next_memory(story, state)


def rate(story: Story, state: State) -> int:
    """Return the strength that a beat takes."""
    machine = story.machine
    if machine is None:
        return 0
    return machine.hunt.rate if state.hunted and machine.hunt else machine.rate


def gave_up(story: Story, state: State) -> bool:
    """Tell whether the memories have refused so often that the machine gives up."""
    machine = story.machine
    return machine is not None and machine.breaks is not None and sum(state.refused) >= machine.breaks


def loudness(story: Story, state: State, more: int = 0) -> Mood:
    """Return how loudly Joel runs, or would with so much heat more: by thirds of the way to the hunt, which is never taken back."""
    hunt = story.machine.hunt if story.machine else None
    heat, loud = max(0, state.heat + more), hunt.at if hunt else _LOUD
    if state.hunted or (hunt is not None and heat >= loud):
        return "howard"
    if heat * 3 >= loud * 2:
        return "lost"
    if heat * 3 >= loud:
        return "losing"
    return "restless" if heat else "calm"


def stir(story: Story, state: State, heat: int) -> State:
    """Make Joel louder or quieter; at the hunt's heat the doctor is called, and that is never taken back."""
    was, state = loudness(story, state), replace(state, heat=max(0, state.heat + heat))
    now = loudness(story, state)
    if now == was or story.machine is None:
        return state
    news = tuple(item for item in state.news if item.kind != "noise")
    if now == "howard":
        return replace(state, hunted=True, news=(*news, News("hunt")))
    return replace(state, news=(*news, News("noise", now)))


def beat(story: Story, state: State) -> State:
    """Let one beat pass: the target loses strength, refuses, or is erased."""
    state = replace(state, beat=state.beat + 1)
    goal = target(story, state)
    if goal is None:
        return state
    place = story.position[goal]
    left = state.strength[place] - rate(story, state)
    if left > 0:
        return replace(state, strength=_put(state.strength, place, left))
    if _refuses(story, state, goal):
        refused = _put(state.refused, place, state.refused[place] + 1)
        return replace(state, refused=refused, news=(*state.news, News("refuses", goal)))
    return _erase(story, state, goal)


def _put(numbers: tuple[int, ...], place: int, number: int) -> tuple[int, ...]:
    return (*numbers[:place], number, *numbers[place + 1 :])


def _refuses(story: Story, state: State, memory: str) -> bool:
    """A memory with a fragment kept refuses, at its last beat, as often as its heart says."""
    heart = story.scenes[memory].heart
    if state.refused[story.position[memory]] >= heart:
        return False
    return not set(story.fragments_of.get(memory, ())).isdisjoint(state.kept)


def _erase(story: Story, state: State, goal: str) -> State:
    """Take a memory or a refuge off the world, with the words in it that nobody holds."""
    held = {*state.hands, *(fragment for fragment, where in state.hidden if where != goal)}
    is_refuge = story.scenes[goal].kind == "refuge"
    if not is_refuge:  # what is planted in a memory has been planted for good
        held.update(fragment for fragment, where in state.hidden if where == goal)
    gone = [fragment for fragment in story.fragments_of.get(goal, ()) if fragment not in held]
    gone += [fragment for fragment, _ in state.hidden if fragment not in held and fragment not in gone]
    state = replace(
        state,
        strength=_put(state.strength, story.position[goal], 0),
        hidden=tuple((fragment, where) for fragment, where in state.hidden if fragment in held),
        lost=state.lost | frozenset(gone),
        news=(*state.news, News("erased", goal), *(News("lost", f) for f in gone if f not in state.lost)),
    )
    return replace(state, sweep=None if is_refuge else _exposed(story, state))


def _exposed(story: Story, state: State) -> str | None:
    """Return the first exposed refuge that still stands: what the machine turns to between two memories."""
    return next((refuge for refuge in state.exposed if not is_erased(story, state, refuge)), None)
