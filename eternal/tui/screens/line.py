"""One line to write: a night's name, words to look for."""

from __future__ import annotations

from pathlib import PurePath
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from eternal.safety import clean
from eternal.speech import mark
from eternal.tui.palette import Palette
from eternal.tui.widgets.prose import Para, Prose

__all__ = ["Line"]


class _Plain(Input):
    """An input that takes no character a terminal would obey, however it gets there."""

    def validate_value(self, value: str) -> str:
        """Make safe what was typed or pasted."""
        return clean(value).replace("\n", " ").replace("\t", " ")


class Line(ModalScreen[str]):
    """Ask for a line. The screen's result is what was written, empty when nothing was."""

    CSS_PATH: ClassVar[list[str | PurePath]] = ["ask.tcss", "line.tcss"]
    AUTO_FOCUS = "Input"
    PLACE = mark("A line to write")
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", "back", show=False)]

    def __init__(self, question: str, palette: Palette, *, value: str = "") -> None:
        super().__init__()
        self.question = question
        self.palette = palette
        self.value = value

    def compose(self) -> ComposeResult:
        """Lay out the question and the line."""
        with Vertical(classes="asked"):
            yield Prose([Para(self.question, "dim")], palette=self.palette)
            yield _Plain(self.value, max_length=80, compact=True)

    @on(Input.Submitted)
    def submitted(self, event: Input.Submitted) -> None:
        """Take what was written."""
        self.dismiss(event.value.strip())

    def action_back(self) -> None:
        """Write nothing."""
        self.dismiss("")
