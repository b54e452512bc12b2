"""The life of the process: however it ends, the terminal is as it was, the night is whole, and nothing lingers."""

from __future__ import annotations

import contextlib
import os
import signal
import sys

TYPE_CHECKING = False  # as type checkers understand it: the first frame does not wait for `typing`
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType
    from typing import Any

    from eternal.tui.stage import Stage

    #: A terminal's modes, as termios gives them.
    Modes = list[Any] | None
else:
    Modes = object

__all__ = ["Modes", "give_back", "hold", "listen", "modes_now", "play"]

termios: ModuleType | None
try:
    import termios
except ImportError:  # Windows: the console's modes are its own business
    termios = None

#: What ends a game from outside, as far as the system knows it.
SIGNALS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT") if hasattr(signal, name))

#: Seconds that an orderly end may take before there is one without order.
GRACE = 0.6

#: What undoes all that Textual asks of a terminal: mouse, focus, paste, resize and keyboard reports, other screen, no cursor.
RESTORE = (
    "\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l\x1b[?1004l\x1b[?2004l\x1b[?2048l\x1b[?2026l\x1b[<u"
    "\x1b[?7h\x1b[0m\x1b[?1049l\x1b[?25h"
)


#: The terminal's modes as they were before we held it.
_before: Modes = None


def modes_now() -> Modes:
    """Return the terminal's modes, where there is a terminal that has any: those that it had before it was held."""
    if _before is not None:
        return _before
    if termios is None or sys.__stdin__ is None:
        return None
    with contextlib.suppress(OSError, ValueError, termios.error):
        return list(termios.tcgetattr(sys.__stdin__.fileno()))
    return None


def hold(modes: Modes) -> None:
    """Take the terminal before Textual does: keys wait unseen until it reads them, and a signal gives the terminal back."""
    global _before  # noqa: PLW0603 - a process has one terminal
    _before = modes
    for number in SIGNALS:
        with contextlib.suppress(OSError, ValueError):
            signal.signal(number, lambda number, _: _at_once(128 + number, modes))
    if termios is None or modes is None or sys.__stdin__ is None:
        return
    silent = [*modes[:6], list(modes[6])]
    silent[0] &= ~(termios.ICRNL | termios.INLCR | termios.IGNCR | termios.IXON | termios.IXOFF)
    silent[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
    with contextlib.suppress(OSError, ValueError, termios.error):
        termios.tcsetattr(sys.__stdin__.fileno(), termios.TCSANOW, silent)


def play(make: Callable[[], Stage], modes: Modes) -> int:
    """Make the app, run it and return its exit code.

    Args:
        make: gives the app; importing it takes a while.
        modes: the terminal's modes as they were; they are put back however the app ends.
    """
    try:
        stage = make()
        code = stage.run()
    except BaseException:
        _close_screen()
        raise
    finally:
        _put_back(modes)
    return code or stage.return_code or 0


def give_back(modes: Modes) -> None:
    """Let the terminal be as it was."""
    _put_back(modes)
    _close_screen()


def _close_screen() -> None:
    """Close the other screen and undo whatever was asked of the terminal."""
    if sys.__stdout__ is not None and sys.__stdout__.isatty():
        with contextlib.suppress(OSError, ValueError):
            os.write(sys.__stdout__.fileno(), RESTORE.encode())


def _put_back(modes: Modes) -> None:
    if termios is not None and modes is not None and sys.__stdin__ is not None:
        with contextlib.suppress(OSError, ValueError, termios.error):
            termios.tcsetattr(sys.__stdin__.fileno(), termios.TCSANOW, modes)


def listen(stage: Stage) -> None:
    """End the app in order when a signal asks for it, and without order if that takes too long.

    Textual listens to none of these: by itself it leaves the terminal without echo, on the other screen.
    """
    import asyncio

    loop = asyncio.get_running_loop()
    for number in SIGNALS:
        with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
            loop.add_signal_handler(number, _end, stage, number)


def _end(stage: Stage, number: int) -> None:
    import threading

    code = 128 + number
    last = threading.Timer(GRACE, _at_once, (code, stage.modes))
    last.daemon = True
    last.start()
    stage.end(code)


def _at_once(code: int, modes: Modes) -> None:
    """Leave now. Every step of the night is on the disk already."""
    give_back(modes)
    os._exit(code)
