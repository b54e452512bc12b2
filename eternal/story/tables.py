"""The tables that the engine asks, made once of a story that has been checked."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from eternal.story.hours import hour_of
from eternal.story.schema import Scene
from eternal.story.story import Index, Tracked

__all__ = ["index_of"]


def index_of(scenes: Mapping[str, Scene], fragments: dict[str, str], tracked: Tracked) -> Index:
    """Return a story's tables.

    Args:
        scenes: every scene by its id.
        fragments: each with the scene that declares it.
        tracked: what conditions ask a night to count.
    """
    heads = [scene for scene in scenes.values() if scene.part_of is None]
    memories = sorted((s for s in heads if s.kind == "memory"), key=lambda s: s.when or "", reverse=True)
    outside = sorted((s for s in heads if s.due is not None), key=lambda s: hour_of(s.when))
    refuges = tuple(s.id for s in heads if s.kind == "refuge")
    return Index(
        tracked=replace(tracked, visits=tracked.visits.union(refuges)),  # a refuge is on the player's map once it has been entered
        memories=tuple(s.id for s in memories),
        refuges=refuges,
        outside=tuple(s.id for s in outside),
        fragments=fragments,
    )
