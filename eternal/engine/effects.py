"""What choices and scenes change."""

from __future__ import annotations

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
        state = replace(state, values=_values(story, state, effects))
    if effects.give:
        state = replace(state, given=state.given | frozenset(effects.give))
    if effects.wake != effects.sedate and story.machine is not None:
        awake = clamp(state.lucidity + effects.wake - effects.sedate, story.machine.lucidity)
        state = replace(state, lucidity=awake)
    return stir(story, state, effects.heat) if effects.heat else state


def _values(story: Story, state: State, effects: Effects) -> tuple[Value, ...]:
    values, places, specs = list(state.values), story.variables, story.header.variables
    for name, text in effects.set.items():
        values[places[name]] = _parse(text, specs[name])
    for name, number in effects.add.items():
        spec = specs[name]
        if isinstance(spec, Bounded):
            place = places[name]
            values[place] = clamp(int(values[place]) + number, spec)
    return tuple(values)


def _parse(text: str, spec: Variable) -> Value:
    if isinstance(spec, bool):
        return text == "true"
    return int(text) if isinstance(spec, Bounded) else text
