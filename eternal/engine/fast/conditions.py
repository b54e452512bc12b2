"""Conditions as Python source over a packed state `s`.

A part that reads a single place with few values is not computed at all: it is tried with every value, and becomes one
comparison of the masked bits with a bound. What reads several places is spelled out.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from functools import lru_cache

from msgspec import Struct

from eternal.engine.fast.layout import Bits, Layout
from eternal.story.expr import parse

__all__ = ["FALSE", "TRUE", "source"]

TRUE, FALSE = "True", "False"
#: A place with more values than this is compared, not tried.
_FEW = 512

_OPS: dict[type[ast.cmpop], str] = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.In: "in", ast.NotIn: "not in",
}  # fmt: skip
_COMPARE: dict[type[ast.cmpop], Callable[[object, object], bool]] = {
    ast.Eq: lambda a, b: a == b, ast.NotEq: lambda a, b: a != b,
    ast.Lt: lambda a, b: a < b, ast.LtE: lambda a, b: a <= b, ast.Gt: lambda a, b: a > b, ast.GtE: lambda a, b: a >= b,  # type: ignore[operator]
    ast.In: lambda a, b: a in b, ast.NotIn: lambda a, b: a not in b,  # type: ignore[operator]
}  # fmt: skip


class _Place(Struct, frozen=True):
    """A leaf that one stretch of bits decides: each raw value's meaning, in order."""

    bits: Bits
    values: tuple[object, ...]
