"""Playing: steps a second of a random player, with and without text, and what a save costs."""

from __future__ import annotations

import random
import tempfile
import time
from pathlib import Path
from statistics import median

from bench.measure import row
from bench.stories import generate
from eternal.engine.choices import possible
from eternal.engine.game import Game
from eternal.engine.step import is_over, start, step
from eternal.saves.save import Save
from eternal.story.load import SHIPPED, load
from eternal.story.story import Story

STEPS = 5_000


def run() -> None:
    """Print steps a second: the bare fold, with its view, and with a journal on the disk."""
    row("steps a second", "without text", "with its view", "view/bare", "with a journal")
    with tempfile.TemporaryDirectory() as folder:
        stories = {"shipped": load(SHIPPED), "1,000 scenes, no machine": load(generate(Path(folder) / "g", 1_000), cached=False)}
        for name, story in stories.items():
            bare = median(_bare(story, seed) for seed in range(5))
            seen = median(_viewed(story, seed) for seed in range(5))
            disk = median(_saved(story, seed, Path(folder)) for seed in range(3))
            row(name, f"{bare:,.0f}", f"{seen:,.0f}", f"{seen / bare:.2f}", f"{disk:,.0f}")


def _bare(story: Story, seed: int) -> float:
    chance, state = random.Random(seed), start(story, seed)
    begun = time.perf_counter()
    for _ in range(STEPS):
        if is_over(story, state):
            state = start(story, seed)
        state = step(story, state, chance.choice(possible(story, state)))
    return STEPS / (time.perf_counter() - begun)


def _viewed(story: Story, seed: int) -> float:
    chance, game = random.Random(seed), Game(story, seed=seed)
    begun = time.perf_counter()
    for _ in range(STEPS // 5):
        if game.is_over:
            game = Game(story, seed=seed)
        game.act(chance.choice(game.possible()))
        assert game.view.passages
    return STEPS // 5 / (time.perf_counter() - begun)


def _saved(story: Story, seed: int, folder: Path) -> float:
    chance, steps = random.Random(seed), 300
    with Save.create(story, folder / f"{story.id}-{seed}.eternal", seed=seed) as save:
        begun = time.perf_counter()
        for _ in range(steps):
            save.game.act(chance.choice(save.game.possible())) if not save.game.is_over else save.game.rewind(0)
        return steps / (time.perf_counter() - begun)
