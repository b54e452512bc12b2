"""The process dies at every call that a save makes of the file system: every night reopens, and nothing acknowledged is lost."""

from __future__ import annotations

import errno
import random
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from eternal.engine.digests import digest
from eternal.saves.errors import SaveError
from eternal.saves.save import Save
from eternal.story.story import Story
from tests.saves.faults import Death, Doomed, Moment, Mortal, Seam
from tests.saves.life import Life, digests


class Safe(Life):
    """A life that counts as acknowledged what was seen without a word of trouble."""

    def steps(self) -> Iterator[str]:
        """Live it step by step."""
        safe: int | None = None
        for step in super().steps():
            if self.save is not None and self.save.trouble is None:
                safe = self.acked
            self.acked = safe
            yield step


def die(night: Story, folder: Path, disk: Mortal) -> tuple[Life, bool]:
    """Live a night on a disk that dies with its process. Return it, and whether it died."""
    life = Safe(night, folder, disk)
    try:
        life.live()
    except Death:
        return life, True
    except SaveError as refused:  # the error that came first was one of reading: the player was told
        assert disk.fails, refused.message
    return life, False


def reopen(life: Life, night: Story) -> None:
    """Open what a death left: all that was acknowledged, and at most the one action more that was under way."""
    if life.acked is None and not life.path.exists():
        Save.create(night, life.path, seed=3, disk=Seam()).close()
        assert life.path.exists()
        return
    with Save.open(life.path, life.story, disk=Seam()) as save:
        assert save.trouble is None
        done = len(save.game.actions)
        assert (life.acked or 0) <= done <= life.seen + 1
        assert digest(night, save.game.state) == digests(night)[done]
        save.game.act(save.game.possible()[0])
        assert save.trouble is None
    assert [file.name for file in life.path.parent.iterdir() if file.suffix in (".lock", ".new")] == []


@pytest.mark.parametrize("moment", ["before", "half", "after"])
def test_a_night_survives_death_at_every_call(night: Story, tmp_path: Path, moment: Moment) -> None:
    """Starting, acting, rewinding, mending, carrying over, closing: N of N reopen."""
    died = 0
    for at in count(1):
        life, has_died = die(night, tmp_path / f"{at}", Mortal(at, moment))
        reopen(life, night)
        if not has_died:
            break
        died += 1
    assert died > 100
    print(f"killed at {died} of {died} calls ({moment}): {died} reopened")


def doomed(night: Story, folder: Path, chance: random.Random, number: int) -> int:
    """Fail a call and die a little later, so many times at random. Return how many died."""
    died = 0
    for at in range(number):
        fails = chance.randrange(1, 140)
        disk = Doomed(fails, chance.choice([errno.ENOSPC, errno.EIO]), fails + chance.randrange(1, 25))
        life, has_died = die(night, folder / f"{at}", disk)
        died += has_died
        reopen(life, night)
    return died


def test_a_night_survives_death_while_it_mends_a_failure(night: Story, tmp_path: Path) -> None:
    """The disk is full, or fails, and the process is killed before all is well again."""
    died = doomed(night, tmp_path, random.Random(3), 60)
    assert died > 40
    print(f"killed {died} times after an error: all reopen")
