"""What is in hand, and where that lets one flee, over packed states: what `engine/choices.py` says of them."""

from __future__ import annotations

from collections.abc import Callable

from eternal.engine.fast.conditions import source
from eternal.engine.fast.functions import compiled
from eternal.engine.fast.layout import Layout
from eternal.engine.fast.leaves import motif_of

__all__ = ["fleeing", "hands"]


def fleeing(layout: Layout) -> Callable[[int, int], list[int]]:
    """Return the function that lists where flight leads: along the motifs of a place and of what is in hand."""
    story, number = layout.story, layout.number
    rows = []
    for head in story.position:
        motifs = story.scenes[head].motifs
        along = sum(layout.hand(fragment) for fragment in layout.fragments if motif_of(layout, fragment) in motifs)
        opens = story.scenes[head].open
        rows.append((number[head], layout.mask(("strength", head)), along, compiled(source(layout, opens, head)) if opens else None))
    shared = {
        number[head]: frozenset(number[other] for motif in story.scenes[head].motifs for other in story.along.get(motif, ()))
        for head in story.position
    }

    def flights(s: int, here: int) -> list[int]:
        near = shared[here]
        return [
            there for there, standing, along, opens in rows
            if there != here and s & standing and (there in near or s & along) and (opens is None or opens(s))
        ]  # fmt: skip

    return flights


def hands(layout: Layout) -> tuple[Callable[[int], list[tuple[int, int]]], Callable[[int, int], list[tuple[int, int]]]]:
    """Return the functions that let go of each fragment in hand, and that hide each where one stands."""
    hand = layout.bits.get(("hand",))
    if hand is None:
        return (lambda s: []), (lambda s, place: [])
    gone = [_gone(layout, fragment) for fragment in layout.fragments]

    def held(s: int) -> list[int]:
        rest, found = (s & hand.mask) >> hand.shift, []
        while rest:
            low = rest & -rest
            found.append(low.bit_length() - 1)
            rest ^= low
        return found

    def drop(s: int) -> list[tuple[int, int]]:
        dropped = []
        for number in held(s):
            standing, lost = gone[number]
            after = s ^ hand.one << number
            dropped.append((number, after if not standing or after & standing else after | lost))
        return dropped

    def hide(s: int, shift: int) -> list[tuple[int, int]]:
        return [(number, s ^ hand.one << number | 1 << shift + number) for number in held(s)]

    return drop, hide


def _gone(layout: Layout, fragment: str) -> tuple[int, int]:
    """Return the bits that say a fragment's memory stands, and the bit that it is lost if that still says anything then."""
    head = layout.story.head(layout.story.index.fragments[fragment])
    lost = layout.lost(fragment)
    return layout.mask(("strength", head)), 0 if lost & layout.local.get(head, 0) else lost
