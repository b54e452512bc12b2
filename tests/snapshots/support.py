"""What the pictures share: sizes, nights, and the way to where a picture is taken."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from eternal.engine.game import Game
from eternal.engine.view import View, view
from eternal.locations import saves_folder
from eternal.saves.format import SaveHeader, encode_header, encode_record
from eternal.saves.save import folded_save, records_of
from eternal.story.load import SHIPPED
from eternal.story.story import Story
from eternal.tui.stage import Stage
from tests.acting import act

__all__ = ["SIZES", "WIDE", "Compare", "at", "played", "recorded", "saved"]

Compare = Callable[..., bool]
Size = tuple[int, int]


def _named(size: Size) -> str:
    return f"{size[0]}x{size[1]}"


SIZES = pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)], ids=_named)
WIDE = pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40), (200, 60)], ids=_named)


def played(story: Story, *acts: str) -> Game:
    """Return a night in which this was done."""
    return act(Game(story, seed=1), *acts)


def recorded(story: Story, name: str, where: Callable[[View], bool]) -> Game:
    """Return a recorded night as it was on the first page of which something holds."""
    game = folded_save(SHIPPED.parent / "saves" / f"{name}.eternal", story).game
    step = next(step for step, state in enumerate(game.states) if where(view(story, state)))
    until = Game(story, seed=game.seed)
    for action in game.actions[:step]:
        until.act(action)
    return until


def saved(game: Game, name: str = "night-1") -> None:
    """Keep a night as it would be kept on a day that never changes."""
    header = SaveHeader(story=game.story.id, version="1", digest=game.story.digest, seed=game.seed, created="2004-02-18T23:40:00Z")
    saves_folder().mkdir(parents=True, exist_ok=True)
    lines = b"".join(map(encode_record, records_of(game)))
    (saves_folder() / f"{name}.eternal").write_bytes(encode_header(header) + lines)


def at(stage: Stage, do: Callable[[Stage], Any] | None = None, *keys: str) -> Callable[[Pilot[int]], Awaitable[None]]:
    """Return what brings an app to where its picture is taken."""

    async def run(pilot: Pilot[int]) -> None:
        await pilot.pause()
        if do is not None:
            do(stage)
            await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()

    return run
