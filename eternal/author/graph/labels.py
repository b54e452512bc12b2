"""Where the words of the edges stand in the picture, so that none is printed over another or over a box."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct
from rich.cells import cell_len

from eternal.author.graph.layout import HEIGHT, WIDTH, Box, Curve

__all__ = ["Label", "place"]

#: Pixels: the height of a label and the width of one of its columns.
LINE, COLUMN = 11.0, 5.6
#: The width of the words below a scene that lead to `next`.
STUB = 70.0
#: The parts of a curve where its label may stand, the best first.
_PARTS = (0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78)
#: The side of a square of the grid in which neighbours are looked for.
_SIDE = 64.0

_Rectangle = tuple[float, float, float, float]


class Label(Struct, frozen=True, gc=False):
    """A label in its place: its middle and its baseline."""

    x: float
    y: float
    words: str


def place(edges: Iterable[tuple[str, Curve]], boxes: Iterable[Box], width: float) -> Iterator[Label | None]:
    """Yield the label of each edge, or None where there is no room for it.

    Args:
        edges: words and curve of each edge.
        boxes: of the scenes.
        width: of the picture.
    """
    taken = _Taken()
    for box in boxes:
        taken.add((box.x, box.y, box.x + WIDTH, box.y + HEIGHT))
        taken.add((box.x + WIDTH - STUB, box.y + HEIGHT, box.x + WIDTH, box.y + HEIGHT + 15))
    for words, line in edges:
        yield _placed(words, line, taken, width)


def _placed(words: str, line: Curve, taken: _Taken, width: float) -> Label | None:
    half = cell_len(words) * COLUMN / 2
    for part in _PARTS:
        x, y = line.at(part)
        rectangle = (x - half, y - LINE - 2, x + half, y)
        if rectangle[0] >= 0 and rectangle[2] <= width and taken.is_free(rectangle):
            taken.add(rectangle)
            return Label(x, y - 3, words)
    return None


class _Taken:
    """The rectangles that are in use, in a grid, so that thousands of them take no time."""

    def __init__(self) -> None:
        self.squares: dict[tuple[int, int], list[_Rectangle]] = {}

    def add(self, one: _Rectangle) -> None:
        for square in _squares(one):
            self.squares.setdefault(square, []).append(one)

    def is_free(self, one: _Rectangle) -> bool:
        return not any(_meet(one, other) for square in _squares(one) for other in self.squares.get(square, ()))


def _squares(one: _Rectangle) -> Iterator[tuple[int, int]]:
    left, top, right, bottom = (int(side // _SIDE) for side in one)
    return ((x, y) for x in range(left, right + 1) for y in range(top, bottom + 1))


def _meet(one: _Rectangle, other: _Rectangle) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
