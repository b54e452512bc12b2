"""Proof and play against inkjs on one generated story: steps, plays and states a second of one core, bytes a state, load times.

Processor time on both sides, so that a busy machine spoils no ratio; two processes against one go by the clock.
"""

from __future__ import annotations

import os
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import NamedTuple

from bench.ink import VERSION, installed, measured
from bench.measure import inside, row
from bench.prove_plain import explored_plainly
from bench.prove_story import generated, ink_of
from eternal.author.prove.goals import Goals
from eternal.author.prove.shares import SMALL, explore_shared
from eternal.author.prove.space import Space
from eternal.author.prove.valued import space_of
from eternal.engine.fast import Fast
from eternal.engine.game import Game
from eternal.story.load import SHIPPED, load
from eternal.story.story import Story

_SIZES = (100, 1_000)
_SECONDS, _TURNS = 1.0, 5
_DICTS = "states a second of dicts"
_STATES, _WIDE, _NIGHT = 1_000_000, 3_200_000, 1_200_000
#: Prints how many bytes a state takes, all of the process's memory counted, when so many have been found.
_BYTES = """
import sys
from pathlib import Path
from bench.prove import explored
from eternal.engine.fast import Fast
from eternal.story.load import load
def resident(): return int(Path("/proc/self/statm").read_text().split()[1]) * 4096
fast = Fast(load(Path(sys.argv[1])), project=True)
before = resident()
space = explored(fast, int(sys.argv[2]))
print((resident() - before) / space.count)
"""


def run() -> None:
    """Print what each side does, and the ratios; first the plain story at two sizes, then what a machine adds."""
    library = installed()
    with tempfile.TemporaryDirectory() as folder:
        packs = {size: Path(folder) / str(size) for size in _SIZES}
        stories = {size: generated(pack, size) for size, pack in packs.items()}
        for size, story in stories.items():
            _compare(f"{size:,} scenes", story, library, packs[size])
        night = generated(Path(folder) / "night", 1_000, night=True)
        _costs(stories[1_000], night)
        _processes(generated(Path(folder) / "wide", 1_000, wide=True), night)
        _memory(packs[1_000], Path(folder) / "night")


def _compare(name: str, story: Story, library: Path | None, pack: Path) -> None:
    """Measure both sides in turn, several times, and print medians: of each side, and of the ratios of each turn."""
    source = pack / "story.ink"
    source.write_text(ink_of(story))
    fast, explorer = Fast(story), Fast(story, project=True)
    ours: dict[str, Callable[[], float]] = {
        "steps a second, random player, no text": lambda: _walked(fast),
        "plays a second of the same": lambda: _walked(fast, plays=True),
        "steps a second, Game with view and undo": lambda: _gamed(story),
        "the same, and a digest for each step": lambda: _gamed(story, journal=True),
        "states a second, exploring": lambda: _explored(explorer),
        "loads a second (inkjs: compiling)": lambda: _loaded(pack),
    }
    turns = [(_turn(ours, story), measured(library, source, _SECONDS) if library else None) for _ in range(_TURNS)]
    row(name, "Eternal", f"inkjs {VERSION}" if library else "", "times inkjs" if library else "", "times a dict")
    for (what, _), key in zip(ours.items(), ("steps", "plays", "steps", "steps", "states", "compiles"), strict=True):
        cells = [f"{median(mine[what] for mine, _ in turns):,.0f}", "", "", ""]
        if library:
            pairs = [(mine[what], ink[key]) for mine, ink in turns if ink is not None]
            cells[1:3] = [f"{median(theirs for _, theirs in pairs):,.1f}", f"{median(a / b for a, b in pairs):.1f}"]
        if key == "states":
            cells[3] = f"{median(mine[what] / mine[_DICTS] for mine, _ in turns):.1f}"
        row(what, *cells)


def _turn(ours: dict[str, Callable[[], float]], story: Story) -> dict[str, float]:
    """Measure everything of ours once, and a plain explorer beside it."""
    count, seconds = explored_plainly(story, 150_000)
    return {what: measure() for what, measure in ours.items()} | {_DICTS: count / seconds}


def _loaded(pack: Path) -> float:
    begun = time.process_time()
    load(pack, cached=False)
    return 1 / (time.process_time() - begun)


