"""How states are shared out between processes: along the line that the fewest ways cross."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import accumulate

from msgspec import Struct

from eternal.author.prove.space import Found, Space

__all__ = ["Cut", "cut_by_scene", "cut_of"]

#: So many states of the last level are looked at to find out what seldom changes.
_SAMPLE = 400
#: A place of more bits than this is not cut along: each of its values is given to somebody.
_BITS = 8

#: What two states, one an action after the other, have in some place, with how many such ways there are.
Ways = Counter[tuple[int, int]]


class Cut(Struct, frozen=True):
    """Whose a state is, told by what it has in the bits of `mask`: `values` are those of each process but the first, who has the rest."""

    mask: int
    values: tuple[frozenset[int], ...]

    @property
    def jobs(self) -> int:
        """Between how many processes states are shared out."""
        return len(self.values) + 1

    def owner(self, value: int) -> int:
        """Return who has the states with these bits."""
        return next((place for place, values in enumerate(self.values, start=1) if value in values), 0)

    def split(self, found: Found) -> list[Found]:
        """Share states out."""
        parts: list[Found] = [{} for _ in range(self.jobs)]
        for number, states in found.items():
            for place, part in self.parted(states):
                parts[place][number] = part
        return parts

    def parted(self, states: set[int]) -> Iterator[tuple[int, set[int]]]:
        """Yield who has any of some states, with those."""
        mask = self.mask
        for place, values in enumerate(self.values, start=1):
            theirs = {state for state in states if state & mask in values}
            if theirs:
                states = states - theirs
                yield place, theirs
        if states:
            yield 0, states


def cut_of(space: Space, jobs: int) -> Cut:
    """Choose how to share the states of a space out: so that nobody has much more than others, and few ways lead from one to another.

    What a state costs is the moves out of it, each worked out by its owner, and the moves into it, each looked up by its owner.
    """
    sample = [(state, after) for _, states in space.sample(_SAMPLE) for state in states for after in _after(space, state)]
    best = cut_by_scene(space, jobs)
    least = _cost(best, _ways(sample, best.mask))
    for name, bits in space.fast.layout.bits.items():
        if name != ("scene",) and bits.mask.bit_count() <= _BITS:
            ways = _ways(sample, bits.mask)
            cut = _cut_by_value(ways, bits.mask, jobs)
            if (cost := _cost(cut, ways)) < least:
                best, least = cut, cost
    return best


def _after(space: Space, state: int) -> Iterator[int]:
    for _, states in space.fast.expand(state & space.fast.here, (state,)):
        yield from states


def _ways(sample: list[tuple[int, int]], mask: int) -> Ways:
    return Counter((state & mask, after & mask) for state, after in sample)


def cut_by_scene(space: Space, jobs: int) -> Cut:
    """Give each process a run of scenes with as many states: ways mostly lead to scenes that stand near."""
    sizes = [len(space.seen.get(number, ())) for number in range(len(space.fast.scenes))]
    total = sum(sizes) or 1
    owners = [min(jobs - 1, before * jobs // total) for before in accumulate(sizes[:-1], initial=0)]
    return Cut(space.fast.here, tuple(frozenset(n for n, owner in enumerate(owners) if owner == place) for place in range(1, jobs)))


def _cut_by_value(ways: Ways, mask: int, jobs: int) -> Cut:
    """Give each process values of a place, the most costly first, to whom has least."""
    costs = Counter[int]()
    for (before, after), count in ways.items():
        costs[before] += count
        costs[after] += count
    loads, values = [0] * jobs, [set[int]() for _ in range(jobs)]
    for value, cost in costs.most_common():
        least = loads.index(min(loads))
        loads[least] += cost
        values[least].add(value)
    return Cut(mask, tuple(map(frozenset, values[1:])))


def _cost(cut: Cut, ways: Ways) -> float:
    """Return what the busiest has to do, in ways from a state to one after it: a way that is handed on is work for both."""
    loads, crossed = [0] * cut.jobs, 0
    for (before, after), count in ways.items():
        one, two = cut.owner(before), cut.owner(after)
        loads[one] += count
        loads[two] += count
        crossed += count * (one != two)
    return max(loads) / 2 + crossed
