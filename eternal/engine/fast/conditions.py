"""Conditions as Python source over a packed state `s`.

A part that reads a single place with few values is not computed at all: it is tried with every value, and becomes one
comparison of the masked bits with a bound. What reads several places is spelled out.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterator
from typing import Any

from eternal.engine.fast.layout import Bits, Layout
from eternal.engine.fast.leaves import Known, Leaf, Leaves, Place, Sum, spelled
from eternal.story.expr import parse

__all__ = ["FALSE", "TRUE", "among", "both", "either", "negated", "source"]

TRUE, FALSE = "True", "False"
#: A place with more values than this is compared, not tried.
_FEW = 512

_SIGNS: dict[type[ast.cmpop], tuple[str, Callable[[Any, Any], bool]]] = {
    ast.Eq: ("==", operator.eq), ast.NotEq: ("!=", operator.ne), ast.Lt: ("<", operator.lt), ast.LtE: ("<=", operator.le),
    ast.Gt: (">", operator.gt), ast.GtE: (">=", operator.ge),
    ast.In: ("in", lambda a, b: a in b), ast.NotIn: ("not in", lambda a, b: a not in b),
}  # fmt: skip


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
        self._leaf = Leaves(layout, scene).of

    def test(self, node: ast.expr) -> str:
        """Return the source of something that is yes or no."""
        places = {leaf.bits: leaf for leaf in self._leaves(node) if isinstance(leaf, Place)}
        sums = any(isinstance(leaf, Sum) for leaf in self._leaves(node))
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
                return spelled(self._leaf(node))
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

    def _leaves(self, node: ast.expr) -> Iterator[Leaf]:
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
                assert not isinstance(leaf, Sum)
                return leaf.value if isinstance(leaf, Known) else leaf.values[raw]
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
