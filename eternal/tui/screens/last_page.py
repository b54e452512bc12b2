"""The last page: the kept words, one by one, and then nothing moves any more."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace
from textual.app import ComposeResult

from eternal.engine.view import Passage, Piece
from eternal.speech import _, mark
from eternal.tui.keys import bindings
from eternal.tui.palette import Palette
from eternal.tui.screens.room import Room
from eternal.tui.text.writing import Writing
from eternal.tui.widgets.leaf import Leaf

__all__ = ["LastPage"]

#: Words a second, where every one of them has been carried here by hand.
SLOWLY = 3.0


class LastPage(Room):
    """A poem: the lines of what was kept, or the ending's name where nothing was."""

    SCOPE = "ending"
    PLACE = mark("The last page")
    BINDINGS = bindings("ending")

    def __init__(self, title: str, poem: Sequence[str], *, hair: str = "", over: bool = True) -> None:
        super().__init__()
        self.ending = title
        self.poem = tuple(poem)
        self.hair = hair
        self.over = over

    @property
    def palette(self) -> Palette:
        """The theme's colours with the hair of the last scene."""
        return self.stage.palette.wearing(self.hair)

    def compose(self) -> ComposeResult:
        """Lay out nothing but the leaf."""
        manner = self.stage.manner
        if manner.pace:
            manner = replace(manner, pace=min(manner.pace, SLOWLY))
        yield Leaf(self.palette, manner, clock=self.stage.clock, middle=True)

    def on_mount(self) -> None:
        """Begin, once there is a size to lay it out in."""
        lines = [Passage((Piece(line, lit=True),)) for line in self.poem] or [Passage((Piece(self.ending, em=True),))]
        self.call_after_refresh(self.query_one(Leaf).turn, Writing(tuple(lines)))

    def about(self) -> list[str]:
        """Return what the help says of the last page."""
        return [_("These are the words that you carried out of the night.")]

    def _waits(self) -> bool:
        leaf = self.query_one(Leaf)
        busy = leaf.busy
        leaf.finish()
        return busy

    def action_press(self) -> None:
        """Go on to the gallery."""
        if not self._waits():
            self.action_gallery()

    def on_click(self) -> None:
        """Go on to the gallery."""
        self.action_press()

    def action_gallery(self) -> None:
        """Show the endings; from the gallery, go back to it."""
        if self.over:
            self.stage.to_title()
            self.stage.go("endings")
        else:
            self.stage.pop_screen()

    def action_undo(self) -> None:
        """Take back the last step."""
        if self.over:
            self.stage.pop_screen()
            self.stage.undo()

    def action_before(self) -> None:
        """Show what has been read and done."""
        if self.over:
            self.stage.go("before")

    def action_leave(self) -> None:
        """Go to the title, or back to the gallery."""
        if self.over:
            self.stage.to_title()
        else:
            self.stage.pop_screen()
