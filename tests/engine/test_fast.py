"""The compiled path: what it says of every state, `step` says too."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random

import pytest

from eternal.engine.actions import Action, Drop
from eternal.engine.choices import available, blocks, fragments_here, possible
from eternal.engine.fast import Fast
from eternal.engine.state import State
from eternal.engine.step import is_over, start, step
from eternal.story.load import load
from eternal.story.story import Story
from tests.engine.fast_made import made_story

PACKS = Path(__file__).parents[1] / "packs"
FAULTS = sorted(path.parent for path in (PACKS / "faults").glob("*/*/story.yaml"))


class Pair:
    """A story played both ways at once."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.full = Fast(story)
        self.projected = Fast(story, project=True)

    def agree(self, state: State) -> list[tuple[Action, State]]:
        """Hold that both ways know the same actions with the same results, all worked out or one picked; return them."""
        packed = self.full.pack(state)
        listed = self.full.moves(packed)
        assert [(code, self.full.taken(packed, code)) for code in self.full.offers(packed)] == listed, state
        moves = {self.full.action(code): after for code, after in listed}
        options = possible(self.story, state)
        assert set(options) == set(moves), state
        after = [(action, step(self.story, state, action)) for action in options]
        for action, then in after:
            assert self.full.pack(then) == moves[action], (state, action)
        self._agree_projected(packed, moves)
        return after

    def _agree_projected(self, packed: int, moves: dict[Action, int]) -> None:
        """Hold that a state goes on alike when what nothing will ask for is forgotten, one by one and many at once."""
        fast = self.projected
        short = fast.project(packed)
        known = {fast.action(code): after for code, after in fast.moves(short)}
        assert {fast.action(code): fast.taken(short, code) for code in fast.offers(short)} == known
        for action, after in moves.items():
            # Who lets go of words that nothing will ever ask for changes nothing.
            assert known.get(action, short if isinstance(action, Drop) else None) == fast.project(after), action
        together = fast.expand(short & fast.here, [short])
        assert {state for _, states in together for state in states} == set(known.values())
        assert all(to < 0 or state & fast.here == to for to, states in together for state in states)

    def wander(self, nights: int, length: int, past: tuple[str, ...] = ()) -> int:
        """Play by chance and compare every state; return how many."""
        rng, count = Random(len(past)), 0
        for _ in range(nights):
            state = start(self.story, 0, past)
            for _ in range(length):
                if is_over(self.story, state):
                    assert self.full.is_over(self.full.pack(state))
                    break
                after = self.agree(state)
                count += 1
                if not after:
                    break
                state = rng.choice(after)[1]
        return count


@pytest.mark.parametrize("pack", ["night", "cloak"])
def test_agrees_on_small_packs(pack: str) -> None:
    """Every action in every state that two hundred wandering nights meet leads to the same state both ways."""
    assert Pair(load(PACKS / pack, cached=False)).wander(200, 80) > 1_000


@pytest.mark.parametrize("pack", FAULTS, ids=lambda pack: f"{pack.parent.name}-{pack.name}")
def test_agrees_on_faulty_packs(pack: Path) -> None:
    """The packs with planted faults and their repaired twins too."""
    assert Pair(load(pack, cached=False)).wander(12, 40) > 0


def test_agrees_on_the_shipped_story(shipped: Story) -> None:
    """The story that comes with the package: some nights of it, also after earlier nights."""
    pair = Pair(shipped)
    assert pair.wander(6, 160) > 300
    assert pair.wander(3, 160, tuple(shipped.header.endings[:3])) > 100


@pytest.mark.parametrize("seed", range(40))
def test_agrees_on_stories_made_by_chance(tmp_path: Path, seed: int) -> None:
    """Stories made by chance, one in four without a machine, use every rule there is in every combination that comes."""
    pair = Pair(made_story(tmp_path / "made", seed, machine=seed % 4 != 0))
    assert pair.wander(10, 40) + pair.wander(5, 40, ("e0",)) > 10


@pytest.mark.parametrize("pack", ["night", "cloak"])
def test_walk_takes_each_action_alike(pack: str) -> None:
    """The random player's step leads only where actions lead, and to each as often as to any other."""
    fast, rng = Fast(load(PACKS / pack, cached=False)), Random(1)
    state = fast.start()
    for _ in range(30):
        moves = [after for _, after in fast.moves(state)]
        if not moves:
            state = fast.start()
            continue
        seen = Counter(fast.walk(state, rng.random) for _ in range(60 * len(moves)))
        assert set(seen) == set(moves)
        assert min(seen[after] / moves.count(after) for after in seen) > 25
        state = rng.choice(moves)


def test_questions_are_the_engines(night: Story) -> None:
    """What is offered, shown and takeable in a packed state is what the engine offers, shows and lets one take."""
    pair, rng = Pair(night), Random(3)
    fast = pair.full
    for _ in range(40):
        state = start(night)
        while not is_over(night, state):
            packed, scene = fast.pack(state), state.scene
            offered = {choice for choice, test in fast.offered(scene) if test(packed)}
            assert offered == {choice.id for choice in available(night, state)} - {"drift"}
            assert {number for number, test in fast.shown(scene) if test(packed)} >= {number for number, _ in blocks(night, state)}
            takeable = {fragment for fragment, test in fast.takeable(scene) if test(packed)}
            assert takeable == (set(fragments_here(night, state)) if len(state.hands) < 2 else set())
            state = rng.choice(pair.agree(state))[1]


def test_forgets_what_nothing_asks(cloak: Story) -> None:
    """States that go on alike are one state: of Cloak's there are seventy."""
    fast = Fast(cloak, project=True)
    seen, new = set(), {fast.start()}
    while new:
        seen |= new
        new = {after for state in new for _, after in fast.moves(state)} - seen
    assert len(seen) == 70
