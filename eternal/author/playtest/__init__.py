"""Play-test: players of a temper play a story by the thousand, and what they met is counted."""

from __future__ import annotations

from concurrent.futures import Executor
from pathlib import Path

from eternal.author.playtest.report import as_json, as_text
from eternal.author.playtest.result import Playtest, result_of
from eternal.author.playtest.shrink import crash_save, shrink
from eternal.author.playtest.tally import Crash
from eternal.author.playtest.tempers import TEMPERS
from eternal.author.playtest.work import Progress, decided, played, processes
from eternal.story.story import Story

__all__ = ["SAMPLES", "TEMPERS", "Playtest", "as_json", "as_text", "playtest", "processes", "write_crashes"]

#: How many nights are asked where they were decided: each takes some hundred nights of its own.
SAMPLES = 24


def playtest(
    story: Story,
    *,
    runs: int,
    bot: str = "random",
    seed: int = 0,
    executor: Executor | None = None,
    progress: Progress | None = None,
    samples: int = SAMPLES,
) -> Playtest:
    """Let `runs` players of a temper play a story.

    The result depends on story, runs, bot and seed alone: not on the executor, nor on how many workers it has.

    Args:
        story: the story.
        runs: how many nights.
        bot: a name of `TEMPERS`.
        seed: the night number n is played with seed `seed + n`.
        executor: who does the work: any `concurrent.futures.Executor`; by default this process alone.
        progress: told after every piece how many nights are done, and of how many.
        samples: of how many nights to find out where they were decided.
    """
    tally = played(story, bot, seed, runs, samples, executor, progress)
    crashes = tuple(shrink(story, crash) for crash in _distinct(tally.crashes))
    where = decided(story, tally.samples[:samples], executor)
    return result_of(story, tally, where, bot=bot, seed=seed, crashes=crashes)


def _distinct(crashes: list[Crash]) -> list[Crash]:
    """Return one crash, the shortest, for each thing that breaks."""
    found: dict[tuple[str, str], Crash] = {}
    for crash in sorted(crashes, key=lambda crash: len(crash.actions)):
        found.setdefault((crash.error, crash.where), crash)
    return list(found.values())


def write_crashes(story: Story, result: Playtest, folder: Path) -> list[Path]:
    """Write a save for every crash: replaying it breaks in the same place."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number, crash in enumerate(result.crashes, start=1):
        path = folder / f"crash-{number}.eternal"
        path.write_bytes(crash_save(story, crash))
        paths.append(path)
    return paths
