"""Where names stand on the map: beside their stars, over no star and over no other name. Nothing here paints."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from msgspec import Struct

from eternal.tui.sky import Place
from eternal.tui.text.fit import cells, fitted

__all__ = ["Label", "Name", "placed"]

#: The fewest columns to which a name is cut that has to be there and finds no room in one row or two.
SHORTEST = 9

#: The rows of a sky from which on it is worth it: on a lower one so many names would be cut that none could be read.
ROOMY = 7


class Name(Struct, frozen=True):
    """A name to be placed: whose it is, the words, the star's place, and whether it has to be there, in two rows or cut."""

    id: str
    text: str
    place: Place
    needed: bool = False


class Label(Struct, frozen=True):
    """A row of a name in its place."""

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
        for rows in _forms(name, cut=height >= ROOMY):
            free = [spot for spot in _around(name.place, rows, width, height) if taken.isdisjoint(_room(spot, rows))]
            if free:
                x, y = min(free, key=lambda spot: sum(cell in lines for cell in _room(spot, rows)))
                taken.update(_room((x, y), rows))
                yield from (Label(name.id, text, x, y + row) for row, text in enumerate(rows))
                break


def _forms(name: Name, *, cut: bool) -> Iterator[tuple[str, ...]]:
    """Yield how a name can be written, the best first: in a row; if it has to be there in two, and at last cut."""
    text = fitted(name.text, cells(name.text))
    yield (text,)
    if name.needed:
        if (two := _in_two(text)) is not None:
            yield two
        yield from ((fitted(text, size),) for size in (16, 12, SHORTEST) if cut and size < cells(text))


def _in_two(text: str) -> tuple[str, str] | None:
    """Return a name in two rows as even as its words allow; None if it is one word."""
    words = text.split(" ")
    halves = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    return min(halves, key=lambda half: max(map(cells, half)), default=None)


def _around(place: Place, rows: Sequence[str], width: int, height: int) -> Iterator[Place]:
    """Yield where so many rows could stand, the best place first: right, left, below, above, then a row further."""
    x, y = place
    size, deep = max(map(cells, rows)), len(rows)
    over = [max(0, min(width - size, column)) for column in (x - size // 2, x, x - size + 1)]
    for away in range(3):
        tops = [y + away, y - away - deep + 1] if away else [y - row for row in range(deep)]
        for top in tops:
            for column in (x + 3, x - 2 - size, *(over if away else ())):
                if 0 <= column <= width - size and 0 <= top <= height - deep:
                    yield column, top


def _room(spot: Place, rows: Sequence[str]) -> set[Place]:
    """Return the cells that a name needs: its own, and one free at each end of each row."""
    x, y = spot
    return {(column, y + row) for row, text in enumerate(rows) for column in range(x - 1, x + cells(text) + 1)}
