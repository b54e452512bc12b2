"""Exploring a story of few valuations: all states of a scene are one whole number, and are looked beyond at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from eternal.author.prove.goals import Goals
from eternal.author.prove.space import Level, Space
from eternal.engine.fast import Fast
from eternal.engine.fast.valuations import Stepper

__all__ = ["Valuations", "ValuedSpace", "space_of"]

#: The bits that are set in each byte.
_SET = tuple(tuple(bit for bit in range(8) if byte >> bit & 1) for byte in range(256))


class Valuations(Collection[int]):
    """States of one scene, kept as one whole number."""

    __slots__ = ("bits", "number", "shift")

    def __init__(self, bits: int, number: int, shift: int) -> None:
        """Keep the states of a scene's number with the valuations that `bits` has."""
        self.bits, self.number, self.shift = bits, number, shift

    def __len__(self) -> int:
        """Return how many states there are."""
        return self.bits.bit_count()

    def __bool__(self) -> bool:
        """Tell whether there are any."""
        return self.bits != 0

    def __iter__(self) -> Iterator[int]:
        """Yield the states, the least first."""
        data = self.bits.to_bytes(self.bits.bit_length() + 7 >> 3, "little")
        for place, byte in enumerate(data):
            for bit in _SET[byte]:
                yield (place << 3 | bit) << self.shift | self.number

    def __contains__(self, state: object) -> bool:
        """Tell whether a state is among them."""
        return isinstance(state, int) and state & (1 << self.shift) - 1 == self.number and bool(self.bits >> (state >> self.shift) & 1)


class ValuedSpace(Space):
    """A space whose states are kept, and looked beyond, a scene at a time. What is known of a scene is one number."""

    def __init__(self, fast: Fast, goals: Goals, stepper: Stepper) -> None:
        """Begin with nothing found."""
        super().__init__(fast, goals)
        self.known: dict[int, int] = {}
        self._stepper = stepper

    def begin(self, roots: Iterable[int]) -> None:
        """Make some states the first level."""
        found: dict[int, int] = {}
        for root in roots:
            number = root & self.fast.here
            found[number] = found.get(number, 0) | 1 << (root >> self._stepper.shift)
        self._make_level(found)

    def advance(self, budget: int) -> None:
        """Make the next level of all states one action beyond the last; stop (and say so in `cut`) when they are more than the budget."""
        found: dict[int, int] = {}
        size, options = 0, self._stepper.options
        for number, states in self.levels[-1].items():
            assert isinstance(states, Valuations)
            for option in options(number):
                after = option.taken(states.bits)
                if after:
                    found[option.to] = found.get(option.to, 0) | after
            size += len(states) * len(options(number))
            if size > 4 * budget and sum(new.bit_count() for new in self._new(found).values()) > 2 * budget:
                self.cut = True
                break
        self._make_level(found)

    def _new(self, found: Mapping[int, int]) -> dict[int, int]:
        """Return of the states that were found those that were not known."""
        known = self.known
        return {number: new for number, some in found.items() if (new := some ^ some & known.get(number, 0))}

    def _make_level(self, found: Mapping[int, int]) -> None:
        level: Level = {}
        self.goals.level = len(self.levels)
        for number, new in self._new(found).items():
            self.known[number] = self.known.get(number, 0) | new
            level[number] = states = Valuations(new, number, self._stepper.shift)
            self.goals.look(number, states)
            self.count += len(states)
        self.levels.append(level)


def space_of(fast: Fast, goals: Goals) -> Space:
    """Return the kind of space that is quickest for a story."""
    return ValuedSpace(fast, goals, fast.stepper) if fast.stepper is not None else Space(fast, goals)
