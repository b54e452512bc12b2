"""The doctor's desk under the page, where there is no room for it beside: the lamp, and what a thing would light."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal

from eternal.tui.column import margin
from eternal.tui.desk import gesture_of, is_table, lights_of, things
from eternal.tui.palette import Palette
from eternal.tui.session import Night
from eternal.tui.sky import stars_of
from eternal.tui.widgets.brain_map import BrainMap
from eternal.tui.widgets.lamp import Lamp
from eternal.wording.dark import been_in

__all__ = ["Table"]


class Table(Horizontal):
    """Lamp and map side by side, at the bottom of the screen like a desk in front of one's hands."""

    DEFAULT_CSS = """
    Table { height: 6; background: $ground; }
    Table Lamp { width: 5fr; height: 1fr; }
    Table BrainMap { width: 4fr; height: 1fr; margin-left: 2; }
    """

    def __init__(self, palette: Palette) -> None:
        super().__init__()
        self._palette = palette

    def compose(self) -> ComposeResult:
        """Lay out lamp and map."""
        yield Lamp(self._palette)
        yield BrainMap(self._palette)

    def show(self, session: Night, does: str, palette: Palette, *, room: bool, slide: bool = False) -> None:
        """Show what lies on the desk; nothing where no thing is asked for, or where there is no room.

        Args:
            session: the night.
            does: what pressing would do.
            palette: the colours.
            room: whether it is to stand here, and not beside the page.
            slide: whether things may move.
        """
        story, state = session.story, session.state
        whole = self.screen.size
        self.display = room and whole.height >= 16 and is_table(story, state)
        if not self.display:
            return
        self.styles.height = whole.height // 4
        self.styles.padding = (0, margin(whole.width))
        lying = things(story, state, (past for _, past in session.way()), session.locale)
        self.query_one(Lamp).show(lying, gesture_of(story, state.scene, does), palette, slide=slide)
        stars = stars_of(story, session.view, session.locale, been_in(story, (past for _, past in session.way())))
        self.query_one(BrainMap).show(stars, palette=palette, lights=lights_of(story, state.scene, does))
