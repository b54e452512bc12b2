"""Draw the README's pictures anew: pages of recorded nights, as a terminal with all its colours shows them."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from textual.pilot import Pilot

from eternal.engine.view import View, view
from eternal.saves.save import Save, folded_save
from eternal.saves.session import branch
from eternal.story.load import SHIPPED, load
from eternal.story.story import Story
from eternal.tui.stage import Stage
from tests.snapshots.test_shipped import goes
from tests.tui.support import drive, gone, still

TARGET = Path(__file__).parents[1] / "docs" / "pictures"


def hunted_for(page: View) -> bool:
    """Tell whether much is hidden, and the machine is at work where one stands."""
    return len(page.hidden) > 8 and any(memory.here and memory.target for memory in page.memories)


#: Picture -> the recorded night, which of its pages, the screen, and the size.
PICTURES: dict[str, tuple[str, Callable[[View], bool], str, tuple[int, int]]] = {
    "playing": ("machine-refuses", goes, "", (120, 34)),
    "table": ("return", lambda page: page.scene == "table-cassette", "", (120, 34)),
    "map": ("both-truths", hunted_for, "map", (120, 34)),
    "last-page": ("both-truths", lambda page: page.over, "last", (80, 34)),
}


def main() -> None:
    """Write docs/pictures/*.svg."""
    os.environ.update({"COLORTERM": "truecolor", "TERM": "xterm-256color"})
    os.environ.pop("NO_COLOR", None)
    story = load(SHIPPED, cached=False)
    for name, (night, where, screen, size) in PICTURES.items():
        with tempfile.TemporaryDirectory() as home:
            os.environ["ETERNAL_HOME"] = home
            with _on_the_page(story, night, where, Path(home)) as save:
                _draw(name, story, save, screen, size)


def _on_the_page(story: Story, night: str, where: Callable[[View], bool], home: Path) -> Save:
    """Return a recorded night, taken over on the first page of which something holds."""
    recorded = SHIPPED.parent / "saves" / f"{night}.eternal"
    copy = home / recorded.name
    copy.write_bytes(recorded.read_bytes())
    states = folded_save(copy, story).game.states
    return branch(story, copy, next(step for step, state in enumerate(states) if where(view(story, state))))


def _draw(name: str, story: Story, save: Save, screen: str, size: tuple[int, int]) -> None:
    """Draw a screen: a page when everything that goes is gone from it, the other screens as they stand."""
    stage = Stage(story, save=save) if name == "playing" else still(story, save=save)

    async def script(pilot: Pilot[int]) -> None:
        await pilot.pause()
        if screen and not isinstance(stage.screen, _already(screen)):
            stage.go(screen)
        await pilot.pause()
        if name == "playing":
            await rest(pilot)
        (TARGET / f"{name}.svg").write_text(pilot.app.export_screenshot(title="eternal"), encoding="utf-8")

    rest = gone(stage)
    drive(stage, script, size)


def _already(screen: str) -> type:
    """Return the screen that a night which is over opens by itself."""
    from eternal.tui.screens.last_page import LastPage

    return LastPage if screen == "last" else type(None)


if __name__ == "__main__":
    main()
