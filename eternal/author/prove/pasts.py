"""How a player's earlier nights can have ended, as far as a story's conditions tell them apart."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, combinations

from eternal.engine.fast.reads import reads_of
from eternal.story.story import Story

__all__ = ["all_pasts", "mixed_pasts"]

#: More ways than this are not all tried.
_MOST = 64


def _named(story: Story, more: Iterable[str]) -> tuple[list[str], bool]:
    """Return the endings that `past` is asked about, and whether it is asked about any ending at all."""
    calls = {call for call in reads_of(story, more).calls if call[0] == "past"}
    return sorted(call[1] for call in calls if len(call) > 1), ("past",) in calls


def _others(story: Story, named: list[str], endings: Iterable[str]) -> list[str]:
    """Return one ending that nobody asks about by name: it stands for all of them."""
    del story
    return [ending for ending in endings if ending not in named][:1]


def all_pasts(story: Story, more: Iterable[str], endings: list[str]) -> tuple[list[tuple[str, ...]], bool]:
    """Return every way that earlier nights can have ended, and whether these are all.

    Args:
        story: the story.
        more: conditions asked besides its own.
        endings: the endings that may be reached.
    """
    named, asked = _named(story, more)
    told_apart = [ending for ending in named if ending in endings]
    if asked:
        told_apart += _others(story, named, endings)
    subsets = list(chain.from_iterable(combinations(told_apart, size) for size in range(len(told_apart) + 1)))
    if len(subsets) <= _MOST:
        return subsets, True
    return [(), *((ending,) for ending in told_apart), tuple(told_apart)], False


def mixed_pasts(story: Story, more: Iterable[str], ended: list[str]) -> tuple[tuple[str, ...], ...]:
    """Return some ways that earlier nights can have ended, given endings that have been reached: none, each, all, and all but each."""
    named, asked = _named(story, more)
    told_apart = [ending for ending in named if ending in ended]
    if asked:
        told_apart += _others(story, named, ended)
    everything = tuple(told_apart)
    some = [(), *((ending,) for ending in told_apart), everything]
    some += [tuple(other for other in told_apart if other != ending) for ending in told_apart]
    return tuple(dict.fromkeys(some))
