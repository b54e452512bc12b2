"""A night as it has been read: page by page, and what was done on each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from eternal.engine.actions import Action, Choose, Drop, Flee, Hide, Keep, Rewind
from eternal.engine.state import State
from eternal.engine.view import Passage, view
from eternal.story.story import Story

__all__ = ["Entry", "deed", "entries"]


class Entry(Struct, frozen=True):
    """One step of a night.

    Attributes:
        step: the number of the state in the night's list; going back leads there.
        heading: where and when; empty while one stays on the same page.
        passages: what was new to read.
        deed: what was done then; empty for where the night stands.
    """

    step: int
    heading: str
    passages: tuple[Passage, ...]
    deed: str


def entries(story: Story, steps: Sequence[tuple[int, State]], actions: Sequence[Action]) -> Iterator[Entry]:
    """Yield a night's steps, without what was taken back.

    Args:
        story: the story.
        steps: the states on the way, each with its number.
        actions: the night's actions; action `n` led to state `n`.
    """
    before: tuple[Passage, ...] = ()
    last = ""
    for place, (number, state) in enumerate(steps):
        page = view(story, state)
        stays = state.scene == last
        known = {passage.text for passage in before} if stays else set()
        fresh = tuple(passage for passage in page.passages if passage.text not in known)
        hour = f"{page.machine.hour} · " if page.machine else ""
        after = steps[place + 1][0] if place + 1 < len(steps) else 0
        done = deed(story, state, actions[after - 1]) if after else ""
        yield Entry(number, "" if stays else hour + page.title, fresh, done)
        before, last = page.passages, state.scene


def deed(story: Story, state: State, action: Action) -> str:
    """Return an action in words, as it was taken in a state."""
    match action:
        case Choose(id=name):
            choice = story.choice(state.scene, name)
            return choice.text if choice else "Let it carry you."
        case Flee(id=name):
            return f"Run: {story.scenes[name].title}."
        case Keep(id=name):
            return f"Keep: {_line(story, name)}"
        case Drop(id=name):
            return f"Let go: {_line(story, name)}"
        case Hide(id=name):
            return f"Hide: {_line(story, name)}"
        case Rewind():
            return "Go back."


def _line(story: Story, fragment: str) -> str:
    return story.scenes[story.index.fragments[fragment]].fragments[fragment].line
