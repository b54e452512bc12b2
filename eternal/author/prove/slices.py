"""A story seen through a few of the things it remembers: all their values together, everything else left open.

Where trying each thing by itself says too little (that the number of objects given agrees with which ones were given),
the story is explored with only those kept apart. A condition on anything else may hold or not. What no such state shows,
no state shows; the other way round nothing follows.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from eternal.author.prove.ahead import leading_to
from eternal.author.prove.apart import HEAT, HUNTED, TURNED, VISITS, Apart, Values
from eternal.author.prove.possible import Possible
from eternal.author.prove.trying import Atom, can_hold
from eternal.story.schema import NEXT, Choice, Scene

__all__ = ["Slice"]

#: A slice with more states than this is given up.
_STATES = 200_000
#: Places of their own for being on the way to wherever the machine works, and for fleeing: what may follow is the same from anywhere.
_NEXT, _FLIGHT = "*next", "*flight"

#: A state of a slice: the scene, outside where Joel was going (or nothing), and the values.
_State = tuple[str, str, Values]


class Slice:
    """The states of a slice.

    Attributes:
        apart: what is kept apart.
        within: the scenes that it looks at: all, or those that lead to one.
        states: for each scene the values they have together there; None when there were too many.
    """

    def __init__(self, possible: Possible, atoms: tuple[Atom, ...], toward: str | None, most: int) -> None:
        """Explore a slice, only as far as a scene if one is named; `most` is how far its visits are counted."""
        self.possible = possible
        self.story = possible.story
        self.apart = Apart(possible.story, atoms, toward, most)
        self.within = possible.scenes if toward is None else leading_to(possible, toward)
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
        stack = [
            (start, "", settled) for values in self.apart.first() for settled in self._settled(start, self.apart.entered(start, values))
        ]
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
            if scene in self.story.scenes:
                self.states.setdefault(scene, set()).add(values)

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
            yield _NEXT, "", self.apart.done(scene.leave, values)
        if machine is not None and at_night and self._may(TURNED, values):
            loud = self.apart.done(scene.leave, self.apart.stirred(values, machine.flee.heat))
            yield from ((way, "", loud) for way in (_NEXT, _FLIGHT))

    def _chosen(self, scene: Scene, choice: Choice, resume: str, values: Values) -> Iterator[_State]:
        done = self.apart.done(choice, self.apart.marked(("chose", scene.id, choice.id), values))
        left = self.apart.done(scene.leave, done)
        beats = choice.beats if choice.beats is not None else int(scene.kind == "memory")
        if self.story.machine is not None and beats:
            yield _NEXT, "", left
        if choice.to is not None and choice.to != NEXT:
            stays = self.story.scenes[choice.to].kind == "outside"
            yield from [(choice.to, resume, self.apart.entered(choice.to, left))] if stays else self._arrived(scene.id, choice.to, left)
        elif choice.to is None and scene.kind != "outside":
            yield scene.id, resume, done
        else:
            if choice.to is None and resume:
                yield resume, "", self.apart.entered(resume, left)
            yield _NEXT, "", left

    def _anywhere(self, values: Values) -> Iterator[_State]:
        """Go wherever the machine may work next, or where the night may end."""
        story, machine = self.story, self.story.machine
        hunted = self._may(HUNTED, values)
        for memory in story.index.memories:
            if memory in self.possible.scenes and (hunted or self.possible.lit(memory, hunted=False)):
                yield from self._arrived("", memory, values)
        for end in (machine.morning, machine.broken) if machine is not None else (story.header.start,):
            if end is not None:
                yield end, "", self.apart.entered(end, values)

    def _arrived(self, scene: str, to: str, values: Values) -> Iterator[_State]:
        """Come to a scene from another (or, without a name, from anywhere), or see first what falls due outside."""
        yield to, "", self.apart.entered(to, values)
        head = self.story.head(to)
        if head in self.story.position and not (scene and (head == self.story.head(scene) or self.story.scenes[scene].kind == "outside")):
            for outside in self.story.index.outside:
                due = self.story.scenes[outside].due if not self._leaves else None
                if not self._may(("shown", outside), values) and self.holds(outside, due, values):
                    yield outside, to, self.apart.entered(outside, self.apart.marked(("shown", outside), values))

    def _settled(self, scene: str, values: Values) -> Iterator[Values]:
        """Notice the turn, if it is kept apart: where it is not certain, it may have come or not."""
        machine = self.story.machine
        if scene in (_NEXT, _FLIGHT):  # still on the way
            yield values
            return
        if machine is None or TURNED not in self.apart.place or values[self.apart.place[TURNED]]:
            yield values
            return
        if self.holds(scene, machine.turn, values):
            yield self.apart.put(TURNED, True, values)
        if machine.turn is not None and self.holds(scene, f"not ({machine.turn})", values):
            yield values

    def _may(self, atom: Atom, values: Values) -> bool:
        """Tell whether a flag may be up."""
        place = self.apart.place.get(atom)
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
        place = self.apart.place.get(atom)
        if place is None or atom == HEAT or (atom == VISITS and (scene != self.apart.toward or limits is None)):
            return self.possible.domain(scene, atom, limits)
        if atom == HUNTED and self.cools:
            return (False, True) if values[place] else (False,)
        return (values[place],)

    def ever(self, scene: str, condition: str) -> bool:
        """Tell whether a condition may ever hold in a scene."""
        return self.states is None or any(self.holds(scene, condition, values) for values in self.states.get(scene, ()))
