"""All states of a scene stepped at once: what comes of them is what comes of each by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from eternal.author.prove.goals import Goals, goal_names
from eternal.author.prove.space import Space
from eternal.author.prove.valued import Valuations, ValuedSpace, space_of
from eternal.engine.fast import Fast
from eternal.story.load import load
from eternal.story.story import Story
from tests.engine.fast_made import plain_story

PACKS = Path(__file__).parents[1] / "packs"
#: Faulty stories that have neither machine nor fragments.
PLAIN = ("clamp-hides-win", "coins-too-few", "step-over-the-mark", "second-visit-never-comes", "undone-on-entering", "gap-between-words")


def _explored(space: Space) -> Space:
    space.begin([space.fast.start()])
    while space.frontier:
        space.advance(1_000_000)
    return space


def _both_ways(story: Story) -> tuple[Space, Space]:
    """Explore a story one state at a time, and a scene at a time."""
    fast, goals = Fast(story, project=True), goal_names(story)
    together = space_of(fast, Goals(fast, goals))
    assert isinstance(together, ValuedSpace)
    return _explored(Space(fast, Goals(fast, goals))), _explored(together)


def _agree(story: Story) -> int:
    """Hold that both ways find the same states in the same levels, and the same goals; return how many states."""
    singly, together = _both_ways(story)
    levels = [[{number: sorted(states) for number, states in level.items()} for level in space.levels] for space in (singly, together)]
    assert levels[0] == levels[1]
    assert singly.count == together.count == sum(1 for _ in together.all())
    found = [{goal: level for goal, (_, level) in space.goals.found.items()} for space in (singly, together)]
    assert found[0] == found[1]
    assert singly.exhausted == together.exhausted
    return singly.count


@pytest.mark.parametrize("pack", ["cloak", *(f"faults/{name}/{kind}" for name in PLAIN for kind in ("faulty", "mended"))])
def test_packs(pack: str) -> None:
    """Of every small story without a machine the same is found."""
    assert _agree(load(PACKS / pack, cached=False)) > 2


def test_stories_made_by_chance(tmp_path: Path) -> None:
    """In stories made by chance, with counters, clamped numbers, words, things given and effects of entering and leaving, too."""
    stories = [plain_story(tmp_path / str(seed), seed) for seed in range(60)]
    fitting = [story for story in stories if Fast(story, project=True).stepper is not None]
    assert len(fitting) > 50
    assert sum(map(_agree, fitting)) > 2_000


@pytest.mark.parametrize("seed", range(20))
def test_every_option_of_any_states(tmp_path: Path, seed: int) -> None:
    """Each option leads from any states of a scene, all kept apart that can be, to exactly the states that it leads to from each."""
    fast = Fast(plain_story(tmp_path / "made", seed))
    stepper = fast.stepper
    assert stepper is not None
    space = _explored(space_of(fast, Goals(fast, [])))
    for number in {number for level in space.levels for number in level}:
        states = [state for level in space.levels for state in level.get(number, ())]
        for some in (states, states[::2], states[1::3]):
            bits = sum(1 << (state >> stepper.shift) for state in some)
            after = [set(Valuations(option.taken(bits), option.to, stepper.shift)) for option in stepper.options(number)]
            assert after == [after for _, after in fast.expand(number, some)]


def test_what_does_not_fit(night: Story, shipped: Story) -> None:
    """A night, where the machine comes between a choice and where it leads, is looked at one state at a time."""
    for story in (night, shipped):
        fast = Fast(story, project=True)
        assert fast.stepper is None
        assert not isinstance(space_of(fast, Goals(fast, [])), ValuedSpace)


def test_states_as_one_number() -> None:
    """States kept as one number are counted, listed and known."""
    states = Valuations(0b1000_0000_0010_0000_0001, 5, 3)
    assert list(states) == [5, 9 << 3 | 5, 19 << 3 | 5]
    assert len(states) == 3
    assert states
    assert not Valuations(0, 5, 3)
    assert 9 << 3 | 5 in states
    assert 5 << 3 | 5 not in states
    assert 9 << 3 | 4 not in states
