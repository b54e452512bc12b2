"""A question over whatever is there, and the answers to it."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen

from eternal.speech import _, mark
from eternal.tui.keys import bindings
from eternal.tui.palette import Palette
from eternal.tui.widgets.menu import Menu, Row
from eternal.tui.widgets.prose import Para, Prose

__all__ = ["Ask"]


class Ask(ModalScreen[str]):
    """Ask something. The screen's result is the id of the answer, empty when there is none."""

    CSS_PATH = "ask.tcss"
    SCOPE = "list"
    PLACE = mark("A question")
    BINDINGS = bindings("list")
    AUTO_FOCUS = ""

    def __init__(self, paras: Sequence[Para], answers: Sequence[Row], palette: Palette) -> None:
        super().__init__()
        self.paras = paras
        self.answers = answers
        self.palette = palette

    def compose(self) -> ComposeResult:
        """Lay out the question and the answers."""
        with Vertical(classes="asked"):
            yield Prose(self.paras, palette=self.palette, width=64)
            yield Menu(self.answers, palette=self.palette, width=64)

    def about(self) -> list[str]:
        """Return what the help says of a question."""
        return [_("Take an answer with Enter; Esc leaves everything as it is.")]

    def action_step(self, by: int) -> None:
        """Move among the answers."""
        self.query_one(Menu).step(by)

    def action_press(self) -> None:
        """Take the answer under the cursor."""
        self.query_one(Menu).press()

    def action_back(self) -> None:
        """Leave it unanswered."""
        self.dismiss("")

    @on(Menu.Picked)
    def picked(self, event: Menu.Picked) -> None:
        """Take an answer."""
        self.dismiss(event.row)
