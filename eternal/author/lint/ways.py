"""Scenes that nobody comes to, endings that no gallery shows, memories and refuges that the night cannot use."""

from __future__ import annotations

from collections.abc import Iterator

from eternal.author.graph.reach import reachable
from eternal.author.lint.base import Ground
from eternal.story.diagnostics import Finding
from eternal.story.schema import Scene

__all__ = ["warnings"]


def warnings(ground: Ground) -> Iterator[Finding]:
    """Yield a warning for each scene that the story cannot come to, or can make no use of."""
    unlit = frozenset(_unlit(ground))
    for scene in unlit:
        yield ground.in_scene("W116", scene, ("id",), id=scene)
    for scene in _unreached(ground, unlit):
        yield ground.in_scene("W104", scene, ("id",), id=scene)
    roomy = {ground.story.head(scene.id) for scene in ground.story.scenes.values() if scene.capacity}
    for spec in ground.story.scenes.values():
        yield from _scene_warnings(ground, spec, roomy)


def _scene_warnings(ground: Ground, scene: Scene, roomy: set[str]) -> Iterator[Finding]:
    story = ground.story
    if scene.kind == "ending" and story.header.endings and scene.id not in story.header.endings:
        yield ground.in_scene("W115", scene.id, ("id",), id=scene.id)
    if scene.part_of is not None:
        return
    if scene.kind == "memory" and scene.when is None and story.machine is not None:
        yield ground.in_scene("W110", scene.id, ("id",), id=scene.id)
    if scene.kind == "refuge" and scene.id not in roomy:
        yield ground.in_scene("W111", scene.id, ("id",), id=scene.id)


def _unlit(ground: Ground) -> Iterator[str]:
    """Yield the memories that no memento lights, in a story where only mementos put memories on the map."""
    story = ground.story
    if story.machine is None or story.machine.hunt is not None or not story.lit_by:
        return
    yield from (memory for memory in story.index.memories if memory not in story.lit_by)


def _unreached(ground: Ground, unlit: frozenset[str]) -> Iterator[str]:
    """Yield scenes that nothing leads to; of those that only lead to each other, the first."""
    story = ground.story
    met = reachable(story)
    lost = [scene for scene in story.scenes if scene not in met]
    left = dict.fromkeys(lost)
    led = {to for scene in lost for to in story.targets(story.scenes[scene]) if to != scene}
    for scene in [*unlit, *(scene for scene in lost if scene not in led), *lost]:
        if scene not in left:
            continue
        if scene not in unlit:
            yield scene
        waiting = [scene]
        while waiting:
            at = waiting.pop()
            if at in left:
                del left[at]
                waiting += story.targets(story.scenes[at])
