"""Why from every state an ending can be reached: a local argument, scene by scene.

Every scene gets a rank, so that whatever the state, something is offered there that leads to a scene of lower rank, and
endings have rank 0. What takes a beat counts as leading on wherever it leads: the machine has only so many beats until
the morning, and after the morning none pass. What happens outside happens once. So a player who follows the ranks
cannot go on for ever and can only stop at an ending. If a scene gets no rank, nothing is known: only states can tell.
"""

from __future__ import annotations

from typing import Any

from eternal.author.prove.possible import Possible
from eternal.author.prove.slices import Slice
from eternal.author.prove.slicing import sliced
from eternal.author.prove.trying import Domain, must_hold
from eternal.story.schema import NEXT, Choice, Scene
from eternal.story.story import Story

__all__ = ["always_offers", "has_escape"]


def always_offers(possible: Possible, scene: Scene) -> bool:
    """Tell whether a scene that goes on always offers a choice, whatever the state; False where that is not certain."""
    story = possible.story
    if story.machine is not None and scene.kind in ("memory", "refuge"):
        return True
    certain = [choice for choice in scene.choices if not _may_vanish(possible, scene, choice)]
    return _covers(possible, scene, certain)


def _covers(possible: Possible, scene: Scene, choices: list[Choice]) -> bool:
    """Tell whether one of some choices is offered in every state."""
    if any(choice.if_ is None for choice in choices):
        return True
    asked = _conditions(choices)
    if not asked or must_hold(asked, lambda atom, limits: possible.domain(scene.id, atom, limits)):
        return bool(asked)
    slice_ = sliced(possible, asked, scene.id)
    if slice_ is None or slice_.states is None:
        return False
    return all(must_hold(asked, _within(slice_, scene.id, values)) for values in slice_.states.get(scene.id, ()))


def _within(slice_: Slice, scene: str, values: tuple[Any, ...]) -> Domain:
    return lambda atom, limits: slice_.domain(scene, values, atom, limits)


def _conditions(choices: list[Choice]) -> list[str]:
    return [choice.if_ for choice in choices if choice.if_ is not None]


def _may_vanish(possible: Possible, scene: Scene, choice: Choice) -> bool:
    """Tell whether where a choice leads may have been erased."""
    if choice.to is None or choice.to == NEXT or not possible.beats or scene.id in possible.before_night:
        return False
    head = possible.story.head(choice.to)
    return head in possible.story.position and head != possible.story.head(scene.id)


def has_escape(possible: Possible) -> bool:
    """Tell whether the argument holds for every scene that can come."""
    return _Ranks(possible).hold()


class _Ranks:
    """The scenes that have a rank so far."""

    def __init__(self, possible: Possible) -> None:
        self.possible = possible
        self.story: Story = possible.story
        self.ranked = {scene for scene in possible.scenes if self.story.scenes[scene].kind == "ending"}
        self.beats_count = self.story.machine is not None and self._night_ends()
        self.heads = [head for head in self.story.position if head in possible.scenes]

    def hold(self) -> bool:
        left = [self.story.scenes[scene] for scene in self.possible.scenes if scene not in self.ranked]
        size = -1
        while left and size != len(left):
            size = len(left)
            # One round is one rank: what gets its rank now is not yet there for others to lead to.
            self.ranked |= {scene.id for scene in left if self._leads_down(scene)}
            left = [scene for scene in left if scene.id not in self.ranked]
        return not left

    def _night_ends(self) -> bool:
        """Tell whether no beat passes after the morning: then only so many ever pass."""
        machine = self.story.machine
        assert machine is not None
        reached = {scene for scene in (machine.morning, machine.broken) if scene is not None}
        stack = list(reached)
        while stack:
            scene = self.story.scenes[stack.pop()]
            if scene.kind in ("memory", "refuge", "outside") or any(choice.beats or choice.to == NEXT for choice in scene.choices):
                return False
            for to in self.story.targets(scene):
                if to not in reached:
                    reached.add(to)
                    stack.append(to)
        return machine.hide == 0 or not self.possible.fragments

    def _leads_down(self, scene: Scene) -> bool:
        good = [choice for choice in scene.choices if not _may_vanish(self.possible, scene, choice) and self._goes_down(scene, choice)]
        if _covers(self.possible, scene, good):
            return True
        if self.story.machine is None or scene.kind not in ("memory", "refuge"):
            return False
        # If nothing is offered one drifts on: it is enough that something good is offered whenever anything is.
        drifts = self.beats_count if scene.kind == "memory" else self._next_is_down()
        domain = self.possible.domain
        every = [choice.if_ or "True" for choice in scene.choices]
        return drifts and must_hold(_conditions(good), lambda atom, limits: domain(scene.id, atom, limits), unless=every)

    def _goes_down(self, scene: Scene, choice: Choice) -> bool:
        """Tell whether a choice leads to a scene that has its rank already, or takes a beat that counts.

        A beat that does not count may still end elsewhere: with a collapse, with the morning, or with the machine's end.
        """
        beats = choice.beats if choice.beats is not None else int(scene.kind == "memory")
        if self.story.machine is not None and beats:
            if self.beats_count:
                return True
            if not self._overtaken_is_down():
                return False
        if choice.to is None:
            return scene.kind == "outside" and self._return_is_down()
        if choice.to == NEXT:
            return self._next_is_down()
        return choice.to in self.ranked

    def _next_is_down(self) -> bool:
        machine = self.story.machine
        memories = [head for head in self.heads if self.story.scenes[head].kind == "memory"]
        return machine is not None and machine.morning in self.ranked and all(head in self.ranked for head in memories)

    def _overtaken_is_down(self) -> bool:
        """Tell whether wherever a beat can throw Joel has its rank."""
        machine = self.story.machine
        assert machine is not None
        return self._next_is_down() and (
            machine.broken is None or machine.broken not in self.possible.scenes or machine.broken in self.ranked
        )

    def _return_is_down(self) -> bool:
        """Tell whether wherever Joel may have been going when the story looked outside has its rank."""
        story = self.story
        ways = {to for scene in self.possible.scenes for to in story.targets(story.scenes[scene]) if story.head(to) in story.position}
        return self._next_is_down() and all(scene in self.ranked for scene in (*self.heads, *ways))
