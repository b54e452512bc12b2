"""A page that has been put together before is the page that would be put together now."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from eternal.engine.choices import possible
from eternal.engine.step import is_over, start, step
from eternal.engine.view import view
from eternal.story.load import load
from eternal.story.story import Story
from tests.conftest import PACKS
from tests.engine.fast_made import made_story


def forgetful(story: Story) -> Story:
    """Return a story that remembers no page."""
    return Story(story.header, story.scenes, story.index, story.digest)


def compared(story: Story, nights: int) -> int:
    """Play by chance and compare every page with one made for the first time; return how many there were."""
    rng, count = Random(4), 0
    for seed in range(nights):
        state = start(story, seed)
        for _ in range(60):
            assert view(story, state) == view(forgetful(story), state)
            count += 1
            if is_over(story, state) or not (actions := possible(story, state)):
                break
            state = step(story, state, rng.choice(actions))
    return count


@pytest.mark.parametrize("pack", ["cloak", "night"])
def test_small_packs(pack: str) -> None:
    """Of a choice story and of a night."""
    assert compared(load(PACKS / pack, cached=False), 20) > 200


@pytest.mark.parametrize("seed", range(0, 40, 4))
def test_made_by_chance(tmp_path: Path, seed: int) -> None:
    """Of stories with words to keep, blocks and choices that come and go, words shown once."""
    assert compared(made_story(tmp_path / "made", seed, machine=False), 12) > 5
