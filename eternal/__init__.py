"""Eternal: a terminal game about memories being erased, and the story engine under it.

Play, whatever the face:

    >>> import eternal
    >>> game = eternal.Game(eternal.load(), seed=7)
    >>> game.view.title
    'Bruno’s · 14 February 2004'
    >>> [choice.id for choice in game.view.choices]
    ['steal', 'put-back', 'premium']
    >>> after = game.choose("steal")
    >>> after.scene
    'valentine-gift'
    >>> game.act(eternal.Keep("the moon"))
    Traceback (most recent call last):
    eternal.errors.Refused: those words are not here

`game.possible()` lists every action that would not be refused. `Save.create` and `Save.open` give a game whose every action
is on the disk before it is seen; `replay` plays a save again and writes nothing. `start`, `step` and `view` are the pure
functions under all of it.

The names below are the public interface; each is imported when it is first used, so `import eternal` costs nothing.
"""

from __future__ import annotations

from eternal._version import VERSION as __version__

TYPE_CHECKING = False  # as type checkers understand it: importing `typing` would be most of the cost
if TYPE_CHECKING:
    from typing import Any

    from eternal.engine.actions import Action, Choose, Drop, Flee, Hide, Keep, Rewind
    from eternal.engine.game import Game
    from eternal.engine.state import State
    from eternal.engine.step import start, step
    from eternal.engine.view import View, view
    from eternal.errors import EternalError, Refused
    from eternal.saves.errors import SaveError
    from eternal.saves.fold import Folded
    from eternal.saves.replay import replay
    from eternal.saves.save import Save
    from eternal.story.diagnostics import StoryError
    from eternal.story.load import load
    from eternal.story.story import Story

__all__ = [
    "Action", "Choose", "Drop", "EternalError", "Flee", "Folded", "Game", "Hide", "Keep", "Refused", "Rewind", "Save", "SaveError",
    "State", "Story", "StoryError", "View", "__version__", "load", "replay", "start", "step", "view",
]  # fmt: skip

_HOMES = {
    "eternal.engine.actions": ("Action", "Choose", "Drop", "Flee", "Hide", "Keep", "Rewind"),
    "eternal.engine.game": ("Game",),
    "eternal.engine.state": ("State",),
    "eternal.engine.step": ("start", "step"),
    "eternal.engine.view": ("View", "view"),
    "eternal.errors": ("EternalError", "Refused"),
    "eternal.saves.errors": ("SaveError",),
    "eternal.saves.fold": ("Folded",),
    "eternal.saves.replay": ("replay",),
    "eternal.saves.save": ("Save",),
    "eternal.story.diagnostics": ("StoryError",),
    "eternal.story.load": ("load",),
    "eternal.story.story": ("Story",),
}


def __getattr__(name: str) -> Any:
    """Import a public name on its first use (PEP 562)."""
    home = next((module for module, names in _HOMES.items() if name in names), None)
    if home is None:
        raise AttributeError(f"module 'eternal' has no attribute {name!r}")
    import importlib

    found = globals()[name] = getattr(importlib.import_module(home), name)
    return found


def __dir__() -> list[str]:
    """List the public names, whether or not they have been imported yet."""
    return sorted(__all__)
