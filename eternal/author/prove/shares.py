"""Exploring by several processes: each holds a part of the states, and hands what belongs to another part on, level by level.

Whoever explores alone meets no seams, so a story is shared out only when it has shown that it is large. The process that
began keeps a part itself.
"""

from __future__ import annotations

import gc
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from typing import Any

from msgspec import Struct

from eternal.author.playtest.freight import pack, unpack
from eternal.author.prove.cuts import Cut, cut_of
from eternal.author.prove.goals import Goal, Goals
from eternal.author.prove.interrupts import held_back
from eternal.author.prove.parts import Ends, Part, Tell
from eternal.author.prove.space import Space
from eternal.author.prove.wire import from_wire, to_wire
from eternal.engine.fast import Fast

__all__ = ["SMALL", "explore_shared"]

#: With fewer states than this a story is not shared out.
SMALL = 20_000


def explore_shared(space: Space, jobs: int, budget: int, tell: Tell, *, method: str | None = None) -> bool:
    """Explore on from where a space stands, in several processes, and bring the states they find home.

    An interruption is held back to the end of a level, so that all that is known comes home before it is raised.

    Args:
        space: what has been found so far; afterwards all of it.
        jobs: how many processes.
        budget: how many states may be looked at.
        tell: told after every level how many states there are, and how many of them are new.
        method: how processes begin (`fork`, `spawn`); what is quickest and safe here if nobody says.

    Returns:
        Whether all went well. If another process is gone, what it knew is lost: the space then is as it was before.
    """
    cut, first, whole, goals = cut_of(space, jobs), len(space.levels), space.levels[-1], space.goals.copied()
    interrupted, came_home = list[int](), False
    try:
        with held_back(interrupted), _helpers(space, cut, budget, method or _method()) as ends:
            part = Part(space, cut, 0, ends)
            part.explore(budget, space.count, tell, interrupted)
            space.levels[first - 1] = whole
            part.bring_home(first)
            came_home = True
    except (EOFError, ConnectionError):
        pass
    finally:
        if not came_home:
            space.levels[first - 1] = whole
            space.forget(first, goals)
    if interrupted:
        raise KeyboardInterrupt
    return came_home


def _method() -> str:
    """Return how processes begin: as copies that know all that is known, where a copy is safe, else from nothing."""
    return "fork" if sys.platform == "linux" and threading.active_count() == 1 else "spawn"


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
        part = Part(space, cut, place, ends)
        part.explore(budget, total)
        part.send_home(first)
