"""Exploring by several processes: each holds a part of the states, and hands what belongs to another part on, level by level.

Whoever explores alone meets no seams, so a story is shared out only when it has shown that it is large. It is cut where
few ways cross: between scenes where there are many of them, else by what seldom changes from one state to the next.
"""

from __future__ import annotations

import marshal
from array import array
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from msgspec import Struct

from eternal.author.playtest.freight import pack, unpack
from eternal.author.prove.goals import Goal, Goals
from eternal.author.prove.space import Found, Level, Space
from eternal.engine.fast import Fast

__all__ = ["SMALL", "explore_shared"]

#: With fewer states than this a story is not shared out.
SMALL = 40_000
#: So many states of the last level are looked at to find out what seldom changes.
_SAMPLE = 400
_PRIME = 1_000_003


class Cut(Struct, frozen=True):
    """How the states are shared out: by their scenes (`owners` of each), or by a hash of the bits of `mask`."""

    jobs: int
    owners: tuple[int, ...] = ()
    mask: int = 0

    def owner(self, state: int, here: int) -> int:
        """Return whose a state is."""
        if self.owners:
            return self.owners[state & here]
        return (state & self.mask) % _PRIME % self.jobs

    def split(self, found: Found) -> list[Found]:
        """Share states out."""
        parts: list[Found] = [{} for _ in range(self.jobs)]
        for number, states in found.items():
            if self.owners:
                parts[self.owners[number]][number] = states
                continue
            mask, jobs = self.mask, self.jobs
            for state in states:
                parts[(state & mask) % _PRIME % jobs].setdefault(number, set()).add(state)
        return parts


