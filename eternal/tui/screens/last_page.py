"""The last page: the kept words, one by one, then the ending's name; and then nothing moves any more."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult

from eternal.engine.pages import Passage, Piece
from eternal.speech import _, mark
from eternal.tui.column import column
from eternal.tui.keys import bindings
from eternal.tui.palette import Palette
from eternal.tui.screens.room import Room
from eternal.tui.text.fit import cells
from eternal.tui.text.sheet import lay
from eternal.tui.text.writing import Writing
from eternal.tui.widgets.leaf import Leaf
from eternal.tui.widgets.prose import Para, Prose

__all__ = ["LastPage", "poem_of"]

#: Words a second, where every one of them has been carried here by hand.
SLOWLY = 3.0


class LastPage(Room):
    """A poem and the ending's name; the name alone where nothing was kept. The keys are named when all of it has been read."""

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
        """Lay out the leaf, and an empty line for the keys."""
        manner = self.stage.manner
        if manner.pace:
            manner = replace(manner, pace=min(manner.pace, SLOWLY))
        yield Prose(palette=self.palette, classes="foot")
        yield Leaf(self.palette, manner, clock=self.stage.clock, middle=True)

    def on_mount(self) -> None:
        """Begin, once there is a size to lay it out in."""
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        self.query_one(Leaf).turn(self._poem())

    def _poem(self) -> Writing:
        width, height = self.size
        return Writing(poem_of(self.poem, self.ending, column(width, self.stage.settings.width), height - 4))

    def on_resize(self) -> None:
        """Set the poem closer where there is less room."""
        leaf = self.query_one(Leaf)
        fitting = self._poem()
        if leaf.writing.passages and fitting != leaf.writing:
            leaf.turn(fitting, how="still")

    @on(Leaf.Settled)
    def settled(self) -> None:
        """Name the keys, quietly, so that nobody is left on a page that does not say how to leave it."""
        keys = [("ending.enter", _("endings") if self.over else _("back"))]
        keys += [("ending.undo", _("take back")), ("ending.leave", _("title"))] if self.over else []
        hints = self.hints(*keys)
        said = f"{_('no words came with you')} · {hints}"
        fits = not self.poem and cells(said) <= column(self.size.width, 72)
        self.query_one(Prose).paras = [Para(said if fits else hints, "dim")]

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

    def action_page(self, by: int) -> None:
        """Scroll a poem that is longer than the screen."""
        if not self._waits():
            self.query_one(Leaf).page(by)

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


def poem_of(poem: Sequence[str], ending: str, width: int, height: int) -> tuple[Passage, ...]:
    """Return the poem and the ending's name: an empty line after each verse, or none where they would not all fit."""
    name = Passage((Piece(ending, em=True),))
    apart = (*(Passage((Piece(verse, lit=True),)) for verse in poem), name)
    if len(lay(apart, width).lines) <= height or not poem:
        return apart
    return Passage((Piece("\n".join(poem), lit=True),)), name
