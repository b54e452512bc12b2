"""Which memories are called by their names: one rule for the lines, the terminal's map and the map of an export."""

from __future__ import annotations

from pathlib import Path

import pytest

from eternal.engine.game import Game
from eternal.plain.text import map_lines
from eternal.saves.export.chart import stars
from eternal.saves.export.telling import tell
from eternal.saves.fold import Folded
from eternal.saves.save import Save, folded_save
from eternal.story.load import SHIPPED
from eternal.story.story import Story
from eternal.tui.sky import called, stars_of
from eternal.wording.dark import been_in


def until(story: Story, night: str, steps: int, path: Path) -> Folded:
    """Return a recorded night as it was after so many steps, from a file of its own."""
    recorded = folded_save(SHIPPED.parent / "saves" / f"{night}.eternal", story).game
    with Save.create(story, path, seed=recorded.seed) as save:
        for action in recorded.actions[:steps]:
            save.game.act(action)
    return folded_save(path, story)


@pytest.mark.parametrize("steps", [33, 60, 90, 105, 140])
def test_every_face_names_the_same_memories(shipped: Story, steps: int, tmp_path: Path) -> None:
    """Through a whole night, what is dark in one place is dark in all of them."""
    night = until(shipped, "both-truths", steps, tmp_path / "night.eternal")
    page, been = night.game.view, been_in(shipped, night.game.states)
    dark = {star.id for star in stars_of(shipped, page, been=been) if called(star) == "somewhere dark"}
    assert {star.id for star in stars(tell(night)) if not star.known} == dark
    assert sum(", somewhere dark:" in line for line in map_lines(page, been)) == len(dark)


def test_where_one_has_been_is_not_forgotten(night: Story) -> None:
    """A memory that the machine has not been shown is dark, and has its name from the moment one has been there."""
    game = Game(night, seed=1)
    game.choose("all")
    game.choose("wake")
    assert any("somewhere dark" in line for line in map_lines(game.view, been_in(night, game.states)))
    game.flee("attic")
    game.flee("fort")
    assert any("The attic" in line for line in map_lines(game.view, been_in(night, game.states)))
