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

__all__ = ["Slice", "Values", "sliced"]

#: A slice with more states than this is given up.
_STATES = 200_000
#: What a slice keeps apart at most: with more it would have too many states anyway.
_ATOMS = 14
_VISITS: Atom = ("name", "visits")
_TURNED: Atom = ("name", "turned")
_HUNTED: Atom = ("name", "hunted")
_HEAT: Atom = ("name", "heat")
#: Places of their own for being on the way to wherever the machine works, and for fleeing: what may follow is the same from anywhere.
_NEXT, _FLIGHT = "*next", "*flight"

#: What the things kept apart are, in their order.
Values = tuple[Any, ...]
#: A state of a slice: the scene, outside where Joel was going (or nothing), and the values.
_State = tuple[str, str, Values]


class Slice:
    """The states of a slice.

    Attributes:
        atoms: what is kept apart.
        toward: the scene it leads to, whose `visits` are meant; or None.
        states: for each scene the values they have together there; None when there were too many.
    """

    def __init__(self, possible: Possible, atoms: tuple[Atom, ...], toward: str | None, most: int) -> None:
        """Explore a slice, only as far as a scene if one is named; `most` is how far its visits are counted."""
        self.possible = possible
        self.story = possible.story
        self.atoms = atoms
        self.place = {atom: place for place, atom in enumerate(atoms)}
        self.toward = toward
        self.most = most
        self.within = possible.scenes if toward is None else possible.leading_to(toward)
        self.states: dict[str, set[Values]] | None = {}
        # Where something makes him quieter, the count of his heat is only a limit to it: the hunt may have begun, or not.
        self.cools = possible.cools
        # What falls due is asked before a scene is left: where leaving changes something, that is left open.
        self._leaves = any(scene.leave is not None for scene in self.story.scenes.values())
        self._holds: dict[tuple[str, str, Values], bool] = {}
        self._explore()

    def _explore(self) -> None:
        start = self.story.header.start
        seen: set[_State] = set()
        stack = [(start, "", settled) for values in self._first() for settled in self._settled(start, self._entered(start, values))]
        while stack:
            state = stack.pop()
            if state in seen or (state[0] not in self.within and state[0] not in (_NEXT, _FLIGHT)):
                continue
            seen.add(state)
            if len(seen) > _STATES:
                self.states = None
                return
            stack += self._after(*state)
        self.states = {}
        for scene, _, values in seen:
            if scene not in self.story.scenes:
                continue
            self.states.setdefault(scene, set()).add(values)

    def _first(self) -> list[Values]:
        found: list[Values] = [()]
        for atom in self.atoms:
            begin: tuple[Any, ...] = (False,)
            if atom[0] == "past":
                begin = (False, True)
            elif atom in (_VISITS, _HEAT):
                begin = (0,)
            elif atom[0] == "name" and atom not in (_TURNED, _HUNTED):
                spec = self.story.header.variables[atom[1]]
                begin = (spec.start if isinstance(spec, Bounded) else spec[0] if isinstance(spec, tuple) else spec,)
            found = [(*values, value) for values in found for value in begin]
        return found

    # Moves --------------------------------------------------------------------------------------------------------

    def _after(self, scene: str, resume: str, values: Values) -> Iterator[_State]:
        if scene == _NEXT:
            moves = self._anywhere(values)
        elif scene == _FLIGHT:
            moves = (move for head in self.story.position for move in self._arrived("", head, values))
        else:
            moves = self._moves(self.story.scenes[scene], resume, values)
        for to, goes_on, found in moves:
            yield from ((to, goes_on, settled) for settled in self._settled(to, found))

    def _moves(self, scene: Scene, resume: str, values: Values) -> Iterator[_State]:
        if scene.kind == "ending":
            return
        for choice in scene.choices:
            if self.holds(scene.id, choice.if_, values):
                yield from self._chosen(scene, choice, resume, values)
        machine = self.story.machine
        at_night = machine is not None and scene.kind in ("memory", "refuge")
        if at_night or self.possible.hides:
            yield _NEXT, "", self._done(scene.leave, values)
        if machine is not None and at_night and self._may(_TURNED, values):
            loud = self._done(scene.leave, self._stirred(values, machine.flee.heat))
            yield from ((way, "", loud) for way in (_NEXT, _FLIGHT))

    def _chosen(self, scene: Scene, choice: Choice, resume: str, values: Values) -> Iterator[_State]:
        done = self._done(choice, self._marked(("chose", scene.id, choice.id), values))
        left = self._done(scene.leave, done)
        beats = choice.beats if choice.beats is not None else int(scene.kind == "memory")
        if self.story.machine is not None and beats:
            yield _NEXT, "", left
        if choice.to is not None and choice.to != NEXT:
            stays = self.story.scenes[choice.to].kind == "outside"
            yield from [(choice.to, resume, self._entered(choice.to, left))] if stays else self._arrived(scene.id, choice.to, left)
        elif choice.to is None and scene.kind != "outside":
            yield scene.id, resume, done
        else:
            if choice.to is None and resume:
                yield resume, "", self._entered(resume, left)
            yield _NEXT, "", left

    def _anywhere(self, values: Values) -> Iterator[_State]:
        """Go wherever the machine may work next, or where the night may end."""
        story, machine = self.story, self.story.machine
        hunted = self._may(_HUNTED, values)
        for memory in story.index.memories:
            if memory in self.possible.scenes and (hunted or self.possible.lit(memory, hunted=False)):
                yield from self._arrived("", memory, values)
        for end in (machine.morning, machine.broken) if machine is not None else (story.header.start,):
            if end is not None:
                yield end, "", self._entered(end, values)

    def _arrived(self, scene: str, to: str, values: Values) -> Iterator[_State]:
        """Come to a scene from another (or, without a name, from anywhere), or see first what falls due outside."""
        yield to, "", self._entered(to, values)
        head = self.story.head(to)
        if head in self.story.position and not (scene and (head == self.story.head(scene) or self.story.scenes[scene].kind == "outside")):
            for outside in self.story.index.outside:
                due = self.story.scenes[outside].due if not self._leaves else None
                if not self._may(("shown", outside), values) and self.holds(outside, due, values):
                    yield outside, to, self._entered(outside, self._marked(("shown", outside), values))

    # What actions do to the values --------------------------------------------------------------------------------

    def _entered(self, scene: str, values: Values) -> Values:
        values = self._marked(("seen", scene), values)
        if scene == self.toward and _VISITS in self.place:
            values = self._put(_VISITS, min(self.most, values[self.place[_VISITS]] + 1), values)
        return self._done(self.story.scenes[scene].enter, values)

    def _marked(self, atom: Atom, values: Values) -> Values:
        return self._put(atom, True, values) if atom in self.place else values

    def _put(self, atom: Atom, value: Any, values: Values) -> Values:
        place = self.place[atom]
        return (*values[:place], value, *values[place + 1 :])

    def _done(self, effects: Effects | None, values: Values) -> Values:
        if effects is None:
            return values
        for name, text in effects.set.items():
            if ("name", name) in self.place:
                values = self._put(("name", name), _value(self.story.header.variables[name], text), values)
        for name, number in effects.add.items():
            spec = self.story.header.variables[name]
            if ("name", name) in self.place and isinstance(spec, Bounded):
                values = self._put(("name", name), clamp(values[self.place["name", name]] + number, spec), values)
        for memento in effects.give:
            values = self._marked(("gave", memento), values)
        return self._stirred(values, effects.heat) if effects.heat else values

    def _stirred(self, values: Values, heat: int) -> Values:
        """Make Joel louder or quieter, counted as far as the hunt's beginning; where he can be quieter, no quieter than he was."""
        machine = self.story.machine
        if _HEAT not in self.place or machine is None or machine.hunt is None:
            return values
        loud = min(machine.hunt.at, values[self.place[_HEAT]] + max(0, heat))
        values = self._put(_HEAT, loud, values)
        return self._put(_HUNTED, True, values) if loud >= machine.hunt.at else values

    def _settled(self, scene: str, values: Values) -> Iterator[Values]:
        """Notice the turn, if it is kept apart: where it is not certain, it may have come or not."""
        machine = self.story.machine
        if scene in (_NEXT, _FLIGHT):  # still on the way
            yield values
            return
        if machine is None or _TURNED not in self.place or values[self.place[_TURNED]]:
            yield values
            return
        if self.holds(scene, machine.turn, values):
            yield self._put(_TURNED, True, values)
        if machine.turn is not None and self.holds(scene, f"not ({machine.turn})", values):
            yield values

    def _may(self, atom: Atom, values: Values) -> bool:
        """Tell whether a flag may be up."""
        place = self.place.get(atom)
        if place is not None:
            return bool(values[place])
        return atom[0] == "name" and bool(getattr(self.possible, atom[1]))

    # Questions ----------------------------------------------------------------------------------------------------

    def holds(self, scene: str, condition: str | None, values: Values) -> bool:
        """Tell whether a condition may hold in a scene with these values."""
        if condition is None:
            return True
        key = (scene, condition, values)
        if key not in self._holds:
            self._holds[key] = can_hold([condition], lambda atom, limits: self.domain(scene, values, atom, limits))
        return self._holds[key]

    def domain(self, scene: str, values: Values, atom: Atom, limits: tuple[int, ...] | None) -> tuple[Any, ...]:
        """Return what an atom may be: one value if the slice keeps it apart."""
        place = self.place.get(atom)
        if place is None or atom == _HEAT or (atom == _VISITS and (scene != self.toward or limits is None)):
            return self.possible.domain(scene, atom, limits)
        if atom == _HUNTED and self.cools:
            return (False, True) if values[place] else (False,)
        return (values[place],)

    def ever(self, scene: str, condition: str) -> bool:
        """Tell whether a condition may ever hold in a scene."""
        return self.states is None or any(self.holds(scene, condition, values) for values in self.states.get(scene, ()))


