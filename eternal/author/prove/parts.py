"""The part of the states that one of several processes holds, and what these say to each other, level by level.

All do the same in step: whoever has more of the last level than others lends them some of it; each looks beyond what it has;
they exchange what they found, admit it, and tell each other how much was new. So nobody needs to be led, and nobody is
waited for but in the exchange.
"""

from __future__ import annotations

import time
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from multiprocessing.connection import Connection
from typing import Any

from msgspec import Struct

from eternal.author.prove.cuts import Cut
from eternal.author.prove.goals import Goal
from eternal.author.prove.routes import Routes
from eternal.author.prove.space import Found, Level, Space
from eternal.author.prove.wire import from_wire, to_wire

__all__ = ["Ends", "Part", "Tell", "loans"]

#: Told how many states there are, and how many of them are new.
Tell = Callable[[int, int], None]
#: The ends of the pipes of a process, by who holds the other.
Ends = dict[int, Connection]
#: Who lends, to whom, and how many states.
Loan = tuple[int, int, int]

#: Fewer states than this are not worth lending.
_LOAN = 500
#: So many seconds a state takes at least.
_LEAST = 5e-7
#: One state in so many shows what looking beyond the states of a level takes.
_SAMPLED = 64


def loans(loads: Sequence[tuple[int, float]]) -> list[Loan]:
    """Return who lends how many states to whom so that all have as much to do.

    Args:
        loads: how many states each process holds, and how long looking beyond one of them takes, in whatever unit.
    """
    works = [size * cost for size, cost in loads]
    fair, found = sum(works) / len(works), list[Loan]()
    takers = [place for place, work in enumerate(works) if work < fair]
    for giver, (_, cost) in enumerate(loads):
        more = works[giver] - fair
        while takers and (count := int(min(more, fair - works[takers[-1]]) / cost)) >= _LOAN:
            found.append((giver, takers[-1], count))
            more -= count * cost
            works[takers[-1]] += count * cost
            if fair - works[takers[-1]] < _LOAN * cost:
                takers.pop()
    return found


def _parted(level: Level, count: int) -> tuple[Level, Level]:
    """Part a level: in the second part stand so many of its states, of each scene as large a part, since scenes cost more or less."""
    rest, lent, total = dict[int, Collection[int]](), dict[int, Collection[int]](), sum(map(len, level.values()))
    before, taken = 0, 0
    for number, states in level.items():
        before += len(states)
        part, taken = count * before // total - taken, count * before // total
        some = states if isinstance(states, array | list) else list(states)
        rest[number], lent[number] = some[part:], some[:part]
    return rest, lent


class _Told(Struct, frozen=True):
    """How a level went in one process.

    Attributes:
        new: how many new states belong to it.
        cost: the processor time that looking beyond one of the states before took, in seconds.
        cut, stop: whether the level was left early; whether all are to stop.
        goals: what was met.
    """

    new: int
    cut: bool
    stop: bool
    goals: tuple[Goal, ...]


