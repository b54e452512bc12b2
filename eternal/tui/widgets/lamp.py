"""A lamp's circle of light on a dark desk, and the things under it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from eternal.engine.view import Passage, Piece
from eternal.speech import _
from eternal.tui.desk import Thing
from eternal.tui.palette import Palette, Role, blend, legible
from eternal.tui.text.fit import cells, fitted
from eternal.tui.text.sheet import lay, text_of
from eternal.tui.widgets.painted import Painted

__all__ = ["Lamp"]

#: The steps of light from the edge of the circle to its middle, and the most of the lamp's colour there.
GLOW, BRIGHTEST = 7, 0.17


class Lamp(Painted):
    """Given things lie in the light, the one that is asked for at its rim, kept ones at the edge of the desk.

    Attributes:
        things: the mementos.
        offered: those that the choice under the cursor would give: they slide into the light.
    """

    DEFAULT_CSS = """
    Lamp { height: auto; }
    """

    def __init__(self, palette: Palette) -> None:
        super().__init__(palette)
        self.things: tuple[Thing, ...] = ()
        self.offered: frozenset[str] = frozenset()

    def show(self, things: Sequence[Thing], offered: frozenset[str], palette: Palette) -> None:
        """Show the desk."""
        now = (tuple(things), offered, palette)
        if now != (self.things, self.offered, self.palette):
            self.things, self.offered, self.palette = now
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return a row of the desk."""
        width, height = self.size
        text, role, italic = self._rows(width, height).get(y, ("", "page", False))
        start = max(0, (width - cells(text)) // 2)
        segments: list[Segment] = []
        for x, character in enumerate(_padded(text, start, width)):
            glow = _glow(x, y, width, height)
            segments.append(Segment(character, _ink(self.palette, role, glow, italic=italic)))
        return Strip(_merged(segments)).adjust_cell_length(width, _ink(self.palette, "page", 0, italic=False))

    def _rows(self, width: int, height: int) -> dict[int, tuple[str, Role, bool]]:
        """Return what stands on each row: text, role, and whether it is in italics."""
        lit = height * 3 // 4
        room = max(10, width - 4)
        given = [thing for thing in self.things if thing.lies == "given"]
        asked = [thing for thing in self.things if thing.lies == "asked"]
        inside = [(fitted(thing.name, room), "lamp", False) for thing in given]
        inside += [(fitted(thing.name, room), "accent", False) for thing in asked if thing.id in self.offered]
        kept = [thing.name for thing in self.things if thing.lies == "kept"]
        pocket = _wrapped(_("in your pocket: {things}").format(things=", ".join(kept)), width - 2)[:2] if kept else []
        rim: list[tuple[str, Role, bool]] = []
        for thing in asked if len(asked) == 1 else []:
            if thing.id not in self.offered:
                rim.append((fitted(thing.name, room), "page", False))
            rim += [(line, "dim", True) for line in _wrapped(thing.line, width - 2)]
        rim = rim[: max(0, height - len(pocket) - max(lit, len(inside) + 1))]
        rows: dict[int, tuple[str, Role, bool]] = {}
        first = max(0, lit // 2 - len(inside) // 2)
        rows.update(
            {first + number: (text, "accent" if role == "accent" else "lamp", it) for number, (text, role, it) in enumerate(inside)}
        )
        rows.update({max(lit, first + len(inside) + 1) + number: row for number, row in enumerate(rim)})
        rows.update({height - len(pocket) + number: (line, "dim", False) for number, line in enumerate(pocket)})
        return rows


def _wrapped(text: str, room: int) -> list[str]:
    return [text_of(line) for line in lay((Passage((Piece(text),)),), room).lines] if text else []


def _padded(text: str, start: int, width: int) -> Iterator[str]:
    """Yield a row's characters, the text in its place; a wide one counts for two columns."""
    yield from " " * start
    yield from text
    yield from " " * max(0, width - start - cells(text))


def _glow(x: int, y: int, width: int, height: int) -> int:
    """Return the step of light at a place: an ellipse, bright in the middle, soft at the rim."""
    dx, dy = (x - (width - 1) / 2) / (width * 0.5), (y - height * 0.36) / (height * 0.4)
    return max(0, min(GLOW, round(1.7 * GLOW * (1 - (dx * dx + dy * dy)))))


@lru_cache(maxsize=512)
def _ink(palette: Palette, role: Role, glow: int, *, italic: bool) -> Style:
    ground = palette.ground if palette.few else blend(palette.ground, palette.lamp, BRIGHTEST * glow / GLOW)
    colour = palette.colour(role) if palette.few else legible(palette.colour(role), ground)
    return Style(color=colour, bgcolor=ground, italic=italic or None)


def _merged(segments: Sequence[Segment]) -> list[Segment]:
    merged: list[Segment] = []
    for segment in segments:
        if merged and merged[-1].style is segment.style:
            merged[-1] = Segment(merged[-1].text + segment.text, segment.style)
        else:
            merged.append(segment)
    return merged
