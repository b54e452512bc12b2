"""Six colours make a theme; everything else on the screen is one of them, dimmed.

Pure arithmetic on `#rrggbb`, so that the colours can be tested without a terminal.
"""

from __future__ import annotations

import colorsys
from functools import lru_cache
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

__all__ = ["HAIR", "LEGIBLE", "OURS", "STEPS", "Palette", "Role", "blend", "contrast", "legible", "ramp"]

#: What a stretch of the screen is: prose, what stands back, an ornament, her hair, the machine, lamplight.
Role = Literal["page", "dim", "faint", "accent", "machine", "lamp", "ground"]

#: The least contrast of text on its ground (WCAG AA).
LEGIBLE = 4.5

#: Her hair through the years, by the word that a scene uses for it.
HAIR = {"green": "#7fb58a", "red": "#d0574e", "tangerine": "#e8894a", "blue": "#6ba3d6"}

#: How many steps of light there are between nothing and all of a colour.
STEPS = 8

_Rgb = tuple[float, float, float]


class Palette(Struct, frozen=True):
    """The colours of a theme, by what they are for. `accent` is her hair in the scene one stands in."""

    ground: str
    page: str
    dim: str
    accent: str
    machine: str
    lamp: str
    #: Whether the terminal has only sixteen colours: then nothing is mixed, and light has three steps.
    few: bool = False
    #: Whether no colours are wanted (NO_COLOR): what is lit is then as light as the page, and bold.
    plain: bool = False

    @property
    def dark(self) -> bool:
        """Whether the ground is darker than what stands on it."""
        return _luminance(self.ground) < _luminance(self.page)

    def wearing(self, hair: str) -> Palette:
        """Return the palette of a scene in which her hair is of that colour; an unknown one changes nothing."""
        if hair not in HAIR or self.plain:
            return self
        return replace(self, accent=_FEW_HAIR[self.dark][hair] if self.few else legible(HAIR[hair], self.ground))

    def in_sixteen(self) -> Palette:
        """Return the palette of a terminal with sixteen colours, dark or light as this one is."""
        return _FEW[self.dark]

    def without_colours(self) -> Palette:
        """Return the palette for a terminal that is to show none: her hair and lamplight are as light as the page."""
        return replace(self, accent=self.page, lamp=self.page, plain=True)

    def colour(self, role: Role, light: int = STEPS) -> str:
        """Return the colour of a role at so much of its light, from 0 (the ground) to `STEPS`."""
        if self.few:
            if role == "faint":
                return self.ground if light < STEPS // 4 else _FEW_FAINT
            return self.ground if light < STEPS // 4 else self.dim if light < STEPS - 1 else str(getattr(self, role))
        if role == "faint":
            return ramp(blend(self.ground, self.dim, 0.55), self.ground)[light]
        return ramp(str(getattr(self, role)), self.ground)[light]


#: Name -> palette. The first is the one a player begins with.
OURS = {
    "night": Palette(ground="#0b0e14", page="#d8d4c8", dim="#8a867d", accent="#6ba3d6", machine="#8fa3a8", lamp="#e0c27a"),
    "snow": Palette(ground="#f3f5f7", page="#22272e", dim="#626b76", accent="#2f6da6", machine="#48656d", lamp="#80600f"),
    "tangerine": Palette(ground="#1c100a", page="#f1dfcb", dim="#a08a78", accent="#e8894a", machine="#a9a592", lamp="#e6c57c"),
    "paper": Palette(ground="#f2e9d6", page="#30271b", dim="#716347", accent="#9c4a1f", machine="#526468", lamp="#7d5a08"),
}


#: Dark or not -> the palette of sixteen colours, in the numbers that Rich gives them, and her hair in these.
_FEW = {
    True: Palette(ground="#000000", page="#ffffff", dim="#aaaaaa", accent="#5555ff", machine="#00aaaa", lamp="#ffff55", few=True),
    False: Palette(ground="#ffffff", page="#000000", dim="#555555", accent="#0000aa", machine="#555555", lamp="#aa5500", few=True),
}
#: For ornaments alone: in many a terminal this one can hardly be read.
_FEW_FAINT = "#555555"
_FEW_HAIR = {
    True: {"green": "#55ff55", "red": "#ff5555", "tangerine": "#aa5500", "blue": "#5555ff"},
    False: {"green": "#00aa00", "red": "#aa0000", "tangerine": "#aa5500", "blue": "#0000aa"},
}


@lru_cache(maxsize=512)
def ramp(colour: str, ground: str) -> tuple[str, ...]:
    """Return a colour at each step of its light."""
    return tuple(blend(ground, colour, step / STEPS) for step in range(STEPS + 1))


def blend(ground: str, colour: str, share: float) -> str:
    """Return `ground` with a share (0 to 1) of `colour` mixed in."""
    return _hex(*(a + (b - a) * share for a, b in zip(_rgb(ground), _rgb(colour), strict=True)))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG counts it, from 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@lru_cache(maxsize=512)
def legible(colour: str, ground: str, least: float = LEGIBLE) -> str:
    """Return the colour, made lighter or darker in its own hue until it can be read on the ground."""
    hue, light, saturation = colorsys.rgb_to_hls(*_rgb(colour))
    step = 0.01 if _luminance(ground) < 0.18 else -0.01
    while contrast(colour, ground) < least and 0 <= light + step <= 1:
        light += step
        colour = _hex(*colorsys.hls_to_rgb(hue, light, saturation))
    return colour


def _rgb(colour: str) -> _Rgb:
    return int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255


def _hex(red: float, green: float, blue: float) -> str:
    return "#" + "".join(f"{round(255 * part):02x}" for part in (red, green, blue))


def _luminance(colour: str) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
