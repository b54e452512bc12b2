"""Actions as small numbers."""

from __future__ import annotations

from eternal.engine.actions import Action, Choose, Drop, Flee, Hide, Keep
from eternal.engine.choices import DRIFT
from eternal.engine.fast.layout import Layout

__all__ = ["Codes"]


class Codes:
    """The numbers of a story's actions: choices by their ids, then keeping, dropping and hiding each fragment, then fleeing to each scene.

    Attributes:
        choose: the id of a choice -> its code; choices of one id share it, whatever their scene.
        keep, drop, hide: the code for the first fragment; flee: for the first scene.
        actions: the action of every code.
    """

    def __init__(self, layout: Layout) -> None:
        """Number the actions of a story."""
        ids = dict.fromkeys(choice.id for scene in layout.story.scenes.values() for choice in scene.choices)
        ids[DRIFT.id] = None
        self.choose = {name: number for number, name in enumerate(ids)}
        self.keep = len(ids)
        self.drop = self.keep + len(layout.fragments)
        self.hide = self.drop + len(layout.fragments)
        self.flee = self.hide + len(layout.fragments)
        self.actions: tuple[Action, ...] = (
            *(Choose(name) for name in ids), *(Keep(f) for f in layout.fragments), *(Drop(f) for f in layout.fragments),
            *(Hide(f) for f in layout.fragments), *(Flee(scene) for scene in layout.scenes),
        )  # fmt: skip
