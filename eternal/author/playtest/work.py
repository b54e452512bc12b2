"""The work of a play-test in pieces that any executor can take: threads, processes, a cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import suppress
from itertools import zip_longest
from random import Random
from typing import Any, TypeVar

from eternal.author.playtest.freight import pack, unpack
from eternal.author.playtest.hope import decided_at
from eternal.author.playtest.night import Table
from eternal.author.playtest.tally import Sample, Tally
from eternal.author.playtest.tempers import TEMPERS
from eternal.story.story import Story

__all__ = ["PIECE", "Progress", "decided", "each", "on", "played", "processes"]

#: Told how much is done, and of how much.
Progress = Callable[[int, int], None]

#: Nights in a piece. Fixed, so that the result is the same for any number of workers.
PIECE = 25

_Result = TypeVar("_Result")


def played(story: Story, bot: str, seed: int, runs: int, samples: int, executor: Executor | None, progress: Progress | None) -> Tally:
    """Play all the nights, in pieces, and return what was counted."""
    total = Tally()
    every = max(1, runs // max(1, samples))
    pieces = [(bot, seed, first, min(PIECE, runs - first), every) for first in range(0, runs, PIECE)]
    for number, tally in enumerate(on(executor, _play, story, pieces), start=1):
        total.add(tally)
        if progress is not None:
            progress(min(runs, number * PIECE), runs)
    return total


def decided(story: Story, samples: list[Sample], executor: Executor | None) -> list[str]:
    """Return, for every sampled night, the scene in which it was decided."""
    return list(on(executor, _decide, story, [(sample,) for sample in samples]))


def on(executor: Executor | None, work: Callable[..., _Result], story: Story, pieces: list[Any]) -> Iterator[_Result]:
    """Yield the results of all pieces in their order, whoever does them: the story goes to the workers as bytes."""
    freight = pack(story)
    return each(executor, work, [(freight, *piece) for piece in pieces])


def each(executor: Executor | None, work: Callable[..., _Result], pieces: list[tuple[Any, ...]]) -> Iterator[_Result]:
    """Yield what work makes of all pieces, in their order, whoever does it; if a worker has been killed, the rest is done here."""
    futures = list[Future[_Result]]()
    try:
        if executor is not None:
            with suppress(BrokenExecutor):
                futures += (executor.submit(work, *piece) for piece in pieces)
        for piece, future in zip_longest(pieces, futures):
            result = _result(future) if future is not None else None
            yield result if result is not None else work(*piece)
    finally:
        for future in futures:
            future.cancel()


def _result(future: Future[_Result]) -> _Result | None:
    """Return what a worker made; None if it has been killed."""
    try:
        return future.result()
    except BrokenExecutor:
        return None


def processes(jobs: int) -> Executor | None:
    """Return an executor of so many processes, begun clean; None where one is enough."""
    if jobs < 2:
        return None
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"))


def _play(freight: bytes, bot: str, seed: int, first: int, count: int, every: int) -> Tally:
    table = Table(unpack(freight), TEMPERS[bot])
    for number in range(first, first + count):
        rng = Random(f"{seed}/{bot}/{number}")
        table.play(seed + number, rng, sample=number % every == 0)
    return table.tally


def _decide(freight: bytes, sample: Sample) -> str:
    return decided_at(unpack(freight), sample)
