"""Exploring by several processes: each holds a part of the states, and hands what belongs to another part on, level by level.

Whoever explores alone meets no seams, so a story is shared out only when it has shown that it is large. The process that
began keeps a part itself. All do the same in step: look beyond their part of the last level, exchange what they found,
admit it, and tell each other how much was new; so nobody needs to be led, and nobody is waited for but in the exchange.
"""

from __future__ import annotations

import gc
import signal
import sys
import threading
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from msgspec import Struct

from eternal.author.playtest.freight import pack, unpack
from eternal.author.prove.cuts import Cut, cut_of
from eternal.author.prove.goals import Goal, Goals
from eternal.author.prove.space import Found, Space
from eternal.author.prove.wire import from_wire, to_wire
from eternal.engine.fast import Fast

__all__ = ["SMALL", "explore_shared"]

#: With fewer states than this a story is not shared out.
SMALL = 40_000

Tell = Callable[[int, int], None]
#: The ends of the pipes of a process, by who holds the other.
Ends = dict[int, Connection]


def explore_shared(space: Space, jobs: int, budget: int, tell: Tell, *, method: str | None = None) -> None:
    """Explore on from where a space stands, in several processes, and bring the states they find home.

    An interruption is held back to the end of a level, so that all that is known comes home before it is raised.

    Args:
        space: what has been found so far; afterwards all of it.
        jobs: how many processes.
        budget: how many states may be looked at.
        tell: told after every level how many states there are, and how many of them are new.
        method: how processes begin (`fork`, `spawn`); what is quickest and safe here if nobody says.
    """
    cut, first, whole = cut_of(space, jobs), len(space.levels), space.levels[-1]
    with _held_back() as interrupted, _helpers(space, cut, budget, method or _method()) as ends:
        part = _Part(space, cut, 0, ends)
        try:
            part.explore(budget, space.count, tell, interrupted)
        except BaseException:
            space.forget(first)
            raise
        finally:
            space.levels[first - 1] = whole
        part.bring_home(first)
    if interrupted:
        raise KeyboardInterrupt


def _method() -> str:
    """Return how processes begin: as copies that know all that is known, where a copy is safe, else from nothing."""
    return "fork" if sys.platform == "linux" and threading.active_count() == 1 else "spawn"


@contextmanager
def _held_back() -> Iterator[list[int]]:
    """Note the first Ctrl+C instead of being interrupted by it; the second interrupts."""
    noted: list[int] = []
    if threading.current_thread() is not threading.main_thread():
        yield noted
        return
    before = signal.getsignal(signal.SIGINT)

    def note(number: int, frame: object) -> None:
        del frame
        noted.append(number)
        signal.signal(signal.SIGINT, before)

    signal.signal(signal.SIGINT, note)
    try:
        yield noted
    finally:
        signal.signal(signal.SIGINT, before)


class _Part:
    """The part of the states that one process holds."""

    def __init__(self, space: Space, cut: Cut, place: int, ends: Ends) -> None:
        """Keep of the last level what belongs here."""
        self.space, self.cut, self.place, self.ends = space, cut, place, ends
        last = {number: set(states) for number, states in space.levels[-1].items()}
        space.levels[-1] = {number: space.stored(states) for number, states in cut.split(last)[place].items()}

    def explore(self, budget: int, total: int, tell: Tell | None = None, stop: list[int] | None = None) -> None:
        """Go on level by level, in step with the others, while there is something new and the budget allows it."""
        space, new, stopped = self.space, 1, False
        while new and total < budget and not space.cut and not stopped:
            before = len(space.goals.found)
            space.admit(self._exchanged(space.beyond(budget // self.cut.jobs)))
            mine = (space.frontier, space.cut, bool(stop), list(space.goals.found)[before:])
            told = [mine, *self._told(mine)]
            new = sum(one[0] for one in told)
            space.cut = any(one[1] for one in told)
            stopped = any(one[2] for one in told)
            for _, _, _, goals in told:
                space.goals.drop(goals)
            total += new
            if tell is not None:
                tell(total, new)

    def _exchanged(self, found: Found) -> Found:
        """Hand on what belongs to others, and return what belongs here, with what the others found of it.

        What is handed on is known from then on: nobody is told anything twice.
        """
        parts = self.cut.split(found)
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

    def _told(self, mine: tuple[int, bool, bool, list[Goal]]) -> list[tuple[int, bool, bool, list[Goal]]]:
        """Tell all others how a level went, and return what they tell: too little to fill a pipe."""
        for end in self.ends.values():
            end.send(mine)
        return [end.recv() for end in self.ends.values()]

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


# The processes --------------------------------------------------------------------------------------------------------


class _Known(Struct, frozen=True):
    """What a process that begins from nothing must be given."""

    freight: bytes
    more: tuple[str, ...]
    wanted: tuple[Goal, ...]
    seen: bytes
    last: bytes
    levels: int
    count: int

    def opened(self) -> Space:
        """Return the space again: of the levels only the last is there."""
        fast = Fast(unpack(self.freight), project=True, more=self.more)
        space = Space(fast, Goals(fast, self.wanted))
        space.seen, space.count = {number: set(states) for number, states in from_wire(self.seen).items()}, self.count
        space.levels = [*({} for _ in range(self.levels - 1)), from_wire(self.last)]
        return space


def _known(space: Space) -> _Known:
    wanted, freight = tuple(space.goals.remaining), pack(space.fast.story)
    return _Known(freight, space.fast.more, wanted, to_wire(space.seen), to_wire(space.levels[-1]), len(space.levels), space.count)


@contextmanager
def _helpers(space: Space, cut: Cut, budget: int, method: str) -> Iterator[Ends]:
    """Begin all processes but this one, give the ends of the pipes to them, and end them in the end."""
    context = get_context(method)
    ends: list[Ends] = [{} for _ in range(cut.jobs)]
    for one in range(cut.jobs):
        for two in range(one + 1, cut.jobs):
            ends[one][two], ends[two][one] = context.Pipe()
    given = space if method == "fork" else _known(space)
    every = ends if method == "fork" else []  # a copy holds the ends of all, and must let go of those of others
    processes = [
        context.Process(target=_help, args=(given, cut, place, ends[place], every, budget), daemon=True)  # type: ignore[attr-defined]
        for place in range(1, cut.jobs)
    ]
    try:
        for process in processes:
            process.start()
        _close(ends[1:])
        yield ends[0]
    finally:
        _close(ends)
        for process in processes:
            _end(process)


def _close(ends: list[Ends]) -> None:
    for some in ends:
        for end in some.values():
            with suppress(OSError):
                end.close()


def _end(process: Any) -> None:
    if process.pid is not None:
        process.join(1)
        if process.is_alive():
            process.terminate()
            process.join()


def _help(given: Space | _Known, cut: Cut, place: int, ends: Ends, every: list[Ends], budget: int) -> None:
    """Hold a part of the states in a process of its own."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who began this is told, and ends it
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    gc.disable()  # states make no rings, and looking for some would copy the memory that is still shared
    _close([some for some in every if some is not ends])
    space = given if isinstance(given, Space) else given.opened()
    first, total = len(space.levels), space.count
    with suppress(EOFError, OSError):
        part = _Part(space, cut, place, ends)
        part.explore(budget, total)
        part.send_home(first)
