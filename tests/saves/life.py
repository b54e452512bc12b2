"""The life of a save, from its first line to its closing, as the tests of crashes, full disks and power cuts play it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from eternal.engine.actions import Choose, Drop, Flee, Hide, Keep, Rewind
from eternal.engine.digests import digest
from eternal.engine.game import Game
from eternal.saves.disk import Disk
from eternal.saves.save import Save
from eternal.story.load import digest_of
from eternal.story.story import Story

__all__ = ["NAME", "TORN", "Life", "digests", "renamed_story"]

NAME = "a.eternal"
#: What an interrupted writer, or a file system after a power cut, may leave at the end.
TORN = b'{"n":99,"do":"cho\x00\x00\x00\x00'

ACTIONS = (
    Choose("all"), Keep("star"), Choose("wake"), Rewind(2), Choose("page"), Choose("back"), Rewind(5), Rewind(3), Flee("yard"),
    Hide("star"), Keep("breath"), Rewind(2), Choose("page"), Keep("coats"), Drop("star"), Rewind(11), Drop("breath"),
)  # fmt: skip
#: How many of them are done in the first sitting, and on the story as it was.
FIRST, BEFORE = 5, 10


@lru_cache
def renamed_story(night: Story) -> Story:
    """Return the small story after an author's afternoon: titles and a choice renamed, and said to be. No state's digest changes."""
    scenes = {}
    for name, scene in night.scenes.items():
        choices = tuple(replace(it, id="walk-on", formerly=("page",)) if it.id == "page" else it for it in scene.choices)
        scenes[name] = replace(scene, choices=choices, title=f"{scene.title}!")
    return Story(night.header, scenes, night.index, digest_of({"edited": night.digest.encode()}))


@lru_cache
def digests(night: Story) -> tuple[str, ...]:
    """Return the digest of the state after each action, beginning with none."""
    game = Game(night, seed=3)
    for action in ACTIONS:
        game.act(action)
    return tuple(digest(night, state) for state in game.states)


class Life:
    """A night that is begun, played, closed, opened, torn, carried over to an edited story, played on and closed.

    Attributes:
        acked: how many actions the player has seen the result of; None until the night has begun.
        seen: how many there have been, told of trouble or not.
        story: the story it is played on at this moment.
        save: the save, while it is open.
    """

    def __init__(self, night: Story, folder: Path, disk: Disk) -> None:
        self.night = night
        self.story = night
        self.path = folder / "home" / "saves" / NAME
        self.disk = disk
        self.acked: int | None = None
        self.seen = 0
        self.save: Save | None = None

    def live(self) -> None:
        """Live it all."""
        for _ in self.steps():
            pass

    def steps(self) -> Iterator[str]:
        """Live it step by step, and say what was done."""
        self._took(Save.create(self.night, self.path, seed=3, disk=self.disk))
        yield "begin"
        yield from self._play(FIRST)
        yield self._close()
        self._took(Save.open(self.path, self.story, disk=self.disk))
        yield "open"
        yield from self._play(BEFORE)
        yield self._close()
        self._tear()
        self._took(Save.open(self.path, self.story, disk=self.disk))
        yield "mend"
        yield self._close()
        self.story = renamed_story(self.night)
        self._took(Save.open(self.path, self.story, disk=self.disk))
        yield "carry over"
        yield from self._play(len(ACTIONS))
        yield self._close()

    def _took(self, save: Save) -> None:
        self.save = save
        self.acked = self.seen = len(save.game.actions)

    def _play(self, last: int) -> Iterator[str]:
        """Go on from where the night stands: an action that was only ever in memory is done again."""
        assert self.save is not None
        for action in ACTIONS[len(self.save.game.actions) : last]:
            today: Any = Choose("walk-on") if action == Choose("page") and self.story is not self.night else action
            self.save.game.act(today)
            self.acked = self.seen = len(self.save.game.actions)
            yield "act"

    def _close(self) -> str:
        assert self.save is not None
        self.save.close()
        return "close"

    def _tear(self) -> None:
        """Do what a crash of another program would: not through the seam, for it is none of the save's calls."""
        with self.path.open("ab") as file:
            file.write(TORN)
