"""A night being played: the actions so far, the states they led to, and a place for a journal to listen."""

from __future__ import annotations

from collections.abc import Callable

from eternal.engine.actions import Action, Choose, Drop, Flee, Hide, Keep, Rewind
from eternal.engine.choices import possible
from eternal.engine.digests import digest
from eternal.engine.state import State
from eternal.engine.step import is_over, start, step
from eternal.engine.view import View, view
from eternal.errors import Refused
from eternal.story.story import Story

__all__ = ["Game", "Recorder"]

#: Told of every action before its result is visible: number (1-based), action, scene it was taken in, digest of the state after.
Recorder = Callable[[int, Action, str, str], None]


class Game:
    """One night of a story.

    Example:
        >>> from eternal import Game, load
        >>> game = Game(load(), seed=7)
        >>> game.view.choices[0].id
        'steal'
        >>> game.choose("steal").scene
        'valentine-gift'
        >>> game.rewind().scene
        'valentine'
        >>> game
        <Game of 'eternal': 2 actions, in 'valentine'>

    Attributes:
        story: the story.
        seed: the night's seed.
        past: endings of the player's earlier nights.
        locale: the language of the view; None is the story's own. It can change in the middle of a night.
        actions: what has been done, in order.
        states: the state before the first action, and after each.
    """

    def __init__(self, story: Story, *, seed: int = 0, past: tuple[str, ...] = ()) -> None:
        """Begin a night."""
        self.story = story
        self.seed = seed
        self.past = past
        self.actions: list[Action] = []
        self.states: list[State] = [start(story, seed, past)]
        # After n actions the night stands at state _at[n] (a rewind stands at an earlier one), reached from state _before[_at[n]].
        self._at: list[int] = [0]
        self._before: dict[int, int] = {0: 0}
        self.recorder: Recorder | None = None
        self.locale: str | None = None

    def __repr__(self) -> str:
        """Name the story, and say how far the night has come."""
        return f"<Game of {self.story.id!r}: {len(self.actions)} actions, in {self.state.scene!r}>"

    @property
    def state(self) -> State:
        """Where the night stands."""
        return self.states[-1]

    @property
    def view(self) -> View:
        """What a face shows of it."""
        return view(self.story, self.state, self.locale)

    @property
    def is_over(self) -> bool:
        """Whether an ending is reached."""
        return is_over(self.story, self.state)

    def act(self, action: Action) -> State:
        """Do something: work out the state, have it recorded, then let it be seen.

        Raises:
            Refused: it is not possible now. Nothing has changed and nothing is recorded.
        """
        before, number = self.states[-1], len(self.actions) + 1
        if isinstance(action, Rewind):
            after, stands = self._earlier(action), self._at[action.to]
        else:
            after, stands = step(self.story, before, action), number
            self._before[number] = self._at[-1]
        if self.recorder is not None:
            self.recorder(number, action, before.scene, digest(self.story, after))
        self.actions.append(action)
        self.states.append(after)
        self._at.append(stands)
        return after

    def _earlier(self, action: Rewind) -> State:
        """Return the state that an action goes back to."""
        if not 0 <= action.to < len(self.states):
            raise Refused("there is no step {number} to go back to", number=action.to)
        if self._at[action.to] == self._at[-1]:
            raise Refused("there is nothing to take back")
        return self.states[action.to]

    def choose(self, choice: str) -> State:
        """Take a choice of the scene, by its id."""
        return self.act(Choose(choice))

    def keep(self, fragment: str) -> State:
        """Keep a fragment of the words."""
        return self.act(Keep(fragment))

    def drop(self, fragment: str) -> State:
        """Let a fragment go."""
        return self.act(Drop(fragment))

    def hide(self, fragment: str) -> State:
        """Hide a fragment where Joel is."""
        return self.act(Hide(fragment))

    def flee(self, scene: str) -> State:
        """Run to a scene."""
        return self.act(Flee(scene))

    def rewind(self, to: int | None = None) -> State:
        """Go back to how things were after action `to`; without it, before the last action that was not taken back."""
        return self.act(Rewind(self.undo_point() if to is None else to))

    def undo_point(self) -> int:
        """Return the step that taking back once leads to."""
        return self._before[self._at[-1]]

    def path(self) -> list[int]:
        """Return the numbers of the states on the way to here, without what was taken back: from 0 to where the night stands."""
        path = [self._at[-1]]
        while path[-1]:
            path.append(self._before[path[-1]])
        return path[::-1]

    def possible(self) -> list[Action]:
        """Return every action but rewinding that would not be refused now."""
        if self.is_over:
            return []
        return possible(self.story, self.state)
