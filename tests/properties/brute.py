"""Every state of a small story, by `step` alone: slow, plain, and what a proof is held against."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from eternal.author.prove.goals import Goal, claims_of
from eternal.author.prove.ledger import is_feared
from eternal.engine.actions import Choose, Flee, Keep
from eternal.engine.choices import available, blocks, possible
from eternal.engine.conditions import holds
from eternal.engine.fast.reads import reads_of, watchful
from eternal.engine.state import State
from eternal.engine.step import is_over, start, step
from eternal.story.story import Story

__all__ = ["Everything", "TooLargeError"]

#: What no condition of these stories counts further than.
_FAR = 14


class TooLargeError(Exception):
    """A story has more states than anybody wants to wait for."""


class Everything:
    """All states of a story, after every past that comes of endings reached.

    Attributes:
        states: one of each kind that can go on differently; `after`: for each the places of those after its actions.
        met: every goal that some state shows.
        escapes: whether from all of them an ending can be reached.
    """

    def __init__(self, story: Story, most: int) -> None:
        """Look at all states; raises `TooLargeError` when they are more than `most`."""
        self.story = watchful(story, reads_of(story, [condition for _, condition in claims_of(story)]))
        self.most = most
        self.states: list[State] = []
        self.after: list[list[int]] = []
        self.met: set[Goal] = set()
        self._places: dict[Hashable, int] = {}
        self._pasts: set[frozenset[str]] = set()
        self._begin(frozenset())
        for state in self.states:
            self.met.update(self._shown(state))
            self.after.append([self._place(step(self.story, state, action)) for action in possible(self.story, state)])
            if is_over(self.story, state):
                self._begin(frozenset(state.past) | {state.scene})
        self.escapes = all(self._escaping())

    def verdict(self, goal: Goal) -> str:
        """Return what is true of a goal, in the words of a proof."""
        if goal[0] == "always-an-ending" or goal[1].startswith("always eventually"):
            return "proved" if self.escapes else "refuted"
        if is_feared(goal):
            return "refuted" if goal in self.met else "proved"
        return "witnessed" if goal in self.met else "refuted"

    def _begin(self, past: frozenset[str]) -> None:
        if past not in self._pasts:
            self._pasts.add(past)
            self._place(start(self.story, 0, tuple(sorted(past))))

    def _place(self, state: State) -> int:
        key = _key(self.story, state)
        if key not in self._places:
            if len(self.states) >= self.most:
                raise TooLargeError
            self._places[key] = len(self.states)
            self.states.append(state)
        return self._places[key]

    def _shown(self, state: State) -> Iterator[Goal]:
        """Yield every goal that a state shows."""
        story, scene, over = self.story, state.scene, is_over(self.story, state)
        yield ("ending" if over else "scene", scene)
        yield from (("block", f"{scene}#{number}") for number, _ in blocks(story, state))
        yield from (("claim", text) for text, condition in claims_of(story) if holds(story, state, condition, scene))
        if over:
            return
        actions = possible(story, state)
        yield from (("choice", f"{scene}/{choice.id}") for choice in available(story, state))
        yield from (("fragment", action.id) for action in actions if isinstance(action, Keep))
        if not any(isinstance(action, Choose | Flee) for action in actions):
            yield ("way-on", scene)

    def _escaping(self) -> list[bool]:
        """Tell of each state whether an ending can be reached from it."""
        before: list[list[int]] = [[] for _ in self.states]
        for place, after in enumerate(self.after):
            for then in after:
                before[then].append(place)
        found = [is_over(self.story, state) for state in self.states]
        stack = [place for place, escapes in enumerate(found) if escapes]
        while stack:
            for place in before[stack.pop()]:
                if not found[place]:
                    found[place] = True
                    stack.append(place)
        return found


def _key(story: Story, state: State) -> Hashable:
    """Return what tells a state from those that go on alike: everything, numbers that only grow as far as anybody counts.

    How loud Joel is can fall again, so he who gets louder than that makes a story too large.
    """
    if state.heat > _FAR:
        raise TooLargeError
    late = max(story.machine.dawn, _FAR) if story.machine is not None else 0
    return (
        state.scene, state.resume, state.values, state.strength, state.refused, state.sweep, state.exposed, frozenset(state.hands),
        frozenset(state.hidden), state.lost, state.given, min(state.beat, late), state.heat, state.lucidity, state.hunted, state.turned,
        state.looking, state.shown, frozenset((scene, min(4, count)) for scene, count in state.visits.items()), state.chosen, state.read,
        frozenset(state.past),
    )  # fmt: skip