def explore_shared(space: Space, jobs: int, budget: int, tell: Callable[[int, int], None]) -> None:
    """Explore on from where a space stands, in several processes, and bring the states they find home.

    Args:
        space: what has been found so far; afterwards all of it.
        jobs: how many processes.
        budget: how many states may be looked at.
        tell: told after every level how many states there are, and how many of them are new.
    """
    cut = cut_of(space, jobs)
    workers = _Workers(space, cut)
    try:
        total, new = space.count, space.frontier
        while new and total < budget and not space.cut:
            new, found, space.cut = workers.level(budget // jobs)
            total += new
            for goal, state in found:
                space.goals.found.setdefault(goal, (state, workers.levels - 1))
            tell(total, new)
        workers.bring_home(space)
    finally:
        workers.close()


def cut_of(space: Space, jobs: int) -> Cut:
    """Choose how to share the states of a space out."""
    sizes = {number: len(states) for number, states in space.seen.items() if states}
    if max(sizes.values()) * 4 * jobs < sum(sizes.values()):
        return Cut(jobs, _by_scene(sizes, len(space.fast.scenes), jobs))
    return Cut(jobs, (), _seldom(space, jobs))


def _by_scene(sizes: dict[int, int], scenes: int, jobs: int) -> tuple[int, ...]:
    """Give each process a run of scenes with as many states: ways mostly lead to scenes that stand near."""
    owners, sum_, total = [], 0, sum(sizes.values()) or 1
    for number in range(scenes):
        owners.append(min(jobs - 1, sum_ * jobs // total))
        sum_ += sizes.get(number, 0)
    return tuple(owners)


def _seldom(space: Space, jobs: int) -> int:
    """Return the bits of the places that change least from state to state, just enough of them to share out evenly."""
    fast = space.fast
    states = [state for some in space.levels[-1].values() for state in list(some)[:: max(1, len(some) * len(space.levels[-1]) // _SAMPLE)]]
    changed = {name: 0 for name in fast.layout.bits if name != ("scene",)}
    for state in states:
        for _, after in fast.moves(state):
            for name in changed:
                changed[name] += bool((state ^ after) & fast.layout.bits[name].mask)
    mask = 0
    for name in sorted(changed, key=changed.__getitem__):
        bits = fast.layout.bits[name].mask
        if len({state & bits for state in states}) > 1:
            mask |= bits
            counts = [0] * jobs
            for state in states:
                counts[(state & mask) % _PRIME % jobs] += 1
            if max(counts) * jobs <= len(states) * 1.3:
                break
    return mask or fast.layout.full


class _Workers:
    """The processes, and what is on its way between them."""

    def __init__(self, space: Space, cut: Cut) -> None:
        context = get_context("spawn")
        freight = pack(space.fast.story)
        wanted = tuple(space.goals.remaining)
        self.levels = len(space.levels)
        self.pipes: list[Connection[Any, Any]] = []
        self.processes = []
        for place in range(cut.jobs):
            mine, theirs = context.Pipe()
            process = context.Process(target=_work, args=(theirs, freight, space.fast.more, wanted, cut, place), daemon=True)
            process.start()
            theirs.close()
            self.pipes.append(mine)
            self.processes.append(process)
        self._give(space, cut)

    def _give(self, space: Space, cut: Cut) -> None:
        """Hand what is known already to whom it belongs: the last level to go on from, the rest only to be known."""
        seen = [_bytes(part) for part in cut.split(space.seen)]
        last = [_bytes(part) for part in cut.split({number: set(states) for number, states in space.levels[-1].items()})]
        for pipe, known, level in zip(self.pipes, seen, last, strict=True):
            pipe.send_bytes(known)
            pipe.send_bytes(level)

    def level(self, budget: int) -> tuple[int, list[tuple[Goal, int]], bool]:
        """Let all go one level on; return how many states are new, the goals found among them, and whether somebody had too many."""
        for pipe in self.pipes:
            pipe.send(("level", budget))
        outgoing: list[list[bytes]] = [[] for _ in self.pipes]
        full = False
        for place, pipe in enumerate(self.pipes):
            full |= bool(pipe.recv())
            for to in range(len(self.pipes)):
                if to != place:
                    outgoing[to].append(pipe.recv_bytes())
        new, found = 0, []
        for pipe, blobs in zip(self.pipes, outgoing, strict=True):
            for blob in blobs:
                pipe.send_bytes(blob)
        for pipe in self.pipes:
            count, goals = pipe.recv()
            new += count
            found += goals
        self.levels += 1
        return new, found, full

    def bring_home(self, space: Space) -> None:
        """Put the levels that the processes found into the space."""
        first = len(space.levels)
        space.levels += [{} for _ in range(self.levels - first)]
        for pipe in self.pipes:
            pipe.send(("home", 0))
            for level in space.levels[first:]:
                for number, states in _found(pipe.recv_bytes()).items():
                    known = space.seen.setdefault(number, set())
                    known |= states
                    space.count += len(states)
                    level[number] = space.stored([*level.get(number, ()), *states])

    def close(self) -> None:
        """End the processes."""
        for pipe in self.pipes:
            with suppress(OSError):
                pipe.close()
        for process in self.processes:
            process.join(1)
            if process.is_alive():
                process.terminate()
                process.join()


def _bytes(found: Mapping[int, Iterable[int]]) -> bytes:
    """Return states as bytes: as machine words where they fit, else as numbers of any length."""
    try:
        return marshal.dumps([(number, array("Q", states).tobytes()) for number, states in found.items()], 2)
    except OverflowError:
        return marshal.dumps([(number, list(states)) for number, states in found.items()], 2)


def _found(data: bytes) -> Found:
    found: Found = {}
    for number, states in marshal.loads(data):  # noqa: S302 - from our own other process
        found[number] = set(array("Q", states) if isinstance(states, bytes) else states)
    return found


# In a process ---------------------------------------------------------------------------------------------------------


def _work(pipe: Connection[Any, Any], freight: bytes, more: tuple[str, ...], wanted: tuple[Goal, ...], cut: Cut, place: int) -> None:
    """Hold a part of the states, and go on level by level as long as somebody says so."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who began this is told, and ends it
    fast = Fast(unpack(freight), project=True, more=more)
    space = Space(fast, Goals(fast, wanted))
    space.seen = _found(pipe.recv_bytes())
    space.levels = [{number: space.stored(states) for number, states in _found(pipe.recv_bytes()).items()}]
    with suppress(EOFError, BrokenPipeError):
        while True:
            order, number = pipe.recv()
            if order == "home":
                _send_home(pipe, space.levels[1:])
            else:
                _go_on(pipe, space, cut, place, number)


def _go_on(pipe: Connection[Any, Any], space: Space, cut: Cut, place: int, budget: int) -> None:
    parts = cut.split(space.beyond(budget))
    pipe.send(space.cut)
    for to, part in enumerate(parts):
        if to != place:
            pipe.send_bytes(_bytes(part))
    mine = parts[place]
    for _ in range(cut.jobs - 1):
        for number, states in _found(pipe.recv_bytes()).items():
            mine[number] = mine[number] | states if number in mine else states
    before = len(space.goals.found)
    space.admit(mine)
    pipe.send((space.frontier, [(goal, state) for goal, (state, _) in list(space.goals.found.items())[before:]]))


def _send_home(pipe: Connection[Any, Any], levels: Iterable[Level]) -> None:
    for level in levels:
        pipe.send_bytes(_bytes(level))
