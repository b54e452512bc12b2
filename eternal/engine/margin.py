"""What stands beside the page: the ways out, the map, and the machine's side of the night."""

from __future__ import annotations

from collections.abc import Iterator

from eternal.engine import choices, machine
from eternal.engine.conditions import on_map, percent
from eternal.engine.pages import MachineView, MemoryView, Mood, RefugeView, WayView
from eternal.engine.teller import Teller
from eternal.story.messages import scene_key

__all__ = ["beats_left", "has_begun", "hour", "machine_side", "memories", "refuges", "ways"]

#: The hours that a night's beats are told as, in minutes after noon.
_EVENING, _MORNING = 11 * 60 + 40, 18 * 60


def has_begun(t: Teller) -> bool:
    """Tell whether the machine has something to do with where Joel is: something is on the map."""
    return t.story.machine is not None and (t.state.beat > 0 or bool(t.state.given) or t.head.id in t.story.position)


def beats_left(t: Teller) -> int:
    """Return how many beats the place Joel stands in has left, if the machine is at work there; else 0."""
    here = t.story.position.get(t.head.id)
    if here is None or t.story.machine is None or machine.target(t.story, t.state) != t.head.id:
        return 0
    return -(-t.state.strength[here] // machine.rate(t.story, t.state))


def ways(t: Teller) -> Iterator[WayView]:
    """Yield the ways of flight that are open."""
    rules = t.story.machine
    if rules is None:
        return
    ends = 0 < beats_left(t) <= rules.flee.beats
    for way in choices.ways(t.story, t.state):
        yield WayView(
            scene=way.scene,
            title=t.title(way.scene),
            kind=t.story.scenes[way.scene].kind,
            motif=way.motif,
            words=t.say(f"motif:{way.motif}", t.story.motifs[way.motif]),
            beats=rules.flee.beats,
            heat=rules.flee.heat,
            integrity=percent(t.story, t.state, way.scene),
            ends=ends,
        )


def memories(t: Teller) -> Iterator[MemoryView]:
    """Yield the memories, the newest first."""
    story, state = t.story, t.state
    goal, kept = machine.target(story, state), set(state.kept)
    for name in story.index.memories:
        scene = story.scenes[name]
        yield MemoryView(
            id=name,
            title=t.title(name),
            when=scene.when or "",
            hair=scene.hair or "",
            integrity=percent(story, state, name),
            on_map=on_map(story, state, name),
            here=name == t.head.id,
            target=name == goal,
            motifs=scene.motifs,
            kept=len(kept.intersection(story.fragments_of.get(name, ()))),
        )


def refuges(t: Teller) -> Iterator[RefugeView]:
    """Yield the refuges that Joel has found."""
    story, state = t.story, t.state
    for name in story.index.refuges:
        if not state.visits.get(name):
            continue
        hidden = tuple(fragment for fragment, where in state.hidden if where == name)
        yield RefugeView(
            id=name,
            title=t.title(name),
            integrity=percent(story, state, name),
            exposed=name in state.exposed,
            here=name == t.head.id,
            room=story.scenes[name].capacity - len(hidden),
            hidden=hidden,
            motifs=story.scenes[name].motifs,
        )


def machine_side(t: Teller) -> MachineView | None:
    """Return what the machine is at; None in a story without one."""
    story, state, rules = t.story, t.state, t.story.machine
    if rules is None:
        return None
    goal = machine.target(story, state)
    lit = [memory for memory in story.index.memories if on_map(story, state, memory)]
    gone = sum(machine.is_erased(story, state, memory) for memory in lit)
    left = state.strength[story.position[goal]] if goal else 0
    mood = _mood(t)
    status = story.scenes[goal].status if goal else None
    return MachineView(
        hour=hour(state.beat, rules.dawn),
        beat=state.beat,
        dawn=rules.dawn,
        target=goal or "",
        title=t.title(goal) if goal else "",
        number=min(gone + 1, len(lit)),
        total=len(lit),
        integrity=percent(story, state, goal) if goal else 0,
        beats_left=-(-left // machine.rate(story, state)),
        mood=mood,
        words=t.say(f"voice:{mood}", getattr(rules.voice, mood)),
        status=t.say(scene_key(goal, "status"), status) if goal and status else "",
    )


def _mood(t: Teller) -> Mood:
    """Say how the subject is: by the alarm, by where he is, by how loudly he runs."""
    state, rules = t.state, t.story.machine
    if state.hunted:
        return "howard"
    loud = rules.hunt.at if rules and rules.hunt else 8
    if t.scene.kind == "refuge" or state.heat * 3 >= loud * 2:
        return "lost"
    return "restless" if state.heat else "calm"


def hour(beat: int, dawn: int) -> str:
    """Return the hour that a beat is told as: 23:40 at the first, 06:00 at dawn."""
    minutes = _EVENING + (_MORNING - _EVENING) * min(beat, dawn) // dawn
    return f"{(minutes // 60 + 12) % 24:02}:{minutes % 60:02}"
