"""From a state of the engine to the whole number that stands for it."""

from __future__ import annotations

from collections.abc import Iterator

from eternal.engine.fast.layout import Layout
from eternal.engine.state import State

__all__ = ["packed", "packed_past"]


def packed(layout: Layout, state: State) -> int:
    """Return a state as one whole number. States that differ only in what nobody reads are the same number."""
    number = layout.number[state.scene] | packed_past(layout, state.past)
    for name, bits in layout.bits.items():
        value = _plain(layout, state, name)
        if value is not None:
            number |= bits.put(min(value, bits.top + bits.zero))
    return _forgotten(layout, state, number | sum(_fragments(layout, state)))


def packed_past(layout: Layout, past: tuple[str, ...]) -> int:
    """Return the bits that say how earlier nights ended."""
    number = 0
    for name, bits in layout.bits.items():
        if name[0] == "past" and (name[1] in past if len(name) > 1 else past):
            number |= bits.one
    return number


def _plain(layout: Layout, state: State, name: tuple[str, ...]) -> int | None:
    """Return the value of a place that holds a number; None for those that hold fragments, the scene and the past."""
    story = layout.story
    match name:
        case ("variable", variable):
            value, spec = state.values[story.variables[variable]], story.header.variables[variable]
            return spec.index(str(value)) if isinstance(spec, tuple) else int(value)
        case ("chose", scene, choice):
            return (scene, choice) in state.chosen
        case ("visits", scene):
            return state.visits.get(scene, 0)
        case ("read", scene, number):
            return (scene, int(number)) in state.read
        case ("given", memento):
            return memento in state.given
        case ("strength", head):
            return state.strength[story.position[head]]
        case ("refused", head):
            return state.refused[story.position[head]]
        case ("refusals",):
            return sum(state.refused)
        case ("beat", _):
            return state.beat
        case ("heat", _):
            return 0 if state.hunted and ("heat", "") not in layout.reads.limits else state.heat
        case ("shown", outside):
            return outside in state.shown
        case ("resume",):
            return 0 if state.resume is None else layout.number[state.resume] + 1
        case ("sweep",):
            return state.sweep is not None
        case ("queue",):
            return _queue(layout, state)
        case ("lucidity" | "hunted" | "turned" | "looking" as same,):
            return int(getattr(state, same))
    return None


def _queue(layout: Layout, state: State) -> int:
    """Return the exposed refuges that still stand, the first lowest, each as a digit."""
    refuges, digits = layout.story.index.refuges, 0
    standing = [refuge for refuge in state.exposed if state.strength[layout.story.position[refuge]]]
    for number, refuge in enumerate(standing):
        digits |= (refuges.index(refuge) + 1) << number * len(refuges).bit_length()
    return digits


def _fragments(layout: Layout, state: State) -> Iterator[int]:
    yield from (layout.hand(fragment) for fragment in state.hands)
    yield from (layout.lost(fragment) for fragment in state.lost)
    for fragment, place in state.hidden:
        yield layout["at", place].one << layout.bit_of[fragment]


def _forgotten(layout: Layout, state: State, number: int) -> int:
    """Leave out what only the scenes of an erased memory asked about."""
    for head, own in layout.local.items():
        if not state.strength[layout.story.position[head]]:
            number &= layout.full ^ (number & own)
    return number
