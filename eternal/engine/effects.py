"""What choices and scenes change."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from eternal.engine.machine import stir
from eternal.engine.state import State, Value
from eternal.story.schema import Bounded, Effects, Variable
from eternal.story.story import Story

__all__ = ["apply", "clamp"]


def clamp(number: int, bounds: Bounded) -> int:
    """Return the nearest number within the bounds."""
    return bounds.min if number < bounds.min else min(number, bounds.max)


def apply(story: Story, state: State, effects: Effects | None) -> State:
    """Return the state after effects: values set, then added to (and clamped), mementos given, Joel woken, heat."""
    if effects is None:
        return state
    if effects.set or effects.add:
        state = replace(state, values=_values(state, _written(story, effects)))
    if effects.give:
        state = replace(state, given=state.given | frozenset(effects.give))
    if effects.wake != effects.sedate and story.machine is not None:
        awake = clamp(state.lucidity + effects.wake - effects.sedate, story.machine.lucidity)
        state = replace(state, lucidity=awake)
    return stir(story, state, effects.heat) if effects.heat else state


class Written(Struct, frozen=True, gc=False):
    """What effects do to variables, looked up once: places and values that are set, then places, numbers to add, least and most."""

    sets: tuple[tuple[int, Value], ...]
    adds: tuple[tuple[int, int, int, int], ...]


def _written(story: Story, effects: Effects) -> Written:
    """Return what effects do to variables; the story keeps it, by the effects themselves, which live as long as it does."""
    found: Written | None = story.written.get(id(effects))
    if found is None:
        specs, places = story.header.variables, story.variables
        found = story.written[id(effects)] = Written(
            sets=tuple((places[name], _parse(text, specs[name])) for name, text in effects.set.items()),
            adds=tuple(
                (places[name], number, spec.min, spec.max)
                for name, number in effects.add.items()
                if isinstance(spec := specs[name], Bounded)
            ),
        )
    return found


def _values(state: State, written: Written) -> tuple[Value, ...]:
    values = list(state.values)
    for place, value in written.sets:
        values[place] = value
    for place, number, least, most in written.adds:
        values[place] = min(most, max(least, int(values[place]) + number))
    return tuple(values)


def _parse(text: str, spec: Variable) -> Value:
    if isinstance(spec, bool):
        return text == "true"
    return int(text) if isinstance(spec, Bounded) else text
