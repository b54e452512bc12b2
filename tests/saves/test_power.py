"""The power goes at every moment of a night's life: what is left opens as a beginning of it, with all that was acknowledged."""

from __future__ import annotations

import errno
import random
from pathlib import Path

import pytest

from eternal.engine.digests import digest
from eternal.saves.errors import SaveDamaged
from eternal.saves.save import Save
from eternal.story.story import Story
from tests.saves.life import ACTIONS, TORN, Life, digests
from tests.saves.power import Memory, Tree

HOME = Path("/h")


class Dark(Life):
    """A life on a disk in memory, looked at after each of its calls as if the power had gone."""

    def __init__(self, night: Story, memory: Memory, chance: random.Random, cuts: int) -> None:
        super().__init__(night, HOME, memory)
        self.memory = memory
        self.chance = chance
        self.cuts = cuts
        self.states = 0
        self.met: set[int] = set()
        memory.after = self.look
        self.safe: int | None = None

    def look(self) -> None:
        """Cut the power in many ways, and open what each leaves."""
        for tree in self.memory.cuts(self.chance, self.cuts):
            self.states += 1
            key = hash((self.safe, self.story.digest, tuple(tree.items())))
            if key not in self.met:
                self.met.add(key)
                self._open(tree)

    def _open(self, tree: Tree) -> None:
        if self.path not in tree:
            assert self.safe is None, "an acknowledged night is gone"
            return
        with Save.open(self.path, self.story, disk=Memory(tree)) as save:
            done = len(save.game.actions)
            assert save.trouble is None
            assert done >= (self.safe or 0), "an acknowledged action is lost"
            assert digest(self.night, save.game.state) == digests(self.night)[done]

    def live(self) -> None:
        """Live it all; what is acknowledged is what the player has seen without being told of trouble."""
        for _ in self.steps():
            if self.save is not None and self.save.trouble is None:
                self.safe = self.acked

    def _tear(self) -> None:
        inode = self.memory.inodes[self.memory.names_[self.path]]
        inode.seen = inode.safe = inode.seen + TORN


def lives(night: Story, seed: int, cuts: int, errors: int) -> tuple[int, int]:
    """Live once on a sound disk and often on one that fails now and then. Return how many cuts were made, and how many differ."""
    chance = random.Random(seed)
    states = different = 0
    for number in range(errors + 1):
        memory = Memory({HOME: None})
        if number:
            memory.errors = {chance.randrange(5, 120): chance.choice([errno.ENOSPC, errno.EIO]) for _ in range(chance.randrange(1, 6))}
        dark = Dark(night, memory, chance, cuts)
        dark.live()
        states += dark.states
        different += len(dark.met)
    return states, different


def test_power_cuts_lose_nothing_acknowledged(night: Story) -> None:
    """Unsynced writes are dropped, reordered and torn, names given or not: every state opens; `make torture` has 70,000."""
    states, different = lives(night, seed=7, cuts=10, errors=3)
    assert states >= 3_000
    print(f"{states:,} states after a power cut (seed 7), {different:,} of them different: all open")


@pytest.mark.parametrize("call", ["sync", "sync_folder"])
def test_the_model_has_teeth(night: Story, call: str) -> None:
    """A save that did not wait for its file, or for its folder, would lose what was acknowledged, and the model says so."""
    memory = Memory({HOME: None})
    setattr(memory, call, lambda _: None)
    with pytest.raises((AssertionError, SaveDamaged), match=r"an acknowledged|damaged"):
        Dark(night, memory, random.Random(1), 4).live()


@pytest.mark.parametrize("second", range(2, 8))
def test_a_night_that_was_not_closed_well_is_safe_once_it_is_open(night: Story, second: int) -> None:
    """An action fails, then a call of writing the night anew: what opens without trouble is on the platter, its name too."""
    memory, path = Memory({HOME: None}), HOME / "a.eternal"
    with Save.create(night, path, seed=3, disk=memory) as save:
        save.game.act(ACTIONS[0])
        memory.errors = {memory.changed + 1: errno.ENOSPC, memory.changed + second: errno.EIO}
        save.game.act(ACTIONS[1])
    memory.errors = {}
    with Save.open(path, night, disk=memory) as save:
        assert save.trouble is None
        for tree in memory.cuts(random.Random(second), 20):
            with Save.open(path, night, disk=Memory(tree)) as again:
                assert len(again.game.actions) == len(save.game.actions)
