"""States as bytes, to be sent from process to process: as machine words where they fit, else as numbers of any length."""

from __future__ import annotations

import marshal
from array import array
from collections.abc import Iterable, Mapping

from eternal.author.prove.space import Level

__all__ = ["from_wire", "to_wire"]


def to_wire(found: Mapping[int, Iterable[int]]) -> bytes:
    """Return states by scene as bytes."""
    try:
        return marshal.dumps([(number, array("Q", states).tobytes()) for number, states in found.items()], 2)
    except OverflowError:
        return marshal.dumps([(number, list(states)) for number, states in found.items()], 2)


def from_wire(data: bytes) -> Level:
    """Return the states again, of each scene in some order."""
    loaded = marshal.loads(data)  # noqa: S302 - from our own other process
    return {number: array("Q", states) if isinstance(states, bytes) else states for number, states in loaded}
