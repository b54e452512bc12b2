"""The story in Mermaid's notation (flowchart)."""

from __future__ import annotations

from collections.abc import Iterator

from eternal.author.graph.model import KINDS, NEXT_WORDS, Edge, EdgeKind, Graph, Node
from eternal.story.schema import NEXT

__all__ = ["LIMIT", "as_mermaid"]

#: How many edges Mermaid draws; GitHub does not let a page raise that.
LIMIT = 500

#: Source, target and kind of an edge.
_Way = tuple[str, str, EdgeKind]

_ARROWS = {"choice": "-->", "stay": "-->", "back": "-->", "then": "-.->", "due": "-.->"}
_SHAPES = {"memory": ("([", "])"), "refuge": ("[/", "\\]"), "outside": (">", "]"), "ending": ("[[", "]]"), "waking": ("[", "]")}
_CLASSES = """\
  classDef waking fill:#d8d4c8,stroke:#6d6a63,color:#0b0e14
  classDef memory fill:#6ba3d6,stroke:#2f6690,color:#0b0e14
  classDef refuge fill:#e0c27a,stroke:#8a6d1f,color:#0b0e14
  classDef outside fill:#8fa3a8,stroke:#4c5c60,color:#0b0e14
  classDef ending fill:#7fb58a,stroke:#3c6b46,color:#0b0e14
  classDef unreachable stroke:#d0574e,stroke-width:3px,stroke-dasharray:4 3
  classDef motif fill:#fff,stroke:#999,color:#333"""


def as_mermaid(graph: Graph) -> str:
    """Return the flowchart. Scenes are numbered, for Mermaid keeps some words to itself; their ids stand in the labels."""
    return "\n".join(_lines(graph)) + "\n"


def _lines(graph: Graph) -> Iterator[str]:
    edges = _merged(graph.edges)
    drawn = len(edges) + sum(len(motif.scenes) for motif in graph.motifs)
    if drawn > LIMIT:
        yield f"%% {drawn} edges: Mermaid draws {LIMIT} unless it is initialized with a higher maxEdges"
    names = {node.id: f"n{number}" for number, node in enumerate(graph.nodes)}
    names[NEXT] = "next"
    yield "flowchart LR"
    for kind in KINDS:
        nodes = graph.of_kind(kind)
        if nodes:
            yield f'  subgraph {kind}s ["{kind}"]'
            yield from (f"    {_node(node, names)}" for node in nodes)
            yield "  end"
    if graph.machine:
        yield f'  next{{{{"next: {NEXT_WORDS}"}}}}'
    yield from (f"  {_edge(way, names)}" for way in edges.items())
    for number, motif in enumerate(graph.motifs):
        yield f'  m{number}(("{_quoted(motif.id)}")):::motif'
        yield from (f"  m{number} -.- {names[scene]}" for scene in motif.scenes)
    yield _CLASSES


def _node(node: Node, names: dict[str, str]) -> str:
    left, right = _SHAPES[node.kind]
    marks = (" (start)" if node.start else "") + ("" if node.reachable else " (unreachable)")
    label = f"{_quoted(node.id)}{marks}<br/>{_quoted(node.title)}"
    return f'{names[node.id]}{left}"{label}"{right}:::{node.kind if node.reachable else "unreachable"}'


def _merged(edges: tuple[Edge, ...]) -> dict[_Way, list[str]]:
    """Return the labels of the edges between each two scenes: one arrow carries them all."""
    merged: dict[_Way, list[str]] = {}
    for edge in edges:
        merged.setdefault((edge.source, edge.target, edge.kind), []).extend([edge.label] if edge.label else [])
    return merged


def _edge(way: tuple[_Way, list[str]], names: dict[str, str]) -> str:
    (source, target, kind), labels = way
    label = f'|"{"<br/>".join(map(_quoted, labels))}"|' if labels else ""
    return f"{names[source]} {_ARROWS[kind]}{label} {names[target]}"


def _quoted(text: str) -> str:
    """Return a text as Mermaid's entity codes want it inside quotes."""
    codes = {"#": "#35;", '"': "#quot;", "<": "#lt;", ">": "#gt;", "`": "#96;", "&": "#amp;", "\\": "#92;"}
    return "".join(codes.get(character, character) for character in " ".join(text.split()))
