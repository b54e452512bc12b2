"""A story as a picture: scenes as nodes by kind, choices as edges, in four notations.

`text` is a readable tree for the terminal, `mermaid` is for pages that draw it (GitHub does), `dot` for Graphviz, and `svg` is
drawn here, with a layout of its own.
"""

from __future__ import annotations

from eternal.author.graph.dot import as_dot
from eternal.author.graph.mermaid import as_mermaid
from eternal.author.graph.model import graph_of
from eternal.author.graph.svg import as_svg
from eternal.author.graph.text import as_text

__all__ = ["as_dot", "as_mermaid", "as_svg", "as_text", "graph_of"]
