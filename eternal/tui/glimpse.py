"""The title as it looked last time: on the screen before the story is loaded, or anything else imported.

What is kept is the frame, and a key of everything that it depends on and that can be asked at once: the version, the
terminal, the environment's languages, the settings and the nights. A few milliseconds later the story is there, the title
is worked out anew, and what differs is painted over; so a kept frame is trusted for nothing but speed. It is read as
strictly as anything from a file: words, colours and places, nothing else that a terminal would obey.
"""

from __future__ import annotations

import os
import sys

from eternal._version import VERSION
from eternal.locations import SUFFIX, home, saves_folder, settings_file, title_file
from eternal.tui.process import give_back, hold, modes_now

__all__ = ["BEGIN", "drop", "keep", "show", "standing", "taken"]

#: What opens the other screen, hides the cursor and holds lines from wrapping: the beginning of a frame.
BEGIN = "\x1b[?1049h\x1b[?25l\x1b[?7l"

#: What a title depends on in the environment.
_WORDS = (
    "TERM", "COLORTERM", "NO_COLOR", "TEXTUAL_COLOR_SYSTEM", "TEXTUAL_DRIVER",
    "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG", "COLUMNS", "LINES",
)  # fmt: skip
_MOST = 500_000

#: The frame that is on the screen and has not been taken over; empty if there is none.
_standing = ""


def show() -> None:
    """Put the kept title on the screen, if it is the one that would be worked out now."""
    global _standing  # noqa: PLW0603 - a process has one terminal
    if os.name != "posix" or not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout)):
        return
    frame = _kept()
    if frame and sys.stdout.encoding.lower() == "utf-8":
        hold(modes_now())
        sys.stdout.write(frame)
        sys.stdout.flush()
        _standing = frame


def standing() -> str:
    """Return the frame that is on the screen and has not been taken over."""
    return _standing


def taken() -> None:
    """Note that somebody else draws on the screen from now on."""
    global _standing  # noqa: PLW0603 - a process has one terminal
    _standing = ""


def drop() -> None:
    """Give the terminal back, if the title still stands on it: something has gone wrong, and will be said."""
    if _standing:
        taken()
        give_back(modes_now())


def keep(frame: str) -> None:
    """Keep a frame for the next time; where that is not possible, the next title is a little slower."""
    from contextlib import suppress

    from eternal.saves.disk import DISK

    with suppress(OSError, UnicodeEncodeError):
        DISK.write_file(title_file(), f"{_key()}\n{frame}".encode())


def _kept() -> str:
    """Return the frame that was kept, if it is still the right one."""
    try:
        with open(title_file(), "rb") as file:  # noqa: PTH123 - pathlib's is the same, and dearer
            key, _, frame = file.read(_MOST).decode().partition("\n")
        return frame if key == _key() and _is_frame(frame) else ""
    except (OSError, ValueError):
        return ""


def _is_frame(text: str) -> bool:
    """Tell whether a text is words, colours and places on the other screen, and nothing else."""
    first, *parts = text.removeprefix(BEGIN).split("\x1b")
    return text.startswith(BEGIN) and not first and all(map(_is_part, parts))


def _is_part(part: str) -> bool:
    """Tell whether what stands after an ESC sets a colour or a place, and then has words."""
    end = len(part) - len(part.lstrip("[0123456789;"))
    return part[:1] == "[" and part[end : end + 1] in ("m", "H") and part[end + 1 :].replace("\u00a0", " ").isprintable()


def _key() -> str:
    """Return everything that a title depends on, in one line."""
    return ascii((VERSION, str(home()), _size(), tuple(os.environ.get(word) for word in _WORDS), _stamp(str(settings_file())), _nights()))


def _size() -> tuple[int, int]:
    try:
        return tuple(os.get_terminal_size(sys.__stdout__.fileno()))  # type: ignore[union-attr,return-value]
    except (AttributeError, OSError, ValueError):
        return (0, 0)


def _nights() -> tuple[object, ...]:
    folder = str(saves_folder())
    try:
        names = sorted(name for name in os.listdir(folder) if name.endswith(SUFFIX))  # noqa: PTH208 - cheaper
    except OSError:
        return ()
    return tuple((name, _stamp(f"{folder}/{name}")) for name in names)


def _stamp(path: str) -> tuple[int, int]:
    try:
        stat = os.stat(path)  # noqa: PTH116 - cheaper
    except OSError:
        return (0, 0)
    return stat.st_size, stat.st_mtime_ns
