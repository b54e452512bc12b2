"""The story in Mermaid's notation (flowchart)."""

from __future__ import annotations

from collections.abc import Iterator

from eternal.author.graph.model import KINDS, NEXT_WORDS, Edge, Graph, Node
from eternal.story.schema import NEXT

__all__ = ["as_mermaid"]

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
    yield from (f"  {_edge(edge, names)}" for edge in graph.edges)
    for number, motif in enumerate(graph.motifs):
        yield f'  m{number}(("{_quoted(motif.id)}")):::motif'
        yield from (f"  m{number} -.- {names[scene]}" for scene in motif.scenes)
    yield _CLASSES


def _node(node: Node, names: dict[str, str]) -> str:
    left, right = _SHAPES[node.kind]
    marks = (" (start)" if node.start else "") + ("" if node.reachable else " (unreachable)")
    label = f"{_quoted(node.id)}{marks}<br/>{_quoted(node.title)}"
    return f'{names[node.id]}{left}"{label}"{right}:::{node.kind if node.reachable else "unreachable"}'


def _edge(edge: Edge, names: dict[str, str]) -> str:
    label = f'|"{_quoted(edge.label)}"|' if edge.label else ""
    return f"{names[edge.source]} {_ARROWS[edge.kind]}{label} {names[edge.target]}"


def _quoted(text: str) -> str:
    """Return a text as Mermaid's entity codes want it inside quotes."""
    codes = {"#": "#35;", '"': "#quot;", "<": "#lt;", ">": "#gt;", "`": "#96;", "&": "#amp;", "\\": "#92;"}
    return "".join(codes.get(character, character) for character in " ".join(text.split()))
