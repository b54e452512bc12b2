"""The source of the two functions of who looks at all actions and takes one: only that one is worked out."""

from __future__ import annotations

from collections.abc import Iterator

from eternal.engine.fast.codes import Codes
from eternal.engine.fast.layout import Layout
from eternal.engine.fast.options import Option, Room
from eternal.engine.fast.sources import Live, done, has_hands, head_of, hide_beats, noted_lines, steps_of
from eternal.story.schema import Scene

__all__ = ["offers_source", "taken_source"]


def offers_source(layout: Layout, codes: Codes, scene: Scene, options: list[Option], room: Room | None, live: Live) -> str:
    """Return the function that lists the codes of all actions, in the order in which moves are listed."""
    del live
    return "\n".join(_offers_lines(layout, codes, scene, options, room))


def _offers_lines(layout: Layout, codes: Codes, scene: Scene, options: list[Option], room: Room | None) -> Iterator[str]:
    yield "def made(s):"
    yield " found = []"
    for option in options:
        yield f" if {option.test}:"
        yield f"  found.append({option.code})"
    if has_hands(layout, scene):
        yield f" if s & {layout.mask(('hand',))}:"
        yield f"  found += [{codes.drop} + f for f, t in drop(s)]"
        if room is not None:
            yield f"  if (s & {room.mask}).bit_count() < {room.capacity}:"
            yield f"   found += [{codes.hide} + f for f, t in drop(s)]"
    head = head_of(layout, scene)
    if head is not None:
        yield f" if s & {layout.mask(('turned',))}:"
        yield f"  found += [{codes.flee} + to for to in flights(s, {head})]"
    yield " return found"


def taken_source(layout: Layout, codes: Codes, scene: Scene, options: list[Option], room: Room | None, live: Live) -> str:
    """Return the function that takes the action of a code that is offered."""
    return "\n".join(_taken_lines(layout, codes, scene, options, room, live))


def _taken_lines(layout: Layout, codes: Codes, scene: Scene, options: list[Option], room: Room | None, live: Live) -> Iterator[str]:
    yield "def made(s, k):"
    yield from noted_lines(layout, scene)
    for option in options:
        steps, last = steps_of(option, layout.full)
        yield f" if k == {option.code}:"
        yield from (f"  t = {step}" for step in steps)
        yield f"  return {last}"
    if has_hands(layout, scene):
        yield f" if k < {codes.hide}:"
        yield f"  return [{done('settle(t)', live)} for f, t in drop(s) if f == k - {codes.drop}][0]"
        if room is not None:
            yield f" if k < {codes.flee}:"
            yield f"  return [{done(f'stay(t, {hide_beats(layout)})', live)} for f, t in hide(s, {room.shift}) if f == k - {codes.hide}][0]"
    yield f" return {done(f'flee(s, k - {codes.flee})', live)}"
