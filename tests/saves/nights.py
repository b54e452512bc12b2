"""Nights recorded on the fly, for tests that need many."""

from __future__ import annotations

import random
from pathlib import Path

from eternal.engine.actions import Action
from eternal.engine.game import Game
from eternal.saves.format import SaveHeader, encode_header, encode_record
from eternal.saves.save import Save, records_of
from eternal.story.load import load
from eternal.story.story import Story
from tests.acting import act
from tests.conftest import PACKS

__all__ = ["edited", "journal", "random_night", "recorded"]


def random_night(story: Story, seed: int, actions: int = 1_000, rewinds: float = 0.05) -> Game:
    """Return a night of somebody who does anything that is possible, and now and then takes something back."""
    chance, game = random.Random(seed), Game(story, seed=seed)
    while not game.is_over and len(game.actions) < actions:
        if len(game.path()) > 2 and chance.random() < rewinds:
            game.rewind()
        else:
            game.act(_any(chance, game.possible()))
    return game


def _any(chance: random.Random, possible: list[Action]) -> Action:
    return chance.choice(possible)


def journal(game: Game) -> bytes:
    """Return a night as the bytes of its save."""
    header = SaveHeader(story=game.story.id, version=game.story.header.version, digest=game.story.digest, seed=game.seed, past=game.past)
    return encode_header(header) + b"".join(map(encode_record, records_of(game)))


def edited(tmp_path: Path, *changes: tuple[str, str]) -> Story:
    """Return the small story with its text changed."""
    folder = tmp_path / "edited"
    folder.mkdir()
    for file in (PACKS / "night").iterdir():
        text = file.read_text()
        for old, new in changes:
            text = text.replace(old, new)
        (folder / file.name).write_text(text)
    return load(folder, cached=False)


def recorded(night: Story, path: Path, *choices: str) -> Path:
    """Return a save in which these choices were taken."""
    with Save.create(night, path) as save:
        act(save.game, *choices)
    return path
