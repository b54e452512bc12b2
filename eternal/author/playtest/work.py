"""The work of a play-test in pieces that any executor can take: threads, processes, a cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, as_completed
from random import Random

from eternal.author.playtest.freight import pack, unpack
from eternal.author.playtest.hope import decided_at
from eternal.author.playtest.night import Table
from eternal.author.playtest.tally import Sample, Tally
from eternal.author.playtest.tempers import TEMPERS
from eternal.story.story import Story

__all__ = ["PIECE", "Progress", "decided", "played"]

#: Told how much is done, and of how much.
Progress = Callable[[int, int], None]

#: Nights in a piece. Fixed, so that the result is the same for any number of workers.
PIECE = 25


def played(story: Story, bot: str, seed: int, runs: int, samples: int, executor: Executor | None, progress: Progress | None) -> Tally:
    """Play all the nights, in pieces, and return what was counted."""
    total = Tally()
    every = max(1, runs // max(1, samples))
    pieces = [(bot, seed, first, min(PIECE, runs - first), every) for first in range(0, runs, PIECE)]
    for number, tally in enumerate(_all(executor, _play, story, pieces), start=1):
        total.add(tally)
        if progress is not None:
            progress(min(runs, number * PIECE), runs)
    return total


def decided(story: Story, samples: list[Sample], executor: Executor | None) -> list[str]:
    """Return, for every sampled night, the scene in which it was decided."""
    return list(_all(executor, _decide, story, [(sample,) for sample in samples]))


def _all[Result](executor: Executor | None, work: Callable[..., Result], story: Story, pieces: list[tuple[object, ...]]) -> Iterator[Result]:
    """Yield the results in the order of the pieces, whoever does them."""
