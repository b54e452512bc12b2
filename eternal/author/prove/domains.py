"""What conditions may read: for each thing the values that it can have while Joel is in a scene.

Each by itself: that two of them never have two of these values together is for slices to say.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from eternal.author.prove.trying import Atom
from eternal.story.schema import Bounded

if TYPE_CHECKING:
    from eternal.author.prove.possible import Possible

__all__ = ["domain_of"]

#: How far a number that only grows is tried where it takes part in a sum: so far that there are too many cases, and nothing is known.
_FAR = 100_000


def domain_of(possible: Possible, scene: str, atom: Atom, limits: tuple[int, ...] | None) -> tuple[Any, ...]:
    """Return what an atom may be while Joel is in a scene; of numbers that are only compared, one of each kind."""
    if atom[0] != "name":
        return _call(possible, scene, atom, limits)
    name = atom[1]
    if name in possible.values:
        return _representatives(possible.values[name], limits)
    return _name(possible, scene, name, limits)


def _name(possible: Possible, scene: str, name: str, limits: tuple[int, ...] | None) -> tuple[Any, ...]:
    story, rules = possible.story, possible.story.machine
    far = max(limits, default=0) + 2 if limits is not None else _FAR
    night = possible.beats and scene not in possible.before_night
    match name:
        case "visits":
            return _visits(possible, scene, far, limits)
        case "heat":
            return _representatives(range(far + 1), limits) if possible.louder else (0,)
        case "hunted" | "turned":
            return (False, True) if getattr(possible, name) else (False,)
        case "looking":
            return (False, True) if rules is not None and rules.wakes_at is not None and possible.given and possible.fragments else (False,)
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
            top = sum(possible.lit(memory) for memory in story.index.memories)
        case "refusals":
            top = possible.hearts()
        case "dissonance":
            top = len(story.motifs)
        case "hands":
            top = min(len(possible.fragments), rules.carry if rules is not None else len(possible.fragments))
        case _:
            top = min(len(possible.fragments), _room(possible))
    return _representatives(range(top + 1), limits) if night or name in ("hands", "remaining", "dissonance") else (0,)


def _visits(possible: Possible, scene: str, far: int, limits: tuple[int, ...] | None) -> tuple[Any, ...]:
    """Return how often a scene may have been entered when it is asked: never, only where that is asked before one is there."""
    spec = possible.story.scenes[scene]
    if scene not in possible.story.index.tracked.visits:
        return (0,)
    return _representatives(range(int(spec.due is None and spec.open is None), far + 1), limits)


def _room(possible: Possible) -> int:
    story = possible.story
    rooms = dict.fromkeys(map(story.head, possible.scenes), 0)
    for scene in story.scenes.values():
        head = scene.part_of or scene.id
        if scene.capacity and head in rooms:
            rooms[head] = max(rooms[head], scene.capacity)
    return sum(rooms.values())


def _call(possible: Possible, scene: str, atom: Atom, limits: tuple[int, ...] | None) -> tuple[Any, ...]:
    both = (False, True)
    match atom:
        case ("kept" | "hidden" | "lost", fragment):
            return both if fragment in possible.fragments or atom[0] == "lost" else (False,)
        case ("seen", other):
            return both if other in possible.scenes else (False,)
        case ("chose", other, choice):
            return both if (other, choice) in possible.choices else (False,)
        case ("gave", memento):
            return both if memento in possible.given else (False,)
        case ("erased", head):
            gone = possible.beats and scene not in possible.before_night and head != possible.story.head(scene)
            return both if gone and (possible.lit(head) if possible.story.scenes[head].kind == "memory" else possible.hunted) else (False,)
        case ("count", *motif):
            story = possible.story
            mine = [f for f in possible.fragments if not motif or story.scenes[story.index.fragments[f]].fragments[f].motif == motif[0]]
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
