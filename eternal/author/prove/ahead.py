"""Which scenes can follow which, at most: what lies before the night, and what may lead to a scene."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eternal.story.schema import NEXT, Scene
from eternal.story.story import Story

if TYPE_CHECKING:
    from eternal.author.prove.possible import Possible

__all__ = ["before_night", "leading_to"]


def before_night(story: Story) -> frozenset[str]:
    """Return the scenes that come only before the first beat: nothing leads back to them from where one can pass."""
    if story.machine is None or story.machine.hide:
        return frozenset()
    reached = set(story.position) | set(story.index.outside) | {story.machine.morning, story.machine.broken or story.machine.morning}
    reached |= {s.id for s in story.scenes.values() if story.head(s.id) in story.position or any(c.beats for c in s.choices)}
    stack = list(reached)
    while stack:
        for to in story.targets(story.scenes[stack.pop()]):
            if to not in reached:
                reached.add(to)
                stack.append(to)
    return frozenset(story.scenes) - reached


def leading_to(possible: Possible, target: str) -> set[str]:
    """Return the scenes from which a scene may be reached, and it."""
    before: dict[str, set[str]] = {}
    crossroads = _crossroads(possible)
    for name in possible.scenes:
        for to in _follows(possible, possible.story.scenes[name], crossroads):
            before.setdefault(to, set()).add(name)
    found, stack = {target}, [target]
    while stack:
        for name in before.get(stack.pop(), set()) - found:
            found.add(name)
            stack.append(name)
    return found


def _crossroads(possible: Possible) -> set[str]:
    """Return where a night can lead from anywhere in it: memories, refuges and their parts, outside, the morning, the machine's end."""
    story, machine = possible.story, possible.story.machine
    ways = {scene for scene in possible.scenes if story.head(scene) in story.position} | set(story.index.outside)
    if machine is not None:
        ways |= {machine.morning, machine.broken or machine.morning}
    return ways & possible.scenes


def _follows(possible: Possible, scene: Scene, crossroads: set[str]) -> set[str]:
    """Return what may follow a scene."""
    story = possible.story
    if scene.kind == "ending":
        return set()
    ways = set(story.targets(scene)) & possible.scenes
    wanders = scene.kind in ("memory", "refuge", "outside") or any(choice.beats or choice.to == NEXT for choice in scene.choices)
    if wanders or any(story.head(to) in story.position for to in ways) or (story.machine is not None and story.machine.hide):
        ways |= crossroads
        if story.machine is None:
            ways |= possible.scenes
    return ways
