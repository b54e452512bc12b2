"""The night that is being played, as the screens know it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from eternal.engine.actions import Action
from eternal.engine.state import State
from eternal.engine.view import View, view
from eternal.errors import Refused
from eternal.saves.disk import explain
from eternal.saves.profile import remember
from eternal.saves.save import Save
from eternal.speech import _
from eternal.story.story import Story

__all__ = ["Night", "Session", "asleep"]


def asleep(page: View) -> bool:
    """Tell whether the night is going on: by day, before and after, there is no hour, no map and no machine to show."""
    return page.machine is not None and page.kind in ("memory", "refuge", "outside")


class Night(Protocol):
    """What a map needs to know of a night, played or only watched."""

    @property
    def story(self) -> Story:
        """The story."""

    @property
    def state(self) -> State:
        """Where the night stands."""

    @property
    def view(self) -> View:
        """What is to be shown."""

    @property
    def locale(self) -> str | None:
        """The language it is told in; None is the story's own."""

    def way(self) -> Iterator[tuple[int, State]]:
        """Yield the states on the way to here with their numbers."""


class Session:
    """A save with its view kept ready.

    Attributes:
        save: the night on the disk.
    """

    def __init__(self, save: Save) -> None:
        """Take an open save; it is closed with the session."""
        self.save = save
        self._noticed = 0
        self._seen: tuple[State, View] | None = None

    @property
    def story(self) -> Story:
        """The story."""
        return self.save.game.story

    @property
    def state(self) -> State:
        """Where the night stands."""
        return self.save.game.state

    @property
    def view(self) -> View:
        """What is to be shown; worked out once for each state."""
        state = self.state
        if self._seen is None or self._seen[0] is not state:
            self._seen = state, view(self.story, state, self.locale)
        return self._seen[1]

    @property
    def locale(self) -> str | None:
        """The language it is told in; None is the story's own."""
        return self.save.game.locale

    def speak(self, locale: str | None) -> None:
        """Tell it in another language from now on."""
        self.save.game.locale = locale
        self._seen = None

    @property
    def trouble(self) -> str:
        """Why the night is not on the disk, or nothing."""
        return self.save.trouble or ""

    def fresh_notices(self) -> list[str]:
        """Return what there is to say about the file and has not been asked for before: on opening it, or since."""
        fresh = self.save.notices[self._noticed :]
        self._noticed += len(fresh)
        return fresh

    def act(self, action: Action) -> str:
        """Do something. Return why it is refused, or nothing."""
        try:
            self.save.game.act(action)
        except Refused as refused:
            return refused.told
        return ""

    def remember(self) -> str:
        """Note a finished night in the profile. Return why that failed, or nothing."""
        try:
            remember(self.save.game)
        except OSError as error:
            return _("this ending is not remembered: {why}").format(why=explain(error))
        return ""

    def way(self) -> Iterator[tuple[int, State]]:
        """Yield the states on the way to here with their numbers, without what was taken back."""
        game = self.save.game
        yield from ((number, game.states[number]) for number in game.path())

    def close(self) -> None:
        """Close the save."""
        self.save.close()
