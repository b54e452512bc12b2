"""The story that comes with the game: it can always be played to an end, and keeps what it promises."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from eternal.engine.actions import Action, Choose
from eternal.engine.choices import possible
from eternal.engine.state import State
from eternal.engine.step import is_over, start, step
from eternal.engine.view import view
from eternal.saves.fold import fold
from eternal.saves.replay import verify
from eternal.saves.save import read_save
from eternal.story.schema import blocks_of
from eternal.story.story import Story

SAVES = Path(__file__).parents[2] / "saves"
RECORDED = sorted(SAVES.glob("*.eternal"))
#: No night takes so many actions, even of a player who dithers.
FOR_EVER = 3_000


def play(story: Story, seed: int, pick: Callable[[list[Action]], Action]) -> tuple[State, int]:
    """Play to an ending, and return the last state and how many actions it took."""
    state = start(story, seed)
    for count in range(FOR_EVER):
        if is_over(story, state):
            return state, count
        state = step(story, state, pick(possible(story, state)))
    pytest.fail(f"seed {seed} stands in {state.scene} after {FOR_EVER} actions")


def test_a_thousand_random_players_reach_an_ending(shipped: Story) -> None:
    """Whatever one does, the night ends."""
    ends: Counter[str] = Counter()
    for seed in range(1_000):
        chance = random.Random(seed)
        state, _ = play(shipped, seed, chance.choice)
        ends[state.scene] += 1
    assert set(ends) <= set(shipped.header.endings)
    assert len(ends) > 1


@pytest.mark.parametrize("end", [0, -1], ids=["first", "last"])
def test_always_the_same_choice_reaches_an_ending(shipped: Story, end: int) -> None:
    """A player who always takes the first choice, or always the last, comes to an end."""
    state, _ = play(shipped, 1, lambda offered: [action for action in offered if isinstance(action, Choose)][end])
    assert state.scene in shipped.header.endings


def test_yes_1_plays_to_an_ending_on_a_pipe(tmp_path: Path) -> None:
    """`yes 1 | eternal --plain --seed 1` ends with exit 0."""
    command = f"set +o pipefail; yes 1 | {sys.executable} -m eternal --plain --seed 1"
    env = {**os.environ, "ETERNAL_HOME": str(tmp_path)}
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, env=env, check=False)
    assert done.returncode == 0
    assert done.stderr == ""


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
def test_recorded_nights_still_end_where_they_say(shipped: Story, path: Path) -> None:
    """Each save in `saves/` is called after its ending, and replays to it with the same digests."""
    verdict = verify(path, shipped)
    assert verdict.well, verdict.message
    parsed = read_save(path)
    game = fold(shipped, parsed.header, parsed.records).game
    assert game.state.scene == path.stem


def test_there_is_a_recorded_night_for_every_ending(shipped: Story) -> None:
    """`saves/` shows readers each way a night can end."""
    assert {path.stem for path in RECORDED} == set(shipped.header.endings)


def texts(story: Story) -> Iterator[tuple[str, str]]:
    """Yield every text of the story with where it stands."""
    for scene in story.scenes.values():
        for block in blocks_of(scene.text):
            yield from ((scene.id, text) for text in (block.text, *block.one_of) if text)
        yield from ((f"{scene.id}/{choice.id}", text) for choice in scene.choices for text in (choice.text, choice.answer) if text)
        yield from ((scene.id, text) for text in (scene.collapse, scene.refuses) if text)
        yield from ((fragment, spec.line) for fragment, spec in scene.fragments.items())


def test_quotes_are_curly_and_dashes_are_rare(shipped: Story) -> None:
    """Typography: no straight quotes in the prose, no double hyphens, no dash as a tic."""
    for place, text in texts(shipped):
        words = re.sub(r"\]\([^)]*\)", "]", text)
        assert '"' not in words, f"{place}: {words}"
        assert "'" not in words, f"{place}: {words}"
        assert "--" not in words, f"{place}: {words}"


def test_no_page_is_longer_than_a_screen(shipped: Story) -> None:
    """What stands on a page at once, without the answer above it, has at most 140 words, in three hundred random nights."""
    longest: dict[str, int] = {}
    for seed in range(300):
        chance, state = random.Random(seed), start(shipped, seed)
        while not is_over(shipped, state):
            state = step(shipped, state, chance.choice(possible(shipped, state)))
            page = view(shipped, state)
            words = sum(len(passage.text.split()) for passage in page.passages if passage.role == "text")
            longest[page.scene] = max(words, longest.get(page.scene, 0))
    assert {scene: words for scene, words in longest.items() if words > 140} == {}
