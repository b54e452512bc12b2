"""The fold: a night again from its actions. Loading, resuming, watching, verifying are all this."""

from __future__ import annotations

from msgspec import Struct

from eternal.engine.actions import Action, Choose, Drop, Flee, Hide, Keep, Rewind
from eternal.engine.digests import digest
from eternal.engine.game import Game
from eternal.errors import Refused
from eternal.saves.format import Record, SaveHeader
from eternal.speech import _
from eternal.story.story import Story

__all__ = ["Folded", "Names", "Stop", "action_today", "fold", "records_of", "scene_today"]

#: What `formerly` declares: kind and old id, for a choice with its scene between, to the id of today.
Names = dict[tuple[str, ...], str]


class Stop(Struct, frozen=True):
    """The step that the story no longer allows: its number, what was to be done, where, and why it cannot be."""

    number: int
    record: Record
    reason: str

    @property
    def message(self) -> str:
        """One line for whoever reads it."""
        said = _("step {number} ({what} in {scene}) is no longer possible: {why}")
        return said.format(number=self.number, what=self.record.what, scene=self.record.scene, why=self.reason)


class Folded(Struct, frozen=True):
    """A night made again.

    Attributes:
        game: as far as it went; without a `stop`, all the way.
        records: what a save of it says today.
        stop: the first step that the story refuses.
        diverged: the first step whose state differs from what was recorded; None if none does.
        same_story: whether the save was made with exactly this story.
        header: what the night was begun with.
    """

    game: Game
    records: tuple[Record, ...]
    stop: Stop | None
    diverged: int | None
    same_story: bool
    header: SaveHeader


def fold(story: Story, header: SaveHeader, records: tuple[Record, ...], until: int | None = None) -> Folded:
    """Play recorded actions again.

    The game's recorder writes down what a save says of the steps, so each state's digest is worked out once.

    Args:
        story: the story, perhaps edited since.
        header: the save's header.
        records: the save's actions.
        until: play no more than so many.
    """
    same_story = header.digest == story.digest
    names: Names = {} if same_story else story.renamed
    game = Game(story, seed=header.seed, past=tuple(scene_today(story, names, ending) for ending in header.past))
    again: list[Record] = []
    game.recorder = lambda *what: again.append(Record.of(*what))
    stop = None
    for record in records[:until]:
        try:
            _again(game, record, names)
        except Refused as refused:
            stop = Stop(record.n, record, refused.told)
            break
    game.recorder = None
    diverged = next((was.n for was, now in zip(records, again, strict=False) if was.state != now.state), None)
    return Folded(game, tuple(again), stop, diverged, same_story, header)


def _again(game: Game, record: Record, names: Names) -> None:
    """Take a recorded step, where it was taken: many scenes have a choice called `on`.

    Raises:
        Refused: the story no longer allows it, or the night now stands somewhere else.
    """
    scene = scene_today(game.story, names, record.scene)
    if scene != game.state.scene:
        if scene not in game.story.scenes:
            raise Refused(
                "there is no scene {scene!r} any more, and the night stands in {here!r} there", scene=scene, here=game.state.scene
            )
        raise Refused("the night stands in {here!r} there", here=game.state.scene)
    game.act(action_today(game.story, record.action, scene, names) if names else record.action)


def action_today(story: Story, action: Action, scene: str, names: Names) -> Action:
    """Return an action under the ids of today: authors declare renames with `formerly`.

    An id that the story has today is never taken for a former one.
    """
    match action:
        case Rewind():
            return action
        case Choose(id=name):
            return action if story.choice(scene, name) else Choose(names.get(("choice", scene, name), name))
        case Flee(id=name):
            return Flee(scene_today(story, names, name))
        case Keep(id=name) | Drop(id=name) | Hide(id=name):
            return action if name in story.index.fragments else type(action)(names.get(("fragment", name), name))


def scene_today(story: Story, names: Names, scene: str) -> str:
    """Return what a scene is called today."""
    return scene if scene in story.scenes else names.get(("scene", scene), scene)


def records_of(game: Game) -> tuple[Record, ...]:
    """Return a night's actions as a save's records."""
    return tuple(
        Record.of(number, action, before.scene, digest(game.story, after))
        for number, (action, before, after) in enumerate(zip(game.actions, game.states, game.states[1:], strict=False), start=1)
    )
