"""Every error that Eternal raises on purpose.

    EternalError
    ├── StoryError      a story cannot be loaded: carries located diagnostics
    ├── Refused         an action is not possible now: carries the reason
    └── SaveError       a save cannot be used (saves/errors.py)
        ├── SaveDamaged     damage before the last good line
        ├── SaveLocked      another player holds it
        └── SaveStopped     the story no longer allows a step (saves/save.py)

Only the command line turns them into text and exit codes.
"""

from __future__ import annotations

__all__ = ["EternalError", "Refused"]


class EternalError(Exception):
    """The base: a title for whoever shows it, and a message of one line for whoever reads it."""

    title = "Something went wrong"

    def __init__(self, message: str) -> None:
        """Keep the message, one line without a full stop."""
        super().__init__(message)
        self.message = message


class Refused(EternalError):
    """The action cannot be taken in this state; nothing has changed and nothing is recorded."""

    title = "Not now"
