"""From a laid line and the look of its parts to a strip of the screen."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from msgspec.structs import replace
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from eternal.safety import clean_name
from eternal.tui.palette import STEPS, Palette, Role, blend, legible
from eternal.tui.text.fade import Look, erode
from eternal.tui.text.sheet import Line, Part
from eternal.wording.columns import columns

__all__ = ["ink", "paint_line", "row", "tint"]


@lru_cache(maxsize=4_096)
def ink(
    palette: Palette, role: Role, light: int = STEPS, *, bold: bool = False, italic: bool = False, underline: bool = False
) -> Style:  # fmt: skip
    """Return the style of a role at so much light, on the ground."""
    return Style(
        color=palette.colour(role, light), bgcolor=palette.ground, bold=bold or None, italic=italic or None, underline=underline or None
    )


@lru_cache(maxsize=256)
def tint(palette: Palette) -> Palette:
    """Return the palette with the colour of words that can be kept: the page's, with a breath of her hair."""
    return palette if palette.few else replace(palette, page=legible(blend(palette.page, palette.accent, 0.35), palette.ground))


def _style(part: Part, look: Look, palette: Palette, cursor: str, light: int) -> Style:
    """Return the style of a part: kept words are lit, the one under the cursor too, the others stand back as they pale."""
    italic, bold = bool(part.style & 1), bool(part.style & 2)
    light = min(light, look.light)
    if part.link and part.link == cursor:
        return ink(palette, "accent", light, bold=True, italic=italic, underline=True)
    if part.lit:  # bold as well, for terminals without colours
        return ink(palette, "accent", light, bold=True, italic=italic)
    role: Role = "faint" if look.eaten else "dim" if look.pale else "page"
    if part.link:
        return ink(tint(palette), role, light, bold=bold, italic=italic, underline=True)
    return ink(palette, role, light, bold=bold, italic=italic)


def paint_line(line: Line, looks: Sequence[Look], palette: Palette, cursor: str, light: int = STEPS) -> list[Segment]:
    """Return a line's segments, as few as its colours allow.

    Args:
        line: the line.
        looks: its parts' looks, in order.
        palette: the colours.
        cursor: the link under the cursor.
        light: the light of the whole page.
    """
    runs: list[tuple[str, Style | None]] = []
    x, before = 0, None
    for part, look in zip(line.parts, looks, strict=True):
        if look.eaten >= 100:
            continue
        style = _style(part, look, palette, cursor, light)
        if part.x > x:
            joined = before is not None and part.link and before.link == part.link
            _add(runs, " " * (part.x - x), style if joined else _unlined(runs))
        _add(runs, erode(part.text, look.eaten, part.key), style)
        x, before = part.x + part.width, part
    return [Segment(text, style) for text, style in runs]


def _unlined(runs: list[tuple[str, Style | None]]) -> Style | None:
    """Return the style that a space can share with what stands before it: any but an underlined one."""
    style = runs[-1][1] if runs else None
    return None if style is None or style.underline else style


def _add(runs: list[tuple[str, Style | None]], text: str, style: Style | None) -> None:
    """Add text to a line, to its last run if that has the same style."""
    if runs and runs[-1][1] is style:
        runs[-1] = runs[-1][0] + text, style
    else:
        runs.append((text, style))


def row(palette: Palette, segments: Sequence[Segment], width: int) -> Strip:
    """Return a whole row of the screen: what stands in it, on the ground, to the right edge.

    The one place where text leaves for the terminal: whatever it came from, and whoever forgot it, nothing a terminal
    would obey goes further.
    """
    if not segments:
        return _empty(palette, width)
    ground = ink(palette, "ground")
    laid = [
        segment if segment.style is not None and segment.text.isprintable() else Segment(clean_name(segment.text), segment.style or ground)
        for segment in segments
        if segment.text
    ]
    room = width - sum(columns(segment.text) for segment in laid)
    if room < 0:
        return Strip(laid).crop(0, width)
    return Strip([*laid, Segment(" " * room, ground)] if room else laid, width)


@lru_cache(maxsize=64)
def _empty(palette: Palette, width: int) -> Strip:
    return Strip([Segment(" " * width, ink(palette, "ground"))] if width else [], width)
