"""What a scalar of the file can mean: a variable's value, an hour of the night."""

from __future__ import annotations

from eternal.story.schema import Bounded
from eternal.story.types import ANY, Type

__all__ = ["fits", "hour_of", "kind_of"]


def hour_of(when: str | None) -> str:
    """Order the hours of a night: from noon to noon, those without one last."""
    if when is None or ":" not in when:
        return "~"
    return f"{(int(when[:2]) + 12) % 24:02}{when[3:]}"


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
