"""A page as it looks at this moment, part by part: what motions change, and what a widget paints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from eternal.engine.pages import Passage
from eternal.tui.palette import STEPS
from eternal.tui.text.fade import FULL, Look, rest
from eternal.tui.text.sheet import Line, Part, Sheet

__all__ = ["Canvas", "carried", "each_part", "resting"]

_DARK = Look(light=0)


def resting(sheet: Sheet, integrity: int, *, dissolve: bool = True) -> list[list[Look]]:
    """Return how every part of a sheet looks when nothing moves."""
    return [_line_at_rest(line.parts, integrity, dissolve=dissolve) for line in sheet.lines]


def _line_at_rest(parts: Sequence[Part], integrity: int, *, dissolve: bool) -> list[Look]:
    looks = [rest(part, integrity, dissolve=dissolve) for part in parts]
    if integrity >= 100:
        return looks
    worn = {part.order for part, look in zip(parts, looks, strict=True) if look is not FULL}
    # What stands between words stays, but does not outshine what is left of them.
    return [
        Look(pale=True) if part.rank < 0 and not part.lit and part.order in worn else look for part, look in zip(parts, looks, strict=True)
    ]


class Canvas:
    """What a page looks like at this moment.

    Attributes:
        sheet: the prose.
        looks: the look of every part, by line.
        light: the light of the whole page.
        below: the light of the choices under it.
        dirty: the lines that have changed since somebody last took them.
    """

    def __init__(self, sheet: Sheet, looks: list[list[Look]] | None = None) -> None:
        """Begin with everything unseen, or with the looks given."""
        self.sheet = sheet
        self.looks = looks or [[_DARK] * len(line.parts) for line in sheet.lines]
        self.light = self.below = STEPS
        self.dirty: set[int] = set()

    def put(self, line: int, part: int, look: Look) -> None:
        """Give a part a look."""
        if self.looks[line][part] != look:
            self.looks[line][part] = look
            self.dirty.add(line)

    def shine(self, light: int) -> None:
        """Give the whole page so much light."""
        if self.light != light:
            self.light = light
            self.dirty.update(range(len(self.sheet.lines)))


def carried(sheet: Sheet, passages: Sequence[Passage], canvas: Canvas, before: Sequence[Passage]) -> list[list[Look]]:
    """Return the looks of a new sheet in which passages that stood on the canvas keep theirs; what is new is dark."""
    old: dict[str, list[Look]] = {}
    for number, place, line, _ in each_part(canvas.sheet):
        old.setdefault(before[line.passage].text, []).append(canvas.looks[number][place])
    looks: list[list[Look]] = []
    for line in sheet.lines:
        known = old.get(passages[line.passage].text, [])
        looks.append([_carry(known.pop(0) if known else _DARK, part) for part in line.parts])
    return looks


def _carry(look: Look, part: Part) -> Look:
    return FULL if part.lit and look is not _DARK else look


def each_part(sheet: Sheet) -> Iterator[tuple[int, int, Line, Part]]:
    """Yield every part with the number of its line, its place in it, and the line."""
    for number, line in enumerate(sheet.lines):
        for place, part in enumerate(line.parts):
            yield number, place, line, part
