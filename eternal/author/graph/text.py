"""The story as a tree for the terminal: kinds, scenes, parts, choices."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from eternal.author.graph.layout import depths
from eternal.author.graph.model import KINDS, Edge, Graph, Motif, Node, plural
from eternal.story.schema import Kind

__all__ = ["as_text"]

#: No line is broken shorter than this.
_LEAST = 40
_HEADINGS: dict[Kind, str] = {
    "waking": "waking",
    "memory": "memory, in the order of erasure",
    "refuge": "refuge",
    "outside": "outside, in the order of the night",
    "ending": "ending",
}


#: Where a line that is broken goes on, behind what leads to it.
_HANG = "    "
_LEAD = re.compile(r"^(?P<rails>(?:│  |   )*)(?P<indent> *)(?P<branch>[├└]─ )?")


def as_text(graph: Graph, width: int | None = None) -> str:
    """Return the tree.

    Args:
        graph: of the story.
        width: columns that a line may have; without it nothing is broken, for programs that read lines.
    """
    tree = "\n".join(_lines(graph)) + "\n"
    if width is None:
        return tree
    return "".join(f"{row}\n" for line in tree.splitlines() for row in _broken(line, max(width, _LEAST)))


def _broken(line: str, width: int) -> Iterator[str]:
    """Yield the rows of a line; the rails of the tree run through all of them."""
    found = _LEAD.match(line)
    assert found is not None
    rails = found.group().replace("├─ ", "│  ").replace("└─ ", "   ")
    yield from textwrap.wrap(line, width, subsequent_indent=rails + _HANG, break_long_words=False, break_on_hyphens=False) or [""]


def _lines(graph: Graph) -> Iterator[str]:
    choices = sum(bool(edge.id) for edge in graph.edges)
    endings = len(graph.of_kind("ending"))
    yield f"{graph.title}: {plural(len(graph.nodes), 'scene')}, {plural(choices, 'choice')}, {plural(endings, 'ending')}"
    ways: dict[str, list[Edge]] = {}
    for edge in graph.edges:
        if edge.id:
            ways.setdefault(edge.source, []).append(edge)
    far = depths(graph)
    for kind in KINDS:
        nodes = graph.of_kind(kind)
        yield from _kind(kind, tuple(sorted(nodes, key=lambda node: far[node.id])) if kind == "waking" else nodes, ways)
    yield from _night(graph)
    yield from _flight(graph.motifs)


def _kind(kind: Kind, nodes: tuple[Node, ...], ways: dict[str, list[Edge]]) -> Iterator[str]:
    if not nodes:
        return
    parts: dict[str, list[Node]] = {}
    for node in nodes:
        if node.head != node.id:
            parts.setdefault(node.head, []).append(node)
    yield f"\n{_HEADINGS[kind]}"
    for node in nodes:
        if node.head == node.id:
            yield f"  {_name(node)}"
            yield from _branches(ways.get(node.id, []), parts.get(node.id, []), ways, "  ")


def _branches(edges: list[Edge], parts: list[Node], ways: dict[str, list[Edge]], indent: str) -> Iterator[str]:
    """Yield a scene's choices, then its further pages with theirs."""
    left = len(edges) + len(parts)
    for edge in edges:
        left -= 1
        yield f"{indent}{'├─' if left else '└─'} {_way(edge)}"
    for part in parts:
        left -= 1
        yield f"{indent}{'├─' if left else '└─'} {_name(part)}"
        yield from _branches(ways.get(part.id, []), [], ways, indent + ("│  " if left else "   "))


def _name(node: Node) -> str:
    facts = " · ".join(fact for fact in (node.id, node.title, node.when, ", ".join(node.motifs)) if fact)
    return facts + ("  (start)" if node.start else "") + ("" if node.reachable else "  (unreachable)")


def _way(edge: Edge) -> str:
    goal = {"stay": "stays", "back": "back"}.get(edge.kind, edge.target)
    return f"{edge.id}: {edge.text} → {goal}" + (f"  if {edge.condition}" if edge.condition else "")


def _night(graph: Graph) -> Iterator[str]:
    """Yield what the machine leads to by itself."""
    if not graph.machine:
        return
    yield "\nthe machine"
    order = [edge.target for edge in graph.edges if edge.kind == "then" and not edge.condition]
    yield f"  next: {' → '.join(order)}"
    for edge in graph.edges:
        if edge.kind == "due" or (edge.kind == "then" and edge.condition):
            yield f"  {edge.target}: once {edge.condition}"


def _flight(motifs: tuple[Motif, ...]) -> Iterator[str]:
    if motifs:
        yield "\nways of flight"
    for motif in motifs:
        yield f"  {motif.id}, {motif.words}: {', '.join(motif.scenes) or 'leads nowhere'}"
        if motif.fragments:
            yield f"    carried by {', '.join(motif.fragments)}"
