"""The states of a story, found level by level: all that can be reached in one action, in two, and so on.

A state is found once. Nothing is kept beside it: how a state was reached is worked out backwards, a level at a time,
only for the states that are to be shown.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from eternal.author.prove.goals import Goals
from eternal.engine.fast import Fast

__all__ = ["Found", "Level", "Space"]

#: States by the number of their scene.
Found = dict[int, set[int]]
#: The same, kept in few bytes.
Level = dict[int, Collection[int]]

#: States of so many bits fit into an array of machine words.
_WORD = 64


#: So many states are looked beyond at once, before every single action of each is looked at.
_PART = 256


class Space:
    """States found so far; of several processes each holds a part.

    Attributes:
        seen: every state that is known here, by scene; the other processes' parts are in `levels` alone.
        levels: the states of each level, by scene.
        count: how many states there are.
        cut: whether a level was left before all of it had been looked beyond.
    """

    def __init__(self, fast: Fast, goals: Goals) -> None:
        """Begin with nothing found."""
        self.fast = fast
        self.goals = goals
        self.seen: Found = {}
        self.levels: list[Level] = []
        self.count = 0
        self.cut = False
        self._words = fast.layout.full.bit_length() <= _WORD

    @property
    def frontier(self) -> int:
        """How many states of the last level, which nobody has looked beyond, there are."""
        return sum(map(len, self.levels[-1].values())) if self.levels else 0

    @property
    def exhausted(self) -> bool:
        """Whether there are no other states; a counter that was cut off where somebody may look further leaves that open."""
        loose = [bits for name in self.fast.layout.loose if (bits := self.fast.layout.bits.get(name)) is not None]
        tops = [(bits.mask, bits.top << bits.shift) for bits in loose]
        return not self.frontier and not self.cut and not any(state & mask == top for mask, top in tops for state in self.all())

    def begin(self, roots: Iterable[int]) -> None:
        """Make some states the first level."""
        found: Found = {}
        for root in roots:
            found.setdefault(root & self.fast.here, set()).add(root)
        self.admit(found)

    def advance(self, budget: int) -> None:
        """Make the next level of all states one action beyond the last."""
        self.admit(self.beyond(budget))

    def admit(self, found: Found) -> None:
        """Make a level of the states that are new among those found."""
        level: Level = {}
        self.goals.level = len(self.levels)
        for number, some in found.items():
            known = self.seen.setdefault(number, set())
            states = some - known
            if states:
                known |= states
                self.goals.look(number, states)
                level[number] = self.stored(states)
                self.count += len(states)
        self.levels.append(level)

    def forget(self, first: int, goals: Goals) -> None:
        """Forget the levels from one on, and what has been known of goals since, when not all of it is there."""
        del self.levels[first:]
        self.goals, self.seen, self.count, self.cut = goals, {}, 0, False
        for level in self.levels:
            for number, states in level.items():
                self.seen.setdefault(number, set()).update(states)
                self.count += len(states)

    def meets(self, number: int) -> bool:
        """Tell whether any state of a scene has been found."""
        return any(level.get(number) for level in self.levels)

    def stored(self, states: Iterable[int]) -> array[int] | list[int]:
        """Return states as a level keeps them: in few bytes, in some order."""
        return array("Q", states) if self._words else list(states)

    def sample(self, count: int) -> Iterator[tuple[int, Sequence[int]]]:
        """Yield about so many states of the last level, by scene: of each scene its part."""
        every = max(1, self.frontier // max(1, count))
        skipped = 0
        for number, states in self.levels[-1].items():
            assert isinstance(states, Sequence)
            some = states[-skipped % every :: every]
            skipped += len(states)
            if some:
                yield number, some

    def beyond(self, budget: int) -> Found:
        """Return all states one action beyond the last level, but stop (and say so in `cut`) when they are more than the budget."""
        found: Found = {}
        size = 0
        for number, states in self.levels[-1].items():
            for to, after in self.fast.expand(number, states):
                size += len(after)
                self.gather(found, to, after)
            if self.is_too_much(size, budget, found):
                break
        return found

    def gather(self, found: Found, to: int, states: set[int]) -> None:
        """Put states of a scene (or of several, if its number is -1) that may be new to those found."""
        if to >= 0:
            known = self.seen.get(to)
            _join(found, to, states - known if known is not None else states)
        else:
            here = self.fast.here
            for state in states:
                found.setdefault(state & here, set()).add(state)

    def is_too_much(self, size: int, budget: int, *found: Found) -> bool:
        """Tell (and say so in `cut`) whether `size` states, known ones among them, were more than a budget in which they are to be kept."""
        if size > 4 * budget and sum(sum(map(len, some.values())) for some in found) > 2 * budget:
            self.cut = True
        return self.cut

    def parents(self, level: int, wanted: set[int]) -> dict[int, tuple[int, int]]:
        """Return, for states of a level, a state of the level before and the code of the action that leads from it to them."""
        known: dict[int, tuple[int, int]] = {}
        left = set(wanted)
        for number, states in self.levels[level - 1].items():
            for some in _in_parts(states):
                if not left:
                    return known
                if not all(left.isdisjoint(after) for _, after in self.fast.expand(number, some)):
                    for state, code, after in self._edges(some):
                        if after in left:
                            left.discard(after)
                            known[after] = (state, code)
        return known

    def _edges(self, states: Iterable[int]) -> Iterator[tuple[int, int, int]]:
        for state in states:
            for code, after in self.fast.moves(state):
                yield state, code, after

    def all(self) -> Iterator[int]:
        """Yield every state, level by level."""
        for level in self.levels:
            for states in level.values():
                yield from states


def _join(found: Found, number: int, states: set[int]) -> None:
    if number in found:
        found[number] |= states
    else:
        found[number] = states


def chains(parents: Mapping[int, tuple[int, int]], state: int) -> tuple[int, list[int]]:
    """Return the first state on the way to a state, and the codes of the actions from it."""
    codes = []
    while state in parents:
        state, code = parents[state]
        codes.append(code)
    return state, codes[::-1]


def _in_parts(states: Iterable[int]) -> Iterator[list[int]]:
    """Yield states a part at a time."""
    rest = iter(states)
    while part := list(islice(rest, _PART)):
        yield part
