"""The six things a player can do. A save is a list of them and nothing else."""

from __future__ import annotations

from msgspec import Struct

__all__ = ["Action", "Choose", "Drop", "Flee", "Hide", "Keep", "Rewind"]


class Choose(Struct, frozen=True, tag_field="do", tag="choose"):
    """Take a choice of the scene."""

    id: str


class Keep(Struct, frozen=True, tag_field="do", tag="keep"):
    """Take a fragment from the words into the hands."""

    id: str


class Drop(Struct, frozen=True, tag_field="do", tag="drop"):
    """Let go of a fragment in hand."""

    id: str


class Hide(Struct, frozen=True, tag_field="do", tag="hide"):
    """Hide a fragment in hand where one stands."""

    id: str


class Flee(Struct, frozen=True, tag_field="do", tag="flee"):
    """Run to a scene that shares a motif."""

    id: str


class Rewind(Struct, frozen=True, tag_field="do", tag="rewind"):
    """Go back to how things were after action `to` (0: the beginning). Kept in the journal like any other action."""

    to: int


Action = Choose | Keep | Drop | Hide | Flee | Rewind
