"""The map on a screen of its own: one can walk it, and read what is left of each memory."""

from __future__ import annotations

from collections.abc import Iterator

from textual import on
from textual.app import ComposeResult

from eternal.engine.pages import Passage
from eternal.engine.view import view
from eternal.speech import _, mark
from eternal.tui.column import column, margin
from eternal.tui.keys import bindings
from eternal.tui.legend import legend
from eternal.tui.palette import Palette
from eternal.tui.screens.room import Room
from eternal.tui.session import Session
from eternal.tui.sky import Star, called, joined, stars_of
from eternal.tui.widgets.brain_map import BrainMap
from eternal.tui.widgets.prose import Para, Prose
from eternal.tui.widgets.remains import Remains
from eternal.wording.dark import been_in
from eternal.wording.told import within
from eternal.wording.words import when_words

__all__ = ["MapScreen"]

#: The most columns of what stands under the map: as wide as a map may be, not as prose.
WIDE = 96


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
        sky = BrainMap(self.palette, labels=True)
        sky.styles.margin = self._around()
        yield sky
        yield Remains(self.palette)
        yield Prose(palette=self.palette, width=WIDE, classes="foot")

    def on_mount(self) -> None:
        """Begin where Joel is."""
        been = been_in(self.session.story, (state for _number, state in self.session.way()))
        self.stars = stars_of(self.session.story, self.session.view, self.session.locale, been)
        first = next((star for star in self.stars if star.here), None) or next((star for star in self.stars if star.target), None)
        self._look(first or next(iter(self.stars), None))

    def about(self) -> list[str]:
        """Return what the help says of the map."""
        return [
            _(
                "Time runs from the oldest memory at the left to tonight at the right. Stars grow small as they go; "
                "what is dark, the machine has not been shown. Lines lead to what has something in common."
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
        self.query_one(Remains).show(called(star, self.lights), when, self._note(star), self._words(star), star.left)
        self.query_one(".foot", Prose).paras = self._foot()

    def _foot(self) -> list[Para]:
        """Return what the signs mean, and the keys."""
        below = any(star.below and star.id == self.at for star in self.stars)
        across = f"{self.key('map.across', last=not below)} {_('the memories') if below else _('below')}"
        keys = [f"{self.key('map.older')} {self.hints(('map.newer', _('walk')))}", self.hints(("map.back", _("back")))]
        keys[1:1] = [across] if self.session.view.refuges else []
        signs = legend(self.stars, self.at, column(self.app.size.width, WIDE))
        return [Para(signs, "dim", apart=False), Para(" · ".join(keys), "dim")]

    def on_resize(self) -> None:
        """Let the map begin where the words do, and explain as many signs as there is room for."""
        self.query_one(BrainMap).styles.margin = self._around()
        self.query_one(".foot", Prose).paras = self._foot()

    def _around(self) -> tuple[int, int, int, int]:
        """Return what stays free around the sky: known before the first layout, so that no frame shows it elsewhere."""
        side = margin(self.app.size.width)
        return 1, side, 0, side

    def _note(self, star: Star) -> str:
        """Say how much is left of a place, who is there, what of it is kept, and what it shares with others."""
        left = _("gone") if not star.left else _("whole") if star.left == 100 else _("{percent} % left").format(percent=star.left)
        kept = (_("{count} hidden here") if star.below else _("{count} kept")).format(count=star.held) if star.held else ""
        if star.words:
            kept += ": " + ", ".join(f"“{within(words)}”" for words in star.words)
        others = sum(1 for _other in joined(self.stars, star.id)) if star.left else 0
        shares = _("shares something with {count} more").format(count=others) if others else ""
        return " · ".join(part for part in (left, *_marks(star), kept, shares) if part)

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


def _marks(star: Star) -> Iterator[str]:
    """Yield who is at a place, and whether the machine knows of it."""
    if star.here:
        yield _("you are here")
    if star.target:
        yield _("the machine is here")
    elif star.below and star.known and star.left:
        yield _("the machine knows it")
    elif not star.below and not star.known and star.left:
        yield _("not on the machine's map")


def _lit(passage: Passage, kept: set[str]) -> Passage:
    """Return a passage in which the words that are kept now are lit."""
    from msgspec.structs import replace

    return replace(passage, pieces=tuple(replace(piece, lit=piece.fragment in kept) for piece in passage.pieces))
