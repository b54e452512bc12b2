"""Draw the README's picture anew: a page in the middle of a recorded night, as the terminal shows it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from textual.pilot import Pilot

from eternal.saves.save import Save, folded_save
from eternal.saves.session import branch
from eternal.story.load import SHIPPED, load
from tests.tui.support import drive, still

TARGET = Path(__file__).parents[1] / "docs" / "pictures" / "playing.svg"


def main() -> None:
    """Write docs/pictures/playing.svg."""
    story, recorded = load(SHIPPED, cached=False), SHIPPED.parent / "saves" / "return.eternal"
    states = folded_save(recorded, story).game.states
    step = next(n for n, state in enumerate(states) if state.scene == "frozen-river" and state.kept)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / recorded.name
        path.write_bytes(recorded.read_bytes())
        with branch(story, path, step) as save:
            _draw(still(story, save=save), save)


def _draw(stage: object, save: Save) -> None:
    async def script(pilot: Pilot[int]) -> None:
        await pilot.pause()
        TARGET.write_text(pilot.app.export_screenshot(title="eternal"), encoding="utf-8")

    assert save.game.actions
    drive(stage, script, (120, 36))  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
