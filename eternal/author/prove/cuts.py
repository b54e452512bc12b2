"""How states are shared out between processes: along the line that the fewest ways cross."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import accumulate

from msgspec import Struct

from eternal.author.prove.space import Found, Space

__all__ = ["Cut", "cut_of"]

#: So many states of the last level are looked at to find out what seldom changes.
_SAMPLE = 400
#: A place of more bits than this is not cut along: each of its values is given to somebody.
_BITS = 8
#: Nobody should have more than this many times a fair part.
_FAIR = 1.3

Owner = Callable[[int], int]
#: A state and one after it.
Way = tuple[int, int]


class Cut(Struct, frozen=True):
    """Whose a state is: told by its scene (`owners` of each), or by the bits of `mask` (`values` of each process but the first).

    Values that nobody has been given belong to the first.
    """

    jobs: int
    owners: tuple[int, ...] = ()
    mask: int = 0
    values: tuple[frozenset[int], ...] = ()

    def split(self, found: Found) -> list[Found]:
        """Share states out."""
        parts: list[Found] = [{} for _ in range(self.jobs)]
        for number, states in found.items():
            if self.owners:
                parts[self.owners[number]][number] = states
            else:
                for place, part in self._split(states):
                    parts[place][number] = part
        return parts

    def _split(self, states: set[int]) -> Iterator[tuple[int, set[int]]]:
        mask = self.mask
        for place, values in enumerate(self.values, start=1):
            theirs = {state for state in states if state & mask in values}
            if theirs:
                states = states - theirs
                yield place, theirs
        if states:
            yield 0, states


def cut_of(space: Space, jobs: int) -> Cut:
    """Choose how to share the states of a space out: whichever way is crossed least often by the moves of some of its states.

    What a state costs is the moves out of it, each worked out by its owner, and the moves into it, each looked up by its owner.
    """
    ways = [(state, after) for state in _sample(space) for after in _after(space, state)]
    by_scene, here = _by_scene(space, jobs), space.fast.here
    cuts = [cut for cut in (by_scene, *_by_place(space, ways, jobs)) if _is_fair(cut, ways, here)]
    return min(cuts, key=lambda cut: _crossed(cut, ways, here), default=by_scene)


def _sample(space: Space) -> Iterator[int]:
    """Yield some states of the last level, of each scene its part."""
    every = max(1, space.frontier // _SAMPLE)
    skipped = 0
    for states in space.levels[-1].values():
        yield from list(states)[-skipped % every :: every]
        skipped += len(states)


def _after(space: Space, state: int) -> Iterator[int]:
    for _, states in space.fast.expand(state & space.fast.here, (state,)):
        yield from states


def _owner(cut: Cut, here: int) -> Owner:
    if cut.owners:
        return lambda state: cut.owners[state & here]
    return lambda state: next((place for place, values in enumerate(cut.values, start=1) if state & cut.mask in values), 0)


def _by_scene(space: Space, jobs: int) -> Cut:
    """Give each process a run of scenes with as many states: ways mostly lead to scenes that stand near."""
    sizes = [len(space.seen.get(number, ())) for number in range(len(space.fast.scenes))]
    total = sum(sizes) or 1
    return Cut(jobs, tuple(min(jobs - 1, before * jobs // total) for before in accumulate(sizes[:-1], initial=0)))


def _by_place(space: Space, ways: list[Way], jobs: int) -> Iterator[Cut]:
    """Yield for each place the cut that gives each process values of it, the most costly first, to whom has least."""
    for name, bits in space.fast.layout.bits.items():
        if name == ("scene",) or bits.mask.bit_count() > _BITS:
            continue
        mask = bits.mask
        costs = Counter(state & mask for way in ways for state in way)
        loads, values = [0] * jobs, [set[int]() for _ in range(jobs)]
        for value in sorted((value << bits.shift for value in range(bits.top + 1)), key=lambda value: -costs[value]):
            least = loads.index(min(loads))
            loads[least] += costs[value]
            values[least].add(value)
        yield Cut(jobs, (), mask, tuple(map(frozenset, values[1:])))


def _is_fair(cut: Cut, ways: list[Way], here: int) -> bool:
    owner = _owner(cut, here)
    loads = Counter(owner(state) for way in ways for state in way)
    return max(loads.values(), default=0) * cut.jobs <= 2 * len(ways) * _FAIR


def _crossed(cut: Cut, ways: list[Way], here: int) -> int:
    owner = _owner(cut, here)
    return sum(owner(state) != owner(after) for state, after in ways)
