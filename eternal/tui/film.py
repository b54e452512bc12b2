"""A recorded night as a film: its frames, its thread, and how long each is shown. No clock, no widget."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from eternal.engine.actions import Choose, Flee, Keep, Rewind
from eternal.engine.game import Game
from eternal.engine.state import State
from eternal.engine.view import View, view
from eternal.story.story import Story
from eternal.tui.offers import LAST
from eternal.wording.told import title_of

__all__ = ["SPEEDS", "Film", "Knot", "knots", "seconds_of"]

#: How fast a film can be run.
SPEEDS = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0)

#: Seconds that a word is looked at, and the least that a page is.
WORD, LEAST = 0.18, 1.6


class Film:
    """A night to be watched: it knows where it stands, and knows the same things as a night that is played."""

    def __init__(self, game: Game, at: int = 0) -> None:
        """Begin at a frame; frame `n` is how things were after `n` actions."""
        self.game = game
        self.at = at
        self._seen: tuple[State, View] | None = None

    @property
    def story(self) -> Story:
        """The story."""
        return self.game.story

    @property
    def locale(self) -> str | None:
        """The language it is told in; None is the story's own."""
        return self.game.locale

    def speak(self, locale: str | None) -> None:
        """Tell it in another language from now on."""
        self.game.locale = locale
        self._seen = None

    @property
    def end(self) -> int:
        """The last frame."""
        return len(self.game.actions)

    @property
    def state(self) -> State:
        """Where the night stands in this frame."""
        return self.game.states[self.at]

    @property
    def view(self) -> View:
        """What is to be shown of it."""
        if self._seen is None or self._seen[0] is not self.state:
            self._seen = self.state, view(self.story, self.state, self.locale)
        return self._seen[1]

    def way(self) -> Iterator[tuple[int, State]]:
        """Yield the states up to this frame."""
        yield from enumerate(self.game.states[: self.at + 1])

    def next_deed(self) -> str:
        """Return what is done next, as a leaf knows it: `choose:ID`, `keep:ID`, or the name of an action."""
        if self.at >= self.end:
            return LAST
        match self.game.actions[self.at]:
            case Choose(id=name):
                return f"choose:{name}"
            case Keep(id=name):
                return f"keep:{name}"
            case Flee():
                return "run_away"
            case Rewind():
                return ""
            case _:
                return "hands"


class Knot(Struct, frozen=True):
    """Something to see on the thread of a film: a scene begins, words are kept, a memory is erased."""

    step: int
    kind: str
    title: str


def knots(game: Game) -> tuple[Knot, ...]:
    """Return the knots of a night's thread, in order."""
    return tuple(_knots(game.story, game.states, game.locale))


def _knots(story: Story, states: Sequence[State], locale: str | None) -> Iterator[Knot]:
    before = ""
    for step, state in enumerate(states):
        if story.head(state.scene) != before:  # a place, however many pages it has
            yield Knot(step, "scene", title_of(story, state.scene, locale))
        for news in state.news:
            if news.kind in ("kept", "erased"):
                yield Knot(step, news.kind, title_of(story, news.about, locale) if news.kind == "erased" else "")
        before = story.head(state.scene)


def seconds_of(page: View, fresh_words: int) -> float:
    """Return how long a frame is shown at speed 1: long enough to read what is new on it."""
    return max(LEAST, WORD * fresh_words) + (0.0 if page.over else 0.4)
