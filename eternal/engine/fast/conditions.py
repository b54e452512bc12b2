"""Conditions as Python source over a packed state `s`.

A part that reads a single place with few values is not computed at all: it is tried with every value, and becomes one
comparison of the masked bits with a bound. What reads several places is spelled out.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterator
from typing import Any

from msgspec import Struct

from eternal.engine.fast.layout import Bits, Layout
from eternal.story.expr import parse
from eternal.story.schema import Bounded

__all__ = ["FALSE", "TRUE", "among", "both", "dissonance_source", "either", "motif_of", "negated", "source"]

TRUE, FALSE = "True", "False"
#: A place with more values than this is compared, not tried.
_FEW = 512

_SIGNS: dict[type[ast.cmpop], tuple[str, Callable[[Any, Any], bool]]] = {
    ast.Eq: ("==", operator.eq), ast.NotEq: ("!=", operator.ne), ast.Lt: ("<", operator.lt), ast.LtE: ("<=", operator.le),
    ast.Gt: (">", operator.gt), ast.GtE: (">=", operator.ge),
    ast.In: ("in", lambda a, b: a in b), ast.NotIn: ("not in", lambda a, b: a not in b),
}  # fmt: skip


class _Place(Struct, frozen=True):
    """A leaf that one stretch of bits decides: what each of its values means, in order."""

    bits: Bits
    values: tuple[Any, ...]


class _Sum(Struct, frozen=True):
    """A leaf that is worked out from several places: its source."""

    text: str


class _Known(Struct, frozen=True):
    """A leaf that is the same in every state."""

    value: Any


_Leaf = _Place | _Sum | _Known


def source(layout: Layout, condition: str | None, scene: str) -> str:
    """Return a condition of a scene as the source of a test of `s`; `True` or `False` if it is the same in every state."""
    if condition is None:
        return TRUE
    own = "visits" in condition or "integrity" in condition  # what these say depends on the scene
    key = (condition, scene if own else "")
    if key not in layout.written:
        layout.written[key] = _Writer(layout, scene).test(parse(condition))
    return layout.written[key]


def both(*tests: str) -> str:
    """Join tests with `and`."""
    left = [test for test in tests if test != TRUE]
    if FALSE in left:
        return FALSE
    return " and ".join(map(_bracketed, left)) if left else TRUE


def either(*tests: str) -> str:
    """Join tests with `or`."""
    left = [test for test in tests if test != FALSE]
    if TRUE in left:
        return TRUE
    return " or ".join(map(_bracketed, left)) if left else FALSE


def _bracketed(test: str) -> str:
    return f"({test})" if " and " in test or " or " in test else test


def negated(test: str) -> str:
    """Turn a test round."""
    return {TRUE: FALSE, FALSE: TRUE}.get(test, f"not ({test})")


def among(bits: Bits, truths: list[bool]) -> str:
    """Return the test that a place's value is one of those that are true."""
    good = [value for value, truth in enumerate(truths) if truth]
    if len(good) in (0, len(truths)):
        return TRUE if good else FALSE
    low, high, top = good[0], good[-1], len(truths) - 1
    if len(good) != high - low + 1:
        bad = [value for value, truth in enumerate(truths) if not truth]
        if len(bad) == bad[-1] - bad[0] + 1:
            return f"not ({among(bits, [not truth for truth in truths])})"
        return f"s & {bits.mask} in {{{', '.join(str(value << bits.shift) for value in good)}}}"
    if high == 0:
        return f"not s & {bits.mask}"
    if high == top:
        return f"s & {bits.mask}" if low == 1 else f"s & {bits.mask} >= {low << bits.shift}"
    if low == high:
        return f"s & {bits.mask} == {low << bits.shift}"
    begin = "" if low == 0 else f"{low << bits.shift} <= "
    return f"{begin}s & {bits.mask} <= {high << bits.shift}"


