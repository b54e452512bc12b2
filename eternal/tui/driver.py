"""The terminal under the app: Textual's, with what it leaves out of beginning, stopping and coming back."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from eternal.tui.process import Modes

if TYPE_CHECKING:
    from textual.driver import Driver

__all__ = ["driver"]


def driver(modes: Modes, *, painted: bool) -> type[Driver] | None:
    """Return the driver for this terminal; None where Textual's own is right: on Windows, and behind a browser.

    Args:
        modes: the terminal's modes as they were before we held it: what it gets back whenever we let go of it.
        painted: whether the other screen is open already, with the first frame on it; opening it twice could wipe it.
    """
    if os.name != "posix" or "TEXTUAL_DRIVER" in os.environ:
        return None
    from textual.drivers.linux_driver import LinuxDriver

    class OurDriver(LinuxDriver):
        """Draws on standard output: what goes wrong can be sent elsewhere, and the game is still to be seen."""

        def __init__(self, *args: Any, **options: Any) -> None:
            """Take the terminal."""
            super().__init__(*args, **options)
            self._file = sys.__stdout__
            self._painted = painted

        def write(self, data: str) -> None:
            """Write what is not there already."""
            if self._painted and data == "\x1b[?1049h":
                self._painted = False
            else:
                super().write(data)

        def start_application_mode(self) -> None:
            """Begin, or begin again."""
            super().start_application_mode()  # type: ignore[no-untyped-call]
            if modes is not None:
                self.attrs_before = list(modes)

        def _sigcont_application(self, *signal: Any) -> None:
            """Come back. Whoever was stopped without being asked has not let go of the terminal, and does so now."""
            if self._auto_restart and not self._must_signal_resume:
                self._must_signal_resume = True
                self.suspend_application_mode()
            super()._sigcont_application(*signal)

    return OurDriver
