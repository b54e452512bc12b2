"""Which few things to keep apart, to see whether conditions can hold."""

from __future__ import annotations

from collections.abc import Iterable

from eternal.author.prove.apart import HEAT, HUNTED, TURNED, VISITS
from eternal.author.prove.possible import Possible
from eternal.author.prove.slices import Slice
from eternal.author.prove.trying import Atom, question

__all__ = ["sliced"]

#: What a slice keeps apart at most: with more it would have too many states anyway.
_ATOMS = 14


def sliced(possible: Possible, conditions: Iterable[str], toward: str | None = None, *, night: bool = False) -> Slice | None:
    """Return the slice of everything that some conditions read and a slice can keep apart; None if there is nothing, or too much.

    Conditions that read the same things are seen in the same slice: it is explored once.

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
        atoms |= dict.fromkeys((*(question(machine.turn).atoms if machine.turn is not None else ()), TURNED))
        atoms |= dict.fromkeys((HUNTED, HEAT, *_loud_outside(possible)) if machine.hunt is not None else ())
    kept = tuple(sorted(atom for atom in atoms if _can_keep(possible, atom, toward, night=night)))
    most = max((limit for q in asked for limit in q.constants.get(VISITS) or ()), default=0) + 1
    if not 0 < len(kept) <= _ATOMS:
        return None
    key = (kept, toward, most if VISITS in kept else 0)
    if key not in possible.slices:
        possible.slices[key] = Slice(possible, *key)
    return possible.slices[key]


def _can_keep(possible: Possible, atom: Atom, toward: str | None, *, night: bool) -> bool:
    if atom[0] == "name":
        return atom[1] in possible.values or (atom == VISITS and toward is not None) or (night and atom in (TURNED, HUNTED, HEAT))
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
