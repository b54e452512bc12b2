"""What stands beside the page on a wide screen: the map, and the doctor's desk while things are given."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.geometry import Size
from textual.reactive import Reactive

from eternal.tui.column import margin
from eternal.tui.desk import gesture_of, is_table, lights_of, things
from eternal.tui.palette import Palette
from eternal.tui.session import Night, asleep
from eternal.tui.sky import stars_of
from eternal.tui.widgets.brain_map import BrainMap
from eternal.tui.widgets.lamp import Lamp
from eternal.wording.dark import been_in

__all__ = ["Beside", "Side"]


class Beside(Horizontal):
    """The page and what stands beside it. It does not scroll, and so is laid out once, as all that is painted."""

    virtual_size = Reactive(Size(0, 0), repaint=False)


class Side(Vertical):
    """Map and, under it, the desk: what a thing lights stands over the light that falls on it. Hidden while there is nothing to show."""

    DEFAULT_CSS = """
    Side { width: 40; height: 1fr; background: $ground; }
    Side Lamp { height: 45%; max-height: 18; margin-top: 1; }
    """

    virtual_size = Reactive(Size(0, 0), repaint=False)

    def __init__(self, palette: Palette) -> None:
        super().__init__()
        self._palette = palette

    def compose(self) -> ComposeResult:
        """Lay out map and desk."""
        yield BrainMap(self._palette)
        yield Lamp(self._palette)

    def show(self, session: Night, does: str, palette: Palette, width: int, *, slide: bool = False) -> None:
        """Show the night as it stands, with the cursor of the page on something.

        Args:
            session: the night.
            does: what pressing would do.
            palette: the colours.
            width: the columns there are for it; 0 for none.
            slide: whether things may move.
        """
        story, state = session.story, session.state
        table = is_table(story, state)
        self.display = bool(width) and bool(story.index.memories) and (table or asleep(session.view))
        if not self.display:
            return
        edge = margin(self.screen.size.width)
        self.styles.width = width + edge
        self.styles.padding = (1, edge, 1, 0)
        lamp = self.query_one(Lamp)
        lamp.display = table
        if table:
            lying = things(story, state, (past for _, past in session.way()), session.locale)
            lamp.show(lying, gesture_of(story, state.scene, does), palette, slide=slide)
        stars = stars_of(story, session.view, session.locale, been_in(story, (past for _, past in session.way())))
        self.query_one(BrainMap).show(stars, palette=palette, lights=lights_of(story, state.scene, does))
