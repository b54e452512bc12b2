"""The map on a screen of its own: one can walk it, and read what is left of each memory."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult

from eternal.engine.pages import Passage
from eternal.engine.view import view
from eternal.speech import _, mark
from eternal.tui.keys import bindings
from eternal.tui.palette import Palette
from eternal.tui.screens.room import Room
from eternal.tui.session import Session
from eternal.tui.sky import Star, joined, stars_of
from eternal.tui.widgets.brain_map import BrainMap
from eternal.tui.widgets.prose import Para, Prose
from eternal.tui.widgets.remains import Remains
from eternal.wording.told import short
from eternal.wording.words import when_words

__all__ = ["MapScreen"]


class MapScreen(Room):
    """The constellation, and below it the memory one looks at."""

    SCOPE = "map"
    PLACE = mark("The map")
    BINDINGS = bindings("map")
    CSS_PATH = "map.tcss"

    def __init__(self, session: Session, lights: frozenset[str] = frozenset()) -> None:
        super().__init__()
        self.session = session
        self.lights = lights
        self.stars: tuple[Star, ...] = ()
        self.at = ""

    @property
    def palette(self) -> Palette:
        """The theme's colours, with her hair as it is in the scene one comes from."""
        return self.stage.palette.wearing(self.session.view.hair)

    def compose(self) -> ComposeResult:
        """Lay out the sky and what is read below it."""
        yield BrainMap(self.palette, labels=True)
        yield Remains(self.palette)
        below = [("map.across", _("below"))] if self.session.view.refuges else []
        keys = f"{self.key('map.older')} {self.hints(('map.newer', _('walk')), *below, ('map.back', _('back')))}"
        yield Prose([Para(keys, "dim")], palette=self.palette, classes="foot")

    def on_mount(self) -> None:
        """Begin where Joel is."""
        self.stars = stars_of(self.session.story, self.session.view, self.session.locale)
        first = next((star for star in self.stars if star.here), None) or next((star for star in self.stars if star.target), None)
        self._look(first or next(iter(self.stars), None))

    def about(self) -> list[str]:
        """Return what the help says of the map."""
        return [
            _(
                "Time runs from the oldest memory at the left to tonight at the right. A star shines as long as something is left; "
                "a faint ring is a memory that is gone. (●) is what the machine works at, ◉ where you are."
            ),
            _("Below the horizon are the places where she never was. The machine does not know them, until it is told to look."),
        ]

    def _look(self, star: Star | None) -> None:
        """Look at a star: its ways on the sky, its words below."""
        if star is None:
            return
        self.at = star.id
        self.query_one(BrainMap).show(self.stars, palette=self.palette, cursor=star.id, lights=self.lights)
        when = when_words(star.when) if star.when else ""
        self.query_one(Remains).show(short(star.title), when, self._note(star), self._words(star), star.left)

    def _note(self, star: Star) -> str:
        """Say how much is left of a place, what of it is kept, and what it shares with others."""
        left = _("gone") if not star.left else _("whole") if star.left == 100 else _("{percent} % left").format(percent=star.left)
        kept = (_("{count} hidden here") if star.below else _("{count} kept")).format(count=star.held) if star.held else ""
        if star.words:
            kept += ": " + ", ".join(f"“{words}”" for words in star.words)
        others = sum(1 for _other in joined(self.stars, star.id)) if star.left else 0
        shares = _("shares something with {count} more").format(count=others) if others else ""
        return " · ".join(part for part in (left, kept, shares) if part)

    def _words(self, star: Star) -> tuple[Passage, ...]:
        """Return the page on which Joel last saw a place, or nothing if he has not been there tonight."""
        story = self.session.story
        seen = [state for _number, state in self.session.way() if story.head(state.scene) == star.id]
        if not seen:
            return ()
        kept = set(self.session.state.kept)
        return tuple(_lit(passage, kept) for passage in view(story, seen[-1], self.session.locale).passages if passage.role == "text")

    def action_walk(self, by: int) -> None:
        """Walk to the neighbour in time."""
        ids = [star.id for star in self.stars]
        at = ids.index(self.at) if self.at in ids else 0
        self._look(self.stars[max(0, min(len(ids) - 1, at + by))] if ids else None)

    def action_across(self) -> None:
        """Go from the memories to what lies below, or back."""
        below = [star for star in self.stars if star.below]
        here = next((star for star in self.stars if star.id == self.at), None)
        if here is not None and here.below:
            self._look(next((star for star in self.stars if star.here and not star.below), self.stars[0]))
        elif below:
            self._look(below[0])

    @on(BrainMap.Walked)
    def walked(self, event: BrainMap.Walked) -> None:
        """Look at what was clicked."""
        self._look(next((star for star in self.stars if star.id == event.star), None))


def _lit(passage: Passage, kept: set[str]) -> Passage:
    """Return a passage in which the words that are kept now are lit."""
    from msgspec.structs import replace

    return replace(passage, pieces=tuple(replace(piece, lit=piece.fragment in kept) for piece in passage.pieces))
