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
    return min(bounds.max, max(bounds.min, number))


def apply(story: Story, state: State, effects: Effects | None) -> State:
    """Return the state after effects: values set, then added to (and clamped), mementos given, Joel woken, heat."""
    if effects is None:
        return state
    if effects.set or effects.add:
        state = replace(state, values=_values(story, state, effects))
    if effects.give:
        state = replace(state, given=state.given | frozenset(effects.give))
    if story.machine is not None and effects.wake != effects.sedate:
        awake = clamp(state.lucidity + effects.wake - effects.sedate, story.machine.lucidity)
        state = replace(state, lucidity=awake)
    return stir(story, state, effects.heat) if effects.heat else state


def _values(story: Story, state: State, effects: Effects) -> tuple[Value, ...]:
    values = list(state.values)
    for name, text in effects.set.items():
        values[story.variables[name]] = _parse(text, story.header.variables[name])
    for name, number in effects.add.items():
        spec = story.header.variables[name]
        if isinstance(spec, Bounded):
            place = story.variables[name]
            values[place] = clamp(int(values[place]) + number, spec)
    return tuple(values)


def _parse(text: str, spec: Variable) -> Value:
    if isinstance(spec, bool):
        return text == "true"
    return int(text) if isinstance(spec, Bounded) else text
