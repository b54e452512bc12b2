"""The thread of a film: scenes as beads, keeps as sparks, erasures as gaps."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip

from eternal.speech import _
from eternal.tui.column import margin
from eternal.tui.film import Knot
from eternal.tui.palette import Palette, Role
from eternal.tui.text.fit import cells, fitted
from eternal.tui.text.paint import ink
from eternal.tui.widgets.painted import Painted

__all__ = ["Thread"]

#: What stands on the thread, the strongest last: it wins where several fall on one column.
_SIGNS = {"scene": "•", "kept": "✦", "erased": " "}


class Thread(Painted):
    """One line to click and drag on; above it, what happened nearest to where the film stands.

    Attributes:
        at: the frame that is shown.
        end: the last one.
        says: how the film runs, at the right.
    """

    DEFAULT_CSS = """
    Thread { height: 2; }
    """

    class Sought(Message):
        """The film is to stand at a frame."""

        def __init__(self, step: int) -> None:
            super().__init__()
            self.step = step

    def __init__(self, knots: Sequence[Knot], end: int, palette: Palette) -> None:
        super().__init__(palette)
        self.knots = tuple(knots)
        self.end = end
        self.at = 0
        self.says = ""

    def show(self, at: int, says: str) -> None:
        """Show where the film stands and how it runs."""
        self.at, self.says = at, says
        self.renew()

    def _room(self) -> int:
        return max(2, self.size.width - 2 * margin(self.size.width))

    def _column(self, step: int) -> int:
        return round((self._room() - 1) * step / max(1, self.end))

    def render_line(self, y: int) -> Strip:
        """Return the words, or the thread."""
        side = Segment(" " * margin(self.size.width))
        if y == 0:
            says = fitted(self.says, self._room())
            where = fitted(self._where(), self._room() - cells(says) - 2)
            gap = " " * (self._room() - cells(says) - cells(where))
            return self.row(
                side, Segment(where, ink(self.palette, "dim", italic=True)), Segment(gap), Segment(says, ink(self.palette, "dim"))
            )
        here = self._column(self.at)
        signs = self._signs()
        return self.row(side, *(self._bead(x, signs.get(x, "─"), here) for x in range(self._room())))

    def _signs(self) -> dict[int, str]:
        order = list(_SIGNS)
        ranked = sorted(self.knots, key=lambda knot: order.index(knot.kind))
        return {self._column(knot.step): _SIGNS[knot.kind] for knot in ranked}

    def _bead(self, x: int, sign: str, here: int) -> Segment:
        if x == here:
            return Segment("◉", ink(self.palette, "accent", bold=True))
        role: Role = "lamp" if sign == "✦" else "page" if sign == "•" else "dim"
        return Segment(sign, ink(self.palette, role if x < here else "faint"))

    def _where(self) -> str:
        """Say how far the film is, and the last scene or erasure before that."""
        past = [knot for knot in self.knots if knot.step <= self.at and knot.title]
        erased = (
            " · " + _("{place}: removed").format(place=past[-1].title)
            if past and past[-1].kind == "erased" and past[-1].step == self.at
            else ""
        )
        return _("{step} of {all}").format(step=self.at, all=self.end) + erased

    # The mouse ------------------------------------------------------------------------------------------------------------

    def _seek(self, x: int) -> None:
        share = (x - margin(self.size.width)) / max(1, self._room() - 1)
        self.post_message(self.Sought(max(0, min(self.end, round(share * self.end)))))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Go to where the thread is touched, and follow the finger."""
        self.capture_mouse()
        self._seek(event.x)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Follow the finger."""
        if self.app.mouse_captured is self:
            self._seek(event.x)

    def on_mouse_up(self) -> None:
        """Let go."""
        self.release_mouse()
