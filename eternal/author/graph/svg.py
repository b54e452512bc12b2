"""The story as a picture that any browser shows: readable in light and in dark, nothing loaded from elsewhere."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterator

from rich.cells import cell_len, set_cell_size

from eternal.author.graph.labels import Label, place
from eternal.author.graph.layout import HEIGHT, WIDTH, Box, Curve, Layout, curve, lay
from eternal.author.graph.model import NEXT_WORDS, Edge, Graph, Node, plural
from eternal.story.schema import NEXT

__all__ = ["as_svg"]

#: Columns of monospaced text that fit into a box, and onto an edge.
ROOM, EDGE_ROOM = 27, 30
#: Pixels: the heading and a line of the list below the picture.
LIST_HEAD, LIST_LINE = 34, 15

_STYLE = """\
.ground { fill: #0b0e14; } svg { font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
text { fill: #d8d4c8; font-size: 11px; } .id { font-weight: bold; font-size: 12px; }
.dim { fill: #8f8b81; } .lane { fill: #11151d; } .head { fill: #8f8b81; font-size: 13px; letter-spacing: 1px; }
.box { fill: #171c26; stroke-width: 1.5; } .waking { stroke: #d8d4c8; } .memory { stroke: #6ba3d6; } .refuge { stroke: #e0c27a; }
.outside { stroke: #8fa3a8; } .ending { stroke: #7fb58a; } .next { stroke: #8fa3a8; } .motif { stroke: #e8894a; }
.unreachable { stroke: #d0574e; stroke-dasharray: 5 3; } .lost { fill: #d0574e; }
.edge { fill: none; stroke: #6d6a63; stroke-width: 1.1; } .then { stroke-dasharray: 2 4; } .due { stroke-dasharray: 6 3; }
.from-memory { stroke: #3f6d95; } .from-refuge { stroke: #8f7a43; } .thread { stroke: #e8894a; stroke-dasharray: 1 5; opacity: .55; }
.if { font-size: 9px; paint-order: stroke; stroke: #0b0e14; stroke-width: 3px; } marker path { fill: #6d6a63; }
@media (prefers-color-scheme: light) {
  .ground { fill: #faf8f3; } text { fill: #22242a; } .dim, .head { fill: #6a675f; } .lane { fill: #f1ede3; }
  .box { fill: #fff; } .waking { stroke: #55524a; } .if { stroke: #faf8f3; } .lost { fill: #b3271e; }
  .refuge { stroke: #a07d1c; } .memory { stroke: #2f6690; } .ending { stroke: #3c7a4a; } .edge { stroke: #98948a; }
}"""


def as_svg(graph: Graph) -> str:
    """Return the picture."""
    return "\n".join(_lines(graph, lay(graph))) + "\n"


def _lines(graph: Graph, layout: Layout) -> Iterator[str]:
    drawn = list(_drawn(graph, layout))
    labels, listed = _labels(drawn, layout)
    width, height = round(layout.width), round(layout.height + _below(listed))
    yield f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img">'
    yield f"<title>{_xml(graph.title)}</title>"
    yield f"<desc>{_xml(_summary(graph))}</desc>"
    yield f"<style>{_STYLE}</style>"
    yield '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
    yield '<path d="M0 0 8 4 0 8z"/></marker></defs>'
    yield f'<rect class="ground" width="{width}" height="{height}"/>'
    yield f'<text class="head" x="28" y="34">{_xml(graph.title)}</text>'
    for lane in layout.lanes:
        yield f'<rect class="lane" x="14" y="{lane.y:.0f}" width="{width - 28}" height="{lane.height:.0f}" rx="8"/>'
        yield f'<text class="head" x="28" y="{lane.y + 22:.0f}">{_xml(lane.name)}</text>'
    yield from (_edge(edge, kind, line) for edge, kind, line in drawn)
    yield from _threads(graph, layout)
    yield from _boxes(graph, layout)
    yield from _stubs(graph, layout)
    yield from (_label(label) for label in labels)
    yield from _list(listed, layout)
    yield "</svg>"


def _boxes(graph: Graph, layout: Layout) -> Iterator[str]:
    for node in graph.nodes:
        yield from _node(node, layout.boxes[node.id])
    if NEXT in layout.boxes:
        yield from _card(layout.boxes[NEXT], "next", NEXT, NEXT_WORDS)
    for motif in graph.motifs:
        yield from _card(layout.boxes[f"motif: {motif.id}"], "motif", motif.id, motif.words)


def _summary(graph: Graph) -> str:
    kinds = Counter(node.kind for node in graph.nodes)
    return f"{plural(len(graph.nodes), 'scene')}: " + ", ".join(f"{number} {kind}" for kind, number in kinds.items())


def _node(node: Node, box: Box) -> Iterator[str]:
    kind = node.kind if node.reachable else f"{node.kind} unreachable"
    mark = " · start" if node.start else "" if node.reachable else " · unreachable"
    facts = " · ".join(fact for fact in (node.title, node.when, ", ".join(node.motifs)) if fact)
    yield from _card(box, kind, node.id + mark, node.title, tip=facts, lost=not node.reachable)


def _card(box: Box, kind: str, name: str, words: str, *, tip: str = "", lost: bool = False) -> Iterator[str]:
    yield f"<g><title>{_xml(tip or words)}</title>"
    yield f'<rect class="box {kind}" x="{box.x:.0f}" y="{box.y:.0f}" width="{WIDTH}" height="{HEIGHT}" rx="6"/>'
    yield f'<text class="id{" lost" if lost else ""}" x="{box.x + 10:.0f}" y="{box.y + 19:.0f}">{_xml(_cut(name, ROOM - 2))}</text>'
    yield f'<text class="dim" x="{box.x + 10:.0f}" y="{box.y + 36:.0f}">{_xml(_cut(words, ROOM))}</text></g>'


def _drawn(graph: Graph, layout: Layout) -> Iterator[tuple[Edge, str, Curve]]:
    """Yield every edge with the kind of scene it comes from and its curve; several between the same two stand side by side.

    What leads to `next` is a stub at its scene: most of a night does, and the lines would hide all others.
    """
    kinds = {node.id: node.kind for node in graph.nodes}
    between: Counter[tuple[str, str]] = Counter()
    for edge in graph.edges:
        if edge.target == NEXT:
            continue
        pair = edge.source, edge.target
        line = curve(layout.boxes[edge.source], layout.boxes[edge.target], 7.0 * _spread(between[pair]))
        between[pair] += 1
        yield edge, kinds.get(edge.source, NEXT), line


def _spread(number: int) -> int:
    """Return 0, 1, -1, 2, -2 and so on."""
    return (number + 1) // 2 * (1 if number % 2 else -1)


def _stubs(graph: Graph, layout: Layout) -> Iterator[str]:
    """Yield a word under each scene from which one gets to `next`, with its choices."""
    found: dict[str, list[str]] = {}
    for edge in graph.edges:
        if edge.target == NEXT:
            found.setdefault(edge.source, []).append(_words(edge))
    for source, ways in found.items():
        box = layout.boxes[source]
        words = "→ next" if len(ways) == 1 else f"{len(ways)} → next"
        x, y = box.x + WIDTH - 8, box.y + HEIGHT + 13
        yield f'<g><title>{_xml(chr(10).join(ways))}</title><text class="dim" x="{x:.0f}" y="{y:.0f}" text-anchor="end">{words}</text></g>'


def _words(edge: Edge) -> str:
    condition = f"if {edge.condition}" if edge.condition else ""
    return " · ".join(word for word in (f"{edge.source} → {edge.target}", edge.id, edge.text, condition) if word)


def _edge(edge: Edge, kind: str, line: Curve) -> str:
    return f'<path class="edge {edge.kind} from-{kind}" d="{_path(line)}" marker-end="url(#tip)"><title>{_xml(_words(edge))}</title></path>'


def _labels(drawn: list[tuple[Edge, str, Curve]], layout: Layout) -> tuple[list[Label], list[str]]:
    """Return the labels that have room on their edges, and the words of those that have not."""
    named = [(edge, line) for edge, _, line in drawn if edge.label]
    words = [(_cut(edge.label, EDGE_ROOM), line) for edge, line in named]
    found = list(place(words, layout.boxes.values(), layout.width))
    left = [(edge, line) for (edge, line), label in zip(named, found, strict=True) if label is None]
    return [label for label in found if label is not None], [f"{edge.source} → {edge.target}: {edge.label}" for edge, _ in left]


def _below(listed: list[str]) -> float:
    """Return the height of the list below the picture."""
    return 0 if not listed else LIST_HEAD + LIST_LINE * len(listed)


def _list(listed: list[str], layout: Layout) -> Iterator[str]:
    """Yield what had no room on its edge."""
    if not listed:
        return
    yield f'<text class="head" x="28" y="{layout.height + 14:.0f}">no room on their edges</text>'
    room = max(ROOM, int((layout.width - 56) / 6.7))
    for number, words in enumerate(listed, start=1):
        y = layout.height + LIST_HEAD + LIST_LINE * (number - 1)
        yield f'<text class="dim" x="28" y="{y:.0f}">{_xml(_cut(f"{number}. {words}", room))}</text>'


def _label(label: Label) -> str:
    return f'<text class="if" x="{label.x:.0f}" y="{label.y:.0f}" text-anchor="middle">{_xml(label.words)}</text>'


def _path(line: Curve) -> str:
    start, one, two, end = (f"{x:.0f} {y:.0f}" for x, y in (line.start, line.one, line.two, line.end))
    return f"M{start}C{one} {two} {end}"


def _threads(graph: Graph, layout: Layout) -> Iterator[str]:
    """Yield the ways of flight: a thread from each motif to every place that shares it."""
    for motif in graph.motifs:
        start = layout.boxes[f"motif: {motif.id}"]
        for scene in motif.scenes:
            end = layout.boxes[scene]
            x, to, foot = start.x + WIDTH / 2, end.x + WIDTH / 2, end.y + HEIGHT
            line = Curve((x, start.y), (x, start.y - 60), (to, foot + 60), (to, foot))
            yield f'<path class="edge thread" d="{_path(line)}"/>'


def _cut(text: str, room: int) -> str:
    text = " ".join(text.split())
    return text if cell_len(text) <= room else set_cell_size(text, room - 1).rstrip() + "…"


def _xml(text: str) -> str:
    return html.escape(text, quote=False).replace('"', "&quot;")
