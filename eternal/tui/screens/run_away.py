"""Where one can run to, and along what."""

from __future__ import annotations

from collections.abc import Iterator

from textual import on
from textual.app import ComposeResult

from eternal.engine.actions import Flee
from eternal.engine.pages import WayView
from eternal.speech import _, mark
from eternal.tui.keys import bindings
from eternal.tui.screens.room import Room
from eternal.tui.session import Session
from eternal.tui.widgets.menu import Menu, Row
from eternal.tui.widgets.prose import Para, Prose
from eternal.wording.words import cost_words

__all__ = ["RunScreen"]


class RunScreen(Room):
    """The ways of flight, by motif."""

    SCOPE = "run"
    PLACE = mark("Ways to run")
    BINDINGS = bindings("run")

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session

    def compose(self) -> ComposeResult:
        """Lay out the ways."""
        yield Prose([Para(" · ".join((_("Run"), *self._shared())), "dim")], palette=self.palette, classes="heading")
        menu = Menu(list(self._rows()), palette=self.palette, numbered=True)
        menu.add_class("fill")
        yield menu
        keys = self.hints(("run.enter", _("run there")), ("run.back", _("stay")))
        yield Prose([Para(keys, "dim")], palette=self.palette, classes="foot")

    def _shared(self) -> tuple[str, ...]:
        """Return what every way costs: said once above them all, not beside each."""
        costs = {cost_words(way) for way in self.session.view.ways}
        return next(iter(costs)) if len(costs) == 1 else ()

    def _rows(self) -> Iterator[Row]:
        motif, shared = "", self._shared()
        for way in sorted(self.session.view.ways, key=lambda way: (way.motif, way.kind == "memory")):
            if way.motif != motif:
                if motif:
                    yield Row("", "")
                yield Row("", way.words, role="dim")
                motif = way.motif
            yield Row(way.scene, way.title, _note(way, shared), role="lamp" if way.kind == "refuge" else "page")

    def about(self) -> list[str]:
        """Return what the help says of running."""
        return [_("One runs along what two places have in common: a thing in one of them, or a thing in your hands. Running is heard.")]

    def action_step(self, by: int) -> None:
        """Move among the ways."""
        self.query_one(Menu).step(by)

    def action_take(self, number: int) -> None:
        """Run where that number leads."""
        self.query_one(Menu).take(number)

    def action_press(self) -> None:
        """Run where the cursor points."""
        self.query_one(Menu).press()

    @on(Menu.Picked)
    def picked(self, event: Menu.Picked) -> None:
        """Run there."""
        self.stage.pop_screen()
        self.stage.act(Flee(event.row))


def _note(way: WayView, shared: tuple[str, ...]) -> str:
    """Say what is left of where a way leads, and what it costs if others cost something else."""
    left = "" if way.integrity == 100 else _("{percent} % left").format(percent=way.integrity)
    return " · ".join(word for word in (left, *(() if shared else cost_words(way))) if word)
