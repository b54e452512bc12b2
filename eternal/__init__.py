"""Eternal: a terminal game about memories being erased, and the story engine under it.

    from eternal import Game, Save, load

    game = Game(load("story"), seed=7)
    print(game.view.passages[0].text)
    game.choose(game.view.choices[0].id)

The names below are the public interface; they are imported when they are first used, so `import eternal` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from eternal._version import VERSION as __version__

if TYPE_CHECKING:
    from eternal.engine.game import Game
    from eternal.engine.step import step
    from eternal.engine.view import View, view
    from eternal.errors import EternalError, Refused
    from eternal.saves.save import Save
    from eternal.story.load import load
    from eternal.story.story import Story

__all__ = ["EternalError", "Game", "Refused", "Save", "Story", "View", "__version__", "load", "step", "view"]

_HOMES = {
    "EternalError": "eternal.errors", "Game": "eternal.engine.game", "Refused": "eternal.errors", "Save": "eternal.saves.save",
    "Story": "eternal.story.story", "View": "eternal.engine.view", "load": "eternal.story.load", "step": "eternal.engine.step",
    "view": "eternal.engine.view",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    """Import a public name on its first use (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module 'eternal' has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(_HOMES[name]), name)
