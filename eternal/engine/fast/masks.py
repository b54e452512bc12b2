"""The bits of a packed state that a condition reads."""

from __future__ import annotations

import ast

from eternal.engine.fast.layout import Layout
from eternal.story.expr import BUILTINS, parse

__all__ = ["given", "hidden", "read_mask"]


def read_mask(layout: Layout, condition: str, scene: str) -> int:
    """Return the bits that a condition of a scene reads."""
    found = 0
    stack: list[ast.AST] = [parse(condition)]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.Call):
            assert isinstance(node.func, ast.Name)
            found |= _called(layout, node.func.id, [str(arg.value) for arg in node.args if isinstance(arg, ast.Constant)])
        elif isinstance(node, ast.Name):
            found |= _named(layout, node.id, scene)
        else:
            stack += ast.iter_child_nodes(node)
    return found


def _named(layout: Layout, name: str, scene: str) -> int:
    if name not in BUILTINS:
        return layout.mask(("variable", name))
    match name:
        case "visits":
            return layout.mask(("visits", scene))
        case "heat" | "beat":
            return layout.mask((name, ""))
        case "integrity":
            return layout.mask(("strength", layout.story.head(scene)))
        case "hands":
            return layout.mask(("hand",))
        case "remaining":
            return hidden(layout)
        case "erased_count":
            return layout.mask(*(("strength", memory) for memory in layout.story.index.memories))
        case "dissonance":
            return given(layout) | hidden(layout)
    return layout.mask((name,))


def _called(layout: Layout, name: str, words: list[str]) -> int:
    match name:
        case "kept":
            return layout.kept(words[0])
        case "hidden":
            return layout.hidden(words[0])
        case "lost":
            return layout.lost(words[0])
        case "count":
            return layout.mask(("hand",)) | hidden(layout)
        case "seen":
            return layout.mask(("visits", words[0]))
        case "erased":
            return layout.mask(("strength", words[0]))
        case "gave":
            return layout.mask(("given", words[0]))
    return layout.mask((name, *words))


def hidden(layout: Layout) -> int:
    """Return the bits of everything that is hidden."""
    return layout.mask(*(("at", place) for place in layout.places))


def given(layout: Layout) -> int:
    """Return the bits of everything that has been given."""
    return layout.mask(*(("given", memento) for memento in layout.story.header.mementos))
