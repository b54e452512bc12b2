"""What is written to the terminal for a step: one frame, and after it the screen is as if it were painted for the first time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.geometry import Region
from textual.pilot import Pilot
from textual.screen import Screen

from eternal.engine.view import view
from eternal.saves.replay import replay
from eternal.saves.session import branch
from eternal.story.load import SHIPPED
from eternal.story.story import Story
from eternal.tui.desk import is_table
from eternal.tui.session import asleep
from eternal.tui.stage import Stage
from eternal.tui.widgets.painted import Painted
from tests.tui.drawing import Drawing
from tests.tui.support import drive, still

RECORDED = SHIPPED.parent / "saves" / "return.eternal"


class Written:
    """A terminal that draws what an app writes.

    Attributes:
        frames: what was on the screen after each time that something was written.
    """

    def __init__(self, stage: Stage, size: tuple[int, int]) -> None:
        self.frames: list[str] = []
        self.drawing = Drawing(size)
        self._stage, self._display = stage, stage._display
        stage._display = self._write  # type: ignore[method-assign, assignment]

    def _write(self, screen: Screen[Any], update: Any) -> None:
        if update is not None and not self._stage._batch_count:
            self.drawing.feed(update.render_segments(self._stage.console).encode())
            self.frames.append(self.drawing.text)
        self._display(screen, update)

    def row(self, x: int, y: int, width: int) -> list[tuple[Any, ...]]:
        """Return what is seen in some cells of a row."""
        row = self.drawing.screen.buffer[y]
        return [_seen(row[column].data, row[column].fg, row[column].bg) for column in range(x, x + width)]


def _rows(stage: Stage) -> Iterator[tuple[Region, list[tuple[Any, ...]]]]:
    """Yield where each row of each widget stands, and what would be seen there if it were painted now."""
    for widget in stage.screen.query(Painted):
        x, y, width, height = widget.content_region
        for row in range(height if widget.is_on_screen else 0):
            cells = [_seen(letter, *_colours(segment.style)) for segment in widget.render_line(row) for letter in segment.text]
            yield Region(x, y + row, width, 1), cells


def _colours(style: Any) -> tuple[str, str]:
    return style.color.triplet.hex.removeprefix("#"), style.bgcolor.triplet.hex.removeprefix("#")


def _seen(letter: str, ink: str, ground: str) -> tuple[Any, ...]:
    """Return what is seen: a space has no colour but its ground's."""
    return letter, ground, ink if letter != " " else ""


def _copy(folder: Path) -> Path:
    path = folder / RECORDED.name
    path.write_bytes(RECORDED.read_bytes())
    return path


def test_what_stands_beside_the_page_comes_and_goes_with_it(shipped: Story, tmp_path: Path) -> None:
    """On a wide screen map and desk are there, or gone, in the one frame that shows the page they belong to."""
    game, path = replay(RECORDED, shipped).game, _copy(tmp_path)
    beside = [(is_table(shipped, state), asleep(view(shipped, state))) for state in game.states]
    steps = [number for number in range(1, len(beside)) if beside[number] != beside[number - 1]]
    assert len(steps) >= 4
    frames = []
    for step in steps:
        with branch(shipped, path, step - 1) as save:
            stage = still(shipped, save=save)

            async def script(pilot: Pilot[int], stage: Stage = stage, step: int = step) -> None:
                written = Written(stage, (120, 40))
                assert stage.night is not None
                stage.night.act(game.actions[step - 1])
                await pilot.pause()
                await pilot.pause()
                frames.append(len(written.frames))

            drive(stage, script, (120, 40))
    assert frames == [1] * len(steps)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_after_every_step_the_screen_is_as_if_it_were_new(shipped: Story, tmp_path: Path, size: tuple[int, int]) -> None:
    """Only what has changed is written, and nothing that has changed is forgotten: through a whole recorded night, cell by cell."""
    actions = replay(RECORDED, shipped).game.actions
    with branch(shipped, _copy(tmp_path), 0) as save:
        stage = still(shipped, save=save)

        async def script(pilot: Pilot[int]) -> None:
            written = Written(stage, size)
            stage.refresh()
            for number, action in enumerate(actions):
                await pilot.pause()
                for region, cells in _rows(stage):
                    assert written.row(*region.offset, region.width) == cells, f"row {region.y} after {number} steps"
                assert stage.night is not None
                stage.night.act(action)

        drive(stage, script, size)


@pytest.mark.parametrize("key", ["m", "h", "d", "f1"])
def test_a_screen_stands_from_its_first_frame_on(shipped: Story, tmp_path: Path, key: str) -> None:
    """Map, history, hands and help are at once where they stay: no frame shows them empty, or somewhere else."""
    with branch(shipped, _copy(tmp_path), 90) as save:
        stage = still(shipped, save=save)

        async def script(pilot: Pilot[int]) -> None:
            written = Written(stage, (120, 40))
            await pilot.press(key)
            await pilot.pause()
            assert len(stage.screen_stack) == 3
            assert set(written.frames) == {written.drawing.text}

        drive(stage, script, (120, 40))
