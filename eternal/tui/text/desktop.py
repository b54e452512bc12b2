"""Where things lie on the doctor's desk: in the light, at its rim, in the pocket at the edge. Nothing here paints."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from eternal.engine.pages import Passage, Piece
from eternal.speech import _
from eternal.tui.desk import Gesture, Lies, Thing
from eternal.tui.palette import Role
from eternal.tui.text.fit import cells, fitted
from eternal.tui.text.sheet import lay, text_of

__all__ = ["Laid", "Spot", "laid_out", "lit_at"]


#: The rows from which on a desk has room to say how a thing looks.
LOW = 7


class Spot(Struct, frozen=True):
    """Words on the desk: their place, what they are, and the row they slide in from."""

    x: int
    y: int
    text: str
    role: Role
    italic: bool = False
    comes_from: int | None = None


class Laid(Struct, frozen=True):
    """A desk: how many of its rows the light falls on, and the words on it."""

    lit: int
    spots: tuple[Spot, ...]


def lit_at(x: int, y: int, width: int, lit: int) -> float:
    """Return how much light there is at a place, from 0 to 1: a circle, as flat as the desk is seen, soft at the rim."""
    reach = _reach(width, lit)
    dx, dy = (x - (width - 1) / 2) / reach, (y - (lit - 1) / 2) / (lit / 2)
    return max(0.0, 1 - math.pow(dx * dx + dy * dy, 1.2))


def _reach(width: int, lit: int) -> float:
    """Return how far to each side the light falls, in columns: never so little that no name would lie in it."""
    return min(width / 2, max(2.6 * lit, 22.0))


@lru_cache(maxsize=64)
def laid_out(things: tuple[Thing, ...], gesture: Gesture, width: int, height: int) -> Laid:
    """Lay the things out on a desk of that size.

    Args:
        things: the mementos, and where each lies.
        gesture: what the hand is about to do with the one that is asked for.
        width: the columns of the desk.
        height: its rows.
    """
    asked = [thing for thing in things if thing.lies == "asked"]
    pocket = _pocket(things, gesture, width, max(1, height // 4))
    rim = _rim(asked, gesture, width, min(4, height // 3) if height > LOW else 1)
    lit = max(1, height - len(pocket) - len(rim))
    inside = _inside(things, gesture, lit, round(1.7 * _reach(width, lit)))
    first = max(0, (lit - len(inside)) // 2)
    spots = [_centred(text, first + row, width, role, comes=lit if role == "accent" else None) for row, (text, role) in enumerate(inside)]
    spots += [_centred(text, lit + row, width, role, italic=role == "dim") for row, (text, role) in enumerate(rim)]
    for row, (text, role) in enumerate(pocket):
        comes = lit if role == "accent" else None
        spots.append(Spot(max(0, width - cells(text)), height - len(pocket) + row, text, role, comes_from=comes))
    return Laid(lit, tuple(spots))


def _inside(things: Sequence[Thing], gesture: Gesture, lit: int, room: int) -> list[tuple[str, Role]]:
    """Return the rows in the light: a thing a row, or all in one sentence where there are too few rows."""
    held_out: list[tuple[str, Role]] = [(thing.name, "accent") for thing in things if thing.lies == "asked" and thing.id in gesture.gives]
    given: list[tuple[str, Role]] = [(thing.name, "lamp") for thing in _lying(things, "given")]
    if len(given) + len(held_out) > max(1, lit - 2) and given:
        given = [(line, "lamp") for line in _in_short([text for text, _role in given], room, max(1, lit - len(held_out) - (lit > 2)))]
    whole = [(line, role) for text, role in (*given, *held_out) for line in _wrapped(text, room)]
    return whole if len(whole) <= lit else [(fitted(text, room), role) for text, role in (*given, *held_out)]


def _in_short(names: Sequence[str], room: int, rows: int) -> list[str]:
    """Return names in one sentence of so many rows: the last that fit, and a sign that there are more."""
    for left_out in range(len(names)):
        lines = _wrapped(" · ".join((*(["…"] if left_out else []), *names[left_out:])), room)
        if len(lines) <= rows:
            return lines
    return ["…"]


def _rim(asked: Sequence[Thing], gesture: Gesture, width: int, most: int) -> list[tuple[str, Role]]:
    """Return the rows at the rim of the light: what is asked for, and how it looks if that can be said whole."""
    if len(asked) != 1:
        return [(fitted(thing.name, width), "page") for thing in asked if thing.id not in gesture.gives | gesture.keeps]
    thing = asked[0]
    name: list[tuple[str, Role]] = [] if thing.id in gesture.gives | gesture.keeps else [(fitted(thing.name, width), "page")]
    looks: list[tuple[str, Role]] = [(line, "dim") for line in _wrapped(thing.line, width)]
    return [*name, *looks] if len(name) + len(looks) <= most else name[:most]


def _pocket(things: Sequence[Thing], gesture: Gesture, width: int, most: int) -> list[tuple[str, Role]]:
    """Return the rows at the edge of the desk: what one keeps, and what is still in the bag."""
    kept = [thing.name for thing in _lying(things, "kept")]
    going = [thing.name for thing in things if thing.lies == "asked" and thing.id in gesture.keeps]
    bag = len(list(_lying(things, "bag")))
    rows: list[tuple[str, Role]] = []
    if kept or going:
        lines = _wrapped(_("in your pocket: {things}").format(things=", ".join((*kept, *going))), width)
        if len(lines) > most:
            lines = [_("in your pocket: {count} things").format(count=len(kept) + len(going))]
        rows += [(line, "accent" if going else "dim") for line in lines]
    elif bag:
        rows.append((_("still in the bag: {count}").format(count=bag), "dim"))
    return [(fitted(text, width), role) for text, role in rows]


def _lying(things: Sequence[Thing], where: Lies) -> Iterator[Thing]:
    return (thing for thing in things if thing.lies == where)


def _centred(text: str, y: int, width: int, role: Role, *, italic: bool = False, comes: int | None = None) -> Spot:
    return Spot(max(0, (width - cells(text)) // 2), y, text, role, italic=italic, comes_from=comes)


def _wrapped(text: str, room: int) -> list[str]:
    return [text_of(line) for line in lay((Passage((Piece(text),)),), max(8, room)).lines] if text else []
