"""`kill -9` of a game that is played in a terminal: what was on the screen is on the disk."""

from __future__ import annotations

import random
from pathlib import Path

from eternal.saves.save import read_save
from eternal.story.story import Story
from tests.conftest import PACKS
from tests.saves.killed import kill_once


def test_what_was_shown_is_saved_when_the_process_is_killed(night: Story, tmp_path: Path) -> None:
    """Eight random moments; `make torture` has two hundred."""
    chance, path = random.Random(11), tmp_path / "a.eternal"
    for _ in range(8):
        kill_once(night, PACKS / "night", path, chance)
    assert len(read_save(path).records) > 3
