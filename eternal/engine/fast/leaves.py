"""What the names and functions of conditions are in a packed state: a place with its values, a sum over places, or always the same."""

from __future__ import annotations

import ast
from typing import Any

from msgspec import Struct

from eternal.engine.fast.layout import Bits, Layout
from eternal.story.schema import Bounded

__all__ = ["Known", "Leaf", "Leaves", "Place", "Sum", "dissonance_source", "motif_of", "spelled"]


class Place(Struct, frozen=True):
    """A leaf that one stretch of bits decides: what each of its values means, in order."""

    bits: Bits
    values: tuple[Any, ...]


class Sum(Struct, frozen=True):
    """A leaf that is worked out from several places: its source."""

    text: str


class Known(Struct, frozen=True):
    """A leaf that is the same in every state."""

    value: Any


Leaf = Place | Sum | Known


class Leaves:
    """The leaves of the conditions of one scene."""

    def __init__(self, layout: Layout, scene: str) -> None:
        """Read a layout as a scene does."""
        self.layout = layout
        self.scene = scene

    def of(self, node: ast.expr) -> Leaf:
        """Return the leaf of a name or a call."""
        if isinstance(node, ast.Name):
            return self._name(node.id)
        assert isinstance(node, ast.Call)
        assert isinstance(node.func, ast.Name)
        return self._call(node.func.id, *[str(arg.value) for arg in node.args if isinstance(arg, ast.Constant)])

    def _place(self, name: tuple[str, ...], otherwise: Any, values: tuple[Any, ...] | None = None) -> Leaf:
        """Return the leaf of a place, or what it always is if it has none."""
        bits = self.layout.bits.get(name)
        if bits is None:
            return Known(otherwise)
        return Place(bits, values if values is not None else tuple(range(bits.zero, bits.zero + bits.top + 1)))

    def _name(self, name: str) -> Leaf:
        layout, story = self.layout, self.layout.story
        match name:
            case "visits":
                return self._place(("visits", self.scene), 0)
            case "heat" | "beat":
                return self._place((name, ""), 0)
            case "integrity":
                head = story.head(self.scene)
                full = story.scenes[head].strength
                return self._place(("strength", head), 100, tuple(-(-100 * left // full) for left in range(full + 1)))
            case "lucidity":
                return self._place(("lucidity",), story.machine.lucidity.start if story.machine else 0)
            case "refusals":
                return self._place(("refusals",), 0)
            case "hunted" | "turned" | "looking":
                return self._place((name,), False, (False, True))
            case "hands":
                return _bit_count(layout.mask(("hand",)))
            case "remaining":
                return _bit_count(layout.mask(*(("at", place) for place in layout.places)))
            case "erased_count":
                bits = [layout.mask(("strength", memory)) for memory in story.index.memories]
                return Sum(f"({' + '.join(f'(not s & {mask})' for mask in bits if mask) or '0'})")
            case "dissonance":
                return Sum(dissonance_source(layout))
        return self._variable(name)

    def _variable(self, name: str) -> Leaf:
        spec = self.layout.story.header.variables[name]
        if isinstance(spec, Bounded):
            return self._place(("variable", name), spec.start)
        return self._place(("variable", name), None, (False, True) if isinstance(spec, bool) else spec)

    def _call(self, name: str, *words: str) -> Leaf:
        layout = self.layout
        match name:
            case "kept":
                return _any_of(layout.kept(words[0]))
            case "hidden":
                return _any_of(layout.hidden(words[0]))
            case "lost":
                return _any_of(layout.lost(words[0]))
            case "count":
                return _bit_count(
                    sum(layout.kept(fragment) for fragment in layout.fragments if not words or motif_of(layout, fragment) == words[0])
                )
            case "seen":
                bits = layout.bits["visits", words[0]]
                return Place(bits, (False, *(True for _ in range(bits.top))))
            case "erased":
                full = layout.story.scenes[words[0]].strength
                return self._place(("strength", words[0]), False, (True, *(False for _ in range(full))))
        return self._place((name, *words) if name != "gave" else ("given", *words), False, (False, True))


def spelled(leaf: Leaf) -> str:
    """Return the source of a leaf's value."""
    if isinstance(leaf, Sum):
        return leaf.text
    if isinstance(leaf, Known):
        return repr(leaf.value)
    raw = f"((s & {leaf.bits.mask}) >> {leaf.bits.shift})"
    if leaf.values == tuple(range(len(leaf.values))):
        return raw
    if leaf.values == tuple(range(leaf.values[0], leaf.values[0] + len(leaf.values))):
        return f"({raw} + {leaf.values[0]})"
    return f"{leaf.values!r}[{raw}]"


def _any_of(mask: int) -> Leaf:
    return Sum(f"(s & {mask} != 0)") if mask else Known(False)


def _bit_count(mask: int) -> Leaf:
    return Sum(f"(s & {mask}).bit_count()") if mask else Known(0)


def motif_of(layout: Layout, fragment: str) -> str:
    """Return the motif of a fragment."""
    story = layout.story
    return story.scenes[story.index.fragments[fragment]].fragments[fragment].motif


def dissonance_source(layout: Layout) -> str:
    """Return the source of the number of motifs that are both given away and hidden."""
    given: dict[str, int] = {}
    for name, memento in layout.story.header.mementos.items():
        given[memento.motif] = given.get(memento.motif, 0) | layout.mask(("given", name))
    hidden: dict[str, int] = {}
    for fragment in layout.fragments:
        motif = motif_of(layout, fragment)
        hidden[motif] = hidden.get(motif, 0) | layout.hidden(fragment)
    terms = [f"(1 if s & {given[motif]} and s & {hidden[motif]} else 0)" for motif in given if given[motif] and hidden.get(motif)]
    return f"({' + '.join(terms) or '0'})"
