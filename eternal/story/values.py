"""What a scalar of the file can mean as a variable's value."""

from __future__ import annotations

from eternal.story.schema import Bounded
from eternal.story.types import ANY, Type

__all__ = ["fits", "kind_of"]


def fits(value: str, kind: Type, spec: object) -> bool:
    """Tell whether a scalar is a value of a variable."""
    if kind == ANY:
        return True
    if kind.name == "bool":
        return value in ("true", "false")
    if isinstance(spec, Bounded):
        return value.isascii() and value.removeprefix("-").isdecimal() and spec.min <= int(value) <= spec.max
    return value in kind.words


def kind_of(kind: Type, spec: object) -> str:
    """Say what a variable can be."""
    return f"a number from {spec.min} to {spec.max}" if isinstance(spec, Bounded) else str(kind)