class Part:
    """The part of the states that one process holds."""

    def __init__(self, space: Space, cut: Cut, place: int, ends: Ends) -> None:
        """Keep of the last level what belongs here."""
        self.space, self.cut, self.place, self.ends = space, cut, place, ends
        self.routes = Routes(space.fast, cut)
        last = {number: set(states) for number, states in space.levels[-1].items()}
        space.levels[-1] = {number: space.stored(states) for number, states in cut.split(last)[place].items()}

    def explore(self, budget: int, total: int, tell: Tell | None = None, stop: list[int] | None = None) -> None:
        """Go on level by level, in step with the others, while there is something new and the budget allows it."""
        space, new, stopped = self.space, 1, False
        while new and total < budget and not space.cut and not stopped:
            before = len(space.goals.found)
            space.admit(self._exchanged(self._beyond(budget // self.cut.jobs)))
            goals = tuple(space.goals.found)[before:]
            told: list[_Told] = self._told(_Told(space.frontier, space.cut, bool(stop), goals))
            space.cut, stopped = any(one.cut for one in told), any(one.stop for one in told)
            for one in told:
                space.goals.drop(one.goals)
            new = sum(one.new for one in told)
            total += new
            if tell is not None:
                tell(total, new)

    def _beyond(self, budget: int) -> list[Found]:
        """Return, by whose they are, all states one action beyond this process's share of the last level."""
        found: list[Found] = [{} for _ in range(self.cut.jobs)]
        size = 0
        for place, level in self._share():
            for number, states in level.items():
                for whose, to, after in self.routes.beyond(number, states, place):
                    size += len(after)
                    self.space.gather(found[whose], to, after)
                if self.space.is_too_much(size, budget, *found):
                    return found
        return found

    def _share(self) -> list[tuple[int, Level]]:
        """Lend and borrow, and return what is to be looked beyond here: of whom, and which states."""
        own, borrowed = self.space.levels[-1], list[tuple[int, Level]]()
        for giver, taker, count in loans(self._told((self.space.frontier, self._cost()))):
            if self.place == giver:
                own, lent = _parted(own, count)
                self.ends[taker].send_bytes(to_wire(lent))
            elif self.place == taker:
                borrowed.append((giver, from_wire(self.ends[giver].recv_bytes())))
        return [(self.place, own), *borrowed]

    def _cost(self) -> float:
        """Return how long looking beyond one state of the last level takes, in seconds of the processor, as some of them show."""
        some = list(self.space.sample(self.space.frontier // _SAMPLED))
        asking, looking = self._timed((number, []) for number, _ in some), self._timed(some)
        return _LEAST + max(0.0, looking - asking) / (sum(len(states) for _, states in some) or 1)

    def _timed(self, some: Iterable[tuple[int, Sequence[int]]]) -> float:
        begun = time.process_time()
        for number, states in some:
            self.space.fast.expand(number, states)
        return time.process_time() - begun

    def _exchanged(self, parts: list[Found]) -> Found:
        """Hand on what belongs to others, and return what belongs here, with what the others found of it.

        What is handed on is known from then on: nobody is told anything twice.
        """
        mine = parts[self.place]
        for to, theirs in self._swapped(lambda to: to_wire(parts[to])):
            for number, states in from_wire(theirs).items():
                mine[number] = mine[number].union(states) if number in mine else set(states)
            for number, handed in parts[to].items():
                self.space.seen.setdefault(number, set()).update(handed)
        return mine

    def _swapped(self, blob: Callable[[int], bytes]) -> Iterator[tuple[int, bytes]]:
        """Swap bytes with each of the others. Of two the first in line sends first, and all meet in one order: nobody waits in a ring."""
        for to in sorted(self.ends):
            end = self.ends[to]
            if self.place < to:
                end.send_bytes(blob(to))
                yield to, end.recv_bytes()
            else:
                theirs = end.recv_bytes()
                end.send_bytes(blob(to))
                yield to, theirs

    def _told(self, mine: Any) -> list[Any]:
        """Tell all others something too small to fill a pipe, and return what all tell, in the order of their places."""
        for end in self.ends.values():
            end.send(mine)
        told = {self.place: mine} | {place: end.recv() for place, end in self.ends.items()}
        return [told[place] for place in sorted(told)]

    def bring_home(self, first: int) -> None:
        """Put the levels and goals that the others found into the space."""
        space = self.space
        for end in self.ends.values():
            for goal, where in end.recv():
                space.goals.found.setdefault(goal, where)
            for level in space.levels[first:]:
                for number, states in from_wire(end.recv_bytes()).items():
                    space.count += len(states)
                    kept = level.setdefault(number, space.stored(()))
                    assert isinstance(kept, array | list)
                    kept.extend(states)

    def send_home(self, first: int) -> None:
        """Send the one who began what has been found since."""
        home, space = self.ends[0], self.space
        home.send([(goal, where) for goal, where in space.goals.found.items() if where[1] >= first])
        for level in space.levels[first:]:
            home.send_bytes(to_wire(level))
