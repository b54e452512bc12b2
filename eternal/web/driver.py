"""The game's side of a seat: the library's driver, but for the end of a server that could not say goodbye."""

from __future__ import annotations

from textual.drivers.web_driver import WebDriver
from textual.messages import ExitApp

__all__ = ["SeatDriver"]


class SeatDriver(WebDriver):
    """What stands in for a terminal when a browser shows the game."""

    def run_input_thread(self) -> None:
        """Pass on what comes; when nothing can come any more, the server is gone and so is the visitor."""
        super().run_input_thread()
        if not self.exit_event.is_set():
            self._app.call_later(self._app.post_message, ExitApp())
