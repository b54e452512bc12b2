"""A story seen through a few of the things it remembers: all their values together, everything else left open.

Where trying each thing by itself says too little (that the number of objects given agrees with which ones were given),
the story is explored with only those kept apart. A condition on anything else may hold or not. What no such state shows,
no state shows; the other way round nothing follows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from eternal.author.prove.possible import Possible
from eternal.author.prove.trying import Atom, can_hold, question
from eternal.engine.effects import clamp
from eternal.story.schema import NEXT, Bounded, Choice, Effects, Scene

__all__ = ["Slice", "sliced"]

#: A slice with more states than this is given up.
_STATES = 40_000
#: What a slice can keep apart.
_KINDS = ("gave", "chose", "seen", "past")

_Values = tuple[Any, ...]


class Slice:
    """The states of a slice.

    Attributes:
        atoms: what is kept apart.
        states: for each scene the values they have together there; None when there were too many.
    """

    def __init__(self, possible: Possible, atoms: tuple[Atom, ...], toward: str | None = None) -> None:
        """Explore a slice; only as far as a scene, if one is named."""
        self.possible = possible
        self.story = possible.story
        self.atoms = atoms
        self.place = {atom: place for place, atom in enumerate(atoms)}
        self.states: dict[str, set[_Values]] | None = {}
        self._holds: dict[tuple[str, str, _Values], bool] = {}
        self._effects_of: dict[tuple[str, str], list[tuple[int, Any]]] = {}
        self.within = possible.scenes if toward is None else possible.leading_to(toward)
        self._explore()

    def _explore(self) -> None:
        seen: dict[str, set[_Values]] = {}
        first = [self._entered(self.story.header.start, values) for values in self._first()]
        stack = [(self.story.header.start, values) for values in first]
        count = 0
        while stack:
            scene, values = stack.pop()
            if scene not in self.within or values in seen.setdefault(scene, set()):
                continue
            seen[scene].add(values)
            count += 1
            if count > _STATES:
                self.states = None
                return
            stack += self._after(self.story.scenes[scene], values)
        self.states = seen

    def _first(self) -> list[_Values]:
        found: list[_Values] = [()]
        for atom in self.atoms:
            if atom[0] == "past":
                found = [(*values, ended) for values in found for ended in (False, True)]
            else:
                spec = self.story.header.variables.get(atom[1]) if atom[0] == "name" else False
                begin = spec.start if isinstance(spec, Bounded) else spec[0] if isinstance(spec, tuple) else spec
                found = [(*values, begin) for values in found]
        return found

    # Moves --------------------------------------------------------------------------------------------------------

    def _after(self, scene: Scene, values: _Values) -> Iterator[tuple[str, _Values]]:
        if scene.kind == "ending":
            return
        story, machine = self.story, self.story.machine
        left = self._left(scene, values)
        if machine is not None and scene.kind in ("memory", "refuge"):
            yield from self._wander(left)
        for choice in scene.choices:
            if self.holds(scene.id, choice.if_, values):
                yield from self._chosen(scene, choice, values)
        if machine is None and scene.kind == "outside":
            yield from ((to, self._entered(to, left)) for to in story.scenes)

    def _chosen(self, scene: Scene, choice: Choice, values: _Values) -> Iterator[tuple[str, _Values]]:
        values = self._done(choice, self._marked(("chose", scene.id, choice.id), values))
        left = self._left(scene, values)
        if choice.to is None and scene.kind != "outside":
            yield scene.id, values
        elif choice.to is not None and choice.to != NEXT:
            yield choice.to, self._entered(choice.to, left)
        beats = choice.beats or (choice.beats is None and scene.kind == "memory")
        if choice.to in (None, NEXT) or beats or self.story.head(choice.to or "") in self.story.position:
            yield from self._wander(left)

    def _wander(self, values: _Values) -> Iterator[tuple[str, _Values]]:
        """Go wherever a night can lead: any memory, refuge or part of one, outside, the morning, the machine's end."""
        for scene in self.possible.crossroads & self.within:
            yield scene, self._entered(scene, values)

    def _entered(self, scene: str, values: _Values) -> _Values:
        return self._done(self.story.scenes[scene].enter, self._marked(("seen", scene), values))

    def _left(self, scene: Scene, values: _Values) -> _Values:
        return self._done(scene.leave, values)

    def _marked(self, atom: Atom, values: _Values) -> _Values:
        place = self.place.get(atom)
        return values if place is None else (*values[:place], True, *values[place + 1 :])

    def _done(self, effects: Effects | None, values: _Values) -> _Values:
        if effects is None:
            return values
        changed = list(values)
        for name, text in effects.set.items():
            if ("name", name) in self.place:
                changed[self.place["name", name]] = _value(self.story.header.variables[name], text)
        for name, number in effects.add.items():
            spec = self.story.header.variables[name]
            if ("name", name) in self.place and isinstance(spec, Bounded):
                changed[self.place["name", name]] = clamp(changed[self.place["name", name]] + number, spec)
        for memento in effects.give:
            if ("gave", memento) in self.place:
                changed[self.place["gave", memento]] = True
        return tuple(changed)

    # Questions ----------------------------------------------------------------------------------------------------

    def holds(self, scene: str, condition: str | None, values: _Values) -> bool:
        """Tell whether a condition may hold in a scene with these values."""
        if condition is None:
            return True
        key = (scene, condition, values)
        if key not in self._holds:
            self._holds[key] = can_hold([condition], lambda atom, limits: self.domain(scene, values, atom, limits))
        return self._holds[key]

    def domain(self, scene: str, values: _Values, atom: Atom, limits: tuple[int, ...] | None) -> tuple[Any, ...]:
        """Return what an atom may be: one value if the slice keeps it apart."""
        place = self.place.get(atom)
        return self.possible.domain(scene, atom, limits) if place is None else (values[place],)

    def ever(self, scene: str, condition: str) -> bool:
        """Tell whether a condition may ever hold in a scene."""
        return self.states is None or any(self.holds(scene, condition, values) for values in self.states.get(scene, ()))


def sliced(possible: Possible, conditions: Iterable[str], toward: str | None = None, most: int = 14) -> Slice | None:
    """Return the slice of everything that some conditions read and a slice can keep apart; None if there is nothing, or too much."""
    atoms = dict.fromkeys(atom for condition in conditions for atom in question(condition).atoms)
    kept = tuple(atom for atom in atoms if atom[0] in _KINDS or (atom[0] == "name" and atom[1] in possible.values))
    return Slice(possible, kept, toward) if 0 < len(kept) <= most else None


def _value(spec: Any, text: str) -> Any:
    if isinstance(spec, bool):
        return text == "true"
    return int(text) if isinstance(spec, Bounded) else text
