"""The title's first frame: plain escape codes, on the screen before Textual is imported, and taken over by it in place.

Only where it is sure to look as Textual will draw it a moment later: a theme of ours, a terminal of 256 colours or more,
room for all of it. Everywhere else nothing is painted, and nothing is lost but a blink.
"""

from __future__ import annotations

import colorsys
import os
import shutil
import sys
from collections.abc import Callable, Mapping
from typing import TextIO

from eternal.safety import clean_name
from eternal.story.story import Story
from eternal.tui import glimpse
from eternal.tui.column import margin
from eternal.tui.front import lines
from eternal.tui.palette import OURS, Palette, Role
from eternal.tui.settings import Settings, read_settings

__all__ = ["first_frame", "keep", "paint"]


def paint(story: Story, locale: str | None = None, stream: TextIO | None = None, *, before: Callable[[], None] = lambda: None) -> bool:
    """Paint the title, if it would look as it should.

    Args:
        story: the story.
        locale: the language it is told in.
        stream: where to; standard output if not given.
        before: called when it will be painted, just before it is.

    Returns:
        Whether it was painted: then the other screen is open already.
    """
    stream = stream or sys.stdout
    frame = _now(story, locale)
    if not frame or not stream.isatty() or os.name != "posix" or stream.encoding.lower() != "utf-8":
        glimpse.drop()
        return False
    if glimpse.standing():
        frame = "" if frame == glimpse.standing() else frame.removeprefix(glimpse.BEGIN)
        glimpse.taken()
    else:
        before()
    stream.write(frame)
    stream.flush()
    return True


def keep(story: Story, locale: str | None = None) -> None:
    """Keep the title as it looks now for the next time."""
    glimpse.keep(_now(story, locale))


def _now(story: Story, locale: str | None) -> str:
    size = shutil.get_terminal_size()
    return first_frame(story, read_settings(), size.columns, size.lines, os.environ, locale)


def first_frame(story: Story, settings: Settings, width: int, height: int, environ: Mapping[str, str], locale: str | None = None) -> str:
    """Return the escape codes of the title at a size; empty where it could not be drawn alike."""
    depth = _depth(environ)
    if settings.theme not in OURS or not depth or width < 20:
        return ""
    palette = OURS[settings.theme]
    rows = lines(story, settings.keymap, width, height, locale)
    if not rows:
        return ""
    empty = f"\x1b[0;{_code(palette.ground, 48, depth)}m{' ' * width}"
    body = "".join(f"\x1b[{row + 1};1H{empty}" for row in range(height))  # not every terminal erases in colour
    for row, line in rows.items():
        body += f"\x1b[{row + 1};{margin(width) + 1}H" + "".join(_stretch(palette, role, text, depth) for text, role in line)
    return f"{glimpse.BEGIN}{body}\x1b[0m"


def _depth(environ: Mapping[str, str]) -> int:
    """Return how many bits of colour Rich will use on this terminal: 24 or 8; 0 for fewer, or none at all."""
    if "NO_COLOR" in environ or "TEXTUAL_COLOR_SYSTEM" in environ or "TEXTUAL_DRIVER" in environ:
        return 0
    if environ.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return 24
    return 8 if environ.get("TERM", "").strip().lower().rpartition("-")[2] in ("256color", "kitty") else 0


def _stretch(palette: Palette, role: Role, text: str, depth: int) -> str:
    italic = "3;" if role == "dim" and text.startswith("  ") else ""
    return f"\x1b[0;{italic}{_code(palette.colour(role), 38, depth)};{_code(palette.ground, 48, depth)}m{clean_name(text)}"


def _code(colour: str, layer: int, depth: int) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"{layer};2;{red};{green};{blue}" if depth == 24 else f"{layer};5;{_eight_bit(red, green, blue)}"


def _eight_bit(red: int, green: int, blue: int) -> int:
    """Return the number of a colour in the palette of 256, as Rich chooses it."""
    _, light, saturation = colorsys.rgb_to_hls(red / 255, green / 255, blue / 255)
    if saturation < 0.15:
        grey = round(light * 25.0)
        return 16 if grey == 0 else 231 if grey == 25 else 231 + grey
    steps = (part / 95 if part < 95 else 1 + (part - 95) / 40 for part in (red, green, blue))
    return 16 + sum(weight * round(step) for weight, step in zip((36, 6, 1), steps, strict=True))
