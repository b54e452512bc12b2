"""A bare Textual app: one word, and another as soon as a key is pressed."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Static


class Hello(App[None]):
    """As little as an app can be that shows something and answers a key."""

    def compose(self) -> ComposeResult:
        """Lay out one word."""
        yield Static("hello")

    def on_key(self) -> None:
        """Answer."""
        self.query_one(Static).update("answered")


if __name__ == "__main__":
    Hello().run()
