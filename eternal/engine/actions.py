"""The six things a player can do. A save is a list of them and nothing else."""

from __future__ import annotations

from typing import Literal, cast

from msgspec import Struct

__all__ = ["Action", "Choose", "Drop", "Flee", "Hide", "Keep", "Rewind", "Verb"]

#: What each is called: in a save, on a command line, in a report.
Verb = Literal["choose", "keep", "drop", "hide", "flee", "rewind"]


class _Act(Struct, frozen=True, gc=False, tag_field="do", tag=str.lower):
    """What all actions have: a verb, which is their class's name."""

    @property
    def verb(self) -> Verb:
        """What this is called."""
        return cast("Verb", self.__struct_config__.tag)


class Choose(_Act, frozen=True, gc=False):
    """Take a choice of the scene."""

    id: str


class Keep(_Act, frozen=True, gc=False):
    """Take a fragment from the words into the hands."""

    id: str


class Drop(_Act, frozen=True, gc=False):
    """Let go of a fragment in hand."""

    id: str


class Hide(_Act, frozen=True, gc=False):
    """Hide a fragment in hand where one stands."""

    id: str


class Flee(_Act, frozen=True, gc=False):
    """Run to a scene that shares a motif."""

    id: str


class Rewind(_Act, frozen=True, gc=False):
    """Go back to how things were after action `to` (0: the beginning). Kept in the journal like any other action."""

    to: int


Action = Choose | Keep | Drop | Hide | Flee | Rewind
