"""Every error that Eternal raises on purpose.

    EternalError
    ├── StoryError      a story cannot be loaded: carries located diagnostics (story/diagnostics.py)
    ├── Refused         an action is not possible now: carries the reason
    ├── SaveError       a save cannot be used (saves/errors.py)
    │   ├── SaveDamaged     damage before the last good line
    │   ├── SaveLocked      another player holds it
    │   └── SaveStopped     the story no longer allows a step (saves/save.py)
    ├── ExportError     a night cannot be exported so (saves/export)
    ├── LocaleError     a catalog cannot be read (author/locale/files.py)
    └── FolderInUse     `eternal new` would write over something (author/new.py)

The faces say them; only the command line turns them into exit codes. What the story reader raises inside itself
(`ConditionError`, `MarkupError`, `ArchiveError`) never leaves it: it becomes a located diagnostic.
"""

from __future__ import annotations

from eternal.speech import _

__all__ = ["EternalError", "Refused"]


class EternalError(Exception):
    """The base: a title for whoever shows it, and a message of one line for whoever reads it."""

    title = "Something went wrong"

    def __init__(self, message: str, **values: object) -> None:
        """Keep the message, one line without a full stop; `{name}` in it stands for the value of that name."""
        self.template = message
        self.values = values
        self.message = message.format(**values) if values else message
        super().__init__(self.message)

    @property
    def told(self) -> str:
        """The message in the player's language, if it has been translated."""
        said = _(self.template)
        return said.format(**self.values) if self.values else said


class Refused(EternalError):
    """The action cannot be taken in this state; nothing has changed and nothing is recorded."""

    title = "Not now"
