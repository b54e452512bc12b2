"""What a story can contain at all, by a local argument: each variable by itself, over every value that anything gives it.

An abstract run of the story: begin with the start scene and the variables' first values; whatever a condition may let
happen, happens; repeat until nothing new comes. What has not come by then can never come, however many states there are.
What has come need not be possible: only states can tell.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from eternal.author.prove.ahead import before_night
from eternal.author.prove.domains import domain_of
from eternal.author.prove.trying import Atom, can_hold
from eternal.engine.choices import DRIFT
from eternal.engine.effects import clamp
from eternal.story import markup
from eternal.story.schema import NEXT, Bounded, Choice, Effects, Scene, blocks_of
from eternal.story.story import Story

if TYPE_CHECKING:
    from eternal.author.prove.slices import Slice

__all__ = ["Possible"]

#: A variable with more values than this is taken to have any within its bounds.
_MANY = 48


class Possible:
    """The abstract run of a story.

    Attributes:
        scenes, choices, blocks, fragments, given: what may come.
        values: the values that each variable may have.
        turned, hunted, beats: whether flight may open, the doctor may be called, the machine may run.
        before_night: the scenes that come only before the first beat.
        slices: the slices of the story that have been looked at, by what they keep apart, and how far.
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
        self.slices: dict[tuple[tuple[Atom, ...], str | None, int], Slice] = {}
        self._enter(story.header.start)
        size = -1
        while size != (size := self._size()):
            self._round()
        self.before_night = before_night(story)
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
        self.beats |= self.hides or self._keeps(scene)
        for choice in scene.choices:
            if self.can(scene.id, choice.if_):
                self._choice(scene, choice)
        if self.story.machine is not None and scene.kind in ("memory", "refuge"):
            self._choice(scene, DRIFT)

    def _choice(self, scene: Scene, choice: Choice) -> None:
        self.choices.add((scene.id, choice.id))
        self._effects(choice)
        beats = choice.beats if choice.beats is not None else int(scene.kind == "memory")
        self.beats |= self.story.machine is not None and beats > 0
        if choice.to == NEXT:
            self._anywhere()
        elif choice.to is not None:
            self._enter(choice.to)
            if self.story.head(choice.to) in self.story.position:
                self._outside()

    @property
    def hides(self) -> bool:
        """Whether hiding words can take beats: wherever there is room, by day as well."""
        return self.story.machine is not None and self.story.machine.hide > 0 and bool(self.fragments)

    def _keeps(self, scene: Scene) -> bool:
        """Tell whether keeping words can take beats in a scene."""
        machine = self.story.machine
        return machine is not None and machine.keep > 0 and scene.kind == "memory" and bool(self.fragments)

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
            if rules.broken is not None and rules.breaks is not None and self.hearts() >= rules.breaks:
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

    def hearts(self) -> int:
        """Return how often memories may refuse in all."""
        story = self.story
        return sum(story.scenes[head].heart for head in story.position if not self.fragments.isdisjoint(story.fragments_of.get(head, ())))

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
        return domain_of(self, scene, atom, limits)


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
