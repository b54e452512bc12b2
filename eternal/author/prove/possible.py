"""What a story can contain at all, by a local argument: each variable by itself, over every value that anything gives it.

An abstract run of the story: begin with the start scene and the variables' first values; whatever a condition may let
happen, happens; repeat until nothing new comes. What has not come by then can never come, however many states there are.
What has come need not be possible: only states can tell.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from eternal.author.prove.trying import Atom, can_hold
from eternal.engine.choices import DRIFT
from eternal.engine.effects import clamp
from eternal.story import markup
from eternal.story.schema import NEXT, Bounded, Choice, Effects, Scene, blocks_of
from eternal.story.story import Story

if TYPE_CHECKING:
    from eternal.author.prove.slices import Slice

__all__ = ["Possible"]

#: How far a number that only grows is tried where it takes part in a sum: so far that there are too many cases, and nothing is known.
_FAR = 100_000
#: A variable with more values than this is taken to have any within its bounds.
_MANY = 48


class Possible:
    """The abstract run of a story.

    Attributes:
        scenes, choices, blocks, fragments, given: what may come.
        values: the values that each variable may have.
        turned, hunted, beats: whether flight may open, the doctor may be called, the machine may run.
    """

    def __init__(self, story: Story) -> None:
        """Run it."""
        self.story = story
        self.scenes: set[str] = set()
        self.choices: set[tuple[str, str]] = set()
        self.blocks: set[tuple[str, int]] = set()
        self.fragments: set[str] = set()
        self.given: set[str] = set()
        self.values: dict[str, set[Any] | range] = {name: {_first(spec)} for name, spec in story.header.variables.items()}
        self.turned = self.hunted = self.beats = self.louder = self.cools = False
        self.before_night: frozenset[str] = frozenset()
        self._can: set[tuple[str, ...]] = set()
        self._new: list[str] = []
        self._slices: dict[tuple[tuple[str, ...], str | None], Slice | None] = {}
        self._enter(story.header.start)
        size = -1
        while size != (size := self._size()):
            self._round()
        self.before_night = self._before_night()
        self._can.clear()

    def _size(self) -> int:
        flags = self.turned + self.hunted + self.beats + self.louder
        sets: tuple[Collection[Any], ...] = (self.scenes, self.choices, self.blocks, self.fragments, self.given, *self.values.values())
        return flags + sum(map(len, sets))

    def _round(self) -> None:
        self._new = list(self.scenes)
        while self._new:
            self._scene(self.story.scenes[self._new.pop()])
        if self.story.machine is not None:
            self._machine()

    # A scene ------------------------------------------------------------------------------------------------------

    def _scene(self, scene: Scene) -> None:
        for number, block in enumerate(blocks_of(scene.text)):
            if (scene.id, number) not in self.blocks and self.can(scene.id, block.if_):
                self.blocks.add((scene.id, number))
                self.fragments.update(links_of(block.text))
        if scene.kind == "ending":
            return
        self._effects(scene.leave)
        for choice in scene.choices:
            if self.can(scene.id, choice.if_):
                self._choice(scene, choice)
        if self.story.machine is not None and scene.kind in ("memory", "refuge"):
            self._choice(scene, DRIFT)

    def _choice(self, scene: Scene, choice: Choice) -> None:
        self.choices.add((scene.id, choice.id))
        self._effects(choice)
        machine = self.story.machine
        beats = choice.beats if choice.beats is not None else int(scene.kind == "memory")
        if machine is not None and (beats or (self.fragments and (machine.hide or (scene.kind == "memory" and machine.keep)))):
            self.beats = True
        if choice.to == NEXT:
            self._anywhere()
        elif choice.to is not None:
            self._enter(choice.to)
            if self.story.head(choice.to) in self.story.position:
                self._outside()

    def _enter(self, scene: str) -> None:
        if scene not in self.scenes:
            self.scenes.add(scene)
            self._new.append(scene)
        self._effects(self.story.scenes[scene].enter)

    def _effects(self, effects: Effects | None) -> None:
        if effects is None:
            return
        for name, text in effects.set.items():
            known = self.values[name]
            if isinstance(known, set):
                known.add(_value(self.story.header.variables[name], text))
        for name, number in effects.add.items():
            spec = self.story.header.variables[name]
            known = self.values[name]
            if isinstance(spec, Bounded) and isinstance(known, set):
                known |= {clamp(value + number, spec) for value in known}
                if len(known) > _MANY:  # adding one by one would take as many rounds as there are numbers
                    self.values[name] = range(spec.min, spec.max + 1)
        self.given.update(effects.give)
        self.louder |= effects.heat > 0
        self.cools |= effects.heat < 0

    # The machine --------------------------------------------------------------------------------------------------

    def _machine(self) -> None:
        rules = self.story.machine
        assert rules is not None
        self.turned |= any(self.can(scene, rules.turn) for scene in self.scenes)
        flees = self.turned and any(self.story.head(scene) in self.story.position for scene in self.scenes)
        if flees:
            self._flee()
            self.beats |= rules.flee.beats > 0
            self.louder |= rules.flee.heat > 0
        self.hunted |= rules.hunt is not None and self.louder
        if self.beats:
            self._anywhere()
            if rules.broken is not None and rules.breaks is not None and self._hearts() >= rules.breaks:
                self._enter(rules.broken)

    def _anywhere(self) -> None:
        """Go wherever the machine may work: any memory that may be on the map, what falls due outside, the morning."""
        story = self.story
        for memory in story.index.memories:
            if self.lit(memory):
                self._enter(memory)
        if story.machine is not None:
            self._enter(story.machine.morning)
        self._outside()

    def _outside(self) -> None:
        for scene in self.story.index.outside:
            if self.can(scene, self.story.scenes[scene].due):
                self._enter(scene)

    def _flee(self) -> None:
        story = self.story
        motifs = {motif for scene in self.scenes if story.head(scene) in story.position for motif in story.scenes[story.head(scene)].motifs}
        motifs |= {story.scenes[story.index.fragments[f]].fragments[f].motif for f in self.fragments}
        for head in story.position:
            scene = story.scenes[head]
            if not motifs.isdisjoint(scene.motifs) and self.can(head, scene.open):
                self._enter(head)
        self._outside()

    def lit(self, memory: str, *, hunted: bool = True) -> bool:
        """Tell whether a memory may be on the map; without `hunted`, before the hunt."""
        lights = self.story.lit_by
        return (hunted and self.hunted) or not lights or not self.given.isdisjoint(lights.get(memory, ()))

    def _hearts(self) -> int:
        story = self.story
        return sum(story.scenes[head].heart for head in story.position if not self.fragments.isdisjoint(story.fragments_of.get(head, ())))

    def _before_night(self) -> frozenset[str]:
        """Return the scenes that come only before the first beat: nothing leads back to them from where one can pass."""
        story = self.story
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

    @cached_property
    def crossroads(self) -> frozenset[str]:
        """Where a night can lead from anywhere in it: memories, refuges and their parts, outside, the morning, the machine's end."""
        story, machine = self.story, self.story.machine
        ways = {scene for scene in self.scenes if story.head(scene) in story.position} | set(story.index.outside)
        if machine is not None:
            ways |= {machine.morning, machine.broken or machine.morning}
        return frozenset(ways & self.scenes)

    def _follows(self, scene: Scene) -> set[str]:
        """Return what may follow a scene."""
        story = self.story
        ways = set(story.targets(scene)) & self.scenes
        wanders = scene.kind in ("memory", "refuge", "outside") or any(choice.beats or choice.to == NEXT for choice in scene.choices)
        if wanders or any(story.head(to) in story.position for to in ways) or (story.machine is not None and story.machine.hide):
            ways |= self.crossroads
            if story.machine is None:
                ways |= self.scenes
        return ways if scene.kind != "ending" else set()

    def leading_to(self, target: str) -> set[str]:
        """Return the scenes from which a scene may be reached, and it."""
        before: dict[str, set[str]] = {}
        for name in self.scenes:
            for to in self._follows(self.story.scenes[name]):
                before.setdefault(to, set()).add(name)
        found, stack = {target}, [target]
        while stack:
            for name in before.get(stack.pop(), set()) - found:
                found.add(name)
                stack.append(name)
        return found

    def sliced(self, conditions: tuple[str, ...], toward: str | None = None) -> Slice | None:
        """Return the story seen through what some conditions read, as far as a scene; None if a slice can keep none of it apart."""
        from eternal.author.prove.slices import sliced

        if (conditions, toward) not in self._slices:
            self._slices[conditions, toward] = sliced(self, conditions, toward)
        return self._slices[conditions, toward]

    # What conditions read -----------------------------------------------------------------------------------------

    def can(self, scene: str, *conditions: str | None) -> bool:
        """Tell whether conditions of a scene may hold together."""
        asked = (scene, *(condition for condition in conditions if condition is not None))
        if len(asked) == 1 or asked in self._can:
            return True
        found = can_hold(asked[1:], lambda atom, limits: self.domain(scene, atom, limits))
        if found:  # what may hold once may hold for ever: values only grow
            self._can.add(asked)
        return found

    def domain(self, scene: str, atom: Atom, limits: tuple[int, ...] | None) -> tuple[Any, ...]:
        """Return what an atom may be while Joel is in a scene; of numbers that are only compared, one of each kind."""
        if atom[0] != "name":
            return self._call(scene, atom, limits)
        name = atom[1]
        if name in self.values:
            return _representatives(self.values[name], limits)
        return self._name(scene, name, limits)

    def _name(self, scene: str, name: str, limits: tuple[int, ...] | None) -> tuple[Any, ...]:
        story, rules = self.story, self.story.machine
        far = max(limits, default=0) + 2 if limits is not None else _FAR
        night = self.beats and scene not in self.before_night
        match name:
            case "visits":
                return self._visits(scene, far, limits)
            case "heat":
                return _representatives(range(far + 1), limits) if self.louder else (0,)
            case "hunted" | "turned":
                return (False, True) if getattr(self, name) else (False,)
            case "looking":
                return (False, True) if rules is not None and rules.wakes_at is not None and self.given and self.fragments else (False,)
            case "integrity":
                head = story.head(scene)
                full = story.scenes[head].strength
                return tuple(-(-100 * left // full) for left in range(1, full + 1)) if night and head in story.position else (100,)
            case "beat":
                return _representatives(range(far + 1), limits) if night else (0,)
            case "lucidity":
                bounds = rules.lucidity if rules is not None else Bounded()
                return _representatives(range(bounds.min, bounds.max + 1), limits)
            case "erased_count":
                top = sum(self.lit(memory) for memory in story.index.memories)
            case "refusals":
                top = self._hearts()
            case "dissonance":
                top = len(story.motifs)
            case "hands":
                top = min(len(self.fragments), rules.carry if rules is not None else len(self.fragments))
            case _:
                top = min(len(self.fragments), self._room())
        return _representatives(range(top + 1), limits) if night or name in ("hands", "remaining", "dissonance") else (0,)

    def _visits(self, scene: str, far: int, limits: tuple[int, ...] | None) -> tuple[Any, ...]:
        """Return how often a scene may have been entered when it is asked: never, only where that is asked before one is there."""
        spec = self.story.scenes[scene]
        if scene not in self.story.index.tracked.visits:
            return (0,)
        return _representatives(range(int(spec.due is None and spec.open is None), far + 1), limits)

    def _room(self) -> int:
        story = self.story
        heads = {story.head(scene) for scene in self.scenes}
        return sum(max(s.capacity for s in story.scenes.values() if story.head(s.id) == head) for head in heads)

    def _call(self, scene: str, atom: Atom, limits: tuple[int, ...] | None) -> tuple[Any, ...]:
        both = (False, True)
        match atom:
            case ("kept" | "hidden" | "lost", fragment):
                return both if fragment in self.fragments or atom[0] == "lost" else (False,)
            case ("seen", other):
                return both if other in self.scenes else (False,)
            case ("chose", other, choice):
                return both if (other, choice) in self.choices else (False,)
            case ("gave", memento):
                return both if memento in self.given else (False,)
            case ("erased", head):
                gone = self.beats and scene not in self.before_night and head != self.story.head(scene)
                return both if gone and (self.lit(head) if self.story.scenes[head].kind == "memory" else self.hunted) else (False,)
            case ("count", *motif):
                story = self.story
                mine = [f for f in self.fragments if not motif or story.scenes[story.index.fragments[f]].fragments[f].motif == motif[0]]
                return _representatives(range(len(mine) + 1), limits)
        return both


def _representatives(values: Iterable[Any], limits: tuple[int, ...] | None) -> tuple[Any, ...]:
    """Return of many numbers one of each kind that comparisons with some constants tell apart, and of other values all."""
    if isinstance(values, range) and limits is not None and values.step == 1 and len(values) > 4:
        near = {number + by for number in limits for by in (-1, 0, 1)} | {values[0], values[-1]}
        return tuple(number for number in near if number in values)
    known = tuple(values)
    if limits is None or len(known) <= 4 or not all(type(value) is int for value in known):
        return known
    kinds = {tuple((value < limit, value == limit) for limit in limits): value for value in known}
    return tuple(kinds.values())


def links_of(text: str | None) -> set[str]:
    """Return the fragments that a text has links to."""
    if text is None or "](keep:" not in text:
        return set()
    return {run.keep for paragraph in markup.paragraphs(text) for run in paragraph.runs if run.keep}


def _first(spec: Any) -> Any:
    if isinstance(spec, bool):
        return spec
    return spec.start if isinstance(spec, Bounded) else spec[0]


def _value(spec: Any, text: str) -> Any:
    if isinstance(spec, bool):
        return text == "true"
    return int(text) if isinstance(spec, Bounded) else text
