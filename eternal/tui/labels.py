"""Where names stand on the map: beside their stars, over no star and over no other name. Nothing here paints."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from msgspec import Struct

from eternal.tui.sky import Place
from eternal.tui.text.fit import cells, fitted

__all__ = ["Label", "Name", "placed"]

#: The fewest columns to which a name is cut that has to be there and finds no room.
SHORTEST = 9


class Name(Struct, frozen=True):
    """A name to be placed: whose it is, the words, the star's place, and whether it may be cut rather than left out."""

    id: str
    text: str
    place: Place
    needed: bool = False


class Label(Struct, frozen=True):
    """A name in its place."""

    id: str
    text: str
    x: int
    y: int


def placed(names: Sequence[Name], width: int, height: int, taken: set[Place], lines: Collection[Place] = ()) -> Iterator[Label]:
    """Yield the names that have a place, the first ones first to choose.

    Args:
        names: the names, the most important first.
        width: the columns of the sky.
        height: its rows.
        taken: cells that no name may cover; those of the names are added.
        lines: cells that are better left free.
    """
    for name in names:
        for size in (cells(name.text), *((16, 12, SHORTEST) if name.needed else ())):
            if size > cells(name.text):
                continue
            text = fitted(name.text, size)
            free = [spot for spot in _around(name.place, cells(text), width, height) if taken.isdisjoint(_room(spot, cells(text)))]
            if free:
                x, y = min(free, key=lambda spot: sum(cell in lines for cell in _room(spot, cells(text))))
                taken.update(_room((x, y), cells(text)))
                yield Label(name.id, text, x, y)
                break


def _around(place: Place, size: int, width: int, height: int) -> Iterator[Place]:
    """Yield where a name of that size could stand, the best place first: right, left, below, above, then a row further."""
    x, y = place
    middle = max(0, min(width - size, x - size // 2))
    for away in (0, 1, 2):
        for row in (y + away, y - away)[: 1 if not away else 2]:
            for column in (x + 3, x - 2 - size, *((middle,) if away else ())):
                if 0 <= column <= width - size and 0 <= row < height:
                    yield column, row


def _room(spot: Place, size: int) -> set[Place]:
    """Return the cells that a name needs: its own, and one free at each end."""
    return {(column, spot[1]) for column in range(spot[0] - 1, spot[0] + size + 1)}
