"""The story in Graphviz's notation."""

from __future__ import annotations

from collections.abc import Iterator

from eternal.author.graph.model import KINDS, NEXT_WORDS, Edge, Graph, Node
from eternal.story.schema import NEXT

__all__ = ["as_dot"]

_FILLS = {"waking": "#d8d4c8", "memory": "#6ba3d6", "refuge": "#e0c27a", "outside": "#8fa3a8", "ending": "#7fb58a"}


def as_dot(graph: Graph) -> str:
    """Return the digraph: a cluster a kind, an edge a choice."""
    return "\n".join(_lines(graph)) + "\n"


def _lines(graph: Graph) -> Iterator[str]:
    yield f"digraph {_quoted(graph.story)} {{"
    yield f'  graph [rankdir=LR, newrank=true, label={_quoted(graph.title)}, labelloc=t, fontname="sans-serif"];'
    yield '  node [shape=box, style="rounded,filled", fontname="sans-serif", fontsize=11];'
    yield '  edge [fontname="sans-serif", fontsize=9, color="#6d6a63"];'
    for kind in KINDS:
        nodes = graph.of_kind(kind)
        if nodes:
            yield f'  subgraph "cluster_{kind}" {{'
            yield f'    label="{kind}"; color="#6d6a63"; node [fillcolor="{_FILLS[kind]}"];'
            yield from (f"    {_node(node)}" for node in nodes)
            yield "  }"
    if graph.machine:
        yield f'  "{NEXT}" [shape=diamond, label={_quoted("next", NEXT_WORDS)}, fillcolor="white"];'
    yield from (f"  {_edge(edge)}" for edge in graph.edges)
    for motif in graph.motifs:
        yield f"  {_quoted('motif: ' + motif.id)} [shape=ellipse, label={_quoted(motif.id)}, fillcolor=white];"
        yield from (
            f"  {_quoted('motif: ' + motif.id)} -> {_quoted(scene)} [style=dotted, dir=none, constraint=false];" for scene in motif.scenes
        )
    yield "}"


def _node(node: Node) -> str:
    marks = (" (start)" if node.start else "") + ("" if node.reachable else " (unreachable)")
    style = "" if node.reachable else ', color="#d0574e", penwidth=2, style="rounded,filled,dashed"'
    return f"{_quoted(node.id)} [label={_quoted(node.id + marks, node.title)}{style}];"


def _edge(edge: Edge) -> str:
    looks = [f"label={_quoted(*edge.label.split(' · ', 1))}"] if edge.label else []
    looks += ["style=dashed"] if edge.kind in ("then", "due") else []
    return f"{_quoted(edge.source)} -> {_quoted(edge.target)}" + (f" [{', '.join(looks)}]" if looks else "") + ";"


def _quoted(*lines: str) -> str:
    r"""Return lines as one quoted string; the sequence \n breaks them."""
    return '"' + "\\n".join(" ".join(line.split()).replace("\\", "\\\\").replace('"', '\\"') for line in lines) + '"'
