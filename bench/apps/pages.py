"""A bare Textual app that shows pages: `Static` for the words, `OptionList` for the choices; any digit turns to the next."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from textual import events
from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import OptionList, Static


class Pages(App[None]):
    """As a game would be written with the widgets that Textual brings.

    Attributes:
        pages: words and choices of each page.
        at: the page that is shown.
    """

    CSS = "OptionList { height: auto; max-height: 9; } VerticalScroll { height: 1fr; }"

    def __init__(self, pages: list[tuple[str, list[str]]]) -> None:
        super().__init__()
        self.pages = pages
        self.at = -1

    def compose(self) -> ComposeResult:
        """Lay out the words over the choices."""
        with VerticalScroll():
            yield Static(markup=False)
        yield OptionList()

    def on_mount(self) -> None:
        """Show the first page."""
        self.turn()

    def turn(self) -> None:
        """Show the next page."""
        self.at = (self.at + 1) % len(self.pages)
        text, choices = self.pages[self.at]
        with self.batch_update():
            self.query_one(Static).update(text)
            self.query_one(OptionList).clear_options().add_options(choices)

    def on_key(self, event: events.Key) -> None:
        """Turn to the next page."""
        if event.character and event.character.isdecimal():
            self.turn()


if __name__ == "__main__":
    Pages(json.loads(Path(sys.argv[1]).read_text())).run()
