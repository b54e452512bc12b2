"""Which memories are called by their names on a map: the same on every face and in every export.

What the machine has not been shown is dark on a map, to the player too: naming it there would give away a night that has
not been told yet. Where Joel has been tonight he knows, and what is gone can no longer be given away.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from eternal.engine.pages import MemoryView
from eternal.engine.state import State
from eternal.speech import _
from eternal.story.story import Story

__all__ = ["been_in", "called", "is_named"]


def been_in(story: Story, way: Iterable[State]) -> frozenset[str]:
    """Return the places that a night has led through, each by its first page."""
    return frozenset(map(story.head, {state.scene for state in way}))


def is_named(memory: MemoryView, been: Collection[str]) -> bool:
    """Tell whether a memory is called by its name: the machine knows it, Joel has been there tonight, or it is gone."""
    return memory.on_map or memory.here or memory.erased or memory.id in been


def called(memory: MemoryView, been: Collection[str]) -> str:
    """Return what a memory is called on a map."""
    return memory.title if is_named(memory, been) else _("somewhere dark")
