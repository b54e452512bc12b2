"""What stands beside the page on a wide screen: the map, and over it the doctor's desk while things are given."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical

from eternal.tui.column import MAP_FROM, column, margin
from eternal.tui.desk import is_table, lights_of, things
from eternal.tui.palette import Palette
from eternal.tui.session import Night, asleep
from eternal.tui.sky import stars_of
from eternal.tui.widgets.brain_map import BrainMap
from eternal.tui.widgets.lamp import Lamp

__all__ = ["Side"]

#: The columns between the prose and the map, and the most that the map takes.
GAP, MOST = 4, 56


class Side(Vertical):
    """Map and desk. Hidden where there is no room, and while there is nothing to show."""

    DEFAULT_CSS = """
    Side { width: 40; height: 1fr; padding: 1 2 1 0; background: $ground; }
    Side Lamp { height: 45%; max-height: 15; margin-bottom: 1; }
    """

    def __init__(self, palette: Palette) -> None:
        super().__init__()
        self._palette = palette

    def compose(self) -> ComposeResult:
        """Lay out desk and map."""
        yield Lamp(self._palette)
        yield BrainMap(self._palette)

    @staticmethod
    def width_on(whole: int, prose: int) -> int:
        """Return the columns that the side takes on a screen so wide, 0 for none."""
        if whole < MAP_FROM:
            return 0
        return min(MOST, whole - margin(whole) - column(whole, prose) - GAP)

    def show(self, session: Night, does: str, palette: Palette, width: int) -> None:
        """Show the night as it stands, with the cursor of the page on something."""
        story, state = session.story, session.state
        table = is_table(story, state)
        self.display = bool(width) and bool(story.index.memories) and (table or asleep(session.view))
        if not self.display:
            return
        self.styles.width = width
        lights = lights_of(story, state.scene, does)
        lamp = self.query_one(Lamp)
        lamp.display = table
        if table:
            choice = story.choice(state.scene, does.removeprefix("choose:")) if does else None
            offered = frozenset(choice.give if choice else ())
            lamp.show(things(story, state, (past for _, past in session.way()), session.locale), offered, palette)
        self.query_one(BrainMap).show(stars_of(story, session.view, session.locale), palette=palette, lights=lights)