class _Writer:
    """Writes the source of one condition."""

    def __init__(self, layout: Layout, scene: str) -> None:
        self.layout = layout
        self.scene = scene

    def test(self, node: ast.expr) -> str:
        """Return the source of something that is yes or no."""
        places = {leaf.bits: leaf for leaf in self._leaves(node) if isinstance(leaf, _Place)}
        sums = any(isinstance(leaf, _Sum) for leaf in self._leaves(node))
        if not sums and len(places) <= 1:
            bits = next(iter(places), Bits(0, 0))
            if bits.top < _FEW:
                return among(bits, [bool(self._value(node, raw)) for raw in range(bits.top + 1)])
        match node:
            case ast.BoolOp(op=ast.And()):
                return both(*map(self.test, node.values))
            case ast.BoolOp():
                return either(*map(self.test, node.values))
            case ast.UnaryOp(op=ast.Not()):
                return negated(self.test(node.operand))
            case ast.Compare():
                return self._comparison(node)
        return self._worth(node)

    def _comparison(self, node: ast.Compare) -> str:
        text = self._worth(node.left)
        for sign, right in zip(node.ops, node.comparators, strict=True):
            text += f" {_SIGNS[type(sign)][0]} {self._worth(right)}"
        return f"({text})"

    def _worth(self, node: ast.expr) -> str:
        """Return the source of a value."""
        match node:
            case ast.Name() | ast.Call():
                return _spelled(self._leaf(node))
            case ast.BinOp():
                sign = "+" if isinstance(node.op, ast.Add) else "-"
                return f"({self._worth(node.left)} {sign} {self._worth(node.right)})"
            case ast.UnaryOp(op=ast.USub()):
                return f"(-{self._worth(node.operand)})"
            case ast.Tuple() | ast.List():
                return f"({''.join(self._worth(item) + ', ' for item in node.elts)})"
            case ast.Constant():
                return repr(node.value)
        return f"bool({self.test(node)})"

    # Trying -------------------------------------------------------------------------------------------------------

    def _leaves(self, node: ast.expr) -> Iterator[_Leaf]:
        if isinstance(node, ast.Name | ast.Call):
            yield self._leaf(node)
            return
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                yield from self._leaves(child)

    def _value(self, node: ast.expr, raw: int) -> Any:
        """Work a node out for one raw value of the only place it reads."""
        match node:
            case ast.Constant():
                return node.value
            case ast.Name() | ast.Call():
                leaf = self._leaf(node)
                assert not isinstance(leaf, _Sum)
                return leaf.value if isinstance(leaf, _Known) else leaf.values[raw]
            case ast.BoolOp(op=ast.And()):
                return all(self._value(value, raw) for value in node.values)
            case ast.BoolOp():
                return any(self._value(value, raw) for value in node.values)
            case ast.UnaryOp(op=ast.Not()):
                return not self._value(node.operand, raw)
            case ast.UnaryOp():
                return -self._value(node.operand, raw)
            case ast.BinOp():
                right = self._value(node.right, raw)
                return self._value(node.left, raw) + (right if isinstance(node.op, ast.Add) else -right)
            case ast.Tuple() | ast.List():
                return [self._value(item, raw) for item in node.elts]
        assert isinstance(node, ast.Compare)
        sides = [self._value(side, raw) for side in (node.left, *node.comparators)]
        return all(_SIGNS[type(sign)][1](a, b) for sign, a, b in zip(node.ops, sides, sides[1:], strict=False))

    # Leaves -------------------------------------------------------------------------------------------------------

    def _leaf(self, node: ast.expr) -> _Leaf:
        if isinstance(node, ast.Name):
            return self._name(node.id)
        assert isinstance(node, ast.Call)
        assert isinstance(node.func, ast.Name)
        return self._call(node.func.id, *[str(arg.value) for arg in node.args if isinstance(arg, ast.Constant)])

    def _place(self, name: tuple[str, ...], otherwise: Any, values: tuple[Any, ...] | None = None) -> _Leaf:
        """Return the leaf of a place, or what it always is if it has none."""
        bits = self.layout.bits.get(name)
        if bits is None:
            return _Known(otherwise)
        return _Place(bits, values if values is not None else tuple(range(bits.zero, bits.zero + bits.top + 1)))

    def _name(self, name: str) -> _Leaf:
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
                return _Sum(f"({' + '.join(f'(not s & {mask})' for mask in bits if mask) or '0'})")
            case "dissonance":
                return _Sum(dissonance_source(layout))
        return self._variable(name)

    def _variable(self, name: str) -> _Leaf:
        spec = self.layout.story.header.variables[name]
        if isinstance(spec, Bounded):
            return self._place(("variable", name), spec.start)
        return self._place(("variable", name), None, (False, True) if isinstance(spec, bool) else spec)

    def _call(self, name: str, *words: str) -> _Leaf:
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
                return _Place(bits, (False, *(True for _ in range(bits.top))))
            case "erased":
                full = layout.story.scenes[words[0]].strength
                return self._place(("strength", words[0]), False, (True, *(False for _ in range(full))))
        return self._place((name, *words) if name != "gave" else ("given", *words), False, (False, True))


def _spelled(leaf: _Leaf) -> str:
    """Return the source of a leaf's value."""
    if isinstance(leaf, _Sum):
        return leaf.text
    if isinstance(leaf, _Known):
        return repr(leaf.value)
    raw = f"((s & {leaf.bits.mask}) >> {leaf.bits.shift})"
    if leaf.values == tuple(range(len(leaf.values))):
        return raw
    if leaf.values == tuple(range(leaf.values[0], leaf.values[0] + len(leaf.values))):
        return f"({raw} + {leaf.values[0]})"
    return f"{leaf.values!r}[{raw}]"


def _any_of(mask: int) -> _Leaf:
    return _Sum(f"(s & {mask} != 0)") if mask else _Known(False)


def _bit_count(mask: int) -> _Leaf:
    return _Sum(f"(s & {mask}).bit_count()") if mask else _Known(0)


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
