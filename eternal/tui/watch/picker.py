"""One of many, found by typing a part of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from msgspec import Struct
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from eternal.safety import clean

__all__ = ["Entry", "Picker"]


class Entry(Struct, frozen=True):
    """Something to pick: its id and its words."""

    id: str
    words: str


class Picker(ModalScreen[str | None]):
    """Asks for one of several entries; gives its id, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "leave")]

    def __init__(self, question: str, entries: Sequence[Entry], refusal: str = "is none of these") -> None:
        """Take the question, what can be picked, and what is said of a part that nothing has."""
        super().__init__()
        self.refusal = refusal
        self.question = question
        self.entries = tuple(entries)

    def compose(self) -> ComposeResult:
        """Ask."""
        with Vertical(id="picker"):
            yield Static(Text(self.question), id="question")
            yield Input(placeholder="type a part of it")
            yield OptionList()

    def on_mount(self) -> None:
        """Offer everything."""
        self._offer("")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._offer(event.value)

    def _offer(self, part: str) -> None:
        part = part.strip().casefold()
        found = [entry for entry in self.entries if part in entry.words.casefold()]
        found.sort(key=lambda entry: not entry.id.startswith(part))
        words = self.question if found else f"{self.question} ({clean(part)} {self.refusal})"
        self.query_one("#question", Static).update(Text(words))
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([Option(Text(clean(entry.words)), id=entry.id) for entry in found])
        options.highlighted = 0 if found else None

    def step(self, by: int) -> None:
        """Move the cursor."""
        options = self.query_one(OptionList)
        if options.option_count:
            options.highlighted = ((options.highlighted or 0) + by) % options.option_count

    @on(Input.Submitted)
    def _entered(self) -> None:
        options = self.query_one(OptionList)
        if options.highlighted is not None:
            self.dismiss(options.get_option_at_index(options.highlighted).id)

    @on(OptionList.OptionSelected)
    def _picked(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option.id)

    def action_leave(self) -> None:
        """Pick nothing."""
        self.dismiss(None)
