"""Where everything stands in the picture: a lane for each kind, columns in it, and curves between them.

Memories and refuges stand in the order of the night, each above its parts. The other kinds stand by how many steps they
are from the start. Everything is worked out in one pass over nodes and edges, so a thousand scenes take no time.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from msgspec import Struct

from eternal.author.graph.model import KINDS, Graph, Node
from eternal.story.schema import NEXT, Kind

__all__ = ["HEIGHT", "WIDTH", "Box", "Curve", "Lane", "Layout", "Point", "curve", "depths", "lay"]

#: Pixels: a box, the gaps between boxes, the margin of a lane, the room of its heading.
WIDTH, HEIGHT = 204, 46
GAP_X, GAP_Y = 84, 26
PAD, HEADING = 28, 34
#: How many boxes stand in a column before the next one begins.
MOST = 9

Point = tuple[float, float]


class Box(Struct, frozen=True, gc=False):
    """Where a node stands: its left upper corner."""

    x: float
    y: float


class Lane(Struct, frozen=True, gc=False):
    """The band of a kind."""

    name: str
    y: float
    height: float


class Layout(Struct, frozen=True):
    """The whole picture: where each node stands, the lanes, and the size."""

    boxes: dict[str, Box]
    lanes: tuple[Lane, ...]
    width: float
    height: float


class Curve(Struct, frozen=True, gc=False):
    """A cubic curve."""

    start: Point
    one: Point
    two: Point
    end: Point

    def at(self, part: float) -> Point:
        """Return the point at a part of the way, from 0 to 1."""
        rest = 1 - part
        weights = (rest**3, 3 * rest**2 * part, 3 * rest * part**2, part**3)
        points = (self.start, self.one, self.two, self.end)
        x, y = (sum(weight * point[axis] for weight, point in zip(weights, points, strict=True)) for axis in (0, 1))
        return x, y


def lay(graph: Graph) -> Layout:
    """Return where everything stands."""
    boxes: dict[str, Box] = {}
    lanes: list[Lane] = []
    depth = depths(graph)
    y = float(HEADING + PAD)
    for kind in KINDS:
        columns = list(_columns(graph, kind, depth))
        if columns:
            y = _place(columns, kind, y, boxes, lanes)
    if graph.motifs:
        columns = [[f"motif: {motif.id}"] for motif in graph.motifs]
        y = _place(columns, "ways of flight", y, boxes, lanes)
    width = max((box.x for box in boxes.values()), default=0.0) + WIDTH + PAD
    return Layout(boxes, tuple(lanes), width, y)


def _place(columns: list[list[str]], name: str, y: float, boxes: dict[str, Box], lanes: list[Lane]) -> float:
    """Put columns into a lane that begins at `y`, and return where the next lane begins."""
    rows = max(map(len, columns))
    height = HEADING + rows * (HEIGHT + GAP_Y) + PAD - GAP_Y
    lanes.append(Lane(name, y, height))
    for column, names in enumerate(columns):
        for row, node in enumerate(names):
            boxes[node] = Box(PAD * 2 + column * (WIDTH + GAP_X), y + HEADING + row * (HEIGHT + GAP_Y))
    return y + height + PAD


def depths(graph: Graph) -> dict[str, int]:
    """Return how many steps each node is from the start; what nobody leads to comes last."""
    ways: dict[str, list[str]] = {}
    for edge in graph.edges:
        ways.setdefault(edge.source, []).append(edge.target)
    starts = [node.id for node in graph.nodes if node.start]
    depth = dict.fromkeys(starts, 0)
    waiting = deque(starts)
    while waiting:
        here = waiting.popleft()
        for to in ways.get(here, ()):
            if to not in depth:
                depth[to] = depth[here] + 1
                waiting.append(to)
    last = max(depth.values(), default=0) + 1
    return {node.id: depth.get(node.id, last) for node in graph.nodes}


def _columns(graph: Graph, kind: Kind, depth: dict[str, int]) -> Iterator[list[str]]:
    """Yield the columns of a lane; no column is taller than `MOST`."""
    nodes = graph.of_kind(kind)
    if kind == "memory" and graph.machine:
        yield [NEXT]
    groups: dict[str | int, list[str]] = {}
    for node in nodes if kind in ("memory", "refuge") else sorted(nodes, key=lambda node: depth[node.id]):
        groups.setdefault(_group(node, depth), []).append(node.id)
    for group in groups.values():
        yield from (group[at : at + MOST] for at in range(0, len(group), MOST))


def _group(node: Node, depth: dict[str, int]) -> str | int:
    """Return what a node shares its column with: its parts; what is as far from the start; an ending, nothing."""
    if node.kind == "ending":
        return node.id
    return node.head if node.kind in ("memory", "refuge") else depth[node.id]


def curve(one: Box, other: Box, nudge: float = 0.0) -> Curve:
    """Return the curve from a box to another; `nudge` moves it aside, so that several between the same two can be told apart."""
    if one == other:
        return _loop(one, nudge)
    if other.x > one.x:
        return _forward(one, other, nudge)
    if abs(other.y - one.y) > HEIGHT:
        return _across(one, other, nudge)
    return _back(one, other, nudge)


def _loop(box: Box, nudge: float) -> Curve:
    x, y = box.x + WIDTH - 30 - 3 * nudge, box.y
    return Curve((x, y), (x - 4, y - 24), (x + 28, y - 24), (x + 20, y))


def _forward(one: Box, other: Box, nudge: float) -> Curve:
    start, end = (one.x + WIDTH, one.y + HEIGHT / 2 + nudge), (other.x, other.y + HEIGHT / 2 + nudge)
    bend = max(36.0, (end[0] - start[0]) / 2)
    return Curve(start, (start[0] + bend, start[1]), (end[0] - bend, end[1]), end)


def _across(one: Box, other: Box, nudge: float) -> Curve:
    """From below to above or the other way round, for boxes above each other."""
    down = other.y > one.y
    start = (one.x + WIDTH / 2 + 4 * nudge, one.y + (HEIGHT if down else 0))
    end = (other.x + WIDTH / 2 + 4 * nudge, other.y + (0 if down else HEIGHT))
    bend = (end[1] - start[1]) / 2
    side = 0.0 if one.x != other.x else WIDTH * 0.75 * min(1.0, abs(bend) / HEIGHT)
    return Curve(start, (start[0] + side, start[1] + bend), (end[0] + side, end[1] - bend), end)


def _back(one: Box, other: Box, nudge: float) -> Curve:
    """Back along a lane, in a bow above the boxes."""
    start, end = (one.x + WIDTH / 2 + 4 * nudge, one.y), (other.x + WIDTH / 2 + 4 * nudge, other.y)
    rise = min(one.y, other.y) - 22 - abs(nudge)
    return Curve(start, (start[0], rise), (end[0], rise), end)
