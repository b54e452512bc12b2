"""Which scenes can be led to at all: by a choice, by the machine, by flight, or by falling due.

Conditions are not asked, so a scene that is marked unreachable is one that nobody leads to whatever the player does.
What a reader of conditions can say beyond that is `eternal prove`'s business.
"""

from __future__ import annotations

from collections.abc import Iterator

from eternal.story.schema import NEXT, Scene
from eternal.story.story import Story

__all__ = ["reachable"]


def reachable(story: Story) -> frozenset[str]:
    """Return the scenes that something leads to, from the start on."""
    found: set[str] = set()
    reach = _Reach(story)
    waiting = [story.header.start]
    while waiting:
        fresh = [scene for scene in dict.fromkeys(waiting) if scene not in found]
        found.update(fresh)
        waiting = [to for scene in fresh for to in reach.ways(story.scenes[scene])]
        if not waiting:
            waiting = [scene for scene in reach.brought() if scene not in found]
    return frozenset(found)


class _Reach:
    """What has been met so far that brings further scenes: the machine, mementos, motifs."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.night = False
        self.given: set[str] = set()
        self.motifs: set[str] = set()

    def ways(self, scene: Scene) -> Iterator[str]:
        """Yield where a scene's choices lead, and note what else it brings."""
        self._note(scene)
        for choice in scene.choices:
            self.given.update(choice.give)
            self.night = self.night or choice.to == NEXT or bool(choice.beats)
            if choice.to is not None and choice.to != NEXT:
                yield choice.to

    def _note(self, scene: Scene) -> None:
        for effects in (scene.enter, scene.leave):
            if effects is not None:
                self.given.update(effects.give)
        self.night = self.night or scene.kind in ("memory", "refuge")
        self.motifs.update(fragment.motif for fragment in scene.fragments.values())
        self.motifs.update(self.story.scenes[self.story.head(scene.id)].motifs)

    def brought(self) -> Iterator[str]:
        """Yield the scenes that the night brings by itself."""
        story, rules = self.story, self.story.machine
        if rules is None or not self.night:
            return
        yield rules.morning
        if rules.broken is not None:
            yield rules.broken
        for memory in story.index.memories:
            if rules.hunt is not None or not story.lit_by or not self.given.isdisjoint(story.lit_by.get(memory, ())):
                yield memory
        for motif in self.motifs:
            yield from story.along.get(motif, ())
        yield from story.index.outside