def sliced(possible: Possible, conditions: Iterable[str], toward: str | None = None, *, night: bool = False) -> Slice | None:
    """Return the slice of everything that some conditions read and a slice can keep apart; None if there is nothing, or too much.

    Args:
        possible: what the story can contain at all.
        conditions: the conditions.
        toward: the scene they are asked in, if it is one.
        night: whether to keep apart, besides, what opens flight and what begins the hunt.
    """
    asked = [question(condition) for condition in conditions]
    atoms = dict.fromkeys(atom for q in asked for atom in q.atoms)
    machine = possible.story.machine
    if night and machine is not None:
        atoms |= dict.fromkeys((*(question(machine.turn).atoms if machine.turn is not None else ()), _TURNED))
        atoms |= dict.fromkeys((_HUNTED, _HEAT, *_loud_outside(possible)) if machine.hunt is not None else ())
    kept = tuple(atom for atom in atoms if _can_keep(possible, atom, toward, night=night))
    most = max((limit for q in asked for limit in q.constants.get(_VISITS) or ()), default=0) + 1
    return Slice(possible, kept, toward, most) if 0 < len(kept) <= _ATOMS else None


def _can_keep(possible: Possible, atom: Atom, toward: str | None, *, night: bool) -> bool:
    if atom[0] == "name":
        return atom[1] in possible.values or (atom == _VISITS and toward is not None) or (night and atom in (_TURNED, _HUNTED, _HEAT))
    return atom[0] in ("gave", "chose", "seen", "past", "shown")


def _loud_outside(possible: Possible) -> list[Atom]:
    """Return what happens outside and can make Joel louder: it happens once."""
    story = possible.story
    found: list[Atom] = []
    for outside in story.index.outside:
        reached, stack = {outside}, [outside]
        while stack:
            for to in story.targets(story.scenes[stack.pop()]):
                if to not in reached and story.scenes[to].kind == "outside":
                    reached.add(to)
                    stack.append(to)
        if any(choice.heat > 0 for scene in reached for choice in story.scenes[scene].choices):
            found.append(("shown", outside))
    return found


def _value(spec: Any, text: str) -> Any:
    if isinstance(spec, bool):
        return text == "true"
    return int(text) if isinstance(spec, Bounded) else text
