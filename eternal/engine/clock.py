"""What the clock says. Asleep one has none: the hour is the last that was heard from outside, and the beats to morning are counted."""

from __future__ import annotations

from eternal.engine.state import State
from eternal.story.hours import hour_of
from eternal.story.story import Story

__all__ = ["clock", "hour"]

#: The hours that a night's beats are told as, in minutes after noon.
EVENING, MORNING = 11 * 60 + 40, 18 * 60


def clock(story: Story, state: State) -> str:
    """Return the hour of a page: outside its own, else the last that was told there; in a story that tells none, that of the beat."""
    scene = story.scenes[state.scene]
    if scene.kind == "outside" and scene.when and ":" in scene.when:
        return scene.when
    if not story.hours:
        return hour(state.beat, story.machine.dawn) if story.machine else ""
    heard = [story.hours[outside] for outside in state.shown if outside in story.hours]
    return max(heard, key=hour_of) if heard else _first(story)


def _first(story: Story) -> str:
    """Return the hour that a night begins at: before anything that is told of it."""
    return min(_told(EVENING), *(story.scenes[outside].when or "" for outside in story.hours), key=hour_of)


def hour(beat: int, dawn: int) -> str:
    """Return the hour that a beat is told as: 23:40 at the first, 06:00 at dawn."""
    return _told(EVENING + (MORNING - EVENING) * min(beat, dawn) // dawn)


def _told(minutes: int) -> str:
    return f"{(minutes // 60 + 12) % 24:02}:{minutes % 60:02}"
