"""The fold: a night again from its actions. Loading, resuming, watching, verifying are all this."""

from __future__ import annotations

from msgspec import Struct

from eternal.engine.actions import Action, Choose, Drop, Flee, Hide, Keep, Rewind
from eternal.engine.game import Game
from eternal.engine.state import digest
from eternal.errors import Refused
from eternal.saves.format import Header, Record
from eternal.story.story import Story

__all__ = ["Folded", "Stop", "fold"]


class Stop(Struct, frozen=True):
    """The step that the story no longer allows: its number, what was to be done, where, and why it cannot be."""

    number: int
    record: Record
    reason: str

    @property
    def message(self) -> str:
        """One line for whoever reads it."""
        what = f"{self.record.do} {self.record.id or self.record.to}"
        return f"step {self.number} ({what} in {self.record.scene}) is no longer possible: {self.reason}"


class Folded(Struct, frozen=True):
    """A night made again.

    Attributes:
        game: as far as it went; without a `stop`, all the way.
        stop: the first step that the story refuses.
        diverged: the first step whose state differs from what was recorded; None if none does.
        same_story: whether the save was made with exactly this story.
    """

    game: Game
    stop: Stop | None
    diverged: int | None
    same_story: bool


def fold(story: Story, header: Header, records: tuple[Record, ...], until: int | None = None) -> Folded:
    """Play recorded actions again.

    Args:
        story: the story, perhaps edited since.
        header: the save's header.
        records: the save's actions.
        until: play no more than so many.
    """
    game = Game(story, seed=header.seed, past=header.past)
    diverged = None
    for record in records[:until]:
        try:
            game.act(_today(story, record))
        except Refused as refused:
            return Folded(game, Stop(record.n, record, refused.message), diverged, header.digest == story.digest)
        if diverged is None and digest(story, game.state) != record.state:
            diverged = record.n
    return Folded(game, None, diverged, header.digest == story.digest)


def _today(story: Story, record: Record) -> Action:
    """Return an action under the ids of today: authors declare renames with `formerly`."""
    action = record.action
    names = story.renamed
    if not names or isinstance(action, Rewind):
        return action
    match action:
        case Choose(id=name):
            scene = names.get(("scene", record.scene), record.scene)
            return Choose(names.get(("choice", scene, name), name))
        case Flee(id=name):
            return Flee(names.get(("scene", name), name))
        case Keep(id=name) | Drop(id=name) | Hide(id=name):
            return type(action)(names.get(("fragment", name), name))