def _costs(plain: Story, night: Story) -> None:
    """What the machine's rules cost: the same scenes with and without it, and the shipped story."""
    row("what a machine costs", "1,000 scenes", "with a machine", "shipped story", "with / without")
    stories = (plain, night, load(SHIPPED))
    measures: tuple[tuple[str, Callable[[Story], float]], ...] = (
        ("steps a second, random player, no text", lambda story: _walked(Fast(story))),
        ("steps a second, Game with view and undo", _gamed),
        ("states a second, exploring", lambda story: _explored(Fast(story, project=True))),
    )
    for name, measure in measures:
        found = [measure(story) for story in stories]
        row(name, *(f"{one:,.0f}" for one in found), f"{found[1] / found[0]:.2f}")


def _quietly(count: int, new: int) -> None:
    """Nobody wants to know how far it is."""


def _processes(wide: Story, night: Story) -> None:
    """Two processes against one: by the clock, and by the processor time of the busier one, which needs no second idle core.

    Stories whose states are stepped a scene at a time are not shared out, so these have more bits than that.
    """
    row("exploring by two processes", "states", "one, a second", "two, a second", "two / one", "by the busier")
    for name, story, most in (
        ("1,000 scenes, 17 bits", wide, _WIDE),
        ("with a machine", night, _NIGHT),
        ("shipped story", load(SHIPPED), _STATES),
    ):
        turns = [(_timed(story, 1, most), _timed(story, 2, most)) for _ in range(3)]
        count = turns[0][0].found
        assert all(one.found == two.found == count for one, two in turns), "two do not find what one finds"
        speeds = [f"{median(count / turn[place].clock for turn in turns):,.0f}" for place in (0, 1)]
        clock, busier = median(one.clock / two.clock for one, two in turns), median(one.busier / two.busier for one, two in turns)
        row(name, f"{count:,}", *speeds, f"{clock:.2f}", f"{busier:.2f}")


class _Timed(NamedTuple):
    """How many states were found, and in how many seconds: by the clock, and of processor time, of two processes that of the busier."""

    found: int
    clock: float
    busier: float


def _timed(story: Story, jobs: int, most: int) -> _Timed:
    fast, before = Fast(story, project=True), _spent()
    begun = time.perf_counter()
    space = explored(fast, SMALL if jobs > 1 else most)
    alone = _spent()[0] - before[0]
    if jobs > 1:
        explore_shared(space, jobs, most, _quietly)
    own, other = (now - then for now, then in zip(_spent(), before, strict=True))
    return _Timed(space.count, time.perf_counter() - begun, max(own, alone + other))


def _spent() -> tuple[float, float]:
    """Return the processor time of this process, and of those that it began and that have ended."""
    times = os.times()
    return time.process_time(), times.children_user + times.children_system


def _memory(*packs: Path) -> None:
    row("bytes a state", "1,000 scenes", "with a machine", "shipped story")
    row("all memory counted", *(f"{inside(_BYTES, str(pack), str(_STATES), runs=1)[0]:.0f}" for pack in (*packs, SHIPPED)))


def _walked(fast: Fast, *, plays: bool = False) -> float:
    """Return the steps (or plays) a second of a player by chance, without text."""
    chance, first, steps, count = random.Random(1).random, fast.start(), 0, 0
    fast.night(first, chance, 2_000)
    begun = time.process_time()
    while time.process_time() - begun < _SECONDS:
        for _ in range(10):
            steps += fast.night(first, chance, 10_000)[1]
            count += 1
    return (count if plays else steps) / (time.process_time() - begun)


def _gamed(story: Story, *, journal: bool = False) -> float:
    """Return the steps a second through the public `Game`: choosing from its view, all actions and states kept for undoing."""
    chance, lines, steps = random.Random(1), list[tuple[object, ...]](), 0
    begun = time.process_time()
    while time.process_time() - begun < _SECONDS:
        game = Game(story, seed=1)
        if journal:
            game.recorder = lambda *line: lines.append(line)
        while choices := game.view.choices:
            game.choose(choices[int(chance.random() * len(choices))].id)
        steps += len(game.actions)
        lines.clear()
    return steps / (time.process_time() - begun)


def explored(fast: Fast, most: int) -> Space:
    """Explore a story alone until so many states are found."""
    space = space_of(fast, Goals(fast, []))
    space.begin([fast.start()])
    while space.frontier and space.count < most:
        space.advance(10 * most)
    return space


def _explored(fast: Fast) -> float:
    begun = time.process_time()
    space = explored(fast, _STATES)
    return space.count / (time.process_time() - begun)
