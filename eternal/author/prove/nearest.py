"""How near any night comes to what none meets: the save that an author wants to look at."""

from __future__ import annotations

import ast

from eternal.author.prove.goals import Goal, Test
from eternal.author.prove.space import Space
from eternal.engine.fast import Fast
from eternal.story.claims import read_claim
from eternal.story.expr import parse
from eternal.story.schema import blocks_of
from eternal.story.story import Story

__all__ = ["condition_of", "leading_to", "nearest", "parts_of", "scene_of"]


def scene_of(story: Story, goal: Goal) -> str | None:
    """Return the scene that a goal is met in; None for a claim about the whole story."""
    kind, about = goal
    match kind:
        case "choice":
            return about.partition("/")[0]
        case "block":
            return about.rpartition("#")[0]
        case "fragment":
            return story.index.fragments[about]
        case "claim":
            return None
    return about


def condition_of(story: Story, goal: Goal) -> str | None:
    """Return the condition that must hold where a goal is met; None if there is none."""
    kind, about = goal
    match kind:
        case "choice":
            scene, _, name = about.partition("/")
            choice = story.choice(scene, name)
            return choice.if_ if choice is not None else None
        case "block":
            scene, _, number = about.rpartition("#")
            return blocks_of(story.scenes[scene].text)[int(number)].if_
        case "claim":
            claim = read_claim(about)
            return claim.about if claim is not None else None
    return None


def nearest(space: Space, goal: Goal) -> tuple[int, int] | None:
    """Return the first state in which most of a goal's condition holds, in its scene or one that leads there, and the state's level."""
    story, layout = space.fast.story, space.fast.layout
    scene = scene_of(story, goal)
    if scene is None:
        return _best(space, None, parts_of(space.fast, goal, story.header.start))
    if space.meets(layout.number[scene]):
        return _best(space, layout.number[scene], parts_of(space.fast, goal, scene))
    for before in leading_to(story, scene):
        if space.meets(layout.number[before]):
            return _best(space, layout.number[before], [])
    return None


def parts_of(fast: Fast, goal: Goal, scene: str) -> list[Test]:
    """Return what a goal's condition asks, one test for each thing that must hold."""
    condition = condition_of(fast.story, goal)
    if condition is None:
        return []
    tree = parse(condition)
    parts = tree.values if isinstance(tree, ast.BoolOp) and isinstance(tree.op, ast.And) else [tree]
    return [fast.test(ast.unparse(part), scene) for part in parts]


def _best(space: Space, number: int | None, tests: list[Test]) -> tuple[int, int] | None:
    best, found = -1, None
    for level, scenes in enumerate(space.levels):
        for scene, states in scenes.items():
            if number is None or scene == number:
                for state in states:
                    score = sum(1 for test in tests if test(state))
                    if score > best:
                        best, found = score, (state, level)
                        if best == len(tests):
                            return found
    return found


def leading_to(story: Story, scene: str) -> list[str]:
    """Return the scenes from which choices lead to a scene, the nearest first; the start last."""
    before: dict[str, list[str]] = {}
    for one in story.scenes.values():
        for to in story.targets(one):
            before.setdefault(to, []).append(one.id)
    order, level = {scene: None}, [scene]
    while level:
        level = [one for other in level for one in before.get(other, ()) if one not in order]
        order |= dict.fromkeys(level)
    return [*list(order)[1:], story.header.start]
