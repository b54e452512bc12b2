"""The few things that a slice keeps apart, and what becomes of them when something happens."""

from __future__ import annotations

from typing import Any

from eternal.author.prove.trying import Atom
from eternal.engine.effects import clamp
from eternal.story.schema import Bounded, Effects
from eternal.story.story import Story

__all__ = ["HEAT", "HUNTED", "TURNED", "VISITS", "Apart", "Values"]

VISITS: Atom = ("name", "visits")
TURNED: Atom = ("name", "turned")
HUNTED: Atom = ("name", "hunted")
HEAT: Atom = ("name", "heat")

#: What the things kept apart are, in their order.
Values = tuple[Any, ...]


class Apart:
    """What is kept apart.

    Attributes:
        atoms: the things, in the order of their values; `place`: where each stands.
        toward: the scene whose `visits` are meant; or None.
    """

    def __init__(self, story: Story, atoms: tuple[Atom, ...], toward: str | None, most: int) -> None:
        """Keep some things apart; `most` is how far visits are counted."""
        self.story = story
        self.atoms = atoms
        self.place = {atom: place for place, atom in enumerate(atoms)}
        self.toward = toward
        self.most = most

    def first(self) -> list[Values]:
        """Return what they can be before anything has happened."""
        found: list[Values] = [()]
        for atom in self.atoms:
            begin: tuple[Any, ...] = (False,)
            if atom[0] == "past":
                begin = (False, True)
            elif atom in (VISITS, HEAT):
                begin = (0,)
            elif atom[0] == "name" and atom not in (TURNED, HUNTED):
                spec = self.story.header.variables[atom[1]]
                begin = (spec.start if isinstance(spec, Bounded) else spec[0] if isinstance(spec, tuple) else spec,)
            found = [(*values, value) for values in found for value in begin]
        return found

    def entered(self, scene: str, values: Values) -> Values:
        """Return the values after a scene has been entered."""
        values = self.marked(("seen", scene), values)
        if scene == self.toward and VISITS in self.place:
            values = self.put(VISITS, min(self.most, values[self.place[VISITS]] + 1), values)
        return self.done(self.story.scenes[scene].enter, values)

    def marked(self, atom: Atom, values: Values) -> Values:
        """Return the values with a flag up, if it is kept apart."""
        return self.put(atom, True, values) if atom in self.place else values

    def put(self, atom: Atom, value: Any, values: Values) -> Values:
        """Return the values with another one in a place that is there."""
        place = self.place[atom]
        return (*values[:place], value, *values[place + 1 :])

    def done(self, effects: Effects | None, values: Values) -> Values:
        """Return the values after effects."""
        if effects is None:
            return values
        for name, text in effects.set.items():
            if ("name", name) in self.place:
                values = self.put(("name", name), _value(self.story.header.variables[name], text), values)
        for name, number in effects.add.items():
            spec = self.story.header.variables[name]
            if ("name", name) in self.place and isinstance(spec, Bounded):
                values = self.put(("name", name), clamp(values[self.place["name", name]] + number, spec), values)
        for memento in effects.give:
            values = self.marked(("gave", memento), values)
        return self.stirred(values, effects.heat) if effects.heat else values

    def stirred(self, values: Values, heat: int) -> Values:
        """Make Joel louder or quieter, counted as far as the hunt's beginning; where he can be quieter, no quieter than he was."""
        machine = self.story.machine
        if HEAT not in self.place or machine is None or machine.hunt is None:
            return values
        loud = min(machine.hunt.at, values[self.place[HEAT]] + max(0, heat))
        values = self.put(HEAT, loud, values)
        return self.put(HUNTED, True, values) if loud >= machine.hunt.at else values


def _value(spec: Any, text: str) -> Any:
    if isinstance(spec, bool):
        return text == "true"
    return int(text) if isinstance(spec, Bounded) else text
