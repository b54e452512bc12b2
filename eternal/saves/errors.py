"""What can be wrong with a save. The tree stands in `eternal.errors`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import MsgspecError

from eternal.errors import EternalError

if TYPE_CHECKING:
    from eternal.saves.format import Parsed

__all__ = ["UNREADABLE", "SaveDamaged", "SaveError", "SaveLocked"]

#: What decoding a stranger's bytes can raise.
UNREADABLE = (MsgspecError, UnicodeDecodeError, RecursionError)


class SaveError(EternalError):
    """A save cannot be used; the message says which and why."""

    title = "This save cannot be opened"


class SaveDamaged(SaveError):
    """A line before the last good one is damaged.

    Attributes:
        line: its number, 1 for the header.
        before: the night up to there, for `session.branch` to go on from; None if the header is what is damaged.
    """

    def __init__(self, message: str, line: int, before: Parsed | None = None, **values: object) -> None:
        """Keep the line beside the message."""
        super().__init__(message, **values, line=line)
        self.line = line
        self.before = before


class SaveLocked(SaveError):
    """Another player holds the save; the message says who."""

    title = "This night is being played"
