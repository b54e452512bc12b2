"""What the tests of the terminal face share: an app that stands still, a pilot to drive it, and what is on its screen."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from textual.pilot import Pilot

from eternal.locations import SUFFIX, saves_folder
from eternal.saves.nights import free_path
from eternal.saves.save import Save
from eternal.story.story import Story
from eternal.tui.stage import Stage
from eternal.tui.widgets.leaf import Leaf
from tests.acting import act

__all__ = ["Clock", "drive", "gone", "played", "shown", "still"]

Script = Callable[[Pilot[int]], Awaitable[None]]


def still(story: Story, **options: Any) -> Stage:
    """Return an app in which nothing moves by itself."""
    stage = Stage(story, **{"seed": 1, **options})
    stage.animation_level = "none"
    return stage


def drive(stage: Stage, script: Script, size: tuple[int, int] = (80, 24)) -> Stage:
    """Run a script of keys on an app, and return the app as it is afterwards."""

    async def run() -> None:
        async with stage.run_test(size=size) as pilot:
            await pilot.pause()
            await script(pilot)

    asyncio.run(run())
    return stage


def shown(stage: Stage) -> str:
    """Return what is on the screen, line by line."""
    strips = stage.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


def played(story: Story, *acts: str, name: str = "") -> Save:
    """Return a night in the player's folder in which this was done."""
    save = Save.create(story, saves_folder() / f"{name}{SUFFIX}" if name else free_path(), seed=1)
    act(save.game, *acts)
    return save


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def gone(stage: Stage) -> Script:
    """Return what lets an app in motion come to rest: all words there, and those that go gone."""
    clock = Clock()
    stage.clock = clock

    async def run(pilot: Pilot[int]) -> None:
        await pilot.pause()
        leaf = stage.screen.query_one(Leaf)
        while leaf.moving:
            clock.now += 60
            leaf.frame()
        await pilot.pause()

    return run
